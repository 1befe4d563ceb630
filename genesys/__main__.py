"""The command line: `python -m genesys report`, `review`, `explain` and `check`.

Figures go to stdout; the log, the progress and all messages go to stderr. Exit codes:
0 done, 1 API or network, 2 usage, 3 configuration or sign-on.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime

from genesys.client.api import Api
from genesys.client.budget import Budget, utc_now
from genesys.command_line.arguments import parser, request_of, with_dashed_queues
from genesys.command_line.command import Command
from genesys.command_line.commands import BUDGET_SECONDS, RUN, run_check
from genesys.command_line.output import say
from genesys.command_line.signals import heeded
from genesys.errors import ConfigurationError, GenesysError, QueryError, SignOnError
from genesys.settings import CLIENT_ID, CLIENT_SECRET, Settings, load, names_elsewhere, read

DONE, FAILED, USAGE, CONFIGURATION = range(4)


def main(arguments: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Run a command; the exit code. `now` is the present moment, injected by tests."""
    words, dashed = with_dashed_queues(sys.argv[1:] if arguments is None else arguments)
    options = parser().parse_args(words)
    for queue in dashed:
        say(f"--queue {queue} is taken as --queue={queue}.")
    _log_to_stderr(quiet=options.quiet)
    with heeded():
        try:
            return _run(options, (lambda: now) if now else utc_now)
        except GenesysError as error:
            say(str(error))
            _give_up_stdout()
            return _exit_code(error)
        except BrokenPipeError:
            _give_up_stdout()
            return FAILED
        except KeyboardInterrupt:
            say("Stopped before it was complete; nothing was written.")
            return FAILED


def _give_up_stdout() -> None:
    """Let Python not write what is left for it when it ends: the reader may have gone."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace, clock: Callable[[], datetime]) -> int:
    settings, now = load(), clock()
    request = None if options.command == "check" else request_of(options, settings.time_zone, now)
    with ExitStack() as stack:
        api = _api(settings, stack, demo=options.demo)
        budget = Budget(BUDGET_SECONDS, now=clock)
        if request is None:
            error = run_check(api, budget)
            return _exit_code(error) if error else DONE
        # A targets file names the queues of the live organization, which the demo has not.
        file = None if options.demo else settings.targets
        RUN[options.command](Command(api, request, budget, now, file, talks=not options.quiet))
        return DONE


def _exit_code(error: GenesysError) -> int:
    if isinstance(error, QueryError):
        return USAGE
    return CONFIGURATION if isinstance(error, (ConfigurationError, SignOnError)) else FAILED


def _api(settings: Settings, stack: ExitStack, *, demo: bool) -> Api:
    connection = settings.connection
    if demo:
        from genesys.demo import serve  # noqa: PLC0415 - a live report needs no demo server

        connection = read(stack.enter_context(serve()).env).connection
    if connection is None:
        raise ConfigurationError(
            f"{CLIENT_ID.name} and {CLIENT_SECRET.name} are empty.",
            "Set both in the environment or in .env beside app.py, or ask the demo"
            f" organization with --demo. {names_elsewhere(os.environ)}".rstrip(),
        )
    api = Api(connection)
    stack.callback(api.close)
    return api


def _log_to_stderr(*, quiet: bool) -> None:
    log = logging.getLogger("genesys")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log.handlers = [handler]
    log.setLevel(logging.WARNING if quiet else logging.INFO)


def _to_the_end() -> int:
    """The exit code of the process, when all that was printed has left it."""
    try:
        code = main()
    except SystemExit as end:  # of argparse: help, version, usage
        code = end.code if isinstance(end.code, int) else FAILED
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = code or FAILED
    return code


if __name__ == "__main__":
    # Not sys.exit, which waits for the threads of requests that were given up.
    os._exit(_to_the_end())
