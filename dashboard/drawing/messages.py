"""The lines of text around the figures: what is shown, whose it is, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import fetching, organization
from dashboard.data.view import View
from dashboard.drawing import notes, paper
from dashboard.markdown import plain
from dashboard.selecting import menu, session
from dashboard.selecting.selection import CUSTOM, Selection
from dashboard.selecting.stepping import stepped
from genesys.analytics.losses import lost
from genesys.client.failures import wordings
from genesys.errors import GenesysError, QueryError
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.catalogue import KPIS
from genesys.moments import span, timed
from genesys.organization.directory import is_id
from genesys.organization.retention import (
    emptiness,
    emptiness_sentence,
    may_be_beyond_retention,
    retention_note,
)
from genesys.words import listed, plural
from reports.data.figures import Figures

REFRESH_SECONDS: Final = 60

MEETING: Final = "Meeting"

MOST_NAMED: Final = 3
_MOST_LOST: Final = 3
"""Queues of a link that are named where they exist no longer."""

_AUTO_HELP: Final = (
    "Asks each minute for the figures of the running interval, and for nothing else."
)


def readable_pills() -> None:
    """Give chosen pills enough contrast in the dark theme, where Streamlit's own is 3.6."""
    if st.context.theme.type == "dark":
        st.html("<style>button[data-variant][data-selected=true] p{color:#9CC2FF}</style>")


def mark_view(*, is_new: bool) -> DeltaGenerator:
    """Say in the page that it is another view: `document/loading.css` then hides the old one.

    So no new heading stands over old figures. They keep their room, so that nothing jumps; where
    only a part of a view changes, all stays in sight: empty the mark when the view is drawn.
    """
    mark = st.empty()
    if is_new:
        with mark.container(key="new-view"):
            st.html("<span></span>")
    return mark


@contextmanager
def told() -> Iterator[None]:
    """An error is told where it happens."""
    try:
        yield
    except GenesysError as error:
        show_error(error)


