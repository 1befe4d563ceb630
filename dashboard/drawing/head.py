"""The head of a page: what is shown, whose it is and as of when, and what can be done with it."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import fetching
from dashboard.data.view import View
from dashboard.drawing import addresses, kept, messages, notes, paper
from dashboard.markdown import plain
from dashboard.selecting import menu, session
from dashboard.selecting.selection import CUSTOM, Selection
from dashboard.selecting.stepping import stepped
from genesys.intervals import PRESET_BY_KEY
from genesys.moments import span, timed

REFRESH_SECONDS: Final = 60

MEETING: Final = "Meeting"

_AUTO_HELP: Final = (
    "Asks each minute for the figures of the running interval, and for nothing else."
)


def draw(title: str, view: View) -> DeltaGenerator:
    """What is shown, whose it is and as of when; Copy link and Refresh. The place of Present.

    Where these are the last good figures, why there are no newer ones stands above.
    """
    if view.trouble:
        messages.show_error(view.trouble, key="again-above")
    figures = view.figures
    paper.footer(
        title, span(figures.interval, figures.zone), f"as of {timed(figures.as_of, figures.zone)}"
    )
    with st.container(key="head"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(title, width="stretch")
            place = _actions(title, view)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = (f"**{period_label(view.selection)}**", *summary(view))
            st.markdown(" · ".join(words), width="content")
            _steps(view)
        _quiet_line(view)
        kept.draw(view)
    if view.figures.is_running and title != MEETING:
        auto_refresh()
    return place


def _actions(title: str, view: View) -> DeltaGenerator:
    """What can be done with the page, on one line however narrow it is."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        place = st.empty() if title == MEETING else menu.present(view.selection)
        _copy_link(None if view.selection.period == CUSTOM else addresses.days(view))
        st.button(
            "Refresh",
            icon=":material/refresh:",
            type="tertiary",
            on_click=fetching.refresh,
            args=[view.figures.source, view.figures.interval],
            key="refresh",
        )
    return place


def _steps(view: View) -> None:
    """Buttons to the period before and to the one after; `browser.js` presses them by key."""
    today = fetching.now().astimezone(view.figures.zone).date()
    for key, label, icon, periods, sign in (
        ("earlier", "Earlier", "chevron_left", -1, "["),
        ("later", "Later", "chevron_right", 1, "]"),
    ):
        other = stepped(view.selection, today, periods, view.figures.source.week_begins)
        st.button(
            label,
            icon=f":material/{icon}:",
            type="tertiary",
            key=key,
            disabled=other is None,
            help=f"The period {'before' if periods < 0 else 'after'}: key {sign}",
            on_click=session.show,
            args=[other],
        )


def period_label(chosen: Selection) -> str:
    """The name of the chosen period."""
    return "Custom range" if chosen.period == CUSTOM else PRESET_BY_KEY[chosen.period].label


def summary(view: View) -> tuple[str, ...]:
    """The days, queues, media types and other filters of a view, and its zone, in Markdown."""
    return notes.selected(view, plain)


def _quiet_line(view: View) -> None:
    figures, source = view.figures, view.figures.source
    moves = figures.is_running or figures.stability.provisional or figures.stability.young
    words = (
        *notes.whose(view, plain),
        "some figures can still move" if moves else "",
    )
    more = [*figures.stability.sentences(figures.zone)]
    if not source.zone_is_set:
        more.append(f"Days are those of {source.zone.key}; GENESYS_CLOUD_TIME_ZONE sets another.")
    st.caption(" · ".join(filter(None, words)), help=plain(" ".join(more)))
    messages.lacks(view)


@st.fragment
def _copy_link(days: addresses.Params | None) -> None:
    """The address of this view, read when it opens: with its period by name, or with its days."""
    popover = st.popover(
        "Copy link", icon=":material/link:", type="tertiary", key="copy-link", on_change="rerun"
    )
    if not popover.open:
        return
    said = addresses.params()
    links = {"This view": said}
    if days:
        links["These dates"] = addresses.with_days(said, days)
    with popover:
        for label, each in links.items():
            st.caption(label)
            st.code(addresses.address(each), language=None, wrap_lines=True)


@st.fragment(run_every=REFRESH_SECONDS)
def auto_refresh() -> None:
    """Look again each minute while the interval runs, where somebody wishes so.

    Only answers of running intervals are as short-lived as that; all else stays kept.
    """
    if st.toggle("Auto-refresh", key="auto", bind="query-params", help=_AUTO_HELP) and not (
        session.is_first_draw()
    ):
        st.rerun()
