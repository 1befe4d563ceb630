"""Queues side by side, and against the average of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import verdicts
from dashboard.data.groups import figures, with_contacts
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.cells import VALUES_LEGEND
from dashboard.sections import kpi_row, queue_list
from dashboard.sections.trend import course, course_table
from genesys.analytics.frames import END, START
from genesys.kpis.applicability import time_words
from genesys.kpis.catalogue import Kpi
from genesys.kpis.rollup import of_like_media, rollup
from genesys.kpis.trend import trend
from genesys.moments import span
from genesys.words import counted
from reports.charts import AVERAGE, trend_chart
from reports.charts.axes import shortened
from reports.table import Column, Table

NAME: Final = Column("queue_name", "Queue")


def draw(view: View, seen: View) -> None:
    """The queues of `seen` in a table and over time, with the average of all queues of `view`."""
    kpis = seen.selection.kpi_rows()
    table = compared(view, seen, kpis)
    tables.draw(
        seen,
        table,
        "side-by-side",
        pinned=NAME.key,
        widths={NAME.key: 200, "division": 130},
        alt="Figures of the queues, the average of all queues first",
        on_cell=queue_list.open_queue,
    )
    st.caption(legend(view, seen, kpis))
    tables.downloads(seen, [table], "side-by-side")
    kpi = kpi_row.focus(seen)
    st.header(f"{kpi.label} over time")
    _trend(view, seen, kpi)


def compared(view: View, seen: View, kpis: tuple[Kpi, ...]) -> Table:
    """The average of all queues of `view`, then a row for each queue of `seen`."""

    def make() -> Table:
        table = figures(seen, "Queues side by side", ("queue_id",), kpis)
        rows = table.rows.iloc[table.totals :]
        silent = [each for each in seen.selection.queue_ids if each not in set(rows["queue_id"])]
        directory = view.directory
        more = pd.DataFrame(
            {
                "queue_id": silent,
                "queue_name": [directory.label(each) for each in silent],
                "division": [directory.division(each) for each in silent],
            }
        )
        mean = average(view, seen, kpis).assign(queue_id="", queue_name=AVERAGE, division="")
        parts = [part for part in (mean, rows, more) if len(part)]
        return Table(table.title, table.columns, pd.concat(parts, ignore_index=True), totals=1)

    return verdicts.kept(seen, make, "side by side", view.key, kpis)


def average(view: View, seen: View, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """One row: rates and means of all queues together, counts and sums of a queue on average.

    Times are over media types like those of `seen`. A maximum has no average.
    """
    blended = view.selection.blended
    like = _like(view, seen)
    values = {}
    for kpi in kpis:
        whole = rollup(like if kpi.is_time else view.frame, [], [kpi], blended=blended)[kpi.key]
        values[kpi.key] = _per_queue(whole, kpi, busy(view))
    return pd.DataFrame(values)


def _like(view: View, seen: View) -> pd.DataFrame:
    """The rows of `view` whose times can be held against those of `seen`."""
    return view.frame if view.selection.blended else of_like_media(view.frame, seen.frame)


def busy(view: View) -> int:
    """How many queues were offered anything."""
    return len(verdicts.kept(view, lambda: with_contacts(view), "busy"))


def legend(view: View, seen: View, kpis: Sequence[Kpi]) -> str:
    """How the average is made, and what the signs mean."""
    queues = f"{counted(busy(view), 'queue')} with contacts"
    words = [
        f"{AVERAGE}: rates and average times are those of all contacts together;",
        f"counts and total times are the total divided by the {queues}.",
    ]
    if any(_is_maximum(kpi) for kpi in kpis):
        words.append("A maximum has no average.")
    if any(kpi.is_time for kpi in kpis):
        words.append(f"{time_words(_like(view, seen), blended=view.selection.blended)}.")
    return " ".join((*words, f"{VALUES_LEGEND}."))


def _per_queue(values: pd.Series, kpi: Kpi, many: int) -> pd.Series:
    """Of totals over all queues, those of a queue on average."""
    if kpi.denominator:
        return values
    if _is_maximum(kpi) or not many:
        return values.mask(values.notna())
    return (values.astype("Float64") / many).round().astype(values.dtype)


def _is_maximum(kpi: Kpi) -> bool:
    return kpi.numerator.endswith("_max")


def _trend(view: View, seen: View, kpi: Kpi) -> None:
    rows = verdicts.kept(seen, lambda: courses(view, seen, kpi), "courses", view.key, kpi)
    if rows[kpi.key].isna().all():
        st.caption(f"{kpi.label} has no value for these queues.")
        return
    durations = seen.selection.durations
    title = f"{kpi.label} over time, side by side"
    tables.chart(
        seen,
        verdicts.kept(
            seen,
            lambda: trend_chart(rows, kpi, seen.zone, by="series", durations=durations),
            "side by side chart",
            view.key,
            kpi,
        ),
        verdicts.kept(
            seen,
            lambda: course_table(seen, title, kpi, rows, NAME),
            "side by side rows",
            view.key,
            kpi,
        ),
        "trend-chart",
        alt=f"{title}, {span(seen.interval, seen.zone)}",
    )


def courses(view: View, seen: View, kpi: Kpi) -> pd.DataFrame:
    """The course of each queue and of the average; `series` names the lines."""
    rows = course(seen, (kpi,), ("queue_id",))
    rows = rows.assign(queue_name=rows["queue_id"].astype(str).map(view.directory.label))
    rows = rows.assign(
        series=rows["queue_name"].map(_told_apart(list(rows["queue_name"].unique())))
    )
    blended = view.selection.blended
    whole = view.trend if blended else of_like_media(view.trend, seen.frame)
    whole = whole if kpi.is_time else view.trend
    mean = trend(whole, view.interval, view.shown_step, view.zone, [kpi], blended=blended)
    mean[kpi.key] = _per_queue(mean[kpi.key], kpi, busy(view))
    columns = [START, END, "queue_name", "series", kpi.key]
    return pd.concat([rows, mean.assign(queue_name=AVERAGE, series=AVERAGE)])[columns]


def _told_apart(names: Sequence[str]) -> dict[str, str]:
    """Names for the ends of lines; those that are alike once shortened get a number in front."""
    short = [shortened(name) for name in names]
    return {
        name: name if short.count(each) == 1 else f"{number}. {name}"
        for number, (name, each) in enumerate(zip(names, short, strict=True), 1)
    }
