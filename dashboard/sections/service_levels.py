"""Service level of each media type against its queues' targets."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import charts
from genesys.analytics.grouping import Key
from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import FEW, limit
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import span
from genesys.targets import Status, Target, Targets, judge
from reports.charts import levels_chart
from reports.data.figures import Figures
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.table import Column, Table
from reports.theme import in_order

LEVEL: Final = KPI_BY_KEY["service_level_pct"]
TITLE: Final = "Service level against target"
MOST_ROWS: Final = 12
"""The chart shows so many, those with most contacts."""

NO_TARGET: Final = "no target"

_STATUS: Final = f"{LEVEL.key}_status"
_COLUMNS: Final = (
    Column("media_type", "Media type"),
    Column("limit", "Target"),
    Column("queues", "Queues", Unit.COUNT, "Queues with contacts that count, and this target."),
    Column("met", "Met their own", Unit.COUNT, "Of the judged queues, those that met it alone."),
    Column("judged", "Judged", Unit.COUNT, f"Queues with a target and {FEW} contacts or more."),
    Column(LEVEL.key, LEVEL.label, LEVEL.unit, LEVEL.help, marks="status"),
    Column("n", "Number of contacts", Unit.COUNT, "What the service level is over."),
    Column(
        "contacts_to_target",
        "Short of target",
        Unit.COUNT,
        "So many more in time would have met the target.",
    ),
)


def draw(view: View) -> None:
    """A bar for each media type and target, and how many queues met their own."""
    st.header(TITLE)
    figures, targets = view.figures, organization.targets()
    table = levels(figures, targets)
    if table.rows.empty:
        st.caption(f"{LEVEL.label} has no value for these media types.")
        return
    if said := own_targets(table.rows):
        st.markdown(said)
    shown = _bars(figures, targets)
    charts.draw(
        view,
        _chart(figures, targets),
        table,
        "levels",
        alt=f"{TITLE} by media type, {span(figures.interval, figures.zone)}",
    )
    words = ["A media type has a row for each target that its queues have."]
    if len(shown) < len(table.rows):
        words.append(f"The {MOST_ROWS} rows with most contacts; the table has them all.")
    st.caption(" ".join(words))


@kept
def _chart(figures: Figures, targets: Targets) -> go.Figure:
    return levels_chart(_bars(figures, targets), LEVEL)


@kept
def _bars(figures: Figures, targets: Targets) -> pd.DataFrame:
    return bars(levels(figures, targets).rows)


@kept
def levels(figures: Figures, targets: Targets) -> Table:
    """A row for each media type and target that queues of it share, in the order of pages.

    The rows have `target` (per cent) and `status` besides what is shown.
    """
    by, pairs = ("media_type", "limit"), _with_targets(parts_of(figures.now), targets)
    groups = pairs.by(by)
    rows = judge(pairs, by, [LEVEL], targets)
    rows = rows.assign(n=groups.bottom(LEVEL), **{LEVEL.key: groups.value(LEVEL)})
    rows = rows[rows["n"] > 0].merge(_queues(pairs, targets), how="left", on=[*by])
    status = rows[_STATUS].mask(rows["n"] < FEW, Status.FEW.value)
    rows = rows.assign(
        target=rows[f"{LEVEL.key}_target"],
        status=status,
        media_type=rows["media_type"].astype(str),
    )
    order = {media: at for at, media in enumerate(in_order(rows["media_type"].unique()))}
    at = rows["media_type"].map(order)
    rows = rows.assign(at=at).sort_values(
        ["at", "n"], ascending=[True, False], kind="stable", ignore_index=True
    )
    return Table(TITLE, _COLUMNS, rows)


def _with_targets(pairs: Parts, targets: Targets) -> Parts:
    """The queues and media types, with their target in words as one more key."""
    pairs = pairs.of_rows(pairs.in_queues)
    places = zip(*(pairs.labels_of(name).astype(str) for name in GROUP), strict=True)
    words = [_target(targets.of(LEVEL.key, *place)) for place in places]
    return pairs.with_key("limit", Key.of(pd.Series(words, dtype=str)))


def own_targets(rows: pd.DataFrame) -> str:
    """How many queues of each media type met their own target; empty where none was judged."""
    counts = rows.groupby("media_type", sort=False)[["met", "judged"]].sum()
    judged = counts[counts["judged"] > 0].astype(int)
    told = [
        f"{media} {met} of {queues}"
        for media, met, queues in judged.itertuples(index=True, name=None)
    ]
    return f"Queues that met their own target: {', '.join(told)}." if told else ""


def bars(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as `levels_chart` takes them; the target is named where a media type has several."""
    few = rows.loc[rows["n"].nlargest(MOST_ROWS).index.sort_values()]
    is_alone = few.groupby("media_type")["limit"].transform("size") == 1
    return pd.DataFrame(
        {
            "name": few["media_type"].where(is_alone, few["limit"]),
            "media_type": few["media_type"],
            "value": few[LEVEL.key],
            "target": few["target"],
            "status": few["status"],
            "n": few["n"],
        }
    ).reset_index(drop=True)


def _queues(pairs: Parts, targets: Targets) -> pd.DataFrame:
    """How many queues each media type and target has, were judged, and met it."""
    by = (*GROUP, "limit")
    table = judge(pairs, by, [LEVEL], targets)
    statuses: pd.Series[Any] = table[_STATUS]
    judged = (Status.MET.value, Status.NEAR.value, Status.MISSED.value)
    counts = table[["media_type", "limit"]].assign(
        queues=(pairs.by(by).bottom(LEVEL) > 0).astype("int64"),
        judged=statuses.isin(judged).astype("int64"),
        met=(statuses == Status.MET.value).astype("int64"),
    )
    return counts.groupby(["media_type", "limit"], observed=True, as_index=False).sum()


def _target(row: Target | None) -> str:
    """A target in words, which tell it from all others."""
    if row is None:
        return NO_TARGET
    return limit(row.target, LEVEL.unit, row.seconds)
