"""Fetching with patience: a progress bar while it takes long, and a way to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import fetching, organization
from dashboard.data.view import View
from dashboard.selecting import session
from dashboard.selecting.selection import Selection
from genesys.analytics.fetch import Progress
from genesys.errors import GenesysError
from genesys.words import counted
from reports.data.figures import Figures

T = TypeVar("T")

LONG: Final = timedelta(seconds=3)
"""From then on the request that is waited for is named."""

PATIENCE_SECONDS: Final = 0.7
"""A fetch that takes no longer shows no progress bar."""


def fetched(chosen: Selection) -> View:
    """The figures of a selection, with a progress bar and a way to stop while it takes long."""
    if session.is_stopped(chosen):
        st.info(
            "Stopped before the figures were complete, so none are shown.",
            icon=":material/stop_circle:",
        )
        st.button("Fetch again", on_click=session.go_on, type="primary")
        st.stop()
    with _progress(chosen) as on_progress:
        return fetching.view(chosen, on_progress)


def more(view: View, ask: Callable[[Figures, fetching.OnProgress], T]) -> T:
    """What else a page asks of its figures, with the same patience."""
    with _progress(view.selection) as on_progress:
        return ask(view.figures, on_progress)


@contextmanager
def _progress(chosen: Selection) -> Iterator[Callable[[Progress], None]]:
    place = st.empty()
    key = f"stop-{session.fetch_number()}"
    began, zone = time.monotonic(), organization.source(chosen.zone).zone
    bar: list[DeltaGenerator] = []

    def show(progress: Progress) -> None:
        if time.monotonic() - began < PATIENCE_SECONDS:
            return
        if not bar:
            with place.container(horizontal=True, vertical_alignment="center"):
                bar.append(st.empty())
                st.button("Stop", on_click=session.stop, args=[chosen], key=key)
        share = progress.done / progress.total if progress.total else 0.0
        bar[0].progress(share, text=words(progress, fetching.now(), zone))

    try:
        yield show
    except GenesysError:
        place.empty()
        raise
    place.empty()


def words(progress: Progress, now: datetime, zone: tzinfo) -> str:
    """How far a fetch is, and which request has not been answered for long."""
    parts = f"{progress.done} of {progress.total} parts" if progress.total else "waiting"
    said, slow = f"Fetching figures: {parts}", progress.waiting
    if slow is None or now - slow.since < LONG:
        return said
    since, passed = slow.since.astimezone(zone), round((now - slow.since).total_seconds())
    return (
        f"{said} · {slow.method} {slow.path} has not been answered since {since:%H:%M:%S},"
        f" for {counted(passed, 'second')}"
    )
