"""Where the offered went, on a page."""

from __future__ import annotations

import streamlit as st

from dashboard.data import fetching, progress
from dashboard.data.view import View
from dashboard.drawing import charts
from dashboard.markdown import plain
from genesys.insights.reconciliation import sentences
from genesys.moments import span
from reports.sections.drivers import in_queues
from reports.sections.outcomes import base_words, chart, outcomes_table, reconciled


def draw(view: View) -> None:
    """The outcomes of both intervals side by side, and those of this one in sentences."""
    draw_chart(view)
    tell(view)


def tell(view: View) -> None:
    """The outcomes of this interval in sentences."""
    here, _ = progress.more(view, fetching.outcomes)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences(reconciled(here))))


def draw_chart(view: View, *, low: bool = False) -> None:
    """The outcomes of both intervals side by side."""
    figures = view.figures
    st.header("Where the offered went")
    here, there = progress.more(view, fetching.outcomes)
    now, before = reconciled(here), reconciled(there)
    if now.empty:
        st.caption("No queue of this selection has such counts.")
        return
    has_before = in_queues(figures.before) and not before.empty
    caption = base_words(now)
    caption += (
        f" Pale bars: {span(figures.comparison.earlier, figures.zone)}."
        if has_before
        else " The comparison interval has no figures."
    )
    charts.draw(
        view,
        chart(here, there if has_before else None, low=low),
        outcomes_table(now, before),
        "outcomes",
        alt="Where the offered went: the share of each outcome, in this and the earlier interval",
        caption=caption,
    )
