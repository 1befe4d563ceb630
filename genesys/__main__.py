"""The command line: `python -m genesys report`, `review`, `explain`, `keep`, `sql`, `check`.

Figures go to stdout; the log, the progress and all messages go to stderr. Exit codes:
0 done, 1 API or network, 2 usage, 3 configuration or sign-on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import datetime

from genesys.client.api import Api
from genesys.client.budget import Budget, utc_now
from genesys.command_line.arguments import parser, request_of, with_dashed_queues
from genesys.command_line.command import Command
from genesys.command_line.commands import BUDGET_SECONDS, RUN, run_check
from genesys.command_line.connecting import connected, with_kept_days
from genesys.command_line.ending import DONE, end_process, ended, exit_code, log_to_stderr
from genesys.command_line.output import say
from genesys.errors import ConfigurationError
from genesys.settings import DATA, Connection, Settings, load


def main(arguments: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Run a command; the exit code. `now` is the present moment, injected by tests."""
    words, dashed = with_dashed_queues(sys.argv[1:] if arguments is None else arguments)
    options = parser().parse_args(words)
    for queue in dashed:
        say(f"--queue {queue} is taken as --queue={queue}.")
    log_to_stderr(quiet=options.quiet)
    return ended(lambda: _run(options, (lambda: now) if now else utc_now))


def _run(options: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    settings, now = load(), clock()
    request = request_of(options, settings, now) if options.command in RUN else None
    with ExitStack() as stack:
        api, connection = connected(settings, stack, demo=options.demo)
        budget = Budget(BUDGET_SECONDS, now=clock)
        if options.command == "check":
            error = run_check(api, budget)
            return exit_code(error) if error else DONE
        if request is None:
            return _of_days(options, settings, connection, api, clock)
        # A targets file names the queues of the live organization, which the demo has not.
        file = None if options.demo else settings.targets
        command = Command(api, request, budget, now, file, talks=not options.quiet)
        RUN[options.command](with_kept_days(command, settings, connection, stack))
        return DONE


def _of_days(
    options: argparse.Namespace,
    settings: Settings,
    connection: Connection,
    api: Api,
    clock: Callable[[], datetime],
) -> int:
    from genesys.command_line import keeping  # noqa: PLC0415 - half a second that others spare

    budget = Budget(keeping.LONG, now=clock)
    api.organization(budget)
    days = keeping.days_of(settings, connection, api, budget)
    if days is None:
        raise ConfigurationError(
            f"{DATA.name} keeps nothing here.",
            "Name a folder; the demo organization is kept only where one is named.",
        )
    with closing(days):
        if options.command == "sql":
            keeping.run_sql(days, options)
        else:
            keeping.run_keep(days, api, options, budget, settings.time_zone)
    return DONE


if __name__ == "__main__":
    end_process(main)
