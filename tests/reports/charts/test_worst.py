"""The worst buckets: late and abandoned, the running share, local moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd

from reports.charts import worst_chart
from reports.theme import BAD, NEUTRAL
from tests.asking import LONDON


def worst(*rows: tuple[str, int, int, float], hours: float = 0.5) -> pd.DataFrame:
    """Rows of (UTC start, missed, abandoned, cumulative share)."""
    starts = pd.DatetimeIndex([datetime.fromisoformat(row[0]).astimezone(UTC) for row in rows])
    table = pd.DataFrame(
        {"interval_start": starts, "interval_end": starts + timedelta(hours=hours)}
    )
    table["missed"] = pd.array([row[1] for row in rows], dtype="Int64")
    table["abandoned"] = pd.array([row[2] for row in rows], dtype="Int64")
    table["trouble"] = table["missed"] + table["abandoned"]
    table["cumulative"] = [row[3] for row in rows]
    return table


TABLE = worst(
    ("2026-11-16T11:30Z", 1200, 20, 80.4),
    ("2026-11-17T09:00Z", 5, 1, 92.0),
    ("2026-11-16T09:00Z", 0, 0, 100.0),
)


def test_each_bucket_is_a_bar_of_late_and_abandoned_the_worst_on_top():
    late, abandoned, _ = worst_chart(TABLE, LONDON).data
    assert list(late.x) == [1200, 5]
    assert list(abandoned.x) == [20, 1]
    assert late.marker.color != abandoned.marker.color
    assert late.marker.pattern.shape != abandoned.marker.pattern.shape
    layout = worst_chart(TABLE, LONDON).layout
    assert layout.barmode == "stack"
    assert layout.yaxis.range == (1.5, -0.5)


def test_buckets_are_named_by_weekday_date_and_local_time():
    assert worst_chart(TABLE, LONDON).layout.yaxis.ticktext == (
        "Mon 16 Nov, 11:30",
        "Tue 17 Nov, 09:00",
    )
    summer = worst(("2026-06-15T11:30Z", 1, 0, 100.0))
    assert worst_chart(summer, LONDON).layout.yaxis.ticktext == ("Mon 15 Jun, 12:30",)
    days = worst(("2026-11-16T00:00Z", 1, 0, 100.0), hours=24)
    assert worst_chart(days, LONDON).layout.yaxis.ticktext == ("Mon 16 Nov",)


def test_the_hour_that_comes_twice_has_two_bars():
    table = worst(("2026-10-25T00:30Z", 2, 0, 50.0), ("2026-10-25T01:30Z", 2, 0, 100.0))
    made = worst_chart(table, LONDON)
    assert made.layout.yaxis.ticktext == (
        "Sun 25 Oct, 01:30 UTC+01:00",
        "Sun 25 Oct, 01:30 UTC+00:00",
    )
    assert list(made.data[0].y) == [0, 1]


def test_the_running_share_stands_at_each_end():
    words = [each.strip() for each in worst_chart(TABLE, LONDON).data[2].text]
    assert words == ["80 % of all", "92 %"]


def test_hovering_says_the_counts_in_words():
    assert worst_chart(TABLE, LONDON).data[0].hovertext[0] == (
        "<b>Mon 16 Nov 2026, 11:30</b><br>1,200 answered late<br>20 abandoned"
        "<br>up to here 80.4 % of all"
    )


def test_the_parts_are_named_above_the_bars():
    (signs,) = worst_chart(TABLE, LONDON).layout.annotations
    assert "</span> answered late" in signs.text
    assert "</span> abandoned" in signs.text


def test_no_more_than_asked_for_are_shown():
    assert len(worst_chart(TABLE, LONDON, most=1).data[0].x) == 1


def test_small_counts_have_no_tick_twice():
    assert worst_chart(worst(("2026-11-16T11:30Z", 2, 1, 100.0)), LONDON).layout.xaxis.dtick == 1


def test_without_trouble_there_are_no_bars():
    made = worst_chart(worst(("2026-11-16T11:30Z", 0, 0, float("nan"))), LONDON)
    assert [len(trace.x) for trace in made.data] == [0, 0, 0]


def test_few_contacts_are_not_red_and_told_apart_by_their_hatching():
    late, lost, _ = worst_chart(worst(("2026-06-15T11:30Z", 9, 10, 100.0)), LONDON).data
    assert (late.marker.color, lost.marker.color) == (NEUTRAL, NEUTRAL)
    assert late.marker.pattern.shape != lost.marker.pattern.shape
    enough = worst_chart(worst(("2026-06-15T11:30Z", 10, 10, 100.0)), LONDON).data[1]
    assert enough.marker.color == BAD
