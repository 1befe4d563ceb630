"""Parts, and all numbers that stand on them, against the slow way of working them out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics import frames as fast
from genesys.analytics.frames import START
from genesys.intervals import Interval
from genesys.kpis import rollup as of_rollup
from genesys.kpis.catalogue import KPIS
from genesys.kpis.parts import GROUP, parts
from genesys.kpis.trend import STEPS
from genesys.targets import JUDGED, Target, Targets, across_each
from genesys.targets.rows import ANY, ORGANIZATION, SERVICE_LEVEL, Override
from tests import by_frame
from tests.asking import LONDON
from tests.examples import examples
from tests.group_frames import START_OF_ALL, frames
from tests.reference import (
    across,
    combine,
    comparison,
    drivers,
    hotspots,
    judgement,
    reconciliation,
    rollup,
    trend,
)

WHOLE: Final = Interval(START_OF_ALL, START_OF_ALL + timedelta(days=21))
GROUPINGS: Final = ((), ("queue_id",), ("media_type",), GROUP)
IN_BUCKETS: Final = ((START,), (START, "media_type"), (START, *GROUP))


def own(media_type: str, target: str, seconds: int | None = None) -> Target:
    limits = Decimal(target), Decimal(target) - 10
    within = None if seconds is None else Decimal(seconds)
    return Target(SERVICE_LEVEL, "q1", media_type, *limits, within, ORGANIZATION)


def row(kpi: str, queue_id: str, target: str, amber: str) -> Override:
    ids = None if queue_id == ANY else frozenset([queue_id])
    return Override(Target(kpi, queue_id, ANY, Decimal(target), Decimal(amber)), ids)


TARGETS: Final = (
    Targets({}),
    Targets({("q1", "voice"): own("voice", "80", 20), ("q1", "chat"): own("chat", "80")}),
    Targets(
        {("q1", "voice"): own("voice", "80", 20)},
        (row("abandon_pct", "q1", "3.3", "5"), row(SERVICE_LEVEL, ANY, "66.6", "5")),
    ),
)


def alike(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Equal: counts and rates to the last bit, times to 1e-9."""
    texts = [name for name in ("queue_id", "media_type") if name in expected]
    found, expected = (table.astype(dict.fromkeys(texts, str)) for table in (found, expected))
    exact = [kpi.key for kpi in KPIS if not kpi.is_time and kpi.key in expected]
    pd.testing.assert_frame_equal(found[exact], expected[exact], check_exact=True)
    pd.testing.assert_frame_equal(found, expected, rtol=1e-9, atol=0)


@examples(40)
@given(frames(), st.sampled_from((*GROUPINGS, *IN_BUCKETS)), st.booleans())
def test_a_rollup(frame: pd.DataFrame, by: tuple[str, ...], blended: bool):
    expected = rollup.rollup(frame, by, KPIS, blended=blended)

    alike(of_rollup.rollup(frame, by, KPIS, blended=blended), expected)
    alike(parts(frame, [START]).by(by, blended=blended).values(KPIS), expected)


@examples(25)
@given(frames(), frames())
def test_rows_put_together(frame: pd.DataFrame, other: pd.DataFrame):
    whole = pd.concat([frame, other], ignore_index=True).astype(dict.fromkeys(GROUP, "category"))
    for by in ([START, *GROUP], [*GROUP], ["media_type"]):
        expected = combine.combine(whole, by)
        pd.testing.assert_frame_equal(fast.combine(whole, by), expected, check_categorical=False)


@examples(20)
@given(frames(), st.sampled_from(GROUPINGS[:3]), st.sampled_from(STEPS[2:]), st.booleans())
def test_a_trend(frame: pd.DataFrame, by: tuple[str, ...], step, blended: bool):
    alike(
        by_frame.trend(frame, WHOLE, step, LONDON, KPIS, by, blended=blended),
        trend.trend(frame, WHOLE, step, LONDON, KPIS, by, blended=blended),
    )


@examples(12)
@given(frames(), frames(), st.sampled_from(GROUPINGS), st.booleans())
def test_a_comparison(
    frame: pd.DataFrame, earlier: pd.DataFrame, by: tuple[str, ...], blended: bool
):
    alike(
        by_frame.compare(frame, earlier, by, KPIS, blended=blended),
        comparison.compare(frame, earlier, by, KPIS, blended=blended),
    )


@examples(50)
@given(
    frames(),
    st.none() | frames(),
    st.sampled_from(TARGETS),
    st.sampled_from((*GROUPINGS, (START,))),
)
def test_targets(frame: pd.DataFrame, earlier: pd.DataFrame | None, targets: Targets, by):
    judged = [kpi for kpi in KPIS if kpi.key in JUDGED]
    alike(
        by_frame.judge(frame, by, judged, targets, earlier),
        judgement.judge(frame, by, judged, targets, earlier),
    )
    shared, expected = (
        {
            key: [each and (each.target, each.amber, each.seconds, each.source) for each in rows]
            for key, rows in of_targets(frame, by, judged, targets).items()
        }
        for of_targets in (by_frame.common_targets, judgement.common_targets)
    )
    assert shared == expected


@examples(25)
@given(frames(), st.none() | frames(), st.sampled_from(TARGETS))
def test_targets_of_many_at_once(
    frame: pd.DataFrame, earlier: pd.DataFrame | None, targets: Targets
):
    base = None if earlier is None else parts(earlier)
    found = across_each(parts(frame), KPIS, targets, base)

    for key, expected in across.across_each(frame, KPIS, targets, earlier).items():
        assert (found[key].met, found[key].groups, found[key].few) == (
            expected.met,
            expected.groups,
            expected.few,
        )
        assert float(found[key].weighted_target or 0) == pytest.approx(
            float(expected.weighted_target or 0)
        )


@examples(40)
@given(frames(), frames(), st.sampled_from(KPIS))
def test_drivers(frame: pd.DataFrame, earlier: pd.DataFrame, kpi):
    from genesys.insights.drivers import moves

    keys = [*GROUP, "kind"]
    found, expected = (
        table.sort_values(keys).reset_index(drop=True)
        for table in (
            moves(parts(frame), parts(earlier), kpi),
            drivers.drivers(frame, earlier, kpi),
        )
    )
    pd.testing.assert_frame_equal(found, expected, rtol=1e-9, atol=1e-9)


@examples(25)
@given(frames())
def test_outcomes_and_worst_buckets(frame: pd.DataFrame):
    pd.testing.assert_frame_equal(
        by_frame.reconcile(frame), reconciliation.reconcile(frame), check_dtype=True
    )
    pd.testing.assert_frame_equal(
        by_frame.worst_buckets(frame, LONDON), hotspots.worst_buckets(frame, LONDON)
    )


@examples(20)
@given(frames(), st.sampled_from(KPIS), st.integers(0, 200))
def test_hours_of_the_week_and_usual_days(frame: pd.DataFrame, kpi, hours: int):
    day = frame.assign(
        **{
            START: frame[START] + timedelta(hours=hours),
            "interval_end": frame[START] + timedelta(hours=hours + 1),
        }
    )
    pd.testing.assert_frame_equal(
        by_frame.by_weekday_and_hour(day, kpi, LONDON),
        hotspots.by_weekday_and_hour(day, kpi, LONDON),
        rtol=1e-9,
    )
    pd.testing.assert_frame_equal(
        by_frame.usual_day(day, day, kpi, LONDON),
        hotspots.usual_day(day, day, kpi, LONDON),
        rtol=1e-9,
        check_dtype=False,
    )
