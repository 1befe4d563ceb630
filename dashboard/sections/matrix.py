"""The matrix: a KPI of each queue by media type, with its change and how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data import organization
from dashboard.data.figures import Figures
from dashboard.data.groups import GONE, OFFERED, change_cells, is_few, media_types, without_contacts
from dashboard.data.kept import kept
from dashboard.data.parts import parts_of
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import CHANGES_LEGEND, VALUES_LEGEND
from dashboard.selecting import menu
from genesys.analytics.frames import NONE
from genesys.insights.comparison import compare
from genesys.kpis.applicability import listed_media, why_no_value
from genesys.kpis.catalogue import Kpi
from genesys.kpis.rollup import GROUP, rollup, time_basis
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
    """The matrix with its files; a click on a cell opens the queue."""
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
        find = st.text_input(
            "Find a queue",
            placeholder="Find a queue",
            label_visibility="collapsed",
            icon=":material/search:",
            key="matrix-find",
            width=220,
        )
        table = matrix(view, kpi, by_division=by_division)
        tables.downloads(view, [table], "matrix", [kpi.label, "by queue and media type"])

    def open_queue(row: pd.Series[Any], _: str) -> None:
        if row["queue_id"] not in ("", NONE):
            st.switch_page(
                menu.page("queues"),
                query_params=menu.address(view.selection, pick=[row["queue_id"]], show=kpi.label),
            )

    tables.draw(
        view,
        found(table, find),
        "matrix-cells",
        pinned="queue_name",
        widths={"queue_name": 190} | dict.fromkeys((TOTAL, *media_types(view.figures)), 132),
        alt=f"{kpi.label} of each queue by media type, the total first",
        on_cell=open_queue,
    )
    st.caption(legend(view))


def legend(view: View) -> str:
    """What the signs mean, and what is not shown."""
    none = without_contacts(view.figures)
    words = [f"Choose a cell to open its queue. {VALUES_LEGEND} · {CHANGES_LEGEND}."]
    if none:
        words.append(f"{counted(none, 'queue')} without contacts.")
    if view.selection.fewest:
        words.append(
            f"Queues with fewer than {counted(view.selection.fewest, 'contact')} are left out."
        )
    return " ".join(words)


def found(table: Table, text: str) -> Table:
    """The rows whose queue has this in its name, and the total."""
    if not text.strip():
        return table
    named = (
        table.rows["queue_name"].str.casefold().str.contains(text.strip().casefold(), regex=False)
    )
    named.iloc[: table.totals] = True
    return replace(table, rows=table.rows[named])


def matrix(view: View, kpi: Kpi, *, by_division: bool = False) -> Table:
    """The total, then each queue: the total over alike media types, and each media type.

    Rows with most offered come first; by division, each division has a row of its own above
    its queues. The rows have `queue_id`, empty where a row is no queue.
    """
    chosen, aims = view.selection, organization.targets()
    return _matrix(
        view.figures,
        kpi,
        aims,
        by_division=by_division,
        blended=chosen.blended,
        fewest=chosen.fewest,
    )


@kept
def _matrix(
    figures: Figures, kpi: Kpi, aims: Targets, *, by_division: bool, blended: bool, fewest: int
) -> Table:
    levels = {"all": (), "division": ("division",), "queue": ("division", "queue_id")}
    if not by_division:
        del levels["division"]
    rows = pd.concat(
        [_part(figures, kpi, aims, *each, blended=blended) for each in levels.items()],
        ignore_index=True,
    )
    few = (rows["level"] == "queue") & is_few(rows, fewest)
    names = _named(figures.directory, rows[~few], by_division=by_division)
    columns = (Column("queue_name", "Queue"), *_columns(figures, kpi, blended=blended))
    title = f"{kpi.label} by queue and media type"
    return Table(title, columns, _ordered(names, by_division=by_division), totals=1)


def _part(
    figures: Figures, kpi: Kpi, aims: Targets, level: str, by: tuple[str, ...], *, blended: bool
) -> pd.DataFrame:
    """The rows of one level: names, `offered`, and for each column value, mark and change."""
    frame, earlier = (
        _with_divisions(figures.directory, parts_of(each)) for each in (figures.now, figures.before)
    )
    whole = _keyed(compare(frame, earlier, by, [OFFERED]), by)
    columns: dict[str, Any] = {"offered": whole[OFFERED.key], "presence": whole["presence"]}
    names = media_types(figures)
    if len(names) > 1:
        alike = _alike(figures, blended=blended)
        here, there = (each[each["media_type"].isin(alike)] for each in (frame, earlier))
        columns |= _total_cells(here, there, by, kpi, aims, blended=blended)
    each = (*by, "media_type")
    changes, marks = compare(frame, earlier, each, [kpi]), judge(frame, each, [kpi], aims, earlier)
    for name in names:
        of_media = (table[table["media_type"] == name] for table in (changes, marks))
        columns |= _cells(name, kpi, *(_keyed(table, by) for table in of_media))
    rows = pd.DataFrame(columns).reindex(whole.index).reset_index(drop=not by)
    return rows.assign(level=level, strong=level == "division")


def _total_cells(
    here: pd.DataFrame,
    there: pd.DataFrame,
    by: tuple[str, ...],
    kpi: Kpi,
    aims: Targets,
    *,
    blended: bool,
) -> dict[str, pd.Series[Any]]:
    """The cells of the total column, of frames of its media types."""
    changes = compare(here, there, by, [kpi], blended=blended)
    # Targets are for media types that wait alike.
    has_marks = not (blended and kpi.is_time)
    marks = judge(here, by, [kpi], aims, there) if has_marks else changes[list(by)]
    return _cells(TOTAL, kpi, _keyed(changes, by), _keyed(marks, by))


def _cells(
    name: str, kpi: Kpi, changes: pd.DataFrame, marks: pd.DataFrame
) -> dict[str, pd.Series[Any]]:
    """A column's values, their changes, and their marks where the KPI has any."""
    cells = {name: changes[kpi.key], **change_cells(changes, kpi, _change(kpi, name))}
    if (status := f"{kpi.key}_status") in marks:
        cells[_column(kpi, name).marks] = marks[status]
    return cells


