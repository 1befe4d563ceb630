"""The lines of text around the figures: what is shown, whose it is, what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import streamlit as st

from dashboard import data, organization
from dashboard.data import View
from dashboard.selection import CUSTOM, Selection
from genesys.errors import GenesysError, QueryError
from genesys.failures import wordings
from genesys.figures import span
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis import KPIS
from genesys.stability import (
    emptiness,
    emptiness_sentence,
    may_be_beyond_retention,
    retention_note,
)
from reports.theme import in_order

_MARKDOWN: Final = re.compile(r"([!-/:-@\[-`{-~])")
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, those that turn the direction of the text behind them included."""
_LINKED: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
"""Where Markdown recognises an address, escaped or not, unless a word joiner stands there."""


def plain(text: str) -> str:
    """A name as Markdown that shows it letter by letter."""
    shown = _INVISIBLE.sub("?", " ".join(text.split()))
    return _MARKDOWN.sub(r"\\\1", _LINKED.sub("\u2060", shown))


def readable_pills() -> None:
    """Give chosen pills enough contrast in the dark theme, where Streamlit's own is 3.6."""
    if st.context.theme.type == "dark":
        st.html("<style>button[data-variant][data-selected=true] p{color:#9CC2FF}</style>")


def summary(view: View, chosen: Selection) -> None:
    """What is shown, in one line: period, queues, media types, steps."""
    period = "Custom range" if chosen.period == CUSTOM else PRESET_BY_KEY[chosen.period].label
    names = [plain(view.directory.label(each)) for each in chosen.queue_ids]
    if chosen.find:
        names.append(f"names with “{plain(chosen.find)}”")
    queues = "all queues" if not names else ", ".join(names) if len(names) < 4 else (
        f"{len(names)} queues"
    )  # fmt: skip
    words = (
        f"**{period}**",
        span(view.interval, view.zone),
        queues,
        ", ".join(in_order(chosen.media_types)) or "all media types",
    )
    st.markdown(" · ".join(words))


def quiet_line(view: View) -> None:
    """Whose figures these are, how days are counted, as of when; and Refresh."""
    source = view.source
    zone = source.zone.key
    if not source.zone_is_set:
        zone += " (set GENESYS\\_CLOUD\\_TIME\\_ZONE for another zone)"
    as_of = view.as_of.astimezone(source.zone)
    words = (
        plain(source.organization),
        "demo data" if source.is_demo else f"live, {source.region}",
        zone,
        f"as of {as_of:%a} {as_of.day} {as_of:%b %Y}, {as_of:%H:%M}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(words), width="stretch")
        st.button(
            "Refresh",
            icon=":material/refresh:",
            type="tertiary",
            on_click=data.refresh,
            args=[view.interval],
            key="refresh",
        )
    firmness = view.stability.sentences(view.zone)[1:]
    st.caption(" ".join((*firmness, *_gaps(view), *map(_lacking, view.refused))))
    if organization.lacks_targets():
        st.caption(
            "Targets are the defaults and those of targets.toml: to read the queues' own, the"
            f" OAuth client lacks {plain(wordings('routing:queue:view'))}."
        )
    if view.directory.missing_permission:
        st.warning(
            "Queues are shown by id, because the OAuth client may read no list of queues:"
            f" it lacks the permission {plain(wordings(view.directory.missing_permission))}.",
            icon=":material/key_off:",
        )


def _gaps(view: View) -> Iterator[str]:
    """What is missing from either interval because it is no longer kept."""
    spans = {"": view.interval, "Earlier interval: ": view.comparison.earlier}
    for lead, interval in spans.items():
        if may_be_beyond_retention(interval, view.as_of):
            days = organization.retention_days()
            if note := retention_note(interval, view.as_of, view.zone, days):
                yield f"{lead}{note}"


def _lacking(metric: str) -> str:
    """Which KPIs have no value because the organization refuses a metric."""
    labels = ", ".join(kpi.label for kpi in KPIS if metric in kpi.metrics)
    return f"Not available in this organization, as it refuses {metric}: {labels}."


def nothing(view: View) -> None:
    """Why the answer may be empty, and what to check."""
    days = organization.retention_days()
    kind = emptiness(view.frame, view.whole, view.interval, view.as_of, view.zone, days)
    st.info(
        f"Genesys Cloud has no interactions for {span(view.interval, view.zone)} in this"
        f" selection. {emptiness_sentence(kind, view.as_of, view.zone, days)} Check the period,"
        " the queues and the media types. Figures of divisions that the OAuth client's role does"
        " not cover are missing as well.",
        icon=":material/search_off:",
    )


def show_error(error: GenesysError) -> None:
    """What happened, what to do, and the facts for whoever looks into it."""
    st.error(f"**{plain(error.what)}**\n\n{plain(error.todo)}", icon=":material/error:")
    facts = [*error.facts.lines()]
    if error.piece:
        facts.append(("part that failed", error.piece))
    if facts:
        st.caption(" · ".join(f"{name}: {plain(text)}" for name, text in facts))
    if not isinstance(error, QueryError):
        st.button("Try again", icon=":material/refresh:", key="again")
