"""From a selection to figures: the one client of this process, and what is kept of answers."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.keeping import Keep
from dashboard.selection import Selection
from genesys import settings
from genesys.api import Api
from genesys.demo import DemoServer, serve
from genesys.directory import Directory, read_directory
from genesys.errand import Errand
from genesys.errors import QueryError
from genesys.fetch import Answer, Progress, fetch
from genesys.intervals import Interval, bucket_edges, in_minutes, start_of_day
from genesys.kpis import CATALOGUE_METRICS
from genesys.queries import AggregateQuery
from genesys.results import ALL, NONE
from genesys.trend import Step

BUDGET_SECONDS: Final = 120
CLOSED_LIFE: Final = timedelta(hours=1)
RUNNING_LIFE: Final = timedelta(seconds=60)
DIRECTORY_LIFE: Final = timedelta(minutes=10)

MOST_BUCKETS: Final = 50_000
"""Above so many expected rows the tables are asked for without granularity."""

MEDIA_TYPES_EACH: Final = 2
"""Media types that a queue has, as a rule of thumb for the number of rows."""

FOREVER: Final = datetime.max.replace(tzinfo=UTC)

OnProgress = Callable[[Progress], None]

_keep: Final = Keep(most_bytes=1_000_000_000)
_starting: Final = threading.Lock()


def now() -> datetime:
    """The present moment; tests put another in its place."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Source:
    """Whose figures these are, and in which zone their days are counted."""

    organization_id: str
    organization: str
    is_demo: bool
    region: str
    zone: ZoneInfo
    zone_is_set: bool


@dataclass(frozen=True)
class Client:
    """The API of this process's organization, live or demo."""

    api: Api
    is_demo: bool
    region: str
    zone: ZoneInfo
    zone_is_set: bool


@dataclass(frozen=True)
class View:
    """What a page draws: figures by queue and media type, and the same over time.

    `frame` and `trend` hold the selected queues and media types only; they are one and the
    same where the organization is small enough. Neither is ever changed.
    """

    source: Source
    directory: Directory
    interval: Interval
    step: Step
    frame: pd.DataFrame
    trend: pd.DataFrame
    as_of: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.source.zone


@functools.cache
def _demo_server() -> DemoServer:
    return serve()


@functools.cache
def _client() -> Client:
    chosen = settings.load()
    is_demo = chosen.connection is None
    connection = chosen.connection or settings.read(_demo_server().env).connection
    if connection is None:
        raise AssertionError("the demo organization gave no credentials")
    return Client(
        Api(connection),
        is_demo,
        "demo" if is_demo else connection.region,
        chosen.time_zone,
        chosen.time_zone_is_set,
    )


def client() -> Client:
    """The client of this process; the settings are read when it is first asked for."""
    with _starting:
        return _client()


def clear() -> None:
    """Forget all that is kept, the client too; the demo organization goes on."""
    _keep.clear()
    if _client.cache_info().currsize:
        _client().api.close()
    _client.cache_clear()


def source() -> Source:
    """Who is signed on."""
    of = client()

    def make() -> Source:
        organization = of.api.organization(Errand(BUDGET_SECONDS))
        name = organization.name or "Organization without a name"
        return Source(organization.id, name, of.is_demo, of.region, of.zone, of.zone_is_set)

    return _keep.get(("source", of), CLOSED_LIFE, make)


def directory() -> Directory:
    """The queues by name."""
    of = client()
    return _keep.get(
        ("directory", of), DIRECTORY_LIFE, lambda: read_directory(of.api, Errand(BUDGET_SECONDS))
    )


