"""A year of the demo organization: identities that hold, parts that add up, days that stand out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import fsum
from typing import Final

import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.analytics.frames import NONE, START, combine
from genesys.analytics.queries import AggregateQuery
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.demo.hours import outage
from genesys.insights.reconciliation import RECONCILIATION_METRICS
from genesys.intervals import Granularity, Interval, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY, KPIS
from genesys.kpis.parts import GROUP
from genesys.kpis.rollup import rollup
from genesys.organization.directory import Directory, read_directory
from tests.asking import LONDON, api_on, budget
from tests.by_frame import (
    by_weekday_and_hour,
    contributions,
    points,
    reconcile,
    weak_hours,
    worst_buckets,
)
from tests.conftest import DEMO_NOW
from tests.reference.rollup import of_like_media

METRICS: Final = (*RECONCILIATION_METRICS, "tContacting", "tDialing")
YEAR: Final = whole_days(date(2025, 6, 1), date(2026, 5, 31), LONDON)
MAY: Final = whole_days(date(2026, 5, 1), date(2026, 5, 31), LONDON)
BAD_DAY: Final = outage(7, 2026, 5)
HIT: Final = {"Billing", "Claims", "Policy Changes", "Motor Claims"}
"""The queues that the demo's outage reaches."""


def frame_of(server: DemoServer, interval: Interval, granularity: Granularity) -> pd.DataFrame:
    query = AggregateQuery(interval=interval, metrics=METRICS, granularity=granularity, zone=LONDON)
    with api_on(server) as api:
        return fetch(api, query, budget()).frame


