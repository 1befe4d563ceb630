"""The filters in the sidebar.

The widgets hold what is being chosen, and become the selection, all together, with Apply.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.markdown import plain
from dashboard.selecting import pasted, session
from dashboard.selecting.selection import (
    AUTOMATIC,
    CUSTOM,
    DEFAULT,
    MOST_CONTACTS,
    MOST_LETTERS,
    MOST_QUEUES,
    OWN,
    Selection,
    from_params,
)
from genesys.insights.earlier import Way
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from genesys.kpis.sets import KPI_SETS
from genesys.kpis.trend import STEP_BY_KEY
from genesys.organization.directory import Directory
from genesys.words import counted
from genesys.zones import zones_to_choose

T = TypeVar("T", bound=str)

MEDIA_CHOICES: Final = ("voice", "callback", "chat", "email", "message")

_MOST_NAMED: Final = 5
_LAST_DAY: Final = "Choose the last day too"
_PERIOD_LABELS: Final = {key: preset.label for key, preset in PRESET_BY_KEY.items()} | {
    CUSTOM: "Custom range"
}
_WAY_LABELS: Final = {
    Way.PREVIOUS: "Previous period",
    Way.WEEKDAYS: "Same weekdays before",
    Way.ELAPSED: "Same elapsed time before",
    Way.YEAR: "Last year",
    Way.DATES: "Same dates last year",
}
_SET_LABELS: Final = {each.key: each.label for each in KPI_SETS} | {OWN: "Own choice"}
_DURATION_LABELS: Final = {
    Durations.SHORT: "As short as they can be",
    Durations.SECONDS: "Seconds",
    Durations.MINUTES: "mm:ss",
    Durations.HOURS: "h:mm:ss",
}
_STEP_LABELS: Final = {AUTOMATIC: "Automatic"} | {
    key: step.label for key, step in STEP_BY_KEY.items()
}


def draw(applied: Selection, directory: Directory, today: date, zone: str) -> None:
    """Draw the filters with the applied selection in them; `zone` is the setting's."""
    with st.sidebar:
        place = st.container()
        with st.container(horizontal=True):
            st.button(
                "Apply", type="primary", on_click=_apply, args=[applied, directory], key="apply"
            )
            st.button("Reset", on_click=session.show, args=[DEFAULT], key="reset")
        below = st.empty()  # above, it would move Apply away from under the pointer
        with place:
            _filters(applied, directory, today, zone, below)


@st.fragment
def _filters(
    applied: Selection, directory: Directory, today: date, zone: str, below: DeltaGenerator
) -> None:
    """The widgets, and how many changes in them are not applied; nothing else is drawn anew."""
    key = _Keys(applied)
    _period(applied, today, key)
    st.pills(
        "Media types",
        list(dict.fromkeys((*MEDIA_CHOICES, *applied.media_types))),
        selection_mode="multi",
        default=applied.media_types,
        key=key("media"),
        help="None chosen is all of them.",
    )
    _queues(applied, directory, key)
    _metrics(applied, key)
    _more(applied, today, zone, key)
    params, _ = _standing(applied, directory)
    if _lacks_last_day(params):
        below.markdown(f"**{_LAST_DAY}**")
    elif changes := applied.changes(from_params(params)):
        below.markdown(f"**{counted(changes, 'change')} not applied**")
    else:
        below.empty()


def _one_of(label: str, labels: Mapping[T, str], chosen: T, key: str) -> T:
    return st.selectbox(
        label,
        list(labels),
        index=list(labels).index(chosen),
        format_func=labels.__getitem__,
        key=key,
    )


def _period(applied: Selection, today: date, key: _Keys) -> None:
    period = _one_of("Period", _PERIOD_LABELS, applied.period, key("period"))
    if period == CUSTOM:
        st.date_input(
            "First and last day",
            value=_days(applied, today),
            max_value=today,
            key=key("days"),
        )
    _one_of("Compare with", _WAY_LABELS, applied.compare, key("compare"))


def _queues(applied: Selection, directory: Directory, key: _Keys) -> None:
    divisions = directory.divisions()
    if len(divisions) > 1 or applied.divisions:
        names = {each: each for each in applied.divisions} | dict(divisions)
        st.multiselect(
            "Divisions",
            list(names),
            default=applied.divisions,
            format_func=names.__getitem__,
            placeholder="All divisions",
            max_selections=MOST_QUEUES,
            select_all=False,
            wrap=False,
            key=key("divisions"),
        )
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
    )
    st.text_input(
        "Queue name contains",
        value=applied.find,
        max_chars=MOST_LETTERS,
        placeholder="Part of a name",
        key=key("find"),
        help="Adds all queues with these letters in their name, also ones made later.",
    )
    # Not in a popover: what is typed there is gone with Escape.
    with st.expander("Paste queue names", icon=":material/content_paste:", type="compact"):
        st.text_area(
            "Queue names, one on a line",
            placeholder="Billing\nClaims",
            key=key("names"),
            on_change="ignore",  # sending as it is left would take the click from Apply
            help=f"Added to the chosen queues with Apply, up to {MOST_QUEUES} in all.",
        )


