"""From a selection to figures: what is asked, what is kept and how long, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from dashboard import data, keeping
from dashboard import organization as at_work
from dashboard.data import View
from dashboard.keeping import Keep
from dashboard.selection import CUSTOM, DEFAULT, Selection
from genesys.__main__ import main
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errors import Cancelled, PermissionMissing, QueryError
from genesys.fetch import Progress
from genesys.kpis import KPI_BY_KEY, KPIS
from genesys.report import report
from genesys.results import ALL, END, START
from genesys.rollup import GROUP, rollup
from genesys.trend import trend
from reports.csv import to_csv
from tests.conftest import DEMO_NOW

CLAIMS, BILLING = (
    "08c9b80f-70c8-55d9-bd05-ad2029943cee",
    "44422bcf-e3c0-5d84-92a0-1e41b6084efd",
)
DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"
FIRST_WEEK = Selection(period=CUSTOM, first=date(2026, 6, 1), last=date(2026, 6, 7))
TODAY = Selection(period="today")
HALF_HOURS = Selection(period="last-30-days", step="half-hour")
"""24 queues x 2 media types x 1,440 half hours are more rows than are asked for at once."""


@dataclass
class World:
    """One organization, the moment, and the requests since somebody last looked."""

    server: DemoServer
    now: datetime = DEMO_NOW
    looked: int = field(init=False)

    def __post_init__(self) -> None:
        self.looked = len(self.server.requests)

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def asked(self) -> list[str]:
        new = self.server.requests[self.looked :]
        self.looked += len(new)
        return [request.path.rpartition("/")[2] for request in new]


@pytest.fixture(scope="module")
def organization() -> Iterator[DemoServer]:
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW + timedelta(hours=3))) as server:
        yield server


@pytest.fixture
def sign_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[DemoServer], None]:
    def set_environment(server: DemoServer) -> None:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)

    return set_environment


@pytest.fixture
def world(
    organization: DemoServer,
    sign_on: Callable[[DemoServer], None],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    sign_on(organization)
    world = World(organization)
    monkeypatch.setattr(data, "now", lambda: world.now)
    monkeypatch.setattr(keeping, "KEPT", Keep(10**9, monotonic=world.seconds))
    return world


def view(selection: Selection, on_progress: data.OnProgress = lambda _: None) -> View:
    return data.view(selection, on_progress)


def offered(frame: pd.DataFrame) -> int:
    return int(frame["nOffered_count"].sum())


def total(seen: View, *keys: str) -> list[object]:
    row = rollup(seen.frame, [], [KPI_BY_KEY[key] for key in keys]).iloc[0]
    return [round(float(row[key]), 4) for key in keys]


def test_the_first_view_signs_on_and_asks_three_things(world: World):
    view(FIRST_WEEK)

    assert world.asked() == ["token", "me", "all", "query"]


def test_figures_of_a_week(world: World):
    seen = view(FIRST_WEEK)

    keys = ("offered", "answered", "answer_pct", "abandon_pct", "service_level_pct")
    assert total(seen, *keys) == [
        19778,
        18088,
        round(100 * 18088 / 19271, 4),
        round(100 * 683 / 14764, 4),
        round(100 * 14984 / 18771, 4),
    ]
    assert total(seen, "asa_sec", "aht_sec") == [21.3405, 387.9035]
    assert seen.source.organization == "Northwind Mutual (demo)"
    assert (seen.source.is_demo, seen.zone.key) == (False, "Europe/London")


@pytest.mark.parametrize(
    "other",
    [
        FIRST_WEEK,
        replace(FIRST_WEEK, media_types=("email",)),
        replace(FIRST_WEEK, queue_ids=(CLAIMS,)),
        replace(FIRST_WEEK, find="claims"),
        replace(FIRST_WEEK, kpis=("max_wait_sec",)),
        replace(FIRST_WEEK, step="hour"),
    ],
    ids=["same", "media", "queue", "find", "kpis", "the automatic step by name"],
)
def test_another_look_at_the_same_interval_asks_nothing(world: World, other: Selection):
    view(FIRST_WEEK)
    world.asked()

    view(other)

    assert world.asked() == []


def test_weeks_and_months_are_added_up_from_the_days_that_are_there(world: World):
    for step in ("day", "week", "month"):
        view(replace(FIRST_WEEK, step=step))

    assert world.asked().count("query") == 1


def test_filters_choose_rows(world: World):
    emails = view(replace(FIRST_WEEK, media_types=("email",)))
    claims = view(replace(FIRST_WEEK, queue_ids=(CLAIMS,), media_types=("voice",)))
    both = view(replace(FIRST_WEEK, queue_ids=(BILLING, CLAIMS), media_types=("voice",)))
    deleted = view(replace(FIRST_WEEK, find="Deleted"))

    assert [offered(each.frame) for each in (emails, claims, both)] == [2836, 2327, 2327 + 1897]
    assert (set(deleted.frame["queue_id"]), offered(deleted.frame)) == ({DELETED}, 59 + 226)
    assert claims.trend is claims.frame


def test_a_queue_that_nobody_knows_has_no_figures(world: World):
    assert view(replace(FIRST_WEEK, queue_ids=("gone",))).frame.empty


def test_a_search_that_finds_no_queue_is_an_error(world: World):
    with pytest.raises(QueryError, match="No queue has 'nothing like it' in its name"):
        view(replace(FIRST_WEEK, find="nothing like it"))


def test_a_closed_interval_is_kept_an_hour(world: World):
    first = view(FIRST_WEEK)
    world.pass_by(3599)
    assert view(FIRST_WEEK).as_of == first.as_of
    world.asked()

    world.pass_by(1)

    assert view(FIRST_WEEK).as_of == DEMO_NOW + timedelta(hours=1)
    assert world.asked().count("query") == 1


def test_a_running_interval_is_kept_a_minute_although_its_end_moves_on(world: World):
    world.pass_by(30)
    first = view(TODAY)
    world.pass_by(59)
    second = view(TODAY)
    assert world.asked().count("query") == 1

    world.pass_by(1)
    third = view(TODAY)

    assert world.asked() == ["query"]
    assert [each.interval.end for each in (first, second, third)] == [
        DEMO_NOW,
        DEMO_NOW,
        DEMO_NOW + timedelta(minutes=1),
    ]
    assert [each.as_of.second for each in (first, second, third)] == [30, 30, 30]


def test_a_day_that_has_just_ended_is_not_taken_for_the_running_one(world: World):
    world.now = datetime(2026, 6, 15, 22, 59, 30, tzinfo=UTC)
    running = view(TODAY)
    world.pass_by(40)
    closed = view(Selection(period="yesterday"))

    assert world.asked().count("query") == 2
    assert closed.interval.start == running.interval.start
    assert closed.interval.end == running.interval.end + timedelta(minutes=1)


def test_refresh_asks_anew_for_this_interval_and_the_queues_alone(world: World):
    seen = view(FIRST_WEEK)
    view(DEFAULT)
    world.asked()

    world.pass_by(5)
    data.refresh(seen.interval)

    assert view(FIRST_WEEK).as_of == DEMO_NOW + timedelta(seconds=5)
    view(DEFAULT)
    assert world.asked() == ["all", "query"]


def test_the_list_of_queues_is_kept_ten_minutes(world: World):
    view(FIRST_WEEK)
    world.pass_by(599)
    view(FIRST_WEEK)
    assert world.asked().count("all") == 1

    world.pass_by(1)
    view(FIRST_WEEK)

    assert world.asked() == ["all"]


def test_too_many_rows_are_asked_for_as_a_table_and_as_a_trend(world: World):
    seen = view(HALF_HOURS)

    assert world.asked().count("query") == 2
    assert (seen.frame[END] - seen.frame[START]).unique() == [timedelta(days=30)]
    assert set(seen.trend["queue_id"]) == {ALL}
    assert (seen.trend[END] - seen.trend[START]).unique() == [timedelta(minutes=30)]
    in_queues = seen.frame[seen.frame["queue_id"] != "(none)"]
    assert offered(seen.trend) == offered(in_queues)


def test_the_figures_are_the_same_however_they_are_asked_for(world: World):
    by_day = view(replace(HALF_HOURS, step="day"))
    at_once = view(HALF_HOURS)

    whole = [rollup(seen.frame, GROUP, KPIS) for seen in (by_day, at_once)]
    pd.testing.assert_frame_equal(whole[0], whole[1])


def test_a_few_queues_of_a_large_organization_are_asked_for_alone(world: World):
    view(FIRST_WEEK)
    world.asked()

    seen = view(replace(HALF_HOURS, find="claims"))
    again = view(replace(HALF_HOURS, find="claims", media_types=("voice",)))

    assert world.asked() == ["query"]
    assert seen.trend is seen.frame
    assert sorted({seen.directory.label(key) for key in seen.frame["queue_id"].unique()}) == [
        "Claims",
        "Complaints (Claims)",
        "Home Claims",
        "Motor Claims",
        "Travel Claims",
    ]
    assert set(again.frame["media_type"]) == {"voice"}


def test_the_trend_of_chosen_queues_is_of_these(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(data, "MOST_BUCKETS", 10)

    every, claims = view(FIRST_WEEK), view(replace(FIRST_WEEK, queue_ids=(CLAIMS,)))

    assert world.asked().count("query") == 3
    assert offered(claims.trend) == offered(claims.frame) < offered(every.trend)


def test_table_and_trend_of_a_running_day_end_alike(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(data, "MOST_BUCKETS", 10)
    by_minute = [
        (50, ()),
        (20, (CLAIMS,)),  # within the life of the table: a new trend for its interval
        (30, ()),  # a new table, whose trend of a minute ago is still in its life
        (50, (CLAIMS,)),
    ]
    for seconds, queue_ids in by_minute:
        world.pass_by(seconds)
        seen = view(replace(TODAY, queue_ids=queue_ids))

        course = trend(seen.trend, seen.interval, seen.step, seen.zone, [KPI_BY_KEY["offered"]])
        assert [int(course["offered"].sum())] == total(seen, "offered")
        assert course[END].max() == seen.interval.end


def test_a_page_says_what_the_command_line_says(world: World, capsysbinary):
    seen = view(FIRST_WEEK)
    kpis = [KPI_BY_KEY[key] for key in ("offered", "abandon_pct", "max_wait_sec", "asa_sec")]
    page = report(seen.frame, seen.interval, seen.zone, seen.directory, GROUP, kpis)

    dates = ["--from", "2026-06-01", "--to", "2026-06-07"]
    keys = ["--kpis", ",".join(kpi.key for kpi in kpis)]
    code = main(["report", *dates, *keys, "--format", "csv", "--quiet"], now=DEMO_NOW)

    assert code == 0
    assert capsysbinary.readouterr().out == to_csv(page)
    assert len(page) == 56


def test_organizations_are_kept_apart(world: World, sign_on: Callable[[DemoServer], None]):
    here = view(FIRST_WEEK)
    with serve(DemoOptions(rate_limit=0, seed=8, queues=3, clock=lambda: DEMO_NOW)) as other:
        sign_on(other)
        at_work._client.cache_clear()
        there = view(FIRST_WEEK)

    assert len(there.directory.queues) == 3
    assert offered(there.frame) != offered(here.frame)


def test_without_credentials_the_demo_organization_answers(
    monkeypatch: pytest.MonkeyPatch,
):
    source = at_work.source()

    assert (source.is_demo, source.region, source.zone.key) == (True, "demo", "UTC")
    assert not source.zone_is_set
    server = at_work._demo_server()
    data.clear()
    at_work.source()
    assert at_work._demo_server() is server


def test_a_failure_is_not_kept(world: World, sign_on: Callable[[DemoServer], None]):
    permission = "analytics:conversationAggregate:view"
    with serve(DemoOptions(rate_limit=0, deny=(permission,))) as server:
        sign_on(server)
        for _ in range(2):
            with pytest.raises(PermissionMissing) as caught:
                view(FIRST_WEEK)
            assert caught.value.facts.permissions == (permission,)

        statuses = [each.status for each in server.requests if each.path.endswith("/query")]
        assert statuses == [403, 403]


def test_whoever_stops_a_fetch_leaves_it_undone(world: World):
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        view(FIRST_WEEK, stop)
    assert len(seen) == 1

    done: list[Progress] = []
    view(FIRST_WEEK, done.append)
    assert done[-1] == Progress(1, 1)


def test_now_is_an_aware_moment():
    assert abs(data.now() - datetime.now(UTC)) < timedelta(minutes=1)