def _alike(figures: Figures, *, blended: bool) -> frozenset[str]:
    """The media types that the total column is over."""
    return frozenset(media_types(figures)) if blended else time_basis(figures.frame)


def _sides(figures: Figures, *, blended: bool) -> dict[str, frozenset[str]]:
    """The columns of the matrix: a total where there are several media types, then each."""
    each = {name: frozenset([name]) for name in media_types(figures)}
    return each if len(each) < 2 else {TOTAL: _alike(figures, blended=blended)} | each


def _keyed(table: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    if not by:
        return table.reset_index(drop=True)
    return table.astype(dict.fromkeys(by, str)).set_index(list(by))


def _with_divisions(directory: Directory, frame: pd.DataFrame) -> pd.DataFrame:
    ids = frame["queue_id"]
    names = {each: directory.division(each) for each in ids.cat.categories}
    return frame.assign(division=ids.astype(str).map(names).astype("category"))


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
    basis = time_basis(figures.frame)
    total = "All media" if blended else VOICE if basis <= VOICE_LIKE else "Total"
    columns = []
    for name, of in _sides(figures, blended=blended).items():
        label = total if name == TOTAL else name
        words = [f"{kpi.help}", f"Over {listed_media(of)}.", *_reasons(figures, kpi, name)]
        columns.append(_column(kpi, name, label, " ".join(words)))
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
    here = parts_of(figures.now)
    rows = here[here["media_type"] == media_type]
    values = rollup(rows, GROUP, [kpi])[kpi.key]
    missing = rows[values.isna().to_numpy()]
    reasons = dict.fromkeys(
        why_no_value(kpi, media_type, dict(zip(map(str, rows), row, strict=True)), figures.refused)
        for row in missing.itertuples(index=False)
    )
    return ["—: the queue has none of this media type.", *(f"—: {each}" for each in reasons)]
