"""The command line of files: `python -m reports deck`, `workbook`, `page` and `pdf`.

The file goes to `--output` whole or not at all; the log, the progress and all messages go to
stderr. Exit codes are those of `python -m genesys`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime

from genesys.client.budget import Budget, utc_now
from genesys.command_line.arguments import request_of, with_dashed_queues
from genesys.command_line.command import Command
from genesys.command_line.commands import BUDGET_SECONDS
from genesys.command_line.connecting import connected, with_kept_days
from genesys.command_line.ending import DONE, end_process, ended, log_to_stderr
from genesys.command_line.output import say
from genesys.settings import load
from reports import identity
from reports.command_line.arguments import choice_of, parser
from reports.command_line.presenting import DEMO, Presented, present
from reports.files import FILES


def main(arguments: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Make a file; the exit code. `now` is the present moment, injected by tests."""
    words, dashed = with_dashed_queues(sys.argv[1:] if arguments is None else arguments)
    options = parser().parse_args(words)
    for queue in dashed:
        say(f"--queue {queue} is taken as --queue={queue}.")
    log_to_stderr(quiet=options.quiet)
    return ended(lambda: _run(options, (lambda: now) if now else utc_now))


def _run(options: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    settings, now = load(), clock()
    request = request_of(options, settings, now)
    choice, own = choice_of(options), identity.load()
    (file,) = (each for each in FILES if each.key == options.command)
    with ExitStack() as stack:
        api, connection = connected(settings, stack, demo=options.demo)
        budget = Budget(BUDGET_SECONDS, now=clock)
        targets = None if options.demo else settings.targets
        command = Command(api, request, budget, now, targets, talks=not options.quiet)
        region = DEMO if options.demo else connection.region
        looking = with_kept_days(command, settings, connection, stack)
        present(looking, Presented(file, region, choice, own))
    return DONE


if __name__ == "__main__":
    end_process(main)
