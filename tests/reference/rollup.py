"""KPIs of a frame at any coarser grain: put together first, divided last.

Zero or no value. A count that the API did not send is 0 where the queue and media type
was offered something in the frame's interval and the KPI applies to it; else it has no
value. A rate or mean without a denominator has no value. The denominator of a rate holds
only the groups its numerator applies to.

Times are totalled over voice-like media types alone, or over the deferred ones where the
frame holds nothing else; counts and rates over all of them. Work outside any queue enters
no total: it has rows of its own, only where the grouping keeps queues apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from genesys.analytics.frames import END, NONE, START
from genesys.kpis.catalogue import ANSWERING_METRICS, KPIS, WORK_METRICS, Applies, Kpi, Unit
from genesys.metrics import VOICE_LIKE
from tests.reference.combine import combine

GROUP: Final = ("queue_id", "media_type")


def rollup(
    frame: pd.DataFrame,
    by: Sequence[str] = GROUP,
    kpis: Iterable[Kpi] = KPIS,
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs for each group of `by`, which names columns of the frame; none is the total.

    The columns are `by` (with `interval_end` behind `interval_start`), then the KPIs' keys:
    counts as Int64, times in seconds and rates 0-100 as float64. Sorted by `by`; the total
    of an empty frame is one row without values. `blended` totals times over all media types.
    """
    kpis = tuple(kpis)
    whole = fractions(frame, by, kpis, blended=blended)
    values = {kpi.key: _value(whole, kpi) for kpi in kpis}
    keys = whole[_with_ends(by)]
    return pd.concat([keys, pd.DataFrame(values, index=whole.index)], axis="columns")


def fractions(
    frame: pd.DataFrame,
    by: Sequence[str] = GROUP,
    kpis: Iterable[Kpi] = KPIS,
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """What `rollup` divides: the columns `by`, then those that `part_names` gives each KPI.

    They are float64 in the API's units, milliseconds and events; a KPI that is a count or a
    sum has no denominator column.
    """
    kpis = tuple(kpis)
    base = combine(_needed(frame, by, kpis), list(dict.fromkeys((*by, *GROUP))))
    if "queue_id" not in by:
        base = base[base["queue_id"] != NONE]
    base = _with_zeros(base, kpis)
    in_total = pd.Series(True, index=base.index)
    if "media_type" not in by and not blended:
        in_total = base["media_type"].isin(time_basis(frame))
    parts = {
        name: values.where(in_total) if kpi.is_time else values
        for kpi in kpis
        for name, values in _parts(base, kpi).items()
    }
    return _put_together(base[_with_ends(by)], pd.DataFrame(parts, index=base.index), by)


def _needed(frame: pd.DataFrame, by: Sequence[str], kpis: Sequence[Kpi]) -> pd.DataFrame:
    """The columns that these KPIs and their zero rules read: a frame has many more."""
    rules = [f"{metric}_count" for metric in ("nOffered", *ANSWERING_METRICS)]
    measures = [name for kpi in kpis for name in kpi.columns]
    names = dict.fromkeys((*_with_ends(by), *GROUP, *measures, *rules))
    return frame[[name for name in names if name in frame]]


def part_names(kpi: Kpi) -> tuple[str, str]:
    """The columns of a KPI's numerator and denominator, named so that `combine` fits them."""
    return (
        f"{kpi.key} {'top_max' if kpi.numerator.endswith('_max') else 'top_sum'}",
        f"{kpi.key} bottom_sum",
    )


def time_basis(frame: pd.DataFrame) -> frozenset[str]:
    """The media types whose times a total of this frame holds.

    Those count that anything was offered or handled in, so that it does not matter which
    other metrics were asked for; where nothing was, those that the frame holds.
    """
    in_queue = frame[frame["queue_id"] != NONE]
    work = in_queue.reindex(columns=[f"{metric}_count" for metric in WORK_METRICS])
    worked = in_queue.loc[work.notna().any(axis="columns"), "media_type"]
    present = frozenset(worked) or frozenset(in_queue["media_type"])
    return present & VOICE_LIKE or present


def of_like_media(earlier: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """The earlier rows that current times can be held against: voice-like, or deferred ones."""
    basis = time_basis(current) or time_basis(earlier)
    voice_like = earlier["media_type"].isin(VOICE_LIKE)
    return earlier[voice_like if basis & VOICE_LIKE else ~voice_like]


def _with_ends(by: Sequence[str]) -> list[str]:
    return [name for key in by for name in ((START, END) if key == START else (key,))]


def _with_zeros(base: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """The frame with every column the KPIs need, absent counts 0 where that is the truth.

    A metric that was not asked for has no column, and stays without values.
    """
    asked = frozenset(base.columns)
    needed = [name for kpi in kpis for name in kpi.columns]
    base = base.reindex(columns=list(dict.fromkeys((*base.columns, *needed, "nOffered_count"))))
    groups = [base[name] for name in GROUP]

    def in_group(seen: pd.Series[bool]) -> pd.Series[bool]:
        """Whether the row's queue and media type shows it in any of its buckets."""
        return seen.groupby(groups, observed=True).transform("any")

    def sent(metrics: Iterable[str]) -> pd.Series[bool]:
        names = [name for metric in metrics if (name := f"{metric}_count") in base]
        return in_group(base[names].notna().any(axis="columns"))

    media = base["media_type"].astype(str)
    answering = (media != "callback") | sent(ANSWERING_METRICS)
    where = {
        Applies.EVERYWHERE: pd.Series(True, index=base.index),
        Applies.ANSWERING: answering,
        Applies.ABANDONING: (media.isin(VOICE_LIKE) & answering) | sent(["tAbandon"]),
        Applies.VOICE: media == "voice",
    }
    offered = in_group(base["nOffered_count"] > 0)
    for kpi in KPIS:
        if kpi.numerator in asked and kpi.unit is Unit.COUNT and kpi.applies in where:
            absent = base[kpi.numerator].isna() & offered & where[kpi.applies]
            base[kpi.numerator] = base[kpi.numerator].mask(absent, 0.0)
    return base


def _parts(base: pd.DataFrame, kpi: Kpi) -> dict[str, pd.Series[float]]:
    top, bottom = part_names(kpi)
    numerator = base[kpi.numerator]
    if kpi.less:
        numerator = numerator - base[kpi.less]
    if not kpi.denominator:
        return {top: numerator}
    return {top: numerator, bottom: base[kpi.denominator].where(numerator.notna())}


def _put_together(keys: pd.DataFrame, parts: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    if not by:
        total = {
            name: values.max() if str(name).endswith("_max") else values.sum(min_count=1)
            for name, values in parts.items()
        }
        return pd.DataFrame(total, index=[0])
    whole = pd.concat([keys, parts], axis="columns")
    if set(GROUP) <= set(by):
        return whole.reset_index(drop=True)
    return combine(whole, by)


def _value(whole: pd.DataFrame, kpi: Kpi) -> pd.Series[float] | pd.Series[int]:
    top, bottom = part_names(kpi)
    value = whole[top]
    if kpi.denominator:
        value = value / whole[bottom].where(whole[bottom] > 0)
    if kpi.unit is Unit.COUNT:
        return value.round().astype("Int64")
    return value * 100 if kpi.unit is Unit.PERCENT else value / 1000
