"""Days kept by the month: as `fill` keeps them, in a tenth of its time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from genesys.analytics.fetch import fetch
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.days import rows
from genesys.days.asked import AskedDay, to_rows
from genesys.days.calendar import month, span
from genesys.days.layout import METRICS
from genesys.days.place import Owner, place
from genesys.days.store import Days
from genesys.demo import DemoServer
from genesys.intervals import Granularity, Interval
from genesys.settings import read


def days_of(server: DemoServer, folder: Path) -> Days:
    """The kept days of the demo organization in a folder, to be closed."""
    connection = read(server.env).connection
    assert connection
    owner = Owner(connection.region, server.people.organization.id, server.client_id)
    here = place(str(folder), owner)
    assert here
    return Days(here)


def keep_span(server: DemoServer, folder: Path, first: date, last: date, now: datetime) -> None:
    """Keep the days of the demo organization from the first to the last, asked at a moment."""
    connection = read(server.env).connection
    assert connection
    wanted = [first + timedelta(days=after) for after in range((last - first).days + 1)]
    with closing(days_of(server, folder)) as days, closing(Api(connection)) as api:
        keep_at_once(days, api, wanted, Budget(10**6, now=lambda: now))
        assert days.trouble == ()


def keep_at_once(days: Days, api: Api, wanted: Sequence[date], budget: Budget) -> None:
    """Ask the days, which follow one another, and keep each month in one commit a table."""
    for _, some in groupby(wanted, key=month):
        each = [*some]
        query = AggregateQuery(
            interval=Interval(span(each[0]).start, span(each[-1]).end),
            metrics=METRICS,
            granularity=Granularity.HALF_HOUR,
        )
        answer = fetch(api, query, budget)
        _keep(days, [rows.of_day(answer.frame, day) for day in each], each, budget)


def _keep(days: Days, frames: Sequence, each: Sequence[date], budget: Budget) -> None:
    asked = budget.now().replace(microsecond=0)
    pairs = [*zip(frames, each, strict=True)]
    fine = [rows.half_hours(frame, day, asked) for frame, day in pairs]
    whole = [rows.daily(frame, day, asked) for frame, day in pairs]
    metrics = frozenset(METRICS)
    told = [
        AskedDay(day, asked, metrics, rows=len(half_hours), daily_rows=len(daily))
        for day, half_hours, daily in zip(each, fine, whole, strict=True)
    ]
    here = f"day >= '{each[0]}' AND day <= '{each[-1]}'"
    days._half_hours.replace(pa.concat_tables(fine), here)
    days._daily.replace(pa.concat_tables(whole), here)
    days._days.replace(to_rows(told), here)
