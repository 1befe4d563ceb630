"""The data of a meeting to pivot: a row for each queue, media type and bucket."""

from __future__ import annotations

from typing import Final

import pandas as pd

from genesys.analytics.frames import END, START
from genesys.kpis.catalogue import KPIS, Kpi
from genesys.kpis.parts import GROUP
from genesys.words import listed
from reports.begins import BEGINS, begun
from reports.data.figures import Figures
from reports.data.groups import kpi_column
from reports.data.parts import course_of, parts_of
from reports.scenes.meeting import Meeting
from reports.table import Column, Table

TITLE: Final = "Data"

_NAMES: Final = (
    Column("queue_name", "Queue"),
    Column("division", "Division"),
    Column("media_type", "Media type"),
)
_ID: Final = Column("queue_id", "Queue id")

ADDS: Final = tuple(kpi for kpi in KPIS if not kpi.denominator and not kpi.is_maximum)
"""Counts and whole times, which add up in a pivot."""


def tidy(meeting: Meeting) -> Table:
    """All that adds up, and the chosen KPIs, in the steps of the charts.

    Where buckets of each queue were too many to ask for, of the whole interval. Queues that
    the presenter hides are among them.
    """
    figures = meeting.figures
    kpis = tuple(kpi for kpi in KPIS if kpi in ADDS or kpi in meeting.kpis)
    if figures.course is figures.now:
        parts = course_of(figures.course, figures.interval, meeting.step).by((START, *GROUP))
        rows = parts.values(kpis).sort_values(START, kind="stable")
    else:
        rows = parts_of(figures.now).by(GROUP).values(kpis)
        rows = rows.assign(**{START: figures.interval.start, END: figures.interval.end})
    known = rows[rows[[kpi.key for kpi in kpis]].notna().any(axis="columns")]
    named = _named(figures, begun(known.reset_index(drop=True), figures.zone))
    columns = (BEGINS, *_NAMES, *map(kpi_column, kpis), _ID)
    return Table(TITLE, columns, named, notes=(("To pivot", _advice(meeting.kpis)),))


def _named(figures: Figures, rows: pd.DataFrame) -> pd.DataFrame:
    ids = rows["queue_id"].astype(str)
    return rows.assign(
        queue_name=ids.map(figures.directory.label).astype(str),
        division=ids.map(figures.directory.division).astype(str),
        media_type=rows["media_type"].astype(str),
    )


def _advice(kpis: tuple[Kpi, ...]) -> str:
    shares = [kpi.label for kpi in kpis if kpi not in ADDS]
    words = "Counts and total times add up."
    if shares:
        words += (
            f" {listed(shares)} do not: add what they are made of first, and divide last,"
            " as a calculated field does."
        )
    return words
