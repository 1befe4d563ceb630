"""The matrix: a KPI of each queue by media type, with its change and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.grouping import Codes
from genesys.insights.comparison import Change, Sides, sides
from genesys.kpis.aligning import places
from genesys.kpis.applicability import listed_media, why_no_value
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import Parts, typed
from genesys.kpis.unjudged import Words
from genesys.organization.directory import Directory
from genesys.targets import JUDGED, Targets, standing
from reports.data.figures import Figures
from reports.data.groups import (
    GONE,
    OFFERED,
    SHORT,
    change_marks,
    is_few,
    media_types,
    worst_first,
)
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.data.verdicts import short_of
from reports.sections.matrix_heads import TOTAL, beneath
from reports.table import Column, Table
from reports.theme import in_order

ALL_MEDIA: Final = "All media"

NO_DIVISION: Final = "Without a division"

INDENT: Final = "\u2003"


@kept
def matrix_of(
    figures: Figures, kpi: Kpi, targets: Targets, *, by_division: bool, blended: bool, fewest: int
) -> Table:
    now, before = parts_of(figures.now), parts_of(figures.before)
    lines = [_level(figures, (now, before), kpi, targets, (), blended=blended)]
    if by_division:
        both = _with_divisions(figures.directory, now), _with_divisions(figures.directory, before)
        lines.append(_level(figures, both, kpi, targets, ("division",), blended=blended))
    queues = _level(figures, (now, before), kpi, targets, ("queue_id",), blended=blended)
    keep = ~is_few(queues[OFFERED.key], fewest)
    lines.append({name: values[keep] for name, values in queues.items()})
    rows = _rows(kpi, {name: np.concatenate([each[name] for each in lines]) for name in queues})
    columns = (Column("queue_name", "Queue"), *_columns(figures, kpi, targets, blended=blended))
    title = f"{kpi.label} by queue and media type"
    return Table(title, columns, _ordered(rows, by_division=by_division), totals=1)


def _level(
    figures: Figures,
    both: tuple[Parts, Parts],
    kpi: Kpi,
    targets: Targets,
    by: tuple[str, ...],
    *,
    blended: bool,
) -> dict[str, npt.NDArray[Any]]:
    """The rows of one level: names, `offered`, and for each column value, mark and change."""
    now, before = both
    whole = sides(now, before, by, blended=blended)
    lines = _names(figures.directory, whole, by)
    lines |= {
        OFFERED.key: whole.change(OFFERED).value,
        SHORT: short_of(figures, now, whole.here, by, targets),
    }
    names = in_order(set(now.labels_of("media_type").astype(str)))
    if len(names) > 1:
        # Targets of times are for media types that wait alike.
        marks = None if blended and kpi.is_time else _marks(now, before, kpi, targets, whole, by)
        lines |= _cells(TOTAL, whole.change(kpi), marks, np.arange(len(whole.here)))
    by_media = (*by, "media_type")
    pairs = sides(now, before, by_media)
    marks = _marks(now, before, kpi, targets, pairs, by_media)
    change, places_of = pairs.change(kpi), places(pairs.here, whole.here, by)
    for name in names:
        rows = np.flatnonzero(pairs.here.keys["media_type"].isin([name]))
        at = np.full(len(whole.here), -1)
        at[places_of[rows]] = rows
        lines |= _cells(name, change, marks, at)
    return lines


def _names(directory: Directory, whole: Sides, by: tuple[str, ...]) -> dict[str, npt.NDArray[Any]]:
    """The level of each row, what tells it from others, and the name of a queue or division."""
    level = (*by, "all")[0]
    labels = [str(label) for label in whole.here.labels_of(by[0])] if by else [""]
    ids, divisions, names = labels, labels, ["All queues"]
    if level == "division":
        ids, names = [""] * len(labels), [label or NO_DIVISION for label in labels]
    if level == "queue_id":
        divisions = [*map(directory.division, labels)]
        names = [
            f"{directory.label(label)}{GONE.get(presence, '')}"
            for label, presence in zip(labels, whole.presence, strict=True)
        ]
    columns = {"queue_id": ids, "division": divisions, "queue_name": names}
    columns["level"] = [level] * len(labels)
    return {name: np.array(each, dtype=object) for name, each in columns.items()}


def _rows(kpi: Kpi, lines: dict[str, npt.NDArray[Any]]) -> pd.DataFrame:
    """The rows of all levels: counts as Int64, changes as Float64, words as text."""
    units = {OFFERED.key: OFFERED.unit}
    columns: dict[str, Any] = {}
    for name, values in lines.items():
        if values.dtype == object:
            columns[name] = pd.array(values, dtype=str)
        elif name.endswith(" change"):
            columns[name] = pd.array(values, dtype="Float64")
        else:
            columns[name] = values if name == SHORT else typed(values, units.get(name, kpi.unit))
    return pd.DataFrame(columns)


def _marks(
    now: Parts, before: Parts, kpi: Kpi, targets: Targets, both: Sides, by: tuple[str, ...]
) -> Words | None:
    """How the groups of both sides stand to their targets; None where the KPI has none."""
    if kpi.key not in JUDGED:
        return None
    found = standing(now, by, kpi, targets, before).status
    return np.append(found, "")[places(both.here, now.by(by), by)]


def _cells(
    name: str, change: Change, marks: Words | None, at: Codes
) -> dict[str, npt.NDArray[Any]]:
    """A column's values, their changes and marks, line by line; a line at -1 has none."""
    value, delta = (np.append(each, np.nan)[at] for each in (change.value, change.delta))
    column, turns = _change(change.kpi, name), np.append(change.verdict, "")[at]
    cells = {name: value, column.key: delta}
    cells[column.marks] = change_marks(delta, turns, change.kpi)
    if marks is not None:
        cells[_column(change.kpi, name).marks] = np.append(marks, "")[at]
    return cells


