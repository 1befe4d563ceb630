"""What is asked for on the command line: its options, and the request they make."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from genesys import VERSION
from genesys.analytics.fetch import Mode
from genesys.command_line.forms import form_of
from genesys.command_line.output import FORMATS
from genesys.errors import QueryError
from genesys.insights.earlier import Way
from genesys.insights.report import GROUPINGS
from genesys.intervals import (
    PRESET_BY_KEY,
    Granularity,
    Interval,
    days_back,
    end_of_day,
    instant,
    start_of_day,
)
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.metrics import MEDIA_TYPES
from genesys.names import require_known
from genesys.settings import Settings
from genesys.unusual import NONE_UNUSUAL, OF_DEMO, UnusualDays
from genesys.weeks import Weekday
from genesys.zones import zone_named

DEFAULT_DAYS: Final = 7
LONGEST: Final = timedelta(days=10 * 366)
"""A year that is mistyped would be asked for month by month, through centuries."""

SQL_FORMS: Final = ("table", "csv", "json", "parquet")

_DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is on the command line: which figures, and how to write them."""

    interval: Interval
    zone: ZoneInfo
    granularity: Granularity | None
    by: tuple[str, ...]
    queues: tuple[str, ...]
    media_types: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    form: str
    output: Path | None
    mode: Mode
    show_query: bool
    preset: str = ""
    week_begins: Weekday = Weekday.MONDAY
    unusual: UnusualDays = NONE_UNUSUAL
    compare: Way | None = None
    targets: bool = False
    targets_file: Path | None = None
    full: bool = False
    as_of: date | None = None

    @property
    def known(self) -> datetime | None:
        """The moment as of which kept days are wanted: the end of that day; None is now."""
        return end_of_day(self.as_of, self.zone) if self.as_of else None


def parser() -> argparse.ArgumentParser:
    """The options of all commands."""
    whole = argparse.ArgumentParser(
        prog="python -m genesys", description="Genesys Cloud figures by queue and media type."
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True)
    commands.add_parser("check", parents=[common()], help="try each permission that is needed")
    _add_keep(commands.add_parser("keep", parents=[common()], help="keep closed days on disk"))
    _add_sql(commands.add_parser("sql", parents=[common()], help="ask kept days in SQL"))
    for name, add, help_text in (
        ("report", _add_report, "figures as table or file"),
        ("review", _add_review, "what a meeting asks for"),
        ("explain", _add_explain, "what a KPI is made of"),
    ):
        add(commands.add_parser(name, parents=[common(), selecting()], help=help_text))
    return whole


