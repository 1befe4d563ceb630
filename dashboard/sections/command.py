"""The line of the command line that gives a view's figures."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM
from genesys.intervals import start_of_day

MOST_QUEUES: Final = 100
"""More ids make a line that nobody pastes."""


def command(view: View, *, bucketed: bool) -> str | None:
    """The line, quoted for a shell; None where the queues cannot be named in one."""
    queues = _queues(view)
    if view.wanted is not None and not 0 < len(queues) <= MOST_QUEUES:
        return None
    options = _options(view, queues, bucketed=bucketed)
    return shlex.join(["python", "-m", "genesys", "report", *options])


def _queues(view: View) -> tuple[str, ...]:
    """The wanted queues that the command line knows by id, others having no figures."""
    wanted = sorted(view.wanted or ())
    return tuple(each for each in wanted if view.directory.find(each) == (each,))


def _options(view: View, queues: tuple[str, ...], *, bucketed: bool) -> Iterator[str]:
    chosen = view.selection
    if view.source.is_demo:
        yield "--demo"
    if chosen.period == CUSTOM:
        yield from _dates(view)
    else:
        yield from ("--preset", chosen.period)
    yield from ("--time-zone", view.zone.key)
    if queues:
        yield from ("--queue", *queues)
    if chosen.media_types:
        yield from ("--media", *chosen.media_types)
    if bucketed:
        yield from ("--granularity", view.step.granularity.value)
        if view.answers[0].query.granularity is None:
            yield from ("--group-by", "mediaType")
    yield from ("--kpis", ",".join(kpi.key for kpi in chosen.kpi_rows()))
    yield from ("--format", "csv")


def _dates(view: View) -> Iterator[str]:
    """The first and last day; a running day ends at the moment it was asked."""
    first, end = view.interval.start.astimezone(view.zone).date(), view.interval.end
    last = (end - timedelta.resolution).astimezone(view.zone).date()
    is_whole = end == start_of_day(last + timedelta(days=1), view.zone)
    until = last.isoformat() if is_whole else end.astimezone(view.zone).isoformat()
    yield from ("--from", first.isoformat(), "--to", until)
