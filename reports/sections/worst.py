"""The worst times: half-hours with most answered late or abandoned, and hours below target."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import END, START
from genesys.insights.hotspots import WeakHours, weak_hours, worst_buckets
from genesys.insights.levels import LEVEL
from genesys.kpis.catalogue import Unit
from genesys.kpis.parts import GROUP
from genesys.targets import Targets
from reports.begins import BEGINS, begun
from reports.charts import worst_chart
from reports.data import verdicts
from reports.data.figures import Figures, Rows
from reports.data.kept import kept
from reports.data.parts import buckets_of
from reports.table import Column, Table

_HALF_HOUR: Final = timedelta(minutes=30)

_COLUMNS: Final = (
    BEGINS,
    Column("missed", "Answered late", Unit.COUNT, "Answered after the target time."),
    Column("abandoned", "Abandoned", Unit.COUNT),
    Column("trouble", "Both", Unit.COUNT, "Answered late or abandoned."),
    Column("share", "Share", Unit.PERCENT, "Of all that were answered late or abandoned."),
    Column("cumulative", "Share so far", Unit.PERCENT, "Of this row and all above it."),
)


def title_of(fine: Rows) -> str:
    frame = fine.frame
    is_half = frame.empty or (frame[END] - frame[START]).max() <= _HALF_HOUR
    return "Worst half-hours" if is_half else "Worst hours"


@kept
def worst_of(fine: Rows) -> pd.DataFrame:
    return worst_buckets(buckets_of(fine), fine.zone)


@kept
def chart(fine: Rows) -> go.Figure:
    return worst_chart(worst_of(fine), fine.zone)


@kept
def worst_table(fine: Rows) -> Table:
    """The buckets with trouble, the worst first."""
    buckets = worst_of(fine)
    rows = buckets[buckets["trouble"] > 0]
    return Table(title_of(fine), _COLUMNS, begun(rows, fine.zone))


@kept
def weak_hours_of(figures: Figures, fine: Rows, targets: Targets) -> tuple[WeakHours, ...]:
    statuses = verdicts.statuses(figures, GROUP, (LEVEL,), targets)
    return weak_hours(buckets_of(fine), statuses, fine.zone)
