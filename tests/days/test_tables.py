"""Kept days on disk: whatever happens to their tables, nothing is lost, nothing wrong, all told."""

from __future__ import annotations

import resource
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from deltalake import DeltaTable

from genesys.days import tables
from genesys.days.layout import DAILY, DAYS, HALF_HOURS
from genesys.days.place import Owner, place
from genesys.days.store import Days
from tests.days.week import CONTACTS, WEEK, keep_by_all_at_once, stop
from tests.days.world import (
    LATER,
    METRICS,
    OWNER,
    day_query,
    happened_of,
    here,
    keep_day,
    offered,
)


@pytest.fixture
def days(tmp_path):
    days = Days(here(tmp_path))
    yield days
    days.close()


def again(folder: Path) -> Days:
    """The same days, seen by another process."""
    return Days(here(folder))


def happened(day: date) -> int:
    return happened_of(CONTACTS, day)


class TestADay:
    def test_is_read_by_whoever_comes_next(self, tmp_path, days):
        for day in WEEK:
            assert keep_day(days, CONTACTS, day)

        assert [offered(again(tmp_path), day) for day in WEEK] == [*map(happened, WEEK)]
        assert sorted(days.asked()) == WEEK

    def test_asked_at_any_microsecond_is_read(self, tmp_path, days):
        moment = LATER + timedelta(microseconds=123_456)
        for day in WEEK[:2]:
            assert keep_day(days, CONTACTS, day, asked=moment)

        assert [offered(again(tmp_path), day) for day in WEEK[:2]] == [*map(happened, WEEK[:2])]

    def test_without_any_contact_is_kept_as_one(self, days):
        assert happened(WEEK[-1]) == 0
        assert keep_day(days, CONTACTS, WEEK[-1])

        assert days.asked()[WEEK[-1]].rows == 0
        assert offered(days, WEEK[-1]) == 0

    def test_takes_the_place_of_what_was_kept_of_it(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        keep_day(days, CONTACTS * 2, WEEK[0], asked=LATER + timedelta(days=1))

        assert offered(days, WEEK[0]) == 2 * happened(WEEK[0])
        assert DeltaTable(here(tmp_path).table(HALF_HOURS)).to_pyarrow_table().num_rows == (
            days.asked()[WEEK[0]].rows
        )

    def test_with_a_metric_that_came_without_a_usable_value_is_not_kept(self, days):
        from genesys.analytics.frames import to_frame
        from genesys.days.asked import AskedDay

        body = (
            b'{"results": [{"group": {"queueId": "q1", "mediaType": "voice"}, "data": [{"interval":'
            b'"2026-05-30T09:00:00.000Z/2026-05-30T09:30:00.000Z", "metrics": [{"metric":'
            b'"tHandle", "stats": {"count": 1, "sum": null, "min": 1, "max": 1}}]}]}]}'
        )
        frame = to_frame(body, day_query(WEEK[0]))

        assert not days.keep(frame, AskedDay(WEEK[0], LATER, frozenset(METRICS)))
        assert days.asked() == {}


class TestWhose:
    @pytest.mark.parametrize(
        "other",
        [
            Owner("us-east-1", OWNER.organization_id, OWNER.client_id),
            Owner(OWNER.region, "another", OWNER.client_id),
            Owner(OWNER.region, OWNER.organization_id, "another"),
        ],
    )
    def test_regions_organizations_and_clients_are_apart(self, tmp_path, days, other):
        keep_day(days, CONTACTS, WEEK[0])
        theirs = Days(here(tmp_path, other))

        assert theirs.asked() == {}
        assert offered(theirs, WEEK[0]) == -1
        assert theirs.trouble == ()

    def test_a_folder_that_was_copied_from_another_is_set_aside_and_named(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        other = Owner(OWNER.region, "another", OWNER.client_id)
        folder = Path(here(tmp_path, other).folder)
        folder.parent.mkdir(parents=True)
        Path(days.place.folder).rename(folder)
        theirs = Days(here(tmp_path, other))

        assert theirs.asked() == {}
        assert offered(theirs, WEEK[0]) == -1
        assert (folder / "half_hours.aside-1" / "_delta_log").is_dir()
        assert (
            "half_hours belongs to another organization or client. It was set aside as"
            in (theirs.trouble[0])
        )

    def test_names_that_reach_out_of_the_folder_stay_in_it(self, tmp_path):
        found = here(tmp_path, Owner("eu", "../../x", ""))

        assert found.folder == f"{tmp_path}/eu/..%2F..%2Fx/-"

    def test_the_setting_keeps_nothing_or_names_a_folder_or_a_url(self, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        named, remote = place("~/days", OWNER), place("s3://bucket/days/", OWNER)

        assert place("none", OWNER) is None
        assert named
        assert named.root == f"{Path.home().as_posix()}/days"
        assert remote
        assert (remote.root, remote.is_remote) == ("s3://bucket/days", True)
        if sys.platform == "linux":
            unset = place("", OWNER)
            assert unset
            assert unset.root == f"{tmp_path}/queue-dashboard-genesys-cloud/days"


class TestATableThatIsDamaged:
    @pytest.mark.parametrize("layout", [HALF_HOURS, DAILY, DAYS], ids=lambda each: each.name)
    def test_is_set_aside_named_and_begun_anew(self, tmp_path, days, layout):
        keep_day(days, CONTACTS, WEEK[0])
        for log in Path(days.place.table(layout), "_delta_log").glob("*.json"):
            log.write_text("{", encoding="utf-8")
        seen = again(tmp_path)

        assert offered(seen, WEEK[0]) in (-1, happened(WEEK[0]))
        assert f"{layout.name} is damaged" in seen.trouble[0]
        assert keep_day(seen, CONTACTS, WEEK[0])
        assert offered(seen, WEEK[0]) == happened(WEEK[0])
        assert Path(days.place.folder, f"{layout.name}.aside-1").is_dir()

    def test_without_its_log_is_set_aside_as_well(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        Path(days.place.table(HALF_HOURS), "_delta_log").rename(tmp_path / "log")
        seen = again(tmp_path)

        assert offered(seen, WEEK[0]) == -1
        assert "no log leads to its files" in seen.trouble[0]

    def test_of_a_later_version_is_left_alone_and_told(self, tmp_path, days, monkeypatch):
        keep_day(days, CONTACTS, WEEK[0])
        monkeypatch.setattr(tables, "VERSION", 0)
        seen = again(tmp_path)

        assert offered(seen, WEEK[0]) == -1
        assert not keep_day(seen, CONTACTS, WEEK[1])
        assert "was made by a later version of this program" in seen.trouble[0]
        monkeypatch.undo()
        assert offered(days, WEEK[0]) == happened(WEEK[0])

    def test_of_an_earlier_version_gets_the_columns_it_lacks(self, tmp_path, days, monkeypatch):
        import pyarrow as pa

        from genesys.days import store
        from genesys.days.layout import Layout

        keep_day(days, CONTACTS, WEEK[0])
        more = pa.schema([*HALF_HOURS.schema, pa.field("tNew_count", pa.int64())])
        monkeypatch.setattr(store, "HALF_HOURS", Layout("half_hours", more))
        seen = again(tmp_path)

        assert offered(seen, WEEK[0]) == happened(WEEK[0])
        assert seen.trouble == ()
        names = [field.name for field in DeltaTable(days.place.table(HALF_HOURS)).schema().fields]
        assert names[-1] == "tNew_count"

    def test_with_a_half_written_file_costs_its_days_alone(self, tmp_path, days):
        for day in WEEK:
            keep_day(days, CONTACTS, day)
        (june,) = Path(days.place.table(HALF_HOURS)).glob("month=2026-06/*.parquet")
        june.write_bytes(b"half of it")
        seen = again(tmp_path)

        assert offered(seen, WEEK[0]) == happened(WEEK[0])
        assert offered(seen, WEEK[2]) == -1
        assert "is damaged. It was set aside; its days are not kept" in seen.trouble[0]
        assert june.with_name(f"{june.name}.damaged").is_file()
        assert keep_day(seen, CONTACTS, WEEK[2])
        assert [offered(again(tmp_path), day) for day in WEEK[:3]] == [*map(happened, WEEK[:3])]


class TestWriters:
    def test_two_at_once_keep_every_day_once(self, tmp_path):
        both = [again(tmp_path), again(tmp_path)]
        keep_by_all_at_once(both)
        seen = again(tmp_path)
        assert [offered(seen, day) for day in WEEK[:3]] == [*map(happened, WEEK[:3])]
        assert [days.trouble for days in both] == [(), ()]

    def test_nobody_who_reads_waits_for_one_that_writes(self, days):
        keep_day(days, CONTACTS, WEEK[0])
        written, read = Event(), Event()

        def slowly(*_: object) -> None:
            written.set()
            assert read.wait(60)

        days._daily.replace = slowly
        thread = Thread(target=keep_day, args=(days, CONTACTS, WEEK[1]))
        thread.start()
        assert written.wait(60)
        assert offered(days, WEEK[0]) == happened(WEEK[0])
        read.set()
        thread.join()

    def test_one_that_stops_before_the_end_leaves_a_day_that_is_not_kept(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        for lost in (DAYS, DAILY, HALF_HOURS):
            before = again(tmp_path)
            stopping = again(tmp_path)
            stopping._days.replace = stopping._daily.replace = stop
            if lost is not HALF_HOURS:
                stopping._daily = before._daily
            assert not keep_day(stopping, CONTACTS * 2, WEEK[1])
            assert offered(again(tmp_path), WEEK[1]) == -1
        assert offered(again(tmp_path), WEEK[0]) == happened(WEEK[0])

        assert keep_day(again(tmp_path), CONTACTS, WEEK[1])
        assert offered(again(tmp_path), WEEK[1]) == happened(WEEK[1])

    def test_one_that_stops_while_it_replaces_a_day_leaves_neither_mixed(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        stopping = again(tmp_path)
        stopping._days.replace = stop

        assert not keep_day(stopping, CONTACTS * 2, WEEK[0], asked=LATER + timedelta(hours=1))
        assert offered(again(tmp_path), WEEK[0]) == -1


@contextmanager
def no_room():
    """Every write fails as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


class TestWithoutRoom:
    def test_nothing_is_kept_and_what_was_is_still_read(self, tmp_path, days):
        keep_day(days, CONTACTS, WEEK[0])
        with no_room():
            assert not keep_day(days, CONTACTS, WEEK[1])

        assert "Kept days cannot be written" in days.trouble[0]
        assert offered(again(tmp_path), WEEK[0]) == happened(WEEK[0])
        assert offered(again(tmp_path), WEEK[1]) == -1
        assert keep_day(days, CONTACTS, WEEK[1])

    def test_a_folder_that_is_a_file_keeps_nothing_and_says_so(self, tmp_path):
        (tmp_path / "days").write_text("", encoding="utf-8")
        seen = again(tmp_path / "days")

        assert not keep_day(seen, CONTACTS, WEEK[0])
        assert offered(seen, WEEK[0]) == -1
        assert seen.trouble
