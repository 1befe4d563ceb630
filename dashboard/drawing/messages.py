"""The lines of text around the figures: what is missing from them, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.data import organization, progress
from dashboard.data.view import View
from dashboard.markdown import plain
from genesys.analytics.losses import lost
from genesys.client.failures import wordings
from genesys.errors import Cancelled, GenesysError, QueryError
from genesys.kpis.catalogue import KPIS
from genesys.moments import span
from genesys.organization.directory import is_id
from genesys.organization.retention import (
    emptiness,
    emptiness_sentence,
    may_be_beyond_retention,
    retention_note,
)
from genesys.words import listed, plural
from reports.data.figures import Figures
from reports.theme import CHOSEN_ON_DARK

MOST_NAMED: Final = 3
"""Queues of a link that are named where they exist no longer."""

_MOST_LOST: Final = 3


def readable_pills() -> None:
    """Give chosen pills enough contrast in the dark theme, where Streamlit's own is 3.6."""
    if st.context.theme.type == "dark":
        chosen = f"button[data-variant][data-selected=true] p{{color:{CHOSEN_ON_DARK}}}"
        st.html(f"<style>{chosen}</style>")


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


def lacks(view: View) -> None:
    """What is missing from a view, and why."""
    figures = view.figures
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
    for lead, rows in {"": figures.now, "Earlier interval: ": figures.before}.items():
        (answer,) = rows.answers
        if may_be_beyond_retention(answer.query.interval, figures.as_of):
            days = organization.retention_days()
            about = answer.query.interval, figures.as_of, figures.zone, days, answer.held
            if note := retention_note(*about):
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
    if isinstance(error, Cancelled):
        progress.stopped()
        return
    st.error(f"**{plain(error.what)}**\n\n{plain(error.todo)}", icon=":material/error:")
    facts = [*error.facts.lines()]
    if error.piece:
        facts.append(("part that failed", error.piece))
    if facts:
        st.caption(" · ".join(f"{name}: {plain(text)}" for name, text in facts))
    if not isinstance(error, QueryError):
        st.button("Try again", icon=":material/refresh:", key=key, on_click=organization.try_again)
