"""The matrix: a KPI of each queue by media type, with its change and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
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
    levels = {"all": (), "division": ("division",), "queue": ("division", "queue_id")}
    if not by_division:
        del levels["division"]
    now, before = (
        _with_divisions(figures.directory, parts_of(each)) for each in (figures.now, figures.before)
    )
    parts = []
    for level, by in levels.items():
        whole = sides(now, before, by, blended=blended)
        part = _part(now, before, kpi, targets, by, whole, blended=blended)
        part[SHORT] = short_of(figures, now, whole.here, by, targets)
        parts.append(pd.DataFrame(part).assign(level=level))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(strong=rows["level"] == "division")
    few = (rows["level"] == "queue") & is_few(rows, fewest)
    names = _named(figures.directory, rows[~few], by_division=by_division)
    columns = (Column("queue_name", "Queue"), *_columns(figures, kpi, targets, blended=blended))
    title = f"{kpi.label} by queue and media type"
    return Table(title, columns, _ordered(names, by_division=by_division), totals=1)


def _part(
    now: Parts,
    before: Parts,
    kpi: Kpi,
    targets: Targets,
    by: tuple[str, ...],
    whole: Sides,
    *,
    blended: bool,
) -> dict[str, Any]:
    """The rows of one level: names, `offered`, and for each column value, mark and change."""
    columns: dict[str, Any] = {name: whole.here.labels_of(name).astype(str) for name in by}
    columns |= {
        OFFERED.key: typed(whole.change(OFFERED).value, OFFERED.unit),
        "presence": whole.presence,
    }
    names = in_order(set(now.labels_of("media_type").astype(str)))
    if len(names) > 1:
        # Targets of times are for media types that wait alike.
        marks = None if blended and kpi.is_time else _marks(now, before, kpi, targets, whole, by)
        columns |= _cells(TOTAL, whole.change(kpi), marks, np.arange(len(whole.here)))
    by_media = (*by, "media_type")
    pairs = sides(now, before, by_media)
    marks = _marks(now, before, kpi, targets, pairs, by_media)
    lines = places(pairs.here, whole.here, by)
    for name in names:
        rows = np.flatnonzero(pairs.here.keys["media_type"].isin([name]))
        at = np.full(len(whole.here), -1)
        at[lines[rows]] = rows
        columns |= _cells(name, pairs.change(kpi), marks, at)
    return columns


def _marks(
    now: Parts, before: Parts, kpi: Kpi, targets: Targets, both: Sides, by: tuple[str, ...]
) -> Words | None:
    """How the groups of both sides stand to their targets; None where the KPI has none."""
    if kpi.key not in JUDGED:
        return None
    found = standing(now, by, kpi, targets, before).status
    return np.append(found, "")[places(both.here, now.by(by), by)]


def _cells(name: str, change: Change, marks: Words | None, at: Codes) -> dict[str, Any]:
    """A column's values, their changes and marks, line by line; a line at -1 has none."""
    value, delta = (np.append(each, np.nan)[at] for each in (change.value, change.delta))
    column = _change(change.kpi, name)
    turns = np.append(change.verdict, "")[at]
    cells = {
        name: typed(value, change.kpi.unit),
        column.key: pd.array(delta, dtype="Float64"),
        column.marks: pd.array(change_marks(delta, turns, change.kpi), dtype=str),
    }
    if marks is not None:
        cells[_column(change.kpi, name).marks] = pd.array(np.append(marks, "")[at], dtype=str)
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


def _named(directory: Directory, rows: pd.DataFrame, *, by_division: bool) -> pd.DataFrame:
    rows = rows.assign(
        queue_id=rows["queue_id"].fillna("").astype(str),
        division=rows["division"].fillna("").astype(str),
    )
    indent = INDENT if by_division else ""
    names = {
        "all": rows["level"].map(lambda _: "All queues"),
        "division": rows["division"].mask(rows["division"] == "", NO_DIVISION),
        "queue": indent
        + rows["queue_id"].map(directory.label).astype(str)
        + rows["presence"].map(GONE).fillna("").astype(str),
    }
    name = names["queue"]
    for level in ("all", "division"):
        name = name.mask(rows["level"] == level, names[level])
    return rows.assign(queue_name=name.astype(str))


def _ordered(rows: pd.DataFrame, *, by_division: bool) -> pd.DataFrame:
    """The total, then what lacks most contacts; by division these, and in each its queues."""
    total = rows["level"] == "all"
    rest = worst_first(rows[~total])
    if by_division:
        leads = rest.loc[rest["level"] == "division", "division"].tolist()
        places = rest["division"].map({name: place for place, name in enumerate(leads)})
        rest = rest.iloc[np.lexsort((rest["level"] == "queue", places))]
    return pd.concat([rows[total], rest], ignore_index=True)


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
