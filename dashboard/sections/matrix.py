"""The matrix: a KPI of each queue by media type, with its change and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.data import organization
from dashboard.data.figures import Figures
from dashboard.data.groups import GONE, OFFERED, change_cells, is_few, media_types, without_contacts
from dashboard.data.kept import kept
from dashboard.data.lines import labels, placed
from dashboard.data.parts import parts_of
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import CHANGES_LEGEND, VALUES_LEGEND
from genesys.analytics.frames import NONE
from genesys.insights.comparison import compare
from genesys.kpis.applicability import listed_media, why_no_value
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import Parts
from genesys.metrics import VOICE_LIKE
from genesys.organization.directory import Directory
from genesys.targets import Targets, judge
from genesys.words import counted
from reports.table import Column, Table

QUEUES: Final = "Queues"
DIVISIONS: Final = "By division"

TOTAL: Final = "total"
VOICE: Final = "Voice-like"
NO_DIVISION: Final = "Without a division"
INDENT: Final = "\u2003"


def draw(view: View, kpi: Kpi) -> None:
    """The matrix with its files; a name leads to its queue."""
    st.header(f"{kpi.label} by queue and media type")
    with st.container(horizontal=True, vertical_alignment="center"):
        by_division = False
        if len(view.figures.directory.divisions()) > 1:
            by_division = (
                st.segmented_control(
                    "Rows of the matrix",
                    [QUEUES, DIVISIONS],
                    default=QUEUES,
                    required=True,
                    label_visibility="collapsed",
                    key="rows",
                    bind="query-params",
                )
                == DIVISIONS
            )
        table = matrix(view, kpi, by_division=by_division)
        tables.downloads(view, [table], "matrix", [kpi.label, "by queue and media type"])
    tables.draw(
        view,
        table,
        "matrix",
        alt=f"{kpi.label} of each queue by media type, the total first",
        opens=view.selection,
        show=kpi.label,
        find="Find a queue",
    )
    st.caption(legend(view))


def legend(view: View) -> str:
    """What the signs mean, and what is not shown."""
    none = without_contacts(view.figures)
    words = [f"{VALUES_LEGEND} · {CHANGES_LEGEND}."]
    if none:
        words.append(f"{counted(none, 'queue')} without contacts.")
    if view.selection.fewest:
        words.append(
            f"Queues with fewer than {counted(view.selection.fewest, 'contact')} are left out."
        )
    return " ".join(words)


def matrix(view: View, kpi: Kpi, *, by_division: bool = False) -> Table:
    """The total, then each queue: the total over alike media types, and each media type.

    Rows with most offered come first; by division, each division has a row of its own above
    its queues. The rows have `queue_id`, empty where a row is no queue.
    """
    chosen, targets = view.selection, organization.targets()
    return _matrix(
        view.figures,
        kpi,
        targets,
        by_division=by_division,
        blended=chosen.blended,
        fewest=chosen.fewest,
    )


@kept
def _matrix(
    figures: Figures, kpi: Kpi, targets: Targets, *, by_division: bool, blended: bool, fewest: int
) -> Table:
    levels = {"all": (), "division": ("division",), "queue": ("division", "queue_id")}
    if not by_division:
        del levels["division"]
    rows = pd.concat(
        [_part(figures, kpi, targets, *each, blended=blended) for each in levels.items()],
        ignore_index=True,
    )
    few = (rows["level"] == "queue") & is_few(rows, fewest)
    names = _named(figures.directory, rows[~few], by_division=by_division)
    columns = (Column("queue_name", "Queue"), *_columns(figures, kpi, blended=blended))
    title = f"{kpi.label} by queue and media type"
    return Table(title, columns, _ordered(names, by_division=by_division), totals=1)


def _part(
    figures: Figures, kpi: Kpi, targets: Targets, level: str, by: tuple[str, ...], *, blended: bool
) -> pd.DataFrame:
    """The rows of one level: names, `offered`, and for each column value, mark and change."""
    frame, earlier = (
        _with_divisions(figures.directory, parts_of(each)) for each in (figures.now, figures.before)
    )
    whole = compare(frame, earlier, by, [OFFERED])
    lines = {label: line for line, label in enumerate(labels(whole, by))}
    columns: dict[str, Any] = {name: whole[name].astype(str) for name in by}
    columns |= {"offered": whole[OFFERED.key], "presence": whole["presence"]}
    names = media_types(figures)
    if len(names) > 1:
        alike = _alike(figures, blended=blended)
        here, there = (each.of_media(alike) for each in (frame, earlier))
        columns |= _in_lines(
            lines, by, TOTAL, kpi, *_total(here, there, by, kpi, targets, blended=blended)
        )
    each = (*by, "media_type")
    changes, marks = (
        compare(frame, earlier, each, [kpi]),
        judge(frame, each, [kpi], targets, earlier),
    )
    for name in names:
        of_media = (table[table["media_type"].to_numpy() == name] for table in (changes, marks))
        columns |= _in_lines(lines, by, name, kpi, *of_media)
    rows = pd.DataFrame(columns, index=whole.index)
    return rows.assign(level=level, strong=level == "division")


def _total(
    here: Parts, there: Parts, by: tuple[str, ...], kpi: Kpi, targets: Targets, *, blended: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Changes and marks of the total column, of the parts of its media types."""
    changes = compare(here, there, by, [kpi], blended=blended)
    # Targets are for media types that wait alike.
    has_marks = not (blended and kpi.is_time)
    return changes, judge(here, by, [kpi], targets, there) if has_marks else changes[list(by)]


