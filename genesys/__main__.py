"""The command line: `python -m genesys report`, `review`, `explain` and `check`.

Figures go to stdout; the log, the progress and all messages go to stderr. Exit codes:
0 done, 1 API or network, 2 usage, 3 configuration or sign-on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime

from genesys.client.budget import Budget, utc_now
from genesys.command_line.arguments import parser, request_of, with_dashed_queues
from genesys.command_line.command import Command
from genesys.command_line.commands import BUDGET_SECONDS, RUN, run_check
from genesys.command_line.connecting import connected
from genesys.command_line.ending import DONE, end_process, ended, exit_code, log_to_stderr
from genesys.command_line.output import say
from genesys.settings import load


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
    request = None if options.command == "check" else request_of(options, settings, now)
    with ExitStack() as stack:
        api, _ = connected(settings, stack, demo=options.demo)
        budget = Budget(BUDGET_SECONDS, now=clock)
        if request is None:
            error = run_check(api, budget)
            return exit_code(error) if error else DONE
        # A targets file names the queues of the live organization, which the demo has not.
        file = None if options.demo else settings.targets
        RUN[options.command](Command(api, request, budget, now, file, talks=not options.quiet))
        return DONE


if __name__ == "__main__":
    end_process(main)
