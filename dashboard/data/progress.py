"""Fetching with patience: a progress bar while it takes long, and a way to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import fetching, organization
from dashboard.data.view import View
from dashboard.selecting import session
from dashboard.selecting.selection import Selection
from genesys.analytics.fetch import Progress
from genesys.client.budget import Pending
from genesys.errors import GenesysError
from genesys.words import counted
from reports.data.figures import Figures
from reports.data.waiting import looked_at

T = TypeVar("T")

LONG: Final = timedelta(seconds=3)
"""From then on the request that is waited for is named."""

PATIENCE_SECONDS: Final = 0.7
"""A fetch that takes no longer shows no progress bar."""


def fetched(chosen: Selection) -> View:
    """The figures of a selection, with a progress bar and a way to stop while it takes long."""
    if session.is_stopped(chosen):
        stopped()
        st.stop()
    with _progress(chosen) as on_progress:
        return fetching.view(chosen, on_progress)


def more(view: View, ask: Callable[[Figures, fetching.OnProgress], T]) -> T:
    """What else a page asks of its figures, with the same patience."""
    with _progress(view.selection) as on_progress:
        return ask(view.figures, on_progress)


def stopped() -> None:
    """That nothing is fetched any more, and a way to go on."""
    st.info(
        "Stopped before the figures were complete, so none are shown.",
        icon=":material/stop_circle:",
    )
    st.button("Fetch again", on_click=session.go_on, type="primary", key="fetch-again")


def patience() -> AbstractContextManager[None]:
    """The same patience for what a page has to know of the organization, wherever it asks.

    Once somebody has stopped this selection, nothing more is asked.
    """
    chosen = session.selection()
    if session.is_stopped(chosen):
        organization.ask_no_more()
    return looked_at(_Onlooker(chosen, st.container()))


class _Onlooker:
    """A bar at the top of the page for each wait, as long as that takes."""

    def __init__(self, chosen: Selection, top: DeltaGenerator) -> None:
        self._chosen = chosen
        self._top = top
        self._bar: _Bar | None = None

    def waits(self, pending: Pending | None = None) -> None:
        if self._bar is None:
            self._bar = _Bar(self._chosen, self._top)
        self._bar.show(partial(asking_words, pending))

    def goes_on(self) -> None:
        if self._bar:
            self._bar.empty()
        self._bar = None


@contextmanager
def _progress(chosen: Selection) -> Iterator[Callable[[Progress], None]]:
    bar = _Bar(chosen, st.container())

    def show(progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        bar.show(partial(words, progress), share)

    try:
        yield show
    except GenesysError:
        bar.empty()
        raise
    bar.empty()


class _Bar:
    """A bar with a button to stop, which takes its place once patience is over."""

    def __init__(self, chosen: Selection, where: DeltaGenerator) -> None:
        self._chosen = chosen
        self._where = where
        self._began = time.monotonic()
        self._place: DeltaGenerator | None = None
        self._bar: DeltaGenerator | None = None

    def show(self, said: Callable[[datetime, tzinfo], str], share: float = 0.0) -> None:
        """Say what is waited for by now."""
        if time.monotonic() - self._began < PATIENCE_SECONDS:
            return
        if self._bar is None:
            self._bar = self._drawn()
        zone = organization.zone_of(self._chosen.zone)
        self._bar.progress(share, text=said(fetching.now(), zone))

    def empty(self) -> None:
        """Leave the place."""
        if self._place:
            self._place.empty()

    def _drawn(self) -> DeltaGenerator:
        self._place = self._where.empty()
        with self._place.container(horizontal=True, vertical_alignment="center"):
            bar = st.empty()
            key = f"stop-{session.fetch_number()}"
            st.button("Stop", on_click=session.stop, args=[self._chosen], key=key)
        return bar


def words(progress: Progress, now: datetime, zone: tzinfo) -> str:
    """How far a fetch is, and which request has not been answered for long."""
    parts = f"{progress.done} of {progress.total} parts" if progress.total else "waiting"
    return _with_slow(f"Fetching figures: {parts}", progress.waiting, now, zone)


def asking_words(pending: Pending | None, now: datetime, zone: tzinfo) -> str:
    """That something is asked about the organization, and what has not been answered for long."""
    return _with_slow("Asking about the organization", pending, now, zone)


def _with_slow(said: str, slow: Pending | None, now: datetime, zone: tzinfo) -> str:
    if slow is None or now - slow.since < LONG:
        return said
    since, passed = slow.since.astimezone(zone), round((now - slow.since).total_seconds())
    return (
        f"{said} · {slow.method} {slow.path} has not been answered since {since:%H:%M:%S},"
        f" for {counted(passed, 'second')}"
    )
