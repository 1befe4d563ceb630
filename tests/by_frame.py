"""The numbers as asked of frames, which is how tests write figures down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from genesys import targets as of_targets
from genesys.analytics.frames import START
from genesys.insights import (
    comparison,
    explanation,
    hotspots,
    reconciliation,
    talking_points,
)
from genesys.insights import contributions as of_contributions
from genesys.insights import drivers as of_drivers
from genesys.insights import review as of_review
from genesys.insights import usual_day as of_usual_day
from genesys.insights.point import Point
from genesys.intervals import Interval
from genesys.kpis import applicability
from genesys.kpis import trend as of_trend
from genesys.kpis.catalogue import Kpi
from genesys.kpis.parts import Parts, parts
from genesys.kpis.trend import Step
from genesys.organization.directory import Directory
from genesys.targets import Across, Target, Targets
from genesys.targets import goals as of_goals
from genesys.targets.goals import Goal
from genesys.weeks import Weekday


def in_buckets(frame: pd.DataFrame) -> Parts:
    return parts(frame, [START])


def _each(*frames: pd.DataFrame | None) -> list[Any]:
    return [None if frame is None else in_buckets(frame) for frame in frames]


def time_basis(frame: pd.DataFrame) -> frozenset[str]:
    return parts(frame).basis


def time_words(frame: pd.DataFrame, *, blended: bool = False) -> str:
    return applicability.time_words(parts(frame), blended=blended)


def trend(
    frame: pd.DataFrame,
    interval: Interval,
    step: Step,
    zone: ZoneInfo,
    kpis: Iterable[Kpi],
    by: Sequence[str] = (),
    *,
    blended: bool = False,
) -> pd.DataFrame:
    buckets = of_trend.bucketed(frame, interval, step, zone)
    return of_trend.trend(buckets, kpis, by, blended=blended)


def compare(
    current: pd.DataFrame, earlier: pd.DataFrame, *more: Any, blended: bool = False
) -> pd.DataFrame:
    return comparison.compare(*_each(current, earlier), *more, blended=blended)


def judge(
    frame: pd.DataFrame,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: pd.DataFrame | None = None,
) -> pd.DataFrame:
    here, base = _each(frame, baseline)
    return of_targets.judge(here, by, kpis, targets, base)


def common_targets(
    frame: pd.DataFrame, by: Sequence[str], kpis: Iterable[Kpi], targets: Targets
) -> Mapping[str, Sequence[Target | None]]:
    return of_targets.common_targets(in_buckets(frame), by, kpis, targets)


def goals(frame: pd.DataFrame, by: Sequence[str], kpi: Kpi, targets: Targets) -> tuple[Goal, ...]:
    return of_goals.goals(*_each(frame), by, kpi, targets)


def across(
    frame: pd.DataFrame, kpi: Kpi, targets: Targets, baseline: pd.DataFrame | None = None
) -> Across:
    here, base = _each(frame, baseline)
    return of_targets.across(here, kpi, targets, base)


def facts(
    frame: pd.DataFrame,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets | None = None,
    baseline: pd.DataFrame | None = None,
    **more: Any,
) -> pd.DataFrame:
    here, base = _each(frame, baseline)
    return explanation.facts(here, by, kpis, targets, base, **more)


def moves(current: pd.DataFrame, earlier: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    return of_drivers.moves(*_each(current, earlier), kpi)


def contributions(
    current: pd.DataFrame, earlier: pd.DataFrame, kpi: Kpi, directory: Directory
) -> pd.DataFrame:
    return of_contributions.contributions(*_each(current, earlier), kpi, directory)


def reconcile(frame: pd.DataFrame) -> pd.DataFrame:
    return reconciliation.reconcile(parts(frame))


def worst_buckets(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    return hotspots.worst_buckets(in_buckets(frame), zone)


def by_weekday_and_hour(
    frame: pd.DataFrame, kpi: Kpi, zone: ZoneInfo, week_begins: Weekday = Weekday.MONDAY
) -> pd.DataFrame:
    return hotspots.by_weekday_and_hour(in_buckets(frame), kpi, zone, week_begins)


def usual_day(today: pd.DataFrame, weeks: pd.DataFrame, kpi: Kpi, zone: ZoneInfo) -> pd.DataFrame:
    return of_usual_day.usual_day(*_each(today, weeks), kpi, zone)


def weak_hours(
    frame: pd.DataFrame, targets: pd.DataFrame, zone: ZoneInfo
) -> tuple[hotspots.WeakHours, ...]:
    return hotspots.weak_hours(in_buckets(frame), targets, zone)


def points(
    current: pd.DataFrame, earlier: pd.DataFrame | None, *more: Any, **named: Any
) -> tuple[Point, ...]:
    return talking_points.points(*_each(current, earlier), *more, **named)


def review(
    current: pd.DataFrame, earlier: pd.DataFrame, *more: Any, **named: Any
) -> of_review.Review:
    return of_review.review(*_each(current, earlier), *more, **named)
