"""What changed: a KPI against the comparison interval, and which groups moved it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.insights.comparison import Verdict, compare, verdict
from genesys.insights.contributions import SPLIT, contributions
from genesys.insights.drivers import Kind, group_name
from genesys.insights.longest import longest
from genesys.kpis.applicability import time_words
from genesys.kpis.catalogue import Kpi, Unit
from genesys.kpis.formats import FEW_WORDS, Durations, moves, rise_or_fall, spoken, value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import span
from genesys.organization.directory import Directory
from genesys.targets import Status
from genesys.words import counted
from reports.charts import drivers_chart, waterfall_chart
from reports.charts.changes import visible
from reports.charts.drivers import KIND_WORDS
from reports.data.figures import Figures, Rows
from reports.data.groups import NAMES
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.table import Column, Table

MOST_BARS: Final = 12
MOST_STEPS: Final = 8

_MEANINGS: Final = {
    Kind.MIX: "Mix, hatched: most of it, as its share of the volume changed.",
    Kind.PERFORMANCE: "Performance: most of it, as its own figure changed.",
}
"""Of the kinds whose word does not say it all."""


_PARTS: Final = {Kind.MIX: "By its share", Kind.PERFORMANCE: "By its own value"}


@kept
def total(figures: Figures, kpi: Kpi) -> pd.DataFrame:
    """The one row of `comparison.compare` of all the figures, times over alike media types.

    Drivers take a time apart over those alone, so a blended one would not be their sum.
    """
    return compare(parts_of(figures.now), parts_of(figures.before), (), (kpi,))


def headline(figures: Figures, kpi: Kpi, durations: Durations, strong: str = "") -> str:
    """The value, the earlier one and the change in one sentence; `strong` is on both sides of
    what counts most.
    """
    row = total(figures, kpi).iloc[0]
    after, before = (
        value_text(row[name], kpi.unit, durations) for name in (kpi.key, f"{kpi.key}_earlier")
    )
    before_span = span(figures.comparison.earlier, figures.zone)
    name = f"{strong}{spoken(kpi)}{strong}"
    if not in_queues(figures.before):
        here = f"is {strong}{after}{strong}" if pd.notna(row[kpi.key]) else "has no value"
        return f"{name} {here}. There are no figures for {before_span} to compare with."
    if not has_both(kpi, row):
        if pd.notna(row[kpi.key]):
            return f"{name} is {strong}{after}{strong}; it has no value for {before_span}."
        if pd.notna(row[f"{kpi.key}_earlier"]):
            return f"{name} has no value now; it was {strong}{before}{strong} in {before_span}."
        return f"{name} has no value in either interval."
    pair = float(row[kpi.key]), float(row[f"{kpi.key}_earlier"])
    change = rise_or_fall(*pair, kpi.unit, durations, strong=strong)
    judged = _verdict_words(kpi, row) if moves(*pair, kpi.unit, durations) else ""
    return f"{name} {change}{judged}."


def basis(figures: Figures, kpi: Kpi, *, blended: bool) -> list[str]:
    """What the change rests on, in sentences: intervals, media types, what one contact makes."""
    words = [f"{figures.comparison.words}.", figures.comparison.note]
    if kpi.is_time:
        words.append(f"{time_words(parts_of(figures.now))}.")
        if blended:
            words.append("Blended times are not taken apart, so they are not blended here.")
    if one := next(iter(longest(parts_of(figures.now), kpi)), None):
        whose = "" if not one.queue_id else f" of {group_name(*one.group, figures.directory)}"
        words.append(f"{spoken(kpi)}{whose} is {value_text(one.value, kpi.unit)}: {one.words}.")
    return list(filter(None, words))


def in_queues(rows: Rows) -> bool:
    """Whether there are figures of any queue, and not of work without one alone."""
    return bool(parts_of(rows).in_queues.any())


def _verdict_words(kpi: Kpi, row: pd.Series[Any]) -> str:
    verdict = row[f"{kpi.key}_verdict"]
    if verdict == Status.FEW:
        return f", with {FEW_WORDS} in one of the intervals: too few to judge"
    if verdict in (Verdict.BETTER, Verdict.WORSE):
        return f", which is {verdict}"
    return f"; not judged: {verdict}" if verdict not in (Verdict.NEUTRAL, "") else ""


def has_both(kpi: Kpi, row: pd.Series[Any]) -> bool:
    return bool(pd.notna(row[f"{kpi.key}_delta"]))


def enough_of(table: pd.DataFrame) -> pd.DataFrame:
    """The groups that have enough contacts."""
    return table[~table["few"]]


@kept
def drivers(
    figures: Figures, kpi: Kpi, fewest: int, durations: Durations, most: int = MOST_BARS
) -> go.Figure:
    """A bar for each of the groups that moved the KPI most."""
    table = moved(figures, kpi, fewest)
    shows = visible(enough_of(table)["contribution"], kpi.unit)
    # Those with few contacts stand last, so that the chart adds them to the others.
    ordered = table.sort_values("few", kind="stable")
    bars = min(most, int(shows.sum()))
    return drivers_chart(ordered, kpi, figures.directory, bars, durations)


@kept
def moved(figures: Figures, kpi: Kpi, fewest: int) -> pd.DataFrame:
    """The table of `contributions`, and in `few` whether a group has too few contacts.

    Too few are fewer than `fewest`, offered in both intervals.
    """
    here, there = parts_of(figures.now), parts_of(figures.before)
    table = contributions(here, there, kpi, figures.directory)
    most = pd.concat([_offered(here), _offered(there)]).groupby(level=[0, 1]).max()
    keys = pd.MultiIndex.from_frame(table[[*GROUP]])
    offered = most.reindex(keys).fillna(0.0).to_numpy()
    return table.assign(few=offered < fewest)


def _offered(pairs: Parts) -> pd.Series[float]:
    """What each queue and media type was offered."""
    keys = pd.MultiIndex.from_frame(pairs.labels()[[*GROUP]].astype(str))
    return pd.Series(np.nan_to_num(pairs.measure("nOffered_count")), keys)


def legend(kpi: Kpi, fewest: int, drawn: pd.DataFrame) -> str:
    """What the kinds and colours of the drivers that are drawn are, and what is not drawn."""
    kinds = set(drawn["kind"])
    words = [meaning for kind, meaning in _MEANINGS.items() if kind in kinds]
    if kpi.better.sign and drawn["why_not"].ne("").any():
        words.append("Grey is not judged; the table says why.")
    if fewest:
        words.append(
            f"Queues with fewer than {counted(fewest, 'contact')} of a media type in both"
            " intervals are among the others, and not in the table."
        )
    if kpi.better.sign:
        words.append(f"For {spoken(kpi)}, {kpi.better.value} is better.")
    return " ".join(words)


def drivers_table(figures: Figures, kpi: Kpi, fewest: int) -> Table:
    """The contributions of the groups with enough contacts, greatest first."""
    table = enough_of(moved(figures, kpi, fewest))
    shares = {name: Unit.PERCENT.scaled(table[name]) for name in ("weight_earlier", "weight")}
    rows = _named(figures.directory, table).assign(
        **shares,
        kind=table["kind"].map(KIND_WORDS).fillna("volume"),
        turn=[
            _turn(kpi, each, why_not)
            for each, why_not in zip(table["contribution"], table["why_not"], strict=True)
        ],
    )
    columns = (
        *NAMES.values(),
        Column("kind", "Most of it", help="How it moved the total: by its share or its own value"),
        replace(_moved_by(kpi), marks="turn"),
        *(replace(_moved_by(kpi), key=key, label=_PARTS[key]) for key in SPLIT if kpi.denominator),
        Column("value_earlier", "Before", kpi.unit, f"{kpi.label} in the comparison interval"),
        Column("value", "Now", kpi.unit, kpi.help),
        Column("weight_earlier", "Share before", Unit.PERCENT, "Share of the volume before"),
        Column("weight", "Share now", Unit.PERCENT, "Share of the volume now"),
        Column("sentence", "In words"),
    )
    return Table(f"What moved {kpi.label}", columns, rows)


def _named(directory: Directory, table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(queue_name=table["queue_id"].map(directory.label).astype(str))


def _moved_by(kpi: Kpi) -> Column:
    text = f"Part of {kpi.label}'s change"
    return Column("contribution", "Moved it by", kpi.unit, text, is_change=True)


def _turn(kpi: Kpi, contribution: float, why_not: str) -> str:
    turn = verdict(kpi, contribution)
    return "" if turn == Verdict.NEUTRAL else why_not or turn


@kept
def waterfall(
    figures: Figures, kpi: Kpi, fewest: int, durations: Durations, most: int = MOST_STEPS
) -> go.Figure:
    """The way from the earlier value to this one, group by group."""
    table = moved(figures, kpi, fewest)
    # A step of nothing counts among the others, which are all that is left of the change.
    steps = table.assign(contribution=table["contribution"].mask(table["few"], 0.0))
    ends = ends_of(figures, kpi)
    return waterfall_chart(steps, kpi, figures.directory, *ends, most, durations)


def ends_of(figures: Figures, kpi: Kpi) -> tuple[float, float]:
    """The earlier value and the current one."""
    row = total(figures, kpi).iloc[0]
    return float(row[f"{kpi.key}_earlier"]), float(row[kpi.key])


def steps_table(figures: Figures, kpi: Kpi, fewest: int) -> Table:
    """Each step from the earlier value to the current one, and the level after it."""
    before, after = ends_of(figures, kpi)
    steps = _steps(figures, kpi, fewest)
    steps = steps.assign(level=before + steps["contribution"].cumsum())
    ends = [
        pd.DataFrame({"queue_name": [name], "media_type": [""], "level": [level]})
        for name, level in (("Earlier interval", before), ("This interval", after))
    ]
    columns = (
        *NAMES.values(),
        _moved_by(kpi),
        Column("level", kpi.label, kpi.unit, "After this step"),
    )
    rows = pd.concat([ends[0], steps, ends[1]], ignore_index=True)
    return Table(f"{kpi.label} step by step", columns, rows)


def _steps(figures: Figures, kpi: Kpi, fewest: int) -> pd.DataFrame:
    """What each queue and media type contributed, greatest first, those of few as one."""
    table = moved(figures, kpi, fewest)
    order = np.argsort(table["few"].to_numpy(), kind="stable")
    columns = [*GROUP, "few", "contribution"]
    steps = _named(figures.directory, table.iloc[order][columns])
    if not steps["few"].any():
        return steps
    others = {"queue_name": counted(int(steps["few"].sum()), "other"), "media_type": ""}
    others["contribution"] = steps.loc[steps["few"], "contribution"].sum()
    return pd.concat([steps[~steps["few"]], pd.DataFrame([others])], ignore_index=True)
