"""The course of KPIs over time, against the comparison interval, with the table behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.analytics.frames import START
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.trend import Step, trend
from genesys.metrics import MEDIA_TYPES
from genesys.moments import span
from genesys.targets import Targets
from genesys.targets.goals import Goal, goals
from genesys.words import listed
from reports.begins import BEGINS, begun
from reports.charts import trend_chart
from reports.charts.axes import NO_SINGLE
from reports.charts.trend import HEIGHT
from reports.data.figures import Figures, Rows
from reports.data.groups import kpi_column
from reports.data.kept import kept
from reports.data.parts import course_of, parts_of
from reports.data.usual import band_columns, bands
from reports.table import Column, Table

MOST_LINES: Final = 5
"""In one panel, so that each is told apart at a glance."""

NO_LINE: Final = f"There is {NO_SINGLE}, so none is drawn."
NO_LINE_HERE: Final = f"Where no target is drawn there is {NO_SINGLE}."

BY_MEDIA: Final = ("media_type",)


@kept
def course(
    figures: Figures,
    kpis: tuple[Kpi, ...],
    step: Step,
    by: tuple[str, ...] = (),
    *,
    blended: bool,
    earlier: bool = False,
) -> pd.DataFrame:
    """`kpis.trend.trend` of figures, or of those of the earlier interval."""
    rows = figures.course_before if earlier else figures.course
    interval = figures.comparison.earlier if earlier else figures.interval
    return trend(course_of(rows, interval, step), kpis, by, blended=blended)


@kept
def chart(
    figures: Figures,
    kpi: Kpi,
    step: Step,
    targets: tuple[tuple[str, float], ...] = (),
    *,
    media_types: tuple[str, ...],
    earlier: bool,
    apart: bool,
    blended: bool,
    durations: Durations,
    height: int,
    weeks: Rows | None = None,
) -> go.Figure:
    """The course of a KPI by these media types, with targets, and the earlier one if wanted.

    With the `weeks` before it there is what is usual, too.
    """
    rows = _with_bands(figures, weeks, kpi, step, blended=blended)
    before = (
        course(figures, (kpi,), step, BY_MEDIA, blended=blended, earlier=True) if earlier else None
    )
    return trend_chart(
        rows[rows["media_type"].isin(media_types)],
        kpi,
        figures.zone,
        earlier=before,
        targets=dict(targets),
        apart=apart,
        durations=durations,
        height=height,
    )


def _with_bands(
    figures: Figures, weeks: Rows | None, kpi: Kpi, step: Step, *, blended: bool
) -> pd.DataFrame:
    """The course by media type, with the columns of `insights.usual` where weeks tell them."""
    rows = course(figures, (kpi,), step, BY_MEDIA, blended=blended)
    if weeks is None:
        return rows
    return rows.merge(bands(figures, weeks, kpi, step).rows, "left", [START, *BY_MEDIA])


@kept
def targets_of(
    figures: Figures, kpi: Kpi, by: str, targets: Targets
) -> tuple[tuple[str, float], ...]:
    """The target that all of a media type or queue share, in the KPI's unit; a baseline is none."""
    lines = ((name, goal.line(kpi)) for name, goal in goals_of(figures, kpi, by, targets))
    return tuple((name, line) for name, line in lines if line is not None)


@kept
def goals_of(figures: Figures, kpi: Kpi, by: str, targets: Targets) -> tuple[tuple[str, Goal], ...]:
    """What each media type or queue is held to."""
    here = parts_of(figures.now)
    names = here.by([by]).labels_of(by).astype(str)
    return tuple(zip(names, goals(here, [by], kpi, targets), strict=True))


def no_line(goals_of_shown: Collection[Goal], kpi: Kpi, *, apart: bool) -> str:
    """Why a panel of media types or queues with these goals has no target; empty if it has one."""
    several = any(goal.several for goal in goals_of_shown)
    if apart:
        return NO_LINE_HERE if several else ""
    differ = len({goal.line(kpi) for goal in goals_of_shown}) > 1
    return NO_LINE if several or differ else ""


