"""Each chosen KPI by media type, with its target mark and its change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import tables
from genesys.kpis.catalogue import Kpi
from genesys.targets import Targets
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.groups import change_cells, change_column, values_of
from reports.data.kept import kept
from reports.legends import CHANGES_LEGEND, ORDER_LEGEND, VALUES_LEGEND
from reports.table import Table

TITLE: Final = "KPIs by media type"

_BY: Final = ("media_type",)


def draw(view: View) -> None:
    """The table with its files; media types are not added up, as their times are unlike."""
    st.header(TITLE)
    chosen = view.selection
    table = by_media(
        view.figures,
        chosen.kpi_rows(),
        organization.targets(),
        blended=chosen.blended,
        fewest=chosen.fewest,
    )
    tables.draw(view, table, "media")
    st.caption(f"{VALUES_LEGEND}. {CHANGES_LEGEND}. {ORDER_LEGEND}")
    tables.downloads(view, [table], "media")


@kept
def by_media(
    figures: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool, fewest: int
) -> Table:
    """A row for each media type, what lacks most first; a change stands behind its value."""
    values = values_of(figures, TITLE, _BY, kpis, targets, blended=blended, fewest=fewest)
    compared = verdicts.changes(figures, _BY, kpis, blended=blended)
    turns = {"media_type": compared["media_type"].astype(str)}
    for kpi in kpis:
        turns |= change_cells(compared, kpi, change_column(kpi))
    rows = values.rows.iloc[values.totals :].merge(pd.DataFrame(turns), how="left", on="media_type")
    name, *columns = values.columns
    changed = [
        replace(column, change=change_column(kpi))
        for column, kpi in zip(columns, kpis, strict=True)
    ]
    return replace(values, columns=(name, *changed), rows=rows, totals=0)
