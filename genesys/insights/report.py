"""The report: the KPIs of an answer as a tidy table, the same on the page and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import END, NONE, START
from genesys.insights.comparison import compare
from genesys.intervals import Interval
from genesys.kpis.catalogue import Better, Kpi
from genesys.kpis.parts import parts
from genesys.kpis.rollup import rollup
from genesys.organization.directory import Directory
from genesys.targets import JUDGED, Targets, judge

GROUPINGS: Final = {"queueId": "queue_id", "mediaType": "media_type"}
"""What a report can be grouped by: the API's name of each, and the frame's."""


def report(
    frame: pd.DataFrame,
    interval: Interval,
    zone: ZoneInfo,
    directory: Directory,
    by: Sequence[str],
    kpis: Sequence[Kpi],
    *,
    bucketed: bool = False,
) -> pd.DataFrame:
    """The KPIs of each group, and of each bucket where `bucketed`, that the API sent.

    The columns are `interval_start` and `interval_end` (moments of the zone), `queue_id`,
    `queue_name`, `division` and `media_type` as far as `by` holds them, then the KPIs' keys.
    Sorted by interval, queue name and media type.
    """
    figures = rollup(frame, [START, *by] if bucketed else list(by), kpis)
    if frame.empty:
        figures = figures.iloc[:0]
    if not bucketed:
        figures = figures.assign(**{START: interval.start, END: interval.end})
    return tidy(figures, zone, directory, by, [kpi.key for kpi in kpis])


def tidy(
    figures: pd.DataFrame,
    zone: ZoneInfo,
    directory: Directory,
    by: Sequence[str],
    measures: Sequence[str],
) -> pd.DataFrame:
    """A table as `report` describes it, of rows that have their interval and these measures."""
    columns: dict[str, pd.Series[Any]] = {
        name: pd.to_datetime(figures[name], utc=True).dt.tz_convert(zone) for name in (START, END)
    }
    order = figures[[START]]
    if "queue_id" in by:
        ids = figures["queue_id"].astype(str)
        columns["queue_id"] = ids.mask(ids == NONE, "")
        columns["queue_name"] = ids.map(directory.label).astype(str)
        columns["division"] = ids.map(directory.division).astype(str)
        order = order.assign(name=columns["queue_name"].str.casefold(), id=ids)
    if "media_type" in by:
        columns["media_type"] = figures["media_type"].astype(str)
        order = order.assign(media=columns["media_type"])
    table = pd.concat([pd.DataFrame(columns), figures[list(measures)]], axis="columns")
    return table.loc[order.sort_values([str(name) for name in order]).index].reset_index(drop=True)


def beside(
    frame: pd.DataFrame,
    earlier: pd.DataFrame | None,
    groups: Sequence[str],
    kpis: Sequence[Kpi],
    targets: Targets | None,
) -> pd.DataFrame:
    """The KPIs of each group with what stands beside them in a report.

    With an `earlier` frame that is `<key>_earlier`, `<key>_delta` and `presence`, with `targets`
    `<key>_target` and `<key>_status`; a KPI whose target is its earlier value needs both.
    """
    by = list(groups)
    here = parts(frame)
    there = parts(frame.iloc[:0] if earlier is None else earlier)
    figures = compare(here, there, by, kpis)
    if earlier is None:
        extra = [name for name in figures if str(name).endswith(("_earlier", "_delta"))]
        figures = figures.drop(columns=[*extra, "presence"])
    if targets is None:
        return figures
    judged = [kpi for kpi in kpis if kpi.key in JUDGED and _can_be_judged(kpi, earlier)]
    marks = judge(here, by, judged, targets, None if earlier is None else there)
    wanted = [name for name in marks if str(name).endswith(("_target", "_status"))]
    if not by:
        return pd.concat([figures, marks[wanted]], axis="columns")
    whole = figures.astype(dict.fromkeys(by, str)).merge(
        marks.astype(dict.fromkeys(by, str))[[*by, *wanted]], how="left", on=by
    )
    return whole.astype(dict.fromkeys(by, "category"))


def _can_be_judged(kpi: Kpi, earlier: pd.DataFrame | None) -> bool:
    return earlier is not None or kpi.better is not Better.BASELINE
