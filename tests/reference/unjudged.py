"""What is not judged, row by row: few contacts, more than all, most of the offered carried over."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY, Kpi, Unit
from tests.reference.rollup import fractions, part_names

_ENDS = tuple(KPI_BY_KEY[key] for key in ("answer_pct", "abandoned", "flow_out"))


def why_unjudged(
    frame: pd.DataFrame, by: Sequence[str], kpis: Sequence[Kpi], *, blended: bool = False
) -> dict[str, list[str]]:
    """Why each value of a KPI is not judged, in the rows of `fractions`; "" where it may be."""
    parts = fractions(frame, by, tuple(dict.fromkeys((*kpis, *_ENDS))), blended=blended)
    rows = parts.to_dict("records")
    return {kpi.key: [_why(kpi, row) for row in rows] for kpi in kpis}


def _why(kpi: Kpi, row: dict) -> str:
    top_name, bottom_name = part_names(kpi)
    top, bottom = row[top_name], row.get(bottom_name)
    if not kpi.denominator or pd.isna(bottom) or bottom <= 0:
        return ""
    if bottom < 20:
        return "few contacts"
    is_of_offered = kpi.denominator == "nOffered_count"
    if kpi.unit is Unit.PERCENT and top > bottom:
        more = f"{top - bottom:,.0f}"
        if is_of_offered:
            return f"{more} {kpi.parts[0]} had been offered before"
        return f"{more} more {kpi.parts[0]} than {kpi.parts[1]}"
    ends = [row[part_names(each)[0]] for each in _ENDS]
    if not is_of_offered or pd.isna(ends[0]):
        return ""
    offered = row[part_names(_ENDS[0])[1]]
    carried = offered - sum(0 if pd.isna(each) else each for each in ends)
    if carried > offered / 2:
        return f"{carried:,.0f} of {offered:,.0f} offered were carried over"
    return ""
