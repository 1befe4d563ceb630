"""The filters in the sidebar; the one place that touches session state and the URL.

The URL holds the selection that is applied. The widgets hold what is being chosen, and
become the selection, all together, with Apply.
"""

from __future__ import annotations

import zlib
from datetime import date
from typing import Final

import streamlit as st

from dashboard.selection import (
    AUTOMATIC,
    CUSTOM,
    DEFAULT,
    MOST_LETTERS,
    MOST_QUEUES,
    PARAMETERS,
    Selection,
    from_params,
)
from genesys.directory import Directory
from genesys.earlier import Way
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis import KPI_BY_KEY
from genesys.trend import STEP_BY_KEY

MEDIA_CHOICES: Final = ("voice", "callback", "chat", "email", "message")

_APPLIED: Final = "applied selection"
_STOPPED: Final = "stopped selection"

_PERIOD_LABELS: Final = {key: preset.label for key, preset in PRESET_BY_KEY.items()} | {
    CUSTOM: "Custom range"
}
_WAY_LABELS: Final = {
    Way.PREVIOUS: "Previous period",
    Way.WEEKDAYS: "Same weekdays before",
    Way.ELAPSED: "Same elapsed time before",
    Way.YEAR: "Last year",
}
_STEP_LABELS: Final = {AUTOMATIC: "Automatic"} | {
    key: step.label for key, step in STEP_BY_KEY.items()
}


def selection() -> Selection:
    """The applied selection: the URL's, or the session's where a page is opened without one."""
    params = {name: st.query_params.get_all(name) for name in PARAMETERS}
    if not any(params.values()) and _APPLIED in st.session_state:
        applied: Selection = st.session_state[_APPLIED]
        _write_url(applied)
        return applied
    st.session_state[_APPLIED] = from_params(params)
    return from_params(params)


def sidebar(applied: Selection, directory: Directory, today: date) -> None:
    """Draw the filters with the applied selection in them."""
    key = _Keys(applied)
    with st.sidebar:
        period = st.selectbox(
            "Period",
            list(_PERIOD_LABELS),
            index=list(_PERIOD_LABELS).index(applied.period),
            format_func=_PERIOD_LABELS.__getitem__,
            key=key("period"),
        )
        if period == CUSTOM:
            st.date_input(
                "First and last day",
                value=_days(applied, today),
                max_value=today,
                key=key("days"),
                on_change="ignore",
            )
        st.selectbox(
            "Compare with",
            list(Way),
            index=list(Way).index(applied.compare),
            format_func=_WAY_LABELS.__getitem__,
            key=key("compare"),
            on_change="ignore",
        )
        st.pills(
            "Media types",
            list(dict.fromkeys((*MEDIA_CHOICES, *applied.media_types))),
            selection_mode="multi",
            default=applied.media_types,
            key=key("media"),
            on_change="ignore",
            help="None chosen is all of them.",
        )
        _queues(applied, directory, key)
        st.selectbox(
            "Steps of the trend",
            list(_STEP_LABELS),
            index=list(_STEP_LABELS).index(applied.step),
            format_func=_STEP_LABELS.__getitem__,
            key=key("step"),
            on_change="ignore",
        )
        st.multiselect(
            "Metrics in the table",
            list(KPI_BY_KEY),
            default=applied.kpis,
            format_func=lambda name: KPI_BY_KEY[name].label,
            wrap=False,
            key=key("kpis"),
            on_change="ignore",
        )
        with st.container(horizontal=True):
            st.button("Apply", type="primary", on_click=_apply, args=[applied], key="apply")
            st.button("Reset", on_click=_show, args=[DEFAULT], key="reset")


def _queues(applied: Selection, directory: Directory, key: _Keys) -> None:
    labels = dict(directory.labels())
    labels |= {each: directory.label(each) for each in applied.queue_ids}
    st.multiselect(
        "Queues",
        sorted(labels, key=lambda each: labels[each].casefold()),
        default=applied.queue_ids,
        format_func=labels.__getitem__,
        placeholder="All queues",
        max_selections=MOST_QUEUES,
        select_all=False,
        wrap=False,  # one that shrinks when left moves Apply away from under the pointer
        key=key("queues"),
        on_change="ignore",
    )
    st.text_input(
        "Queue name contains",
        value=applied.find,
        max_chars=MOST_LETTERS,
        placeholder="Part of a name",
        key=key("find"),
        on_change="ignore",
        help="Adds all queues with these letters in their name, also ones made later.",
    )


class _Keys:
    """Widget keys that are new for each applied selection, so that its values are the defaults."""

    def __init__(self, applied: Selection) -> None:
        self._mark = zlib.crc32(repr(applied).encode())

    def __call__(self, name: str) -> str:
        return f"{name}-{self._mark:08x}"


def _days(applied: Selection, today: date) -> tuple[date, date]:
    if applied.first and applied.last:
        return min(applied.first, today), min(applied.last, today)
    return today.replace(day=1), today


def _apply(applied: Selection) -> None:
    """Make what stands in the widgets the selection."""
    key = _Keys(applied)

    def of(name: str, default: object) -> object:
        return st.session_state.get(key(name), default)

    days = of("days", ())
    params = {
        "period": [str(of("period", applied.period))],
        "media": _texts(of("media", ())),
        "queue": _texts(of("queues", ())),
        "find": [str(of("find", "") or "")],
        "step": [str(of("step", AUTOMATIC))],
        "compare": [str(of("compare", applied.compare))],
        "kpi": _texts(of("kpis", ())),
    }
    if isinstance(days, tuple) and days:
        params |= {"from": [str(days[0])], "to": [str(days[-1])]}
    _show(from_params(params))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else []


def _show(chosen: Selection) -> None:
    st.session_state[_APPLIED] = chosen
    st.session_state.pop(_STOPPED, None)
    _write_url(chosen)


def _write_url(chosen: Selection) -> None:
    params = chosen.to_params()
    for name in PARAMETERS:
        if name in params:
            st.query_params[name] = params[name]
        elif name in st.query_params:
            del st.query_params[name]


def stop(applied: Selection) -> None:
    """Fetch this selection no further until `go_on`, or until another one is applied."""
    st.session_state[_STOPPED] = applied


def go_on() -> None:
    """Fetch again."""
    st.session_state.pop(_STOPPED, None)


def is_stopped(applied: Selection) -> bool:
    """Whether somebody stopped fetching this selection."""
    return bool(st.session_state.get(_STOPPED) == applied)
