"""The command line: `python -m genesys report` and `python -m genesys check`.

Figures go to stdout; the log, the progress and all messages go to stderr. Exit codes:
0 done, 1 API or network, 2 usage, 3 configuration or sign-on.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from genesys import VERSION
from genesys.api import Api
from genesys.commands import BUDGET_SECONDS, FORMATS, ReportOrder, run_check, run_report
from genesys.errand import Errand
from genesys.errors import ConfigurationError, GenesysError, QueryError, SignOnError
from genesys.fetch import Mode
from genesys.intervals import (
    PRESET_BY_KEY,
    Granularity,
    Interval,
    days_back,
    instant,
    start_of_day,
)
from genesys.kpis import KPI_BY_KEY
from genesys.queries import refuse_unknown
from genesys.report import GROUPINGS
from genesys.settings import CLIENT_ID, CLIENT_SECRET, Settings, load, read

DONE, FAILED, USAGE, CONFIGURATION = range(4)


def main(arguments: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Run a command; the exit code. `now` is the present moment, injected by tests."""
    options = _parser().parse_args(arguments)
    _log_to_stderr(quiet=options.quiet)
    try:
        return _run(options, now or datetime.now(UTC))
    except GenesysError as error:
        print(error, file=sys.stderr)
        return _exit_code(error)
    except BrokenPipeError:
        # The reader has gone; Python must not write to it again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("Stopped before it was complete; nothing was written.", file=sys.stderr)
        return FAILED


def _run(options: argparse.Namespace, now: datetime) -> int:
    settings = load()
    order = _order(options, settings.time_zone, now) if options.command == "report" else None
    with ExitStack() as stack:
        api = _api(settings, stack, demo=options.demo)
        errand = Errand(BUDGET_SECONDS)
        if order is None:
            return DONE if run_check(api, errand) else FAILED
        run_report(api, order, errand, progress=not options.quiet)
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
            " organization with --demo.",
        )
    api = Api(connection)
    stack.callback(api.close)
    return api


def _order(options: argparse.Namespace, zone: ZoneInfo, now: datetime) -> ReportOrder:
    zone = options.time_zone or zone
    by = _words(options.group_by)
    keys = _words(options.kpis) if options.kpis else tuple(KPI_BY_KEY)
    refuse_unknown("grouping", by, list(GROUPINGS))
    refuse_unknown("KPI", keys, list(KPI_BY_KEY))
    return ReportOrder(
        interval=_interval(options, zone, now),
        zone=zone,
        granularity=None if options.granularity == "none" else Granularity(options.granularity),
        by=tuple(column for name, column in GROUPINGS.items() if name in by),
        queues=tuple(options.queue),
        media_types=tuple(options.media),
        kpis=tuple(KPI_BY_KEY[key] for key in dict.fromkeys(keys)),
        form=options.format,
        output=options.output,
        mode=Mode(options.mode),
        show_query=options.show_query,
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", text) if word)


def _interval(options: argparse.Namespace, zone: ZoneInfo, now: datetime) -> Interval:
    if options.preset:
        refuse_unknown("preset", [options.preset], list(PRESET_BY_KEY))
        return PRESET_BY_KEY[options.preset].interval(now, zone)
    if options.since or options.until:
        if not (options.since and options.until):
            raise QueryError("--from and --to go together.", "Give both, or --last or --preset.")
        return _between(options.since, options.until, zone)
    return days_back(options.last, now, zone)


def _between(since: str, until: str, zone: ZoneInfo) -> Interval:
    """From `since` to `until`: a date is its whole local day, a time ends just before it."""
    try:
        start = _moment(since, zone)
        end = _moment(until, zone, days_on=1)
        return Interval(start, end)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            f"From {since} to {until} is no interval: {error}",
            "Dates look like 2026-06-10, times like 2026-06-10T09:00, local to the time zone.",
        ) from error


def _moment(text: str, zone: ZoneInfo, days_on: int = 0) -> datetime:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return start_of_day(date.fromisoformat(text) + timedelta(days=days_on), zone)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else instant(moment, zone)


def _days(text: str) -> int:
    match = re.fullmatch(r"([1-9]\d{0,3})d", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days such as 7d")
    return int(match[1])


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        message = f"{text!r} is no IANA time zone such as Europe/London"
        raise argparse.ArgumentTypeError(message) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m genesys", description="Genesys Cloud figures by queue and media type."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--demo", action="store_true", help="ask the demo organization")
    common.add_argument("--quiet", action="store_true", help="no log and no progress on stderr")
    commands.add_parser("check", parents=[common], help="try each permission that is needed")
    _add_report(commands.add_parser("report", parents=[common], help="figures as table or file"))
    return parser


def _add_report(parser: argparse.ArgumentParser) -> None:
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--last", type=_days, default=7, metavar="7d", help="whole days before today")
    span.add_argument("--preset", metavar="NAME", help=f"one of {', '.join(PRESET_BY_KEY)}")
    span.add_argument("--from", dest="since", metavar="DATE", help="first day, or a time")
    add = parser.add_argument
    add("--to", dest="until", metavar="DATE", help="last day, included; or a time, excluded")
    add("--time-zone", type=_zone, metavar="ZONE", help="IANA zone that days follow")
    add("--granularity", default="none", choices=[*Granularity, "none"], help="bucket length")
    add("--group-by", default="queueId,mediaType", metavar="NAMES", help="queueId, mediaType")
    add("--queue", nargs="+", default=[], metavar="QUEUE", help="ids or names")
    add("--media", nargs="+", default=[], metavar="MEDIA", help="media types such as voice")
    add("--kpis", default="", metavar="KEYS", help=f"of {', '.join(KPI_BY_KEY)}; all by default")
    add("--format", default="table", choices=list(FORMATS), help="what to write")
    add("--output", type=Path, metavar="FILE", help="write here, whole or not at all")
    add("--mode", default="auto", choices=list(Mode), help="ask at once, as a job, or as needed")
    add("--show-query", action="store_true", help="write the JSON bodies to stderr, too")


def _log_to_stderr(*, quiet: bool) -> None:
    log = logging.getLogger("genesys")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log.handlers = [handler]
    log.setLevel(logging.ERROR if quiet else logging.INFO)


if __name__ == "__main__":
    sys.exit(main())