def _in_lines(
    lines: Mapping[tuple[str, ...], int],
    by: tuple[str, ...],
    name: str,
    kpi: Kpi,
    changes: pd.DataFrame,
    marks: pd.DataFrame,
) -> dict[str, pd.Series[Any]]:
    """A column's values, their changes, and their marks where the KPI has any, line by line."""
    cells = {name: changes[kpi.key], **change_cells(changes, kpi, _change(kpi, name))}
    found = {key: placed(values, lines, changes, by) for key, values in cells.items()}
    if (status := f"{kpi.key}_status") in marks:
        found[_column(kpi, name).marks] = placed(marks[status], lines, marks, by)
    return found


def _alike(figures: Figures, *, blended: bool) -> frozenset[str]:
    """The media types that the total column is over."""
    return frozenset(media_types(figures)) if blended else parts_of(figures.now).basis


def _sides(figures: Figures, *, blended: bool) -> dict[str, frozenset[str]]:
    """The columns of the matrix: a total where there are several media types, then each."""
    each = {name: frozenset([name]) for name in media_types(figures)}
    return each if len(each) < 2 else {TOTAL: _alike(figures, blended=blended)} | each


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
    """By impact: the total, then divisions with most offered, in each its queues likewise."""
    offered = rows["offered"].astype("float64").fillna(-1).mask(rows["queue_id"] == NONE, -2)
    first = (rows["level"] == "all").astype(int)
    keys = {"first": -first, "impact": -offered}
    if by_division:
        sums = offered[rows["level"] == "division"].groupby(rows["division"]).sum()
        keys = {
            "first": -first,
            "division": -rows["division"].map(sums),
            "name": rows["division"],
            "level": (rows["level"] == "queue").astype(int),
            "impact": -offered,
        }
    order = pd.DataFrame(keys, index=rows.index)
    return rows.loc[order.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


def _columns(figures: Figures, kpi: Kpi, *, blended: bool) -> list[Column]:
    basis = parts_of(figures.now).basis
    total = "All media" if blended else VOICE if basis <= VOICE_LIKE else "Total"
    columns = []
    for name, of in _sides(figures, blended=blended).items():
        label = total if name == TOTAL else name
        words = kpi.helped(f"Over {listed_media(of)}.", *_reasons(figures, kpi, name))
        columns.append(_column(kpi, name, label, words))
    return columns


def _column(kpi: Kpi, name: str, label: str = "", text: str = "") -> Column:
    """A media type's column or the total's, with its marks and its changes."""
    change = _change(kpi, name, label)
    return Column(name, label, kpi.unit, text, marks=f"{name} mark", change=change)


def _change(kpi: Kpi, name: str, label: str = "") -> Column:
    text, key = f"Change of {kpi.label} against the comparison interval.", f"{name} change"
    return Column(key, f"{label} change", kpi.unit, text, is_change=True, marks=f"{key} mark")


def _reasons(figures: Figures, kpi: Kpi, media_type: str) -> list[str]:
    """Why cells of a column have no value; Streamlit's cells have no tooltips, headings do."""
    if media_type == TOTAL:
        return []
    pairs = parts_of(figures.now).of_media([media_type])
    missing = pairs.of_rows(np.isnan(pairs.value(kpi)))
    reasons = dict.fromkeys(
        why_no_value(kpi, media_type, dict(zip(pairs.names, row, strict=True)), figures.refused)
        for row in missing.sent.T.tolist()
    )
    return ["—: the queue has none of this media type.", *(f"—: {each}" for each in reasons)]