def _metrics(applied: Selection, key: _Keys) -> None:
    kpi_set = _one_of("Metrics", _SET_LABELS, applied.kpi_set(), key("set"))
    if kpi_set == OWN:
        st.multiselect(
            "Metrics of your own choice",
            list(KPI_BY_KEY),
            default=applied.kpis,
            format_func=lambda name: KPI_BY_KEY[name].label,
            wrap=False,
            key=key("kpis"),
        )


def _more(applied: Selection, today: date, zone: str, key: _Keys) -> None:
    with st.expander("More", icon=":material/tune:", type="compact"):
        _one_of("Steps of the trend", _STEP_LABELS, applied.step, key("step"))
        _one_of("Times as", _DURATION_LABELS, applied.durations, key("times"))
        zones = {"": f"{zone}, as set"} | {each: each for each in zones_to_choose()}
        labels = zones | ({applied.zone: applied.zone} if applied.zone else {})
        _one_of("Time zone of days and hours", labels, applied.zone, key("zone"))
        st.date_input(
            "Kept days as known on",
            value=applied.as_of and min(applied.as_of, today),
            max_value=today,
            key=key("as_of"),
            help="As known at the end of that day, before they moved; without one, as known now.",
        )
        st.number_input(
            "Minimum contacts",
            min_value=0,
            max_value=MOST_CONTACTS,
            value=applied.fewest,
            key=key("min"),
            help="Rows with fewer offered are not shown. Totals have them all the same.",
        )
        st.toggle(
            "Blend media types in times",
            value=applied.blended,
            key=key("blend"),
            help="Totals of times are over voice, callback and chat; blended, over e-mail and"
            " messages too, which wait for hours and days.",
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


def _standing(
    applied: Selection, directory: Directory
) -> tuple[Mapping[str, list[str]], tuple[str, ...]]:
    """The parameters of what stands in the widgets, and the pasted names that are no queues."""
    key = _Keys(applied)

    def of(name: str, default: object) -> object:
        return st.session_state.get(key(name), default)

    own = of("set", applied.kpi_set()) == OWN
    names, unknown = pasted.found(str(of("names", "") or ""), directory)
    params = {
        "period": [str(of("period", applied.period))],
        "media": _texts(of("media", ())),
        "division": _texts(of("divisions", ())),
        "queue": [*_texts(of("queues", ())), *names],
        "find": [str(of("find", "") or "")],
        "step": [str(of("step", AUTOMATIC))],
        "compare": [str(of("compare", applied.compare))],
        "set": [str(of("set", applied.kpi_set()))],
        "kpi": _texts(of("kpis", applied.kpis)) if own else [],
        "times": [str(of("times", applied.durations))],
        "min": [str(of("min", applied.fewest))],
        "zone": [str(of("zone", applied.zone))],
        "as_of": [str(of("as_of", applied.as_of) or "")],
        "blend": ["yes" if of("blend", applied.blended) else ""],
    }
    if days := _texts(of("days", ())):
        params |= {"from": days[:1], "to": days[1:]}
    return params, unknown


def _lacks_last_day(params: Mapping[str, Sequence[str]]) -> bool:
    """Whether somebody has chosen the first day alone; the widget says so by one date."""
    return params["period"] == [CUSTOM] and "from" in params and not params["to"]


def _apply(applied: Selection, directory: Directory) -> None:
    """Make what stands in the widgets the selection."""
    params, unknown = _standing(applied, directory)
    if _lacks_last_day(params):
        st.toast(f"{_LAST_DAY}: nothing has been applied.", icon=":material/event:")
        return
    session.show(from_params(params))
    if unknown:
        listed = ", ".join(f"“{plain(name)}”" for name in unknown[:_MOST_NAMED])
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        st.toast(
            f"Not found as queues: {listed}{more}.",
            icon=":material/search_off:",
            duration="infinite",
        )
    if (many := len(dict.fromkeys(params["queue"]))) > MOST_QUEUES:
        st.toast(
            f"Only the first {MOST_QUEUES} of {many} queues can be chosen one by one. Use a"
            " part of their names, or a division.",
            icon=":material/playlist_remove:",
            duration="infinite",
        )


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else []
