"""The cells of the table: rows of values with their marks, or of changes, and how they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import verdicts
from dashboard.data import View
from genesys.comparison import Presence, Verdict
from genesys.drivers import amount
from genesys.figures import NO_VALUE, figure
from genesys.kpis import KPI_BY_KEY, Kpi, Unit
from genesys.results import NONE
from genesys.rollup import GROUP, rollup
from genesys.targets import Status

POINTS: Final = " pts"

OFFERED: Final = KPI_BY_KEY["offered"]

MARKS: Final[Mapping[str, str]] = {
    Status.MET: "\u2713",
    Status.NEAR: "~",
    Status.MISSED: "\u2717",
    Status.FEW: "\u00b0",
}
"""A sign for each standing to a target; colour only comes on top."""

NO_CHANGE: Final = "±"
"""The sign of a change that rounds to nothing."""

TURNS: Final[Mapping[str, str]] = {Verdict.BETTER: "\u25b2", Verdict.WORSE: "\u25bc"}

VALUES_LEGEND: Final = (
    f"{MARKS[Status.MET]} target met · {MARKS[Status.NEAR]} near · {MARKS[Status.MISSED]} missed"
    f" · {MARKS[Status.FEW]} fewer than 20 contacts, so not judged"
)
CHANGES_LEGEND: Final = (
    f"{TURNS[Verdict.BETTER]} better · {TURNS[Verdict.WORSE]} worse, by the direction that is good"
    " for the KPI; unmarked changes are neither · pts: percentage points"
)

INKS: Final[Mapping[str, Mapping[str, str]]] = {
    "light": {
        Status.MISSED: "#B42318",
        Status.NEAR: "#8A5A00",
        Status.FEW: "#64748B",
        Verdict.WORSE: "#B42318",
        Verdict.BETTER: "#176B45",
    },
    "dark": {
        Status.MISSED: "#FF9B8F",
        Status.NEAR: "#E8B95A",
        Status.FEW: "#94A3B8",
        Verdict.WORSE: "#FF9B8F",
        Verdict.BETTER: "#6FD3A0",
    },
}


def signed(delta: Any, kpi: Kpi) -> str | None:
    """A change with its sign and unit; None where there is none to tell."""
    if pd.isna(delta):
        return None
    words, none = (_unsigned(each, kpi) for each in (abs(float(delta)), 0.0))
    sign = NO_CHANGE if words == none else "+" if delta > 0 else "-"
    return f"{sign}{words}"


def _unsigned(change: float, kpi: Kpi) -> str:
    return f"{change:.1f}{POINTS}" if kpi.unit is Unit.PERCENT else amount(change, kpi.unit)


def values(view: View, kpis: tuple[Kpi, ...]) -> pd.DataFrame:
    """The total, then each pair: names, the KPIs, and `<key> mark` of those with a target."""
    offered = [*kpis, *([] if OFFERED in kpis else [OFFERED])]
    rows = rollup(view.frame, GROUP, offered)
    marks = verdicts.pairs(view, kpis).marks
    for kpi in kpis:
        if f"{kpi.key}_status" in marks:
            rows[f"{kpi.key} mark"] = marks[f"{kpi.key}_status"]
    return _named(view, rollup(view.frame, [], offered), rows)


def changes(view: View, kpis: tuple[Kpi, ...]) -> pd.DataFrame:
    """The total, then each pair of either interval: names, the KPIs' changes, `<key> mark`."""
    whole = verdicts.total(view, (*kpis, OFFERED)).change
    pairs = verdicts.pairs(view, (*kpis, OFFERED)).changes
    return _named(view, _as_changes(whole, kpis), _as_changes(pairs, kpis), pairs["presence"])


def _as_changes(table: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    columns: dict[str, pd.Series[Any]] = {
        kpi.key: table[f"{kpi.key}_delta"].astype("Float64") for kpi in kpis
    }
    columns |= {f"{kpi.key} mark": _turns(table, kpi) for kpi in kpis}
    columns |= {
        "volume": table[OFFERED.key],
        **{name: table[name] for name in GROUP if name in table},
    }
    return pd.DataFrame(columns, index=table.index)


def _turns(table: pd.DataFrame, kpi: Kpi) -> pd.Series[str]:
    """The verdicts on the changes, without those that read as no change."""
    words = table[f"{kpi.key}_delta"].map(lambda delta: signed(delta, kpi) or "")
    return table[f"{kpi.key}_verdict"].mask(words.str.startswith(NO_CHANGE), "")


_GONE: Final = {Presence.APPEARED.value: " (new)", Presence.VANISHED.value: " (none now)"}


def _named(
    view: View,
    total: pd.DataFrame,
    rows: pd.DataFrame,
    presence: pd.Series[str] | None = None,
) -> pd.DataFrame:
    if "volume" not in rows:
        total, rows = (each.assign(volume=each[OFFERED.key]) for each in (total, rows))
    ids = rows["queue_id"].astype(str)
    names = ids.map(view.directory.label).astype(str)
    if presence is not None:
        names += presence.map(_GONE).fillna("").astype(str)
    rows = rows.assign(
        queue_name=names,
        media_type=rows["media_type"].astype(str),
        division=ids.map(view.directory.division).astype(str),
        volume=rows["volume"].astype("Float64").mask(ids == NONE),
    )
    total = total.assign(queue_name="Total", media_type="", division="")
    return pd.concat([total, rows.drop(columns="queue_id")], ignore_index=True)


def largest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by what was offered, those without any at the end."""
    impact = rows["volume"].astype("Float64").fillna(-1)
    return rows.loc[impact.sort_values(ascending=False, kind="stable").index]


def styled(rows: pd.DataFrame, kpis: Sequence[Kpi], *, as_changes: bool) -> Styler:
    """The cells as people read them; sorting goes by the numbers beneath."""
    inks = INKS[st.context.theme.type or "light"]
    signs = TURNS if as_changes else MARKS
    style = rows.style.set_properties(subset=pd.IndexSlice[0, :], **{"font-weight": "bold"})
    for kpi in kpis:
        marks = rows.get(f"{kpi.key} mark", pd.Series("", rows.index)).fillna("").astype(str)
        for mark in marks.unique():
            cells = pd.IndexSlice[rows.index[marks == mark], [kpi.key]]
            write = partial(_text, kpi=kpi, sign=signs.get(mark, ""), as_changes=as_changes)
            style = style.format(write, subset=cells)
            if mark in inks:
                style = style.set_properties(subset=cells, color=inks[mark])
    return style


def _text(value: Any, kpi: Kpi, sign: str, *, as_changes: bool) -> str:
    words = signed(value, kpi) if as_changes else figure(value, kpi.unit)
    return f"{words or NO_VALUE} {sign}".strip()