def view(selection: Selection, on_progress: OnProgress) -> View:
    """The figures of a selection; raises GenesysError, and whatever `on_progress` raises."""
    who, queues = source(), directory()
    interval = selection.interval(now(), who.zone)
    step = selection.step_for(interval)
    table = _table_query(selection, interval, step, who, queues)
    answer = _answer(table, who, on_progress, end=None if _is_running(table) else interval.end)
    wanted = _wanted(selection, queues, answer)
    over_time = answer
    if table.granularity is None:
        course = _trend_query(answer.query, step, wanted)
        over_time = _answer(course, who, on_progress, end=course.interval.end)
    frame = _selected(answer.frame, wanted, selection.media_types)
    return View(
        source=who,
        directory=queues,
        interval=answer.query.interval,
        step=step,
        frame=frame,
        trend=frame
        if over_time is answer
        else _selected(over_time.frame, wanted, selection.media_types),
        as_of=min(answer.as_of, over_time.as_of),
    )


def refresh(interval: Interval) -> None:
    """Forget what is kept of an interval, and the directory, so that they are asked anew."""
    _keep.forget(lambda key: key[0] == "directory" or key[:2] == ("answer", interval.start))


def _table_query(
    selection: Selection, interval: Interval, step: Step, who: Source, queues: Directory
) -> AggregateQuery:
    """The query for the tables, and for the trend too unless it goes without granularity.

    It holds every queue, media type and metric, so that filtering asks nothing new; where
    that is too much, the chosen queues; where that is too much as well, no granularity.
    """
    whole = AggregateQuery(
        interval=interval, metrics=CATALOGUE_METRICS, granularity=step.granularity, zone=who.zone
    )
    each = MEDIA_TYPES_EACH * (len(bucket_edges(interval, step.granularity, who.zone)) - 1)
    if len(queues.queues) * each <= MOST_BUCKETS:
        return whole
    named = selection.queues(queues, seen=())
    if named and len(named) * each <= MOST_BUCKETS:
        return replace(whole, queue_ids=tuple(sorted(named)))
    return replace(whole, granularity=None)


def _trend_query(
    table: AggregateQuery, step: Step, wanted: frozenset[str] | None
) -> AggregateQuery:
    return replace(
        table,
        granularity=step.granularity,
        group_by=("mediaType",),
        queue_ids=tuple(sorted(wanted or ())),
    )


def _wanted(selection: Selection, queues: Directory, answer: Answer) -> frozenset[str] | None:
    """The queues selected among the listed ones and those in the answer; None is all."""
    seen = set(answer.frame["queue_id"].cat.categories) - {NONE}
    wanted = selection.queues(queues, seen)
    if wanted is not None and not wanted:
        raise QueryError(
            f"No queue has {selection.find!r} in its name.", "Change the search or clear it."
        )
    return wanted


def _is_running(query: AggregateQuery) -> bool:
    """Whether the interval was cut at the present moment; a day that has just ended was not."""
    moment = in_minutes(now())
    today = start_of_day(moment.astimezone(query.zone).date(), query.zone)
    return query.interval.end >= moment and query.interval.end != today


def _answer(
    query: AggregateQuery, who: Source, on_progress: OnProgress, end: datetime | None
) -> Answer:
    """The kept answer to a query, else a new one.

    Without an `end` it is kept under its start alone: within the life of a running interval
    its end, which moves on every minute, stays as it was.
    """
    whole = replace(query, interval=Interval(query.interval.start, FOREVER))
    key = ("answer", query.interval.start, who, whole, end)
    api = client().api

    def make() -> Answer:
        return fetch(api, query, Errand(BUDGET_SECONDS, now=now), on_progress=on_progress)

    def on_wait() -> None:
        on_progress(Progress(0, 0))

    life = RUNNING_LIFE if _is_running(query) else CLOSED_LIFE
    return _keep.get(key, life, make, size=_bytes, on_wait=on_wait)


def _bytes(answer: Answer) -> int:
    return int(answer.frame.memory_usage().sum())


def _selected(
    frame: pd.DataFrame, wanted: frozenset[str] | None, media_types: tuple[str, ...]
) -> pd.DataFrame:
    """The rows of the selected queues and media types; ALL stands for queues chosen before."""
    keep = pd.Series(True, index=frame.index)
    if wanted is not None:
        keep &= frame["queue_id"].isin({*wanted, ALL})
    if media_types:
        keep &= frame["media_type"].isin(media_types)
    return frame if keep.all() else frame[keep]