@pytest.fixture(scope="module")
def year() -> pd.DataFrame:
    """The days of a year, of the demo's first 8 queues and the deleted one."""
    with serve(DemoOptions(queues=8, rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        return frame_of(server, YEAR, Granularity.DAY)


@pytest.fixture(scope="module")
def months(year: pd.DataFrame) -> list[pd.DataFrame]:
    month = year[START].dt.tz_convert(LONDON).dt.strftime("%Y-%m")
    return [rows for _, rows in year.groupby(month)]


@pytest.fixture(scope="module")
def directory(demo: DemoServer) -> Directory:
    with api_on(demo) as api:
        return read_directory(api, budget())


@pytest.fixture(scope="module")
def may(demo: DemoServer) -> pd.DataFrame:
    return frame_of(demo, MAY, Granularity.HALF_HOUR)


@pytest.fixture(scope="module")
def bad_day(demo: DemoServer) -> Interval:
    return whole_days(BAD_DAY.day, BAD_DAY.day, LONDON)


def queued(frame: pd.DataFrame, *media: str) -> pd.DataFrame:
    """The groups of whole frames that belong to queues, absent figures as 0."""
    groups = combine(frame, [*GROUP])
    groups = groups[groups["queue_id"] != NONE].fillna(dict.fromkeys(groups.columns[2:], 0.0))
    return groups[groups["media_type"].isin(media)] if media else groups


class TestAYear:
    def test_has_all_its_days(self, year):
        assert year[START].nunique() == 365

    def test_waits_are_those_of_the_answered_abandoned_and_flowed_out(self, year):
        rows = queued(year, "voice", "chat", "email", "message")
        for stat in ("count", "sum"):
            parts = [rows[f"{name}_{stat}"] for name in ("tAnswered", "tAbandon", "tFlowOut")]
            assert (rows[f"tWait_{stat}"] == sum(parts)).all()

    def test_offered_are_those_who_waited_but_for_the_edges(self, year):
        rows = queued(year, "voice", "chat", "message")
        assert (rows["nOffered_count"] - rows["tWait_count"]).abs().max() <= 5

    def test_service_level_is_answered_less_late_of_answered_and_abandoned(self, year):
        rows = combine(year, [*GROUP])
        rows = rows[rows["oServiceLevel_denominator"].notna()].fillna({"tAbandon_count": 0.0})
        in_time = rows["tAnswered_count"] - rows["nOverSla_count"]
        assert len(rows) > 20
        assert (rows["oServiceLevel_numerator"] == in_time).all()
        ended = rows["tAnswered_count"] + rows["tAbandon_count"]
        assert (rows["oServiceLevel_denominator"] == ended).all()

    def test_handle_time_is_the_sum_of_its_parts(self, year):
        rows = queued(year)
        parts = ("tTalkComplete", "tHeldComplete", "tAcw", "tContacting", "tDialing")
        assert (rows["tHandle_sum"] == sum(rows[f"{part}_sum"] for part in parts)).all()
        for part in ("tHeldComplete", "tAcw"):
            assert (rows[f"{part}_count"] <= rows["tHandle_count"]).all()

    def test_short_abandons_are_part_of_all_and_transfers_of_two_kinds(self, year):
        rows = queued(year)
        assert (rows["tShortAbandon_count"] <= rows["tAbandon_count"]).all()
        kinds = rows["nBlindTransferred_count"] + rows["nConsultTransferred_count"]
        assert (rows["nTransferred_count"] == kinds).all()

    def test_the_offered_are_reconciled_every_month_and_in_the_whole(self, year, months):
        tables = [reconcile(frame).set_index("key")["count"] for frame in (year, *months)]
        for counts in tables:
            assert counts["offered"] == counts.drop("offered").sum()
            # e-mails wait for days at the end of a month; nothing else is carried far
            assert abs(counts["carried_over"]) < 0.05 * counts["offered"]
        whole, *parts = tables
        assert (sum(parts) == whole).all()

    def test_the_drivers_of_every_kpi_sum_to_the_delta_from_month_to_month(self, months, directory):
        kpis = [kpi for kpi in KPIS if not kpi.is_maximum]
        for earlier, current in list(pairwise(months))[::6]:
            alike = of_like_media(earlier, current)
            now, before, before_alike = (
                rollup(frame, (), kpis).iloc[0] for frame in (current, earlier, alike)
            )
            for kpi in kpis:
                delta = float(now[kpi.key]) - float(
                    (before_alike if kpi.is_time else before)[kpi.key]
                )
                parts = contributions(current, earlier, kpi, directory)["contribution"]
                # total times are of some 1e7 s, where a float holds nine digits behind the point
                assert fsum(parts) == pytest.approx(delta, abs=1e-9, rel=1e-12)


class TestTheBadDay:
    """Nobody names it: the figures do."""

    def test_holds_the_worst_buckets_of_the_month(self, may):
        worst = worst_buckets(may, LONDON).head(6)
        assert {start.date() for start in worst[START]} == {BAD_DAY.day}
        slots = {2 * start.hour + start.minute // 30 for start in worst[START]}
        assert slots == set(range(BAD_DAY.slots.start, BAD_DAY.slots.stop))

    def test_is_driven_by_the_queues_that_were_hit(self, may, directory, bad_day):
        starts = may[START]
        that_day = may[(starts >= bad_day.start) & (starts < bad_day.end)]
        week_before = may[
            (starts >= bad_day.start - pd.Timedelta(days=7))
            & (starts < bad_day.end - pd.Timedelta(days=7))
        ]
        table = contributions(that_day, week_before, KPI_BY_KEY["service_level_pct"], directory)
        first = table.head(4)
        assert {directory.label(queue_id) for queue_id in first["queue_id"]} == HIT
        assert set(first["media_type"]) == {"voice"}
        assert set(first["kind"]) == {"performance"}
        assert (first["contribution"] < -1).all()

    def test_is_named_by_the_talking_points(self, may, directory):
        day = f"{BAD_DAY.day:%a} {BAD_DAY.day.day} May 2026"
        found = points(may, None, MAY, LONDON, directory)
        assert 3 <= len(found) <= 7
        assert [point.kpi for point in found if day in point.text] == ["missed_target"]


class TestTheAfternoonsOfTechnicalSupport:
    def targets(self, may: pd.DataFrame) -> pd.DataFrame:
        level = KPI_BY_KEY["service_level_pct"]
        table = rollup(may, kpis=[level]).dropna().astype(dict.fromkeys(GROUP, str))
        share = table["service_level_pct"]
        return table.assign(
            service_level_pct_target=80.0,
            service_level_pct_status=["met" if value >= 80 else "missed" for value in share],
            contacts_to_target=1,
            contacts_in_hand=1,
        )

    def test_are_the_hours_that_lack_most(self, may, directory):
        first = weak_hours(may, self.targets(may), LONDON)[0]
        assert directory.label(first.queue_id) == "Technical Support"
        assert (first.media_type, first.first_hour, first.end_hour) == ("voice", 12, 17)
        assert first.value < 60
        assert first.elsewhere > 80
        assert first.missed == first.days

    def test_are_told_in_the_talking_points(self, may, directory):
        texts = [
            point.text
            for point in points(may, None, MAY, LONDON, directory, self.targets(may))
            if "from 12:00 to 17:00" in point.text
        ]
        assert len(texts) == 1
        assert texts[0].startswith("Technical Support voice had Service Level 5")

    def test_show_in_the_hours_of_the_week(self, may, directory):
        (support,) = directory.find("Technical Support")
        rows = may[(may["queue_id"] == support) & (may["media_type"] == "voice")]
        week = by_weekday_and_hour(rows, KPI_BY_KEY["service_level_pct"], LONDON)
        week = week[week["n"] >= 20]
        afternoon = week["hour"].between(13, 16)
        assert week[afternoon]["value"].mean() < 60
        assert week[~afternoon]["value"].mean() > 80
