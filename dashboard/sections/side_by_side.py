"""Queues side by side, and against the average of all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import organization, verdicts
from dashboard.data.figures import Figures
from dashboard.data.groups import values_of, with_contacts
from dashboard.data.kept import kept
from dashboard.data.parts import course_of, parts_of
from dashboard.data.view import View
from dashboard.drawing import charts, tables
from dashboard.drawing.legends import CHANGES_LEGEND, VALUES_LEGEND
from dashboard.sections import kpi_row, queues_compared
from dashboard.sections.trend import (
    MOST_LINES,
    contacts_of,
    course,
    course_table,
    fullest,
    left_words,
    targets_of,
)
from genesys.analytics.frames import END, START
from genesys.kpis.applicability import time_words
from genesys.kpis.catalogue import Kpi
from genesys.kpis.formats import Durations
from genesys.kpis.parts import Parts
from genesys.kpis.trend import Step, trend
from genesys.moments import span
from genesys.organization.directory import Directory
from genesys.targets import Targets
from genesys.words import counted
from reports.charts import AVERAGE, trend_chart
from reports.charts.axes import shortened
from reports.table import Column, Table

NAME: Final = Column("queue_name", "Queue")
TARGET: Final = "Target of all of them"

EARLIER: Final = "Change"
DIFFERENCE: Final = "Difference to the average"
"""What may stand behind a value."""


def draw(view: View, seen: View) -> None:
    """The queues of `seen` in a table and over time, with the average of all queues of `view`."""
    kpis = seen.selection.kpi_rows()
    against = st.segmented_control(
        "Beside each value",
        [EARLIER, DIFFERENCE],
        default=EARLIER,
        required=True,
        key="beside",
        bind="query-params",
    )
    table = compared(view, seen, kpis, differences=against == DIFFERENCE)
    tables.draw(
        seen,
        table,
        "side-by-side",
        alt="Figures of the queues, the average of all queues and the target first",
        opens=view.selection,
    )
    st.caption(legend(view, seen, kpis))
    tables.downloads(seen, [table], "side-by-side")
    kpi = kpi_row.focus(seen)
    st.header(f"{kpi.label} over time")
    _trend(view, seen, kpi)
    st.header(queues_compared.MEDIA)
    table = queues_compared.by_media(
        seen.figures,
        kpis,
        organization.targets(),
        blended=view.selection.blended,
        fewest=view.selection.fewest,
    )
    tables.draw(seen, table, "side-by-side-media", opens=view.selection)
    tables.downloads(seen, [table], "side-by-side-media")


def compared(view: View, seen: View, kpis: tuple[Kpi, ...], *, differences: bool) -> Table:
    """The average of all queues of `view` and the target, then each queue of `seen`.

    Behind a value stands its difference to the average or, without `differences`, its change.
    """
    chosen = seen.selection
    return _compared(
        view.figures,
        seen.figures,
        chosen.queue_ids,
        kpis,
        organization.targets(),
        differences=differences,
        blended=chosen.blended,
        fewest=chosen.fewest,
    )


@kept
def _compared(
    every: Figures,
    seen: Figures,
    queue_ids: tuple[str, ...],
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    differences: bool,
    blended: bool,
    fewest: int,
) -> Table:
    title, by = "Queues side by side", ("queue_id",)
    table = values_of(seen, title, by, kpis, targets, blended=blended, fewest=fewest)
    rows = table.rows.iloc[table.totals :]
    mean = average(every, seen, kpis, blended=blended)
    mean = mean.assign(queue_id="", queue_name=AVERAGE, division="")
    shared = _shared(seen, kpis, targets, blended=blended)
    silent = _silent(queue_ids, rows, every.directory)
    parts = [part for part in (mean, shared, rows, silent) if len(part)]
    whole = pd.concat(parts, ignore_index=True)
    values = Table(table.title, table.columns, whole, totals=1 + len(shared))
    if differences:
        return queues_compared.with_differences(values, kpis)
    earlier = verdicts.changes(seen, by, kpis, blended=blended)
    return queues_compared.with_changes(values, earlier, by, kpis)


def _shared(
    seen: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool
) -> pd.DataFrame:
    """A row of the targets that all of the queues share; none where there is no such target."""
    row: dict[str, float] = {}
    for kpi in kpis:
        values = {target for _, target in targets_of(seen, kpi, "queue_id", targets)}
        many = len(targets_of(seen, kpi, "queue_id", targets))
        if len(values) == 1 and many == len(with_contacts(seen)) and not (blended and kpi.is_time):
            row[kpi.key] = values.pop()
    names = {"queue_id": "", "queue_name": TARGET, "division": ""}
    return pd.DataFrame([names | row] if row else [])


def _silent(ids: tuple[str, ...], rows: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    """Rows of the queues that have no figures."""
    silent = [each for each in ids if each not in set(rows["queue_id"])]
    return pd.DataFrame(
        {
            "queue_id": silent,
            "queue_name": [directory.label(each) for each in silent],
            "division": [directory.division(each) for each in silent],
        }
    )


def average(every: Figures, seen: Figures, kpis: Sequence[Kpi], *, blended: bool) -> pd.DataFrame:
    """One row: rates and means of all queues together, counts and sums of a queue on average.

    Times are over media types like those of `seen`. A maximum has no average.
    """
    whole = _alike(parts_of(every.now), seen).by(blended=blended).values(kpis)
    many = len(with_contacts(every))
    return pd.DataFrame({kpi.key: _per_queue(whole[kpi.key], kpi, many) for kpi in kpis})


def _alike(parts: Parts, seen: Figures) -> Parts:
    """The parts, whose times in totals can be held against those of `seen`."""
    return parts.alike(parts_of(seen.now))


def legend(view: View, seen: View, kpis: Sequence[Kpi]) -> str:
    """How the average is made, and what the signs mean."""
    many, blended = len(with_contacts(view.figures)), view.selection.blended
    queues = f"{counted(many, 'queue')} with contacts"
    words = [
        f"{AVERAGE}: rates and average times are those of all contacts together;",
        f"counts and total times are the total divided by the {queues}.",
    ]
    if any(kpi.is_maximum for kpi in kpis):
        words.append("A maximum has no average.")
    if any(kpi.is_time for kpi in kpis):
        like = _alike(parts_of(view.figures.now), seen.figures)
        words.append(f"{time_words(like, blended=blended)}.")
    return " ".join((*words, f"{VALUES_LEGEND}. {CHANGES_LEGEND}."))


def _per_queue(values: pd.Series, kpi: Kpi, many: int) -> pd.Series:
    """Of totals over all queues, those of a queue on average."""
    if kpi.denominator:
        return values
    if kpi.is_maximum or not many:
        return values.mask(values.notna())
    return (values.astype("Float64") / many).round().astype(values.dtype)


def _trend(view: View, seen: View, kpi: Kpi) -> None:
    every, step = view.figures, view.shown_step
    blended, durations = seen.selection.blended, seen.selection.durations
    rows = courses(every, seen.figures, kpi, step, blended=blended)
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these queues.")
        return
    title = f"{kpi.label} over time, side by side"
    drawn = rows[rows[kpi.key].notna()]
    names = dict(zip(drawn["queue_id"], drawn["series"], strict=True))
    contacts = dict(contacts_of(seen.figures, "queue_id")) | {"": math.inf}
    shown = fullest(list(names), contacts, MOST_LINES)
    levels = targets_of(seen.figures, kpi, "queue_id", organization.targets())
    charts.draw(
        seen,
        _chart(
            every,
            seen.figures,
            kpi,
            step,
            tuple((names[each], target) for each, target in levels if each in names),
            series=tuple(names[each] for each in shown),
            blended=blended,
            durations=durations,
        ),
        _table(every, seen.figures, title, kpi, step, blended=blended),
        "trend-chart",
        alt=f"{title}, {span(seen.figures.interval, seen.figures.zone)}",
        caption=left_words(list(names.values()), [names[each] for each in shown]),
    )


@kept
def _chart(
    every: Figures,
    seen: Figures,
    kpi: Kpi,
    step: Step,
    targets: tuple[tuple[str, float], ...],
    *,
    series: tuple[str, ...],
    blended: bool,
    durations: Durations,
) -> go.Figure:
    """The course of these series, with the target that all of them share."""
    rows = courses(every, seen, kpi, step, blended=blended)
    return trend_chart(
        rows[rows["series"].isin(series)],
        kpi,
        seen.zone,
        targets=dict(targets),
        by="series",
        durations=durations,
    )


@kept
def _table(
    every: Figures, seen: Figures, title: str, kpi: Kpi, step: Step, *, blended: bool
) -> Table:
    rows = courses(every, seen, kpi, step, blended=blended)
    return course_table(seen, title, kpi, rows, NAME)


@kept
def courses(every: Figures, seen: Figures, kpi: Kpi, step: Step, *, blended: bool) -> pd.DataFrame:
    """The course of each queue and of the average; `series` names the lines."""
    rows = course(seen, (kpi,), step, ("queue_id",), blended=blended)
    names = rows["queue_id"].astype(str).map(every.directory.label)
    rows = rows.assign(queue_name=names, series=names.map(_told_apart(list(names.unique()))))
    whole = _alike(course_of(every.course, every.interval, step), seen)
    mean = trend(whole, [kpi], blended=blended)
    mean[kpi.key] = _per_queue(mean[kpi.key], kpi, len(with_contacts(every)))
    columns = [START, END, "queue_id", "queue_name", "series", kpi.key]
    mean = mean.assign(queue_id="", queue_name=AVERAGE, series=AVERAGE)
    return pd.concat([rows.assign(queue_id=rows["queue_id"].astype(str)), mean])[columns]


def _told_apart(names: Sequence[str]) -> dict[str, str]:
    """Names for the ends of lines; those that are alike once shortened get a number in front."""
    short = [shortened(name) for name in names]
    return {
        name: name if short.count(each) == 1 else f"{number}. {name}"
        for number, (name, each) in enumerate(zip(names, short, strict=True), 1)
    }
