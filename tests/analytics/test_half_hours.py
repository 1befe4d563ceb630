"""Half-hours are by queue as long as their answer is small enough."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from genesys.analytics.half_hours import in_half_hours
from genesys.analytics.queries import BY_QUEUE_AND_MEDIA, AggregateQuery
from genesys.intervals import Granularity, whole_days

LONDON = ZoneInfo("Europe/London")
WEEK = AggregateQuery(
    interval=whole_days(date(2026, 5, 4), date(2026, 5, 10), LONDON),
    metrics=("tAnswered",),
    zone=LONDON,
)
"""336 half-hours, so 672 rows a queue."""


def queues(count: int) -> frozenset[str]:
    return frozenset(f"q{number:04}" for number in range(count))


def test_all_queues_are_asked_for_at_once_where_they_are_few() -> None:
    fine = in_half_hours(WEEK, queues(148), {"q0001"})
    assert fine.queue_ids == ()
    assert (fine.granularity, fine.group_by) == (Granularity.HALF_HOUR, BY_QUEUE_AND_MEDIA)


def test_the_wanted_ones_are_asked_for_among_many() -> None:
    fine = in_half_hours(WEEK, queues(149), {"q0002", "q0001"})
    assert fine.queue_ids == ("q0001", "q0002")
    assert (fine.granularity, fine.group_by) == (Granularity.HALF_HOUR, BY_QUEUE_AND_MEDIA)


def test_too_many_are_asked_for_by_media_type() -> None:
    fine = in_half_hours(WEEK, queues(149), None)
    assert fine.queue_ids == ()
    assert (fine.granularity, fine.group_by) == (Granularity.HALF_HOUR, ("mediaType",))
    wanted = in_half_hours(WEEK, queues(2000), queues(149))
    assert len(wanted.queue_ids) == 149
    assert wanted.group_by == ("mediaType",)


def test_what_kept_days_hold_is_by_queue_however_large():
    held = in_half_hours(WEEK, queues(2000), None, lambda _: True)

    assert (held.group_by, held.queue_ids) == (WEEK.group_by, ())
    assert held.granularity is Granularity.HALF_HOUR
