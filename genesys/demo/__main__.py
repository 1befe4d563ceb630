"""The command line: `python -m genesys.demo` serves until Ctrl-C and prints the `.env` lines."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentDefaultsHelpFormatter, ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date

from genesys.metrics import API_METRICS

from .api import OPERATIONS
from .options import DemoOptions
from .server import serve

USAGE_ERROR = 2


def whole(text: str) -> int:
    """A whole number as people write it; int would take 1_000 and digits of other scripts."""
    if not re.fullmatch("-?[0-9]{1,9}", text):
        raise ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def parser() -> ArgumentParser:
    """The options of the command line; their defaults are those of DemoOptions."""
    made = ArgumentParser("python -m genesys.demo", description=__doc__)
    made.formatter_class = ArgumentDefaultsHelpFormatter
    permissions = sorted({row.permission for row in OPERATIONS if row.permission})
    made.add_argument("--port", type=whole, default=8800, help="on 127.0.0.1")
    made.add_argument("--queues", type=whole, help="number of listed queues")
    made.add_argument("--seed", type=whole, help="another seed is another organization")
    made.add_argument("--latency-ms", type=whole, help="delay of each answer")
    made.add_argument("--rate-limit", type=whole, help="requests a minute; 0 is none")
    made.add_argument("--result-limit", type=whole, help="rows that are answered at once")
    made.add_argument("--deny", action="append", choices=permissions, metavar="PERMISSION")
    made.add_argument(
        "--redirect-uri",
        dest="redirect_uris",
        action="append",
        metavar="URI",
        help="where people who signed in come back to",
    )
    made.add_argument(
        "--corrected", action="append", type=date.fromisoformat, metavar="DAY", help="told anew"
    )
    made.add_argument("--refuse", action="append", choices=API_METRICS, metavar="METRIC")
    defaults = {field.name: field.default for field in fields(DemoOptions)}
    made.set_defaults(**{name: value for name, value in defaults.items() if name != "clock"})
    made.set_defaults(deny=[], refuse=[], corrected=[], redirect_uris=None)
    return made


def options(arguments: Sequence[str] | None) -> tuple[DemoOptions, int]:
    """The options and the port of a command line; raises ValueError on a wrong number."""
    given = vars(parser().parse_args(arguments))
    port = given.pop("port")
    for name in ("deny", "refuse", "corrected"):
        given[name] = tuple(given[name])
    uris = given.pop("redirect_uris") or DemoOptions.redirect_uris
    given["redirect_uris"] = tuple(uris)
    return DemoOptions(**given), port


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C; 2 where an option or the port cannot be used."""
    try:
        chosen, port = options(arguments)
        server = serve(chosen, port)
    except (ValueError, OSError, OverflowError) as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_ERROR
    with suppress(KeyboardInterrupt), server:
        people = chosen.redirect_uris != DemoOptions.redirect_uris
        env = {**server.env, **(server.sign_in_env if people else {})}
        lines = (f"{key}={value}" for key, value in env.items())
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        server.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
