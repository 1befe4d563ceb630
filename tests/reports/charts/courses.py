"""Trends of a few points."""

from __future__ import annotations

from datetime import date

import pandas as pd

from genesys.intervals import bucket_edges, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.charts import trend_chart
from tests.asking import LONDON

OFFERED, ANSWER, ASA = (KPI_BY_KEY[key] for key in ("offered", "answer_pct", "asa_sec"))


MAY = whole_days(date(2026, 5, 11), date(2026, 5, 13), LONDON)


DAY = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)


def course(
    values: dict[str, list[float | None]], key: str, interval=MAY, period="P1D", by="media_type"
):
    """A trend of written-out values by media type, or by another column."""
    edges = bucket_edges(interval, period, LONDON)
    return pd.DataFrame(
        {
            "interval_start": pd.DatetimeIndex([*edges[:-1]] * len(values)),
            "interval_end": pd.DatetimeIndex([*edges[1:]] * len(values)),
            by: [media for media in values for _ in edges[1:]],
            key: pd.array(
                [value for each in values.values() for value in each],
                dtype="Int64" if key == "offered" else "float64",
            ),
        }
    )


def chart(
    values: dict[str, list[float | None]], kpi=OFFERED, *, interval=MAY, period="P1D", **more
):
    return trend_chart(course(values, kpi.key, interval, period), kpi, LONDON, **more)


def queues(values: dict[str, list[float | None]], kpi=OFFERED, **more):
    rows = course(values, kpi.key, by="queue_name")
    return trend_chart(rows, kpi, LONDON, by="queue_name", **more)


def labels(made) -> list[str]:
    """The texts at the right edge from the top down, without their dots."""
    return [
        each.text.split("</span> ")[-1]
        for each in sorted(made.layout.annotations, key=lambda each: -each.y)
    ]