def _total_label(figures: Figures, kpi: Kpi, *, blended: bool) -> tuple[str, str]:
    """The head of the column over all media types, and which those are: of times not all."""
    here = parts_of(figures.now)
    every = frozenset(media_types(figures))
    of = here.basis if kpi.is_time and not blended else every
    label = ALL_MEDIA if of >= every else f"{ALL_MEDIA}: {listed_media(of)}"
    return label, f"Over {listed_media(of)}."


def _with_divisions(directory: Directory, pairs: Parts) -> Parts:
    queues = pairs.keys["queue_id"]
    return pairs.with_key("division", queues.renamed([*map(directory.division, queues.labels)]))


def _ordered(rows: pd.DataFrame, *, by_division: bool) -> pd.DataFrame:
    """The total, then what lacks most contacts; by division these, and in each its queues."""
    level, divisions = (rows[name].to_numpy(object) for name in ("level", "division"))
    rank, is_lead = np.argsort(worst_first(rows)), level == "division"
    leads = dict(zip(divisions[is_lead], rank[is_lead].tolist(), strict=True))
    lead = [leads.get(division, 0) for division in divisions]
    order = np.lexsort((rank, level == "queue_id", lead, level != "all"))
    names = rows["queue_name"].to_numpy(object)
    if by_division:
        names = np.where(level == "queue_id", INDENT + names, names)
    rows = rows.assign(queue_name=pd.array(names, dtype=str), strong=is_lead)
    return rows.iloc[order].reset_index(drop=True)


def _columns(figures: Figures, kpi: Kpi, targets: Targets, *, blended: bool) -> list[Column]:
    names, heads = media_types(figures), beneath(figures, kpi, targets, blended=blended)
    columns = [
        _column(kpi, name, name, kpi.helped(f"Over {name}.", *_reasons(figures, kpi, name)))
        for name in names
    ]
    if len(names) > 1:
        label, over = _total_label(figures, kpi, blended=blended)
        columns.insert(0, _column(kpi, TOTAL, label, kpi.helped(over)))
    return [replace(column, beneath=heads.get(column.key, ())) for column in columns]


def _column(kpi: Kpi, name: str, label: str = "", text: str = "") -> Column:
    """A media type's column or the total's, with its marks and its changes."""
    change = _change(kpi, name, label)
    return Column(name, label, kpi.unit, text, marks=f"{name} mark", change=change)


def _change(kpi: Kpi, name: str, label: str = "") -> Column:
    text, key = f"Change of {kpi.label} against the comparison interval.", f"{name} change"
    return Column(key, f"{label} change", kpi.unit, text, is_change=True, marks=f"{key} mark")


def _reasons(figures: Figures, kpi: Kpi, media_type: str) -> list[str]:
    """Why cells of a column have no value; Streamlit's cells have no tooltips, headings do."""
    pairs = parts_of(figures.now).of_media([media_type])
    missing = pairs.of_rows(np.isnan(pairs.value(kpi)))
    reasons = dict.fromkeys(
        why_no_value(kpi, media_type, dict(zip(pairs.names, row, strict=True)), figures.refused)
        for row in missing.sent.T.tolist()
    )
    return ["—: the queue has none of this media type.", *(f"—: {each}" for each in reasons)]
