"""What a page says of kept days: as of when they are shown, and which of them moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from dashboard.data import organization
from dashboard.data.kept_days import kept_days
from dashboard.data.view import View
from dashboard.markdown import plain
from dashboard.selecting import session
from genesys.days.told import known_on, lies_between, movements, shown


def draw(view: View) -> None:
    """Lines where there is anything to say; a button leads from another day back to now."""
    if as_of := known(view):
        with st.container(horizontal=True, vertical_alignment="center", key="known"):
            st.info(plain(as_of), icon=":material/history:", width="stretch")
            now = replace(view.selection, as_of=None)
            st.button("As known now", on_click=session.show, args=[now], key="known-now")
    if lines := [*moved(view), *between(view)]:
        st.caption(plain(" ".join(lines)))


def known(view: View) -> str:
    """As of when the days of both intervals are shown; empty where that is now."""
    source = view.figures.source
    if source.as_of is None or source.known is None:
        return ""
    days = kept_days(organization.client(), source)
    if days is None:
        return "No days are kept here: figures are as the organization has them now."
    spans = [view.figures.interval, view.figures.comparison.earlier]
    return known_on(days.asked(source.known), spans, source.as_of, source.known)


def between(view: View) -> Iterator[str]:
    """Why no kept days answer the view, where its zone's days begin between half-hours."""
    source = view.figures.source
    if kept_days(organization.client(), source):
        yield from filter(None, [lies_between([view.figures.interval], source.zone)])


def moved(view: View) -> Iterator[str]:
    """Which days of both intervals moved, with the figures of it for who may see all."""
    source, sees_all = view.figures.source, view.figures.sight.division_ids is None
    if days := kept_days(organization.client(), source):
        spans = [view.figures.interval, view.figures.comparison.earlier]
        some = shown(days.asked(source.known), spans)
        yield from movements(some, source.zone, with_figures=sees_all)
