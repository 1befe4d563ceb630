"""The usual day: what its curve is of, and by which clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.kpis.catalogue import KPI_BY_KEY
from tests.by_frame import usual_day
from tests.group_frames import frame_of, level, offered

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 5, 4, tzinfo=LONDON)
LEVEL, OFFERED = KPI_BY_KEY["service_level_pct"], KPI_BY_KEY["offered"]


def at(hour: float, day: int = 0) -> datetime:
    """An hour of the week of 4 May by the London clock."""
    return (MONDAY + timedelta(days=day, hours=hour)).astimezone(UTC)


def answered(hour: float, in_time: int, of: int, day: int = 0) -> tuple:
    """A half-hour of voice, so many of it answered in time."""
    return at(hour, day), "q1", "voice", offered(of, tAnswered=of) | level(in_time, of)


def days_of(*values: tuple[int, int, int]) -> pd.DataFrame:
    """Rows of (day of the week of 4 May, hour, offered)."""
    return frame_of(*((at(hour, day), "q1", "voice", offered(n)) for day, hour, n in values),
                    hours=1)  # fmt: skip


class TestTheUsualDay:
    def test_is_that_of_the_last_four_days_of_the_weekday(self):
        today = days_of((35, 9, 70), (35, 11, 20))
        weeks = days_of(
            (0, 9, 999), (7, 9, 10), (14, 9, 20), (21, 9, 30), (28, 9, 40), (28, 12, 8),
            (34, 9, 500), (35, 9, 70),
        )  # fmt: skip
        table = usual_day(today, weeks, OFFERED, LONDON)
        assert list(table.columns) == [
            "minute",
            "value",
            "usual",
            "n",
            "usual_n",
            "days",
        ]
        assert [tuple(row) for row in table.fillna(-1).itertuples(index=False)] == [
            (540, 70, 25, 70, 100, 4),
            (660, 20, 0, 20, 0, 4),
            (720, -1, 2, 0, 8, 4),
        ]

    def test_is_divided_after_adding_up_where_it_is_a_rate(self):
        today = frame_of(answered(9, 5, 10, day=14), hours=0.5)
        weeks = frame_of(answered(9, 90, 90), answered(9, 0, 10, day=7), hours=0.5)
        table = usual_day(today, weeks, LEVEL, LONDON)
        assert [tuple(row) for row in table.itertuples(index=False)] == [(540, 50, 90, 10, 100, 2)]

    def test_keeps_quiet_hours_of_the_day_so_far_at_zero(self):
        table = usual_day(days_of((7, 8, 3), (7, 11, 4)), days_of((0, 9, 6)), OFFERED, LONDON)
        assert list(table["minute"]) == [480, 540, 660]
        assert list(table["value"]) == [3, 0, 4]

    def test_has_no_value_without_earlier_days(self):
        table = usual_day(days_of((7, 8, 3)), days_of((6, 8, 3)), OFFERED, LONDON)
        assert table["usual"].isna().all()
        assert list(table["days"]) == [0]

    def test_of_nothing_is_nothing(self):
        assert usual_day(frame_of(hours=1), frame_of(hours=1), OFFERED, LONDON).empty

    def test_goes_by_the_wall_clock_across_a_clock_change(self):
        rows = [
            (datetime(2026, month, day, hour, tzinfo=LONDON), "q1", "voice", offered(n))
            for month, day, hour, n in ((3, 27, 9, 10), (4, 3, 9, 30))
        ]
        frame = frame_of(*((start.astimezone(UTC), *rest) for start, *rest in rows), hours=1)
        table = usual_day(frame, frame, OFFERED, LONDON)
        assert [tuple(row) for row in table.itertuples(index=False)] == [(540, 30, 10, 30, 10, 1)]


BERLIN = ZoneInfo("Europe/Berlin")


def berlin(month: int, day: int, *starts: str) -> pd.DataFrame:
    """A contact more in each of these hours than in the one before, the first with 10."""
    moments = (datetime.fromisoformat(f"2026-{month:02}-{day:02}T{start}Z") for start in starts)
    return frame_of(
        *((each, "q1", "voice", offered(10 + n)) for n, each in enumerate(moments)), hours=1
    )


def rows_of(table: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in table[["minute", "value", "usual"]].fillna(-1).to_numpy()]


class TestTheDayOf25Hours:
    TODAY = berlin(10, 25, "00:00", "01:00", "02:00")  # 02:00 twice, and 03:00
    BEFORE = berlin(10, 18, "00:00", "01:00", "02:00")  # 02:00, 03:00 and 04:00

    def test_has_its_two_hours_one_after_the_other_and_the_second_has_no_usual(self):
        table = usual_day(self.TODAY, self.BEFORE, OFFERED, BERLIN)

        assert rows_of(table) == [
            (120, 10, 10),
            (180, 11, -1),
            (240, 12, 11),
            (300, -1, 12),
        ]

    def test_has_both_hours_added_where_it_is_in_the_usual(self):
        first_of_november = berlin(11, 1, "01:00", "02:00")  # 02:00 and 03:00

        table = usual_day(first_of_november, self.TODAY, OFFERED, BERLIN)

        assert rows_of(table) == [(120, 10, 10 + 11), (180, 11, 12)]


def test_an_hour_that_is_skipped_is_no_quiet_hour():
    today = berlin(3, 29, "00:00", "01:00")  # 01:00 and 03:00
    before = berlin(3, 22, "00:00", "01:00", "02:00")  # 01:00, 02:00 and 03:00

    table = usual_day(today, before, OFFERED, BERLIN)

    assert rows_of(table) == [(60, 10, 10), (120, -1, 11), (180, 11, 12)]