def head(title: str, view: View) -> None:
    """What is shown, whose it is and as of when; Copy link and Refresh.

    Where these are the last good figures, why there are no newer ones stands above.
    """
    if view.trouble:
        show_error(view.trouble, key="again-above")
    figures = view.figures
    paper.footer(
        title, span(figures.interval, figures.zone), f"as of {timed(figures.as_of, figures.zone)}"
    )
    with st.container(key="head"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(title, width="stretch")
            if title != MEETING:
                menu.present(view.selection)
            _copy_link(view)
            st.button(
                "Refresh",
                icon=":material/refresh:",
                type="tertiary",
                on_click=fetching.refresh,
                args=[view.figures.source, view.figures.interval],
                key="refresh",
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = (f"**{period_label(view.selection)}**", *summary(view))
            st.markdown(" · ".join(words), width="content")
            _steps(view)
        _quiet_line(view)
    if view.figures.is_running and title != MEETING:
        auto_refresh()


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
    if lacking := [*_gone(view), *_gaps(figures), *map(_lacking, figures.refused)]:
        st.caption(" ".join(lacking))
    if incomplete := [*_incomplete(view)]:
        st.warning(" ".join(map(plain, incomplete)), icon=":material/rule:")
    if organization.lacks_targets():
        st.caption(
            "Targets are the defaults and those of targets.toml: to read the queues' own, the"
            f" OAuth client lacks {plain(wordings('routing:queue:view'))}."
        )
    if figures.directory.missing_permission:
        st.warning(
            "Queues are shown by id, because the OAuth client may read no list of queues:"
            f" it lacks the permission {plain(wordings(figures.directory.missing_permission))}.",
            icon=":material/key_off:",
        )


def _incomplete(view: View) -> Iterator[str]:
    """What the API did not give, or not in a usable form, though the figures have come."""
    figures = view.figures
    if figures.source.lacks:
        yield f"The organization's name is missing. {figures.source.lacks}"
    if figures.directory.lacks:
        yield (
            f"The list of queues is incomplete: {figures.directory.lacks.rstrip('.')}."
            " Queues may be there that it does not name."
        )
    gone = lost(figures.frame)
    for each in gone[:_MOST_LOST]:
        yield (
            f"{each.metric} of {figures.directory.label(each.queue_id)}, {each.media_type}, came"
            " without a usable value: what is made of it has none."
        )
    if len(gone) > _MOST_LOST:
        yield f"So it is with {len(gone) - _MOST_LOST:,} more."
    yield from organization.targets().unmeant


def _copy_link(view: View) -> None:
    """The address of this view: with its period by name, or with its days."""
    figures = view.figures
    here = urlsplit(st.context.url or "")
    kept = {name: st.query_params.get_all(name) for name in st.query_params}
    links = {"This view": kept}
    if view.selection.period != CUSTOM:
        last = (figures.interval.end - timedelta.resolution).astimezone(figures.zone).date()
        first = figures.interval.start.astimezone(figures.zone).date()
        links["These dates"] = {
            **{name: words for name, words in kept.items() if name != "period"},
            "from": [str(first)],
            "to": [str(last)],
        }
    with st.popover("Copy link", icon=":material/link:", type="tertiary"):
        for label, params in links.items():
            query = urlencode(params, doseq=True)
            st.caption(label)
            st.code(
                urlunsplit(here._replace(path=here.path or "/", query=query, fragment="")),
                language=None,
                wrap_lines=True,
            )


@st.fragment(run_every=REFRESH_SECONDS)
def auto_refresh() -> None:
    """Look again each minute while the interval runs, where somebody wishes so.

    Only answers of running intervals are as short-lived as that; all else stays kept.
    """
    if st.toggle("Auto-refresh", key="auto", bind="query-params", help=_AUTO_HELP) and not (
        session.is_first_draw()
    ):
        st.rerun()


def _gone(view: View) -> Iterator[str]:
    """The queues of a link that are in no list any more, in one sentence; not what is no id."""
    directory = view.figures.directory
    ids = (key for key in view.selection.queue_ids if is_id(key))
    gone = [key for key in ids if key not in directory.queues]
    if not directory.complete or not gone:
        return
    named = [plain(directory.label(key)) for key in gone[:MOST_NAMED]]
    if (more := len(gone) - len(named)) > 0:
        named.append(f"{more} more")
    verbs = plural(len(gone), "is", "are"), plural(len(gone), "exists", "exist")
    yield f"{listed(named)} {verbs[0]} in this link, but {verbs[1]} no longer."


def _gaps(figures: Figures) -> Iterator[str]:
    """What is missing from either interval because it is no longer kept."""
    spans = {"": figures.interval, "Earlier interval: ": figures.comparison.earlier}
    for lead, interval in spans.items():
        if may_be_beyond_retention(interval, figures.as_of):
            days = organization.retention_days()
            if note := retention_note(interval, figures.as_of, figures.zone, days):
                yield f"{lead}{note}"


def _lacking(metric: str) -> str:
    """Which KPIs have no value because the organization refuses a metric."""
    labels = ", ".join(kpi.label for kpi in KPIS if metric in kpi.metrics)
    return f"Not available in this organization, as it refuses {metric}: {labels}."


def nothing(figures: Figures) -> None:
    """Why the answer may be empty, and what to check."""
    days = organization.retention_days()
    as_of, zone = figures.as_of, figures.zone
    kind = emptiness(figures.frame, figures.whole, figures.interval, as_of, zone, days)
    st.info(
        f"Genesys Cloud has no interactions for {span(figures.interval, zone)} in this"
        f" selection. {emptiness_sentence(kind, as_of, zone, days)} Check the period,"
        " the queues and the media types. Figures of divisions that the OAuth client's role does"
        " not cover are missing as well.",
        icon=":material/search_off:",
    )


def misread(sentences: Sequence[str], *, left_out: bool = False) -> None:
    """What the link says in vain; nothing where all of it is understood.

    What is left out is not named, be it there for others or not.
    """
    if left_out:
        st.warning(
            "A part of this link lies outside of what you may see, and is left out.",
            icon=":material/visibility_off:",
        )
    if sentences:
        told = "\n".join(f"- {plain(each)}" for each in sentences)
        st.warning(f"**Not understood in the link:**\n{told}", icon=":material/link_off:")


def show_error(error: GenesysError, key: str = "again") -> None:
    """What happened, what to do, and the facts for whoever looks into it."""
    st.error(f"**{plain(error.what)}**\n\n{plain(error.todo)}", icon=":material/error:")
    facts = [*error.facts.lines()]
    if error.piece:
        facts.append(("part that failed", error.piece))
    if facts:
        st.caption(" · ".join(f"{name}: {plain(text)}" for name, text in facts))
    if not isinstance(error, QueryError):
        st.button("Try again", icon=":material/refresh:", key=key, on_click=organization.try_again)
