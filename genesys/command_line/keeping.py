"""Kept days on the command line: reports look into them first, and `keep` fills them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from genesys.analytics.fetch import Answer, Mode, Progress
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.command_line.arguments import Request
from genesys.command_line.command import Command
from genesys.command_line.forms import form_of
from genesys.command_line.output import FORMATS, say, write
from genesys.days.asking import ask, keep
from genesys.days.filling import Filled, NotKept, ask_again, fill, missing
from genesys.days.place import Owner, for_demo, place
from genesys.days.store import Days
from genesys.days.told import known_on, lies_between, movements, shown
from genesys.errors import GenesysError
from genesys.intervals import Interval, instant
from genesys.moments import dated
from genesys.organization.extras import extra
from genesys.organization.retention import read_retention_days
from genesys.settings import DATA, KEEP_NOTHING, Connection, Settings
from genesys.words import counted

NIGHT: Final = time(3)
"""When `--every-night` goes on, in the zone of the settings."""

LONG: Final = 400 * 86_400.0
"""The budget of seconds for keeping: years may take days, and every night has one."""


def days_of(settings: Settings, connection: Connection, api: Api, budget: Budget) -> Days | None:
    """The kept days of the organization; None where nothing is to be kept, or nobody knows whose.

    The demo's are apart, and kept only where a place is named.
    """
    if settings.data == KEEP_NOTHING:
        return None
    whose = extra(api.organization, budget).value
    if whose is None:
        return None
    is_demo = connection is not settings.connection
    owner = Owner(connection.region, whose.id, connection.client_id)
    here = for_demo(settings.data, whose.id) if is_demo else place(settings.data, owner)
    return Days(here) if here else None


def with_days(command: Command, days: Days) -> Command:
    """The command, asking kept days first and keeping what comes."""
    return replace(command, fetch=partial(_fetch, days, command), holds=days.holds)


def _fetch(
    days: Days,
    command: Command,
    api: Api,
    queries: Sequence[AggregateQuery],
    budget: Budget,
    *,
    mode: Mode,
    on_progress: Callable[[Progress], None],
) -> tuple[Answer, ...]:
    request = command.request
    answers = ask(
        days, api, queries, budget, mode=mode, on_progress=on_progress, known=request.known
    )
    keep(days, answers)
    told = [*days.trouble, *_told(days, [query.interval for query in queries], request)]
    command.missing.extend(each for each in told if each not in command.missing)
    return answers


def _told(days: Days, spans: Sequence[Interval], request: Request) -> Iterator[str]:
    """As of when the days of intervals are, and which of them moved."""
    kept = days.asked(request.known)
    if request.as_of and request.known:
        yield known_on(kept, spans, request.as_of, request.known)
    if between := lies_between(spans, request.zone):
        yield between
    yield from movements(shown(kept, spans), request.zone)


def run_keep(days: Days, api: Api, options: Namespace, budget: Budget, zone: ZoneInfo) -> None:
    """Keep the closed days that are asked for; with `--every-night` go on every night.

    Raises GenesysError where that fails; at night that is told, and tried again the next one.
    """
    while True:
        try:
            _keep(days, api, options, budget, zone)
        except GenesysError as error:
            if not options.every_night:
                raise
            say(f"{error.what} It goes on tomorrow night.")
        if not options.every_night:
            return
        now = budget.now()
        budget.sleep((next_night(now, zone) - now).total_seconds())


def run_sql(days: Days, options: Namespace) -> None:
    """Write what a SELECT gives; raises QueryError for what is none or cannot be run."""
    form = form_of(options)
    table = days.select(options.statement)
    write(FORMATS[form](table), options.output)
    for each in days.trouble:
        say(each)


def next_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The next time at which the clocks of the zone show the hour of the night."""
    today = now.astimezone(zone).date()
    nights = (instant(datetime.combine(day, NIGHT), zone) for day in (today, today + timedelta(1)))
    return next(each for each in nights if each > now)


def _keep(days: Days, api: Api, options: Namespace, budget: Budget, zone: ZoneInfo) -> None:
    since, note = _since(api, options.since, budget)
    if note:
        say(note)
    until = options.until or budget.now().date()
    wanted = missing(days, since, until, budget)
    if days.trouble:
        raise NotKept(days.trouble[-1], f"Set {DATA.name} to a folder that can be written.")
    began = budget.now()
    show = _progress if not options.quiet and sys.stderr and sys.stderr.isatty() else _nothing
    empty = fill(days, api, wanted, budget, show)
    number = counted(len(days.asked()), "day")
    say(f"Kept: {number}, {len(wanted) - len(empty)} of them new, in {days.place.folder}.")
    for words in movements(ask_again(days, api, budget, began), zone):
        say(words)
    if empty:
        say(
            f"{counted(len(empty), 'day')} came without usable figures and were not kept, the first"
            f" {dated(empty[0])}: the organization may keep them no longer."
        )


def _since(api: Api, since: date, budget: Budget) -> tuple[date, str]:
    """The first day to ask for: none that the organization keeps no longer, or not whole."""
    days = extra(lambda part: read_retention_days(api, part), budget).value
    if not days:
        return since, ""
    first = budget.now().date() - timedelta(days=days - 2)
    if first <= since:
        return since, ""
    return (
        first,
        f"The organization keeps figures for {counted(days, 'day')}: back to {dated(first)}.",
    )


def _nothing(_: Filled) -> None:
    """Show nothing."""


def _progress(filled: Filled) -> None:
    """Show the days done of all, and about how long it still takes."""
    end = "\n" if filled.done == filled.total else ""
    text = f"{filled.done} of {counted(filled.total, 'day')}, {left_words(filled.seconds_left)}"
    sys.stderr.write(f"\r{text:40}{end}")
    sys.stderr.flush()


def left_words(seconds: float) -> str:
    """About how long it still takes."""
    if seconds < 90:
        return f"about {round(seconds)} s left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes < 90 else f"about {round(minutes / 60)} h left"
