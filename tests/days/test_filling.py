"""Filling: every closed day once, politely, and on from wherever it was stopped."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from genesys.client.budget import Budget
from genesys.days.calendar import begin
from genesys.days.filling import MOST_PRESSURE, Filled, ask_again, fill, missing
from genesys.days.layout import METRICS as KEPT
from genesys.days.store import Days
from genesys.days.told import movements
from genesys.demo import DemoOptions, serve
from genesys.intervals import Interval
from tests.asking import api_on
from tests.conftest import DEMO_NOW
from tests.days import killed
from tests.days.test_tables import happened_of, offered
from tests.days.world import LATER, METRICS, HonestApi, contacts_of, days_from, here, keep_day

WEEK = days_from(date(2026, 11, 20), 6)
CONTACTS = contacts_of(Interval(begin(WEEK[0]), begin(WEEK[-1])), 60, Random(3))


class Stopped(Exception):
    """What the process ends by."""


class Moments:
    """Stops at one of the moments that it is asked at."""

    def __init__(self, at: int) -> None:
        self.left = at

    def pass_by(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped


class StoppingApi(HonestApi):
    moments = Moments(10**6)

    def aggregate(self, body, budget):
        self.moments.pass_by()
        return super().aggregate(body, budget)


def budget(seconds: float = 10**6, at=LATER) -> Budget:
    return Budget(seconds, wait=lambda _: None, now=lambda: at)


@pytest.fixture
def days(tmp_path):
    days = Days(here(tmp_path))
    yield days
    days.close()


class TestWhatIsMissing:
    def test_are_closed_days_not_kept_with_all_metrics(self, days):
        keep_day(days, CONTACTS, WEEK[1], KEPT)
        keep_day(days, CONTACTS, WEEK[2], METRICS)
        noon = begin(WEEK[-1]) + timedelta(hours=12)

        assert missing(days, WEEK[0], WEEK[-1], budget()) == (WEEK[0], *WEEK[2:])
        assert missing(days, WEEK[0], WEEK[-1], budget(at=noon)) == (WEEK[0],)
        assert missing(days, WEEK[-1], WEEK[0], budget()) == ()

    def test_is_no_metric_that_was_refused_when_the_day_was_asked(self, days):
        api = HonestApi(CONTACTS, refused=("tVoicemail",))
        fill(days, api, WEEK[:2], budget())

        assert days.asked()[WEEK[0]].refused == {"tVoicemail"}
        assert missing(days, WEEK[0], WEEK[1], budget()) == ()


class TestAskingAgain:
    def test_finds_the_days_that_the_organization_corrected_and_by_how_much(self, days):
        closed = date(2026, 6, 9)
        clock = {"clock": lambda: DEMO_NOW, "rate_limit": 0, "queues": 3}
        began = DEMO_NOW + timedelta(days=1)
        with serve(DemoOptions(**clock)) as server, api_on(server) as api:
            fill(days, api, days_from(date(2026, 6, 5), 7), budget(at=DEMO_NOW))
            assert ask_again(days, api, budget(at=DEMO_NOW), began) == ()
        corrected = DemoOptions(**clock, corrected=(closed,))
        with serve(corrected) as server, api_on(server) as api:
            moved = ask_again(days, api, budget(at=DEMO_NOW), began)
        (day,) = (each for each in moved if each.day == closed)

        assert {each.day for each in moved} <= {closed, closed - timedelta(days=1)}
        by = dict(day.moved)
        assert by["tAbandon_count"] < 0 < by["tAnswered_count"]
        assert "nOffered_count" not in by
        (said,) = movements([day], ZoneInfo("UTC"))
        assert said.startswith("Tue 9 Jun 2026 (UTC) moved, found on Mon 15 Jun 2026: Answer +")

    def test_leaves_days_alone_that_were_just_asked(self, days):
        api = HonestApi(CONTACTS)
        fill(days, api, WEEK[:2], budget())
        before = len(api.asked)

        assert ask_again(days, api, budget(at=begin(WEEK[4])), LATER) == ()
        assert len(api.asked) == before


class TestFilling:
    def test_keeps_every_day_and_tells_how_far_it_is(self, days):
        told: list[Filled] = []
        ticks = iter(range(10**6))
        slow = Budget(10**6, wait=lambda _: None, now=lambda: LATER, monotonic=lambda: next(ticks))

        assert fill(days, HonestApi(CONTACTS), WEEK, slow, told.append) == ()
        assert [offered(days, day) for day in WEEK] == [happened_of(CONTACTS, day) for day in WEEK]
        assert [(each.done, each.total) for each in told] == [(1, 6), (6, 6)]
        assert told[0].seconds_left > told[1].seconds_left == 0
        assert missing(days, WEEK[0], WEEK[-1], budget()) == ()

    def test_of_the_same_days_again_asks_nothing(self, days):
        fill(days, HonestApi(CONTACTS), WEEK, budget())
        api = HonestApi(CONTACTS)
        fill(days, api, missing(days, WEEK[0], WEEK[-1], budget()), budget())

        assert api.asked == []

    def test_keeps_no_old_day_without_any_figure_since_it_may_be_gone(self, days):
        old = days_from(date(2026, 3, 1), 2)
        some = contacts_of(Interval(begin(old[1]), begin(old[1]) + timedelta(days=1)), 9, Random(1))

        assert fill(days, HonestApi(some), old, budget()) == (old[0],)
        assert [*days.asked()] == [old[1]]

    def test_goes_on_wherever_it_was_stopped(self, tmp_path):
        two = WEEK[:2]
        expected = [happened_of(CONTACTS, day) for day in two]
        for at in range(10):  # two requests and three writes for each day
            folder = tmp_path / str(at)
            _stopped(Days(here(folder)), two, Moments(at))
            days = Days(here(folder))
            found = [offered(days, day) for day in two]
            assert found == [*expected[: at // 5], -1, -1][:2]
            fill(days, HonestApi(CONTACTS), missing(days, two[0], two[1], budget()), budget())

            assert [offered(days, day) for day in two] == expected
            assert days.trouble == ()
            days.close()

    @pytest.mark.skipif(sys.platform == "win32", reason="no process is killed so there")
    def test_killed_ten_times_it_loses_nothing_and_keeps_nothing_wrong(self, tmp_path):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.days.killed", str(tmp_path)],
            check=True,
            capture_output=True,
            text=True,
        )
        assert int(ran.stdout) > 0
        days = Days(here(tmp_path))
        happened = [happened_of(killed.CONTACTS, day) for day in killed.WANTED]
        found = [offered(days, day) for day in killed.WANTED]
        assert all(some in (-1, all_) for some, all_ in zip(found, happened, strict=True))

        killed.fill_rest(days)
        assert [offered(days, day) for day in killed.WANTED] == happened
        assert days.trouble == ()
        days.close()


def _stopped(days: Days, wanted: list[date], moments: Moments) -> None:
    """Fill until one of the moments before a request or a write, and leave all as it is then."""
    for table in (days._half_hours, days._daily, days._days):
        write = table._put

        def stopping(*args, write=write):
            moments.pass_by()
            write(*args)

        table._put = stopping
    api = StoppingApi(CONTACTS)
    api.moments = moments
    with pytest.raises(Stopped):
        fill(days, api, wanted, budget())
    days.close()


class TestPoliteness:
    def test_half_of_the_rate_limit_is_left_to_others(self, days):
        waited: list[float] = []
        late = [DEMO_NOW]

        def wait(seconds: float) -> None:
            waited.append(seconds)
            late[0] += timedelta(seconds=seconds)

        options = DemoOptions(queues=4, rate_limit=20, clock=lambda: late[0])
        with serve(options) as server, api_on(server) as api:
            wanted = days_from(date(2026, 5, 1), 20)[::2]
            slow = Budget(10**6, wait=wait, now=lambda: late[0])
            assert fill(days, api, wanted, slow) == ()
            minutes = Counter(
                each.at.replace(second=0, microsecond=0)
                for each in slow.records
                if each.path.startswith("/api")
            )

        assert len(days.asked()) == 10
        assert len(waited) >= 2
        assert max(minutes.values()) <= 10
        assert MOST_PRESSURE < 0.5