@kept
def contacts_of(figures: Figures, by: str) -> tuple[tuple[str, float], ...]:
    """What each media type or queue was offered; where that is not known, nothing."""
    groups = parts_of(figures.now).by([by])
    offered = np.nan_to_num(groups.measure("nOffered_count"))
    return tuple(zip(groups.labels_of(by).astype(str), map(float, offered), strict=True))


def fullest(names: Sequence[str], contacts: Mapping[str, float], most: int) -> tuple[str, ...]:
    """As many of the names as may be shown, in order: those with most contacts."""
    ranked = sorted(names, key=lambda name: -contacts.get(name, 0.0))[:most]
    return tuple(name for name in names if name in ranked)


def caption(
    figures: Figures,
    names: Sequence[str],
    shown: Sequence[str],
    *,
    earlier: bool,
    why_no_line: str,
    usual: str = "",
) -> str:
    """What pale lines and bands are, which lines are not drawn, and why no target is."""
    pale = f"Pale lines: {span(figures.comparison.earlier, figures.zone)}." if earlier else ""
    left = [name for name in names if name not in shown]
    lacks = f"Left to the table: {listed(left)}." if left else ""
    return " ".join(filter(None, (pale, usual, lacks, why_no_line)))


def drawn_media(figures: Figures, kpi: Kpi, step: Step, *, blended: bool) -> list[str]:
    """The media types with a course to draw."""
    rows = course(figures, (kpi,), step, BY_MEDIA, blended=blended)
    return list(rows.loc[rows[kpi.key].notna(), "media_type"].astype(str).unique())


def has_values(figures: Figures, kpi: Kpi, step: Step, *, blended: bool) -> bool:
    """Whether there is a course of the KPI by media type to draw."""
    return bool(drawn_media(figures, kpi, step, blended=blended))


@dataclass(frozen=True, eq=False)
class ByMedia:
    """A course by media type: its chart, the table behind it, and what the chart leaves out."""

    chart: go.Figure
    table: Table
    caption: str


def by_media(
    figures: Figures,
    kpi: Kpi,
    step: Step,
    title: str,
    targets: Targets,
    *,
    earlier: bool,
    apart: bool,
    blended: bool,
    durations: Durations,
    height: int = HEIGHT,
    most_panels: int = len(MEDIA_TYPES),
    weeks: Rows | None = None,
) -> ByMedia:
    """The course of a KPI by media type; see `has_values` first.

    With the `weeks` before it there is a pale band of what is usual.

    `apart` gives each media type a panel of its own, as times have always one; there are as
    many as `most_panels`, of those with most contacts. In one panel are at most five lines.
    """
    names = drawn_media(figures, kpi, step, blended=blended)
    most = most_panels if apart or kpi.is_time else MOST_LINES
    shown = fullest(names, dict(contacts_of(figures, "media_type")), most)
    held = [goal for name, goal in goals_of(figures, kpi, "media_type", targets) if name in shown]
    why_no_line = no_line(held, kpi, apart=apart or kpi.is_time)
    drawn = chart(
        figures,
        kpi,
        step,
        targets_of(figures, kpi, "media_type", targets),
        media_types=shown,
        earlier=earlier,
        apart=apart,
        blended=blended,
        durations=durations,
        height=height,
        weeks=weeks,
    )
    usual = bands(figures, weeks, kpi, step).words if weeks else ""
    return ByMedia(
        drawn,
        table(figures, title, kpi, step, weeks, blended=blended),
        caption(figures, names, shown, earlier=earlier, why_no_line=why_no_line, usual=usual),
    )


@kept
def table(
    figures: Figures, title: str, kpi: Kpi, step: Step, weeks: Rows | None = None, *, blended: bool
) -> Table:
    """The table behind the chart."""
    rows = _with_bands(figures, weeks, kpi, step, blended=blended)
    return course_table(figures, title, kpi, rows, Column("media_type", "Media type"))


def course_table(figures: Figures, title: str, kpi: Kpi, rows: pd.DataFrame, name: Column) -> Table:
    """The table behind a trend: buckets in order, with the names of their series."""
    band, rows = band_columns(kpi, rows)
    columns = (BEGINS, name, kpi_column(kpi), *band)
    return Table(title, columns, begun(rows, figures.zone))
