"""Kept days of this process's organization: looked into before it is asked, filled by answers."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from typing import Final

from dashboard.data.client import Client
from genesys.analytics.fetch import Answer
from genesys.analytics.queries import AggregateQuery
from genesys.days.asking import keep
from genesys.days.place import Owner, Place, for_demo, place
from genesys.days.store import Days
from reports.data import lives
from reports.data.kept import kept_for
from reports.data.source import Source

_at_work: Final = threading.Lock()


def kept_days(of: Client, who: Source) -> Days | None:
    """The kept days; None where nothing is to be kept, or nobody knows whose they are."""
    if not who.organization_id:
        return None
    here = (
        for_demo(of.data, who.organization_id)
        if of.is_demo
        else place(of.data, Owner(of.region, who.organization_id, of.client_id))
    )
    return _days(here) if here else None


@kept_for(lives.RUNNING)
def held(here: Place, query: AggregateQuery) -> bool:
    """Whether kept days answer all of a query: looked into once a minute, not at every rerun."""
    return _days(here).holds(query)


@functools.cache
def _days(here: Place) -> Days:
    return Days(here)


def keep_soon(days: Days | None, answers: Sequence[Answer]) -> threading.Thread | None:
    """Keep what answers tell of closed days, while nobody waits for it; the thread that does.

    While one is at work others' answers are not kept: their days are asked again some day.
    """
    if days is None or not _at_work.acquire(blocking=False):
        return None
    thread = threading.Thread(target=_keep, args=(days, answers), name="keeping days", daemon=True)
    thread.start()
    return thread


def _keep(days: Days, answers: Sequence[Answer]) -> None:
    try:
        keep(days, answers)
    finally:
        _at_work.release()