def common() -> argparse.ArgumentParser:
    """The options of every command, to be a parent's: parents lend their very options."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--demo", action="store_true", help="ask the demo organization")
    parser.add_argument("--quiet", action="store_true", help="no log and no progress on stderr")
    return parser


def selecting() -> argparse.ArgumentParser:
    """The options that say which figures: interval, filters, comparison, how to ask."""
    parser = argparse.ArgumentParser(add_help=False)
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--last", type=_days, metavar="7d", help="whole days before today")
    span.add_argument("--preset", metavar="NAME", help=f"one of {', '.join(PRESET_BY_KEY)}")
    span.add_argument("--from", dest="since", metavar="DATE", help="first day, or a time")
    add = parser.add_argument
    add("--to", dest="until", metavar="DATE", help="last day, included; or a time, excluded")
    add("--time-zone", type=_zone, metavar="ZONE", help="IANA zone that days follow")
    several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
    add("--queue", **several, metavar="QUEUE", help="ids or names")
    add("--media", **several, metavar="MEDIA", help="media types such as voice")
    add("--compare", choices=list(Way), help="the interval to compare with")
    add("--as-of", type=_day, metavar="DATE", help="kept days as they were known on that day")
    add("--targets", nargs="?", const="", metavar="FILE", help="targets, of FILE if named")
    add("--output", type=Path, metavar="FILE", help="write here, whole or not at all")
    add("--mode", default="auto", choices=list(Mode), help="ask at once, as a job, or as needed")
    add("--show-query", action="store_true", help="write the JSON bodies to stderr, too")
    parser.set_defaults(granularity="none", group_by="queueId,mediaType", kpis="", full=False)
    return parser


def _add_keep(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--since", type=_day, required=True, metavar="DATE", help="first day, of UTC")
    add("--until", type=_day, metavar="DATE", help="last day; without it the last closed one")
    add("--every-night", action="store_true", help="stay, and go on every night at three")


def _add_sql(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("statement", metavar="SQL", help="a SELECT over half_hours, daily, days or figures")
    add("--format", choices=SQL_FORMS, help="what to write: table by default, or as FILE ends")
    add("--output", type=Path, metavar="FILE", help="stdout by default")
    parser.set_defaults(default_format="table", possible=SQL_FORMS)


def _add_report(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--granularity", default="none", choices=[*Granularity, "none"], help="bucket length")
    add("--group-by", default="queueId,mediaType", metavar="NAMES", help="queueId, mediaType")
    add("--kpis", default="", metavar="KEYS", help=f"of {', '.join(KPI_BY_KEY)}; all by default")
    add("--format", choices=list(FORMATS), help="what to write: table by default, or as FILE ends")
    add("--full", action="store_true", help="CSV in full precision; other files always are")
    parser.set_defaults(default_format="table", possible=tuple(FORMATS))


def _add_review(parser: argparse.ArgumentParser) -> None:
    words = "what to write: text by default, or as FILE ends"
    parser.add_argument("--format", choices=["text", "json"], help=words)
    parser.set_defaults(compare=Way.PREVIOUS.value, targets="")
    parser.set_defaults(default_format="text", possible=("text", "json"))


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kpis", metavar="KPI", help=f"one of {', '.join(KPI_BY_KEY)}")
    parser.set_defaults(default_format="table", possible=("table",), format=None, group_by="")


def request_of(options: argparse.Namespace, settings: Settings, now: datetime) -> Request:
    """The request of a command; raises QueryError for a word that is not known."""
    zone = options.time_zone or settings.time_zone
    by = _words(options.group_by)
    keys = _words(options.kpis) if options.kpis else tuple(KPI_BY_KEY)
    require_known("grouping", by, list(GROUPINGS))
    require_known("KPI", keys, list(KPI_BY_KEY))
    require_known("media type", options.media, MEDIA_TYPES)
    _require_whole_intervals(options)
    return Request(
        interval=_interval(options, zone, settings.week_begins, now),
        zone=zone,
        granularity=None if options.granularity == "none" else Granularity(options.granularity),
        by=tuple(column for name, column in GROUPINGS.items() if name in by),
        queues=tuple(options.queue),
        media_types=tuple(options.media),
        kpis=tuple(KPI_BY_KEY[key] for key in dict.fromkeys(keys)),
        form=form_of(options),
        output=options.output,
        mode=Mode(options.mode),
        show_query=options.show_query,
        preset=options.preset or "",
        week_begins=settings.week_begins,
        unusual=settings.unusual or (OF_DEMO if options.demo else NONE_UNUSUAL),
        compare=Way(options.compare) if options.compare else None,
        targets=options.targets is not None,
        targets_file=Path(options.targets) if options.targets else None,
        full=options.full,
        as_of=options.as_of,
    )


def _require_whole_intervals(options: argparse.Namespace) -> None:
    """Comparison and targets are of whole intervals."""
    for option in ("compare", "targets"):
        if options.granularity != "none" and getattr(options, option) is not None:
            raise QueryError(
                f"--{option} is of whole intervals, so it does not go with --granularity.",
                "Leave one of the two out.",
            )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", text) if word)


def _interval(
    options: argparse.Namespace, zone: ZoneInfo, week_begins: Weekday, now: datetime
) -> Interval:
    if bool(options.since) != bool(options.until):
        raise QueryError("--from and --to go together.", "Give both, or --last or --preset.")
    if options.preset:
        require_known("preset", [options.preset], list(PRESET_BY_KEY))
        return PRESET_BY_KEY[options.preset].interval(now, zone, week_begins)
    if options.since:
        interval = _between(options.since, options.until, zone)
    else:
        interval = days_back(options.last or DEFAULT_DAYS, now, zone)
    if interval.length > LONGEST:
        raise QueryError(
            f"The interval spans more than {LONGEST.days:,} days.",
            "Ask for ten years at most, or mend the year.",
        )
    return interval


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
    if re.fullmatch(_DATE, text):
        return start_of_day(date.fromisoformat(text) + timedelta(days=days_on), zone)
    if not re.match(f"{_DATE}[T ]", text):
        raise ValueError(f"{text!r} is neither a date nor a time.")
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else instant(moment, zone)


_HOURS: Final = {"": 24, "d": 24, "w": 7 * 24, "h": 1}


def _days(text: str) -> int:
    match = re.fullmatch("([1-9][0-9]{0,3})d", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days such as 7d{_meant(text)}")
    return int(match[1])


def _meant(text: str) -> str:
    """The days that somebody may mean by weeks, hours, or a number alone; empty where none."""
    match = re.fullmatch("([1-9][0-9]{0,4}) ?([a-z]?)[a-z]*", text.lower())
    hours = int(match[1]) * _HOURS.get(match[2], 0) if match else 0
    days, rest = divmod(hours, 24)
    return f": {days}d?" if not rest and 0 < days < 10_000 else ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-06-10") from None


def _zone(text: str) -> ZoneInfo:
    try:
        return zone_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def with_dashed_queues(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments with queues that begin with a dash as `--queue=`, and those queues.

    argparse would take `-Test-` for an option of its own.
    """
    taken: list[str] = []
    dashed: list[str] = []
    is_queue = False
    for word in arguments:
        if is_queue and re.match(r"-[^-]", word) and word != "-h":
            dashed.append(word)
        is_queue = word == "--queue" or (is_queue and not word.startswith("--"))
        if is_queue and word != "--queue":
            taken.append(f"--queue={word}")
        elif word != "--queue":
            taken.append(word)
    return (taken, dashed) if dashed else ([*arguments], [])
