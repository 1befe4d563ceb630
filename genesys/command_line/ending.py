"""How a command ends: with its exit code, its messages on stderr, and never a traceback."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from genesys.command_line.output import say
from genesys.command_line.signals import heeded
from genesys.errors import ConfigurationError, GenesysError, QueryError, SignOnError

DONE, FAILED, USAGE, CONFIGURATION = range(4)


def ended(work: Callable[[], int]) -> int:
    """The exit code of the work; what went wrong is said."""
    with heeded():
        try:
            return work()
        except GenesysError as error:
            say(str(error))
            _give_up_stdout()
            return exit_code(error)
        except BrokenPipeError:
            _give_up_stdout()
            return FAILED
        except KeyboardInterrupt:
            say("Stopped before it was complete; nothing was written.")
            return FAILED


def exit_code(error: GenesysError) -> int:
    """The exit code that stands for an error."""
    if isinstance(error, QueryError):
        return USAGE
    return CONFIGURATION if isinstance(error, (ConfigurationError, SignOnError)) else FAILED


def log_to_stderr(*, quiet: bool) -> None:
    """Send the log there; where it is `quiet`, its warnings alone."""
    log = logging.getLogger("genesys")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log.handlers = [handler]
    log.setLevel(logging.WARNING if quiet else logging.INFO)


def end_process(main: Callable[[], int]) -> NoReturn:
    """End the process by the code of `main`, when all that was printed has left it."""
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
    # Not sys.exit, which waits for the threads of requests that were given up.
    os._exit(code)


def _give_up_stdout() -> None:
    """Let Python not write what is left for it when it ends: the reader may have gone."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
