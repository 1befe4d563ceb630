"""Talking points on a page: a few sentences, each with a link to where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard.data import fetching, organization, progress
from dashboard.data.usual import offered_before
from dashboard.data.view import View
from dashboard.markdown import plain
from dashboard.selecting import menu
from dashboard.selecting.page_words import SHOW
from genesys.insights.point import Point
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.data import verdicts

SHOWN: Final = 3

SOURCES: Final[Mapping[str, str]] = {
    "level against target": "media",
    "greatest lack": "queues",
    "weak hours": "when",
    "greatest change": "changes",
    "worst buckets": "when",
    "volume": "changes",
    "hours unlike usual": "when",
    "something good": "queues",
    "one interaction": "queues",
}
"""The page that shows where the point of a rule comes from."""


def draw(view: View) -> None:
    """The points that hurt most."""
    # The last good figures stand for those that cannot be had: nothing more is asked of these.
    fine = view.figures.now if view.trouble else progress.more(view, fetching.trouble)
    points = verdicts.talking_points(
        view.figures, fine, organization.targets(), offered_before(view)
    )[:SHOWN]
    if not points:
        return
    with st.container(border=True, gap="small", key="points"):
        for point in points:
            st.markdown(plain(point.text))
            _source(view, point)


def _source(view: View, point: Point) -> None:
    key = SOURCES.get(point.rule, "queues")
    label = next(each.title for each in menu.ENTRIES if each.key == key)
    more = {"pick": [point.queue_id]} if point.queue_id else {}
    if point.kpi in view.selection.kpis:
        more[SHOW] = [KPI_BY_KEY[point.kpi].label]
    menu.link(key, label, view.selection, **more)
