"""The tidy figures of a view, as scripts and analysts take them, and the command for the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.files import file
from dashboard.selecting.page_words import BUCKETS, WHOLE
from dashboard.selecting.selection import CUSTOM
from genesys.analytics.frames import END, START, measure_columns
from genesys.insights.report import report
from genesys.intervals import start_of_day
from genesys.kpis.catalogue import Kpi, metrics_of
from genesys.safe_csv import COMMA, SEMICOLON, to_csv
from genesys.wall_clock import iso
from reports.data.figures import Figures
from reports.data.kept import kept
from reports.table import Column, Table

MOST_ROWS: Final = 5_000
"""More are for the files alone."""

MOST_QUEUES: Final = 100
"""More ids make a line that nobody pastes."""


def draw(view: View) -> None:
    """The figures with their CSV files, and the command that gives the same."""
    st.header("The figures")
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            "Buckets",
            [WHOLE, BUCKETS],
            default=WHOLE,
            required=True,
            label_visibility="collapsed",
            key="buckets",
            bind="query-params",
        )
        bucketed = chosen == BUCKETS
        table = tidy(view.figures, view.selection.kpi_rows(), bucketed=bucketed)
        _downloads(view, table, bucketed=bucketed)
    shown = _shown(view.figures, view.selection.kpi_rows(), bucketed=bucketed)
    tables.draw(view, shown, "tidy", alt="The figures of each queue and media type")
    st.caption(" ".join(_words(view, table, bucketed=bucketed)))
    _draw_command(view, bucketed=bucketed)


@kept
def _shown(figures: Figures, kpis: tuple[Kpi, ...], *, bucketed: bool) -> Table:
    """The first rows as a table, with the names that programs read over the columns."""
    rows = iso(tidy(figures, kpis, bucketed=bucketed).head(MOST_ROWS))
    columns = tuple(Column(name, name) for name in _reading_order(rows, bucketed=bucketed))
    return Table("The figures", columns, rows)


@kept
def tidy(figures: Figures, kpis: tuple[Kpi, ...], *, bucketed: bool) -> pd.DataFrame:
    """`insights.report.report` of KPIs: by queue and media type, or by the latter alone.

    The latter where buckets of each queue would be too many.
    """
    has_queues = _has_queues(figures, bucketed=bucketed)
    return report(
        _sent(figures.trend if bucketed else figures.frame, kpis),
        figures.interval,
        figures.zone,
        figures.directory,
        ("queue_id", "media_type") if has_queues else ("media_type",),
        kpis,
        bucketed=bucketed,
    )


def _sent(frame: pd.DataFrame, kpis: Iterable[Kpi]) -> pd.DataFrame:
    """The rows that a query for these KPIs alone would give; the page asked for all of them."""
    metrics = metrics_of(kpis)
    names = [name for name in measure_columns(frame) if name.rpartition("_")[0] in metrics]
    return frame[frame[names].notna().any(axis="columns")]


def _has_queues(figures: Figures, *, bucketed: bool) -> bool:
    return not bucketed or figures.course is figures.now


def _reading_order(table: pd.DataFrame, *, bucketed: bool) -> list[str]:
    """Names and figures first; what only programs read comes last."""
    last = ["division", "queue_id", END] if bucketed else ["division", "queue_id", START, END]
    names = [str(name) for name in table]
    return [name for name in names if name not in last] + [name for name in last if name in names]


def _words(view: View, table: pd.DataFrame, *, bucketed: bool) -> list[str]:
    words = []
    if len(table) > MOST_ROWS:
        words.append(f"The first {MOST_ROWS:,} of {len(table):,} rows; the files have them all.")
    words.append("Times in seconds, percentages from 0 to 100; the files are unrounded.")
    if not _has_queues(view.figures, bucketed=bucketed):
        words.append("Buckets are by media type alone, because there are so many queues.")
    if view.selection.fewest:
        words.append("Rows with few contacts are among them.")
    words.append(
        "In the files the interval and the queue id come first, and no value is an empty cell."
    )
    return words


def _downloads(view: View, table: pd.DataFrame, *, bucketed: bool) -> None:
    words = ["figures", view.step.granularity.value] if bucketed else ["figures"]
    name = tables.download_name(view, words, "csv")
    for dialect in (COMMA, SEMICOLON):
        st.download_button(
            dialect.label,
            data=file(view, name, partial(to_csv, table, dialect)),
            file_name=name,
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"tidy-{dialect.label}",
        )


def _draw_command(view: View, *, bucketed: bool) -> None:
    st.subheader("The same from the command line")
    line = command(view, bucketed=bucketed)
    if line is None:
        st.caption(
            "The command line takes queues by name or id, and these cannot be named in one line."
            " Choose a few queues, or all of them."
        )
        return
    st.code(line, language=None, wrap_lines=True)
    if view.figures.stability.running:
        st.caption("The interval runs: the command asks up to the moment at which it runs.")


def command(view: View, *, bucketed: bool) -> str | None:
    """The line, quoted for a shell; None where the queues cannot be named in one."""
    queues = _queues(view.figures)
    if view.figures.wanted is not None and not 0 < len(queues) <= MOST_QUEUES:
        return None
    options = _options(view, queues, bucketed=bucketed)
    return shlex.join(["python", "-m", "genesys", "report", *options])


def _queues(figures: Figures) -> tuple[str, ...]:
    """The wanted queues that the command line knows by id, others having no figures."""
    wanted = sorted(figures.wanted or ())
    return tuple(each for each in wanted if figures.directory.find(each) == (each,))


def _options(view: View, queues: tuple[str, ...], *, bucketed: bool) -> Iterator[str]:
    chosen = view.selection
    if view.figures.source.is_demo:
        yield "--demo"
    if chosen.period == CUSTOM:
        yield from _dates(view.figures)
    else:
        yield from ("--preset", chosen.period)
    yield from ("--time-zone", view.figures.zone.key)
    if queues:
        yield from ("--queue", *queues)
    if chosen.media_types:
        yield from ("--media", *chosen.media_types)
    if bucketed:
        yield from ("--granularity", view.step.granularity.value)
        if not _has_queues(view.figures, bucketed=True):
            yield from ("--group-by", "mediaType")
    yield from ("--kpis", ",".join(kpi.key for kpi in chosen.kpi_rows()))
    yield from ("--format", "csv", "--full")


def _dates(figures: Figures) -> Iterator[str]:
    """The first and last day; a running day ends at the moment it was asked."""
    first, end = (
        figures.interval.start.astimezone(figures.zone).date(),
        figures.interval.end,
    )
    last = (end - timedelta.resolution).astimezone(figures.zone).date()
    is_whole = end == start_of_day(last + timedelta(days=1), figures.zone)
    until = last.isoformat() if is_whole else end.astimezone(figures.zone).isoformat()
    yield from ("--from", first.isoformat(), "--to", until)
