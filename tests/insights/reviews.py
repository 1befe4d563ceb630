"""A review of a few contacts, worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.client.entities import Queue
from genesys.insights.comparison import Way, comparison
from genesys.insights.review import Review
from genesys.insights.stability import stability
from genesys.intervals import Granularity, Interval, whole_days
from genesys.organization.directory import Directory
from genesys.targets import Target, Targets
from tests.asking import LONDON
from tests.by_frame import review
from tests.group_frames import frame_of, level, offered, timed

DIRECTORY = Directory({"q1": Queue("q1", "Claims"), "q2": Queue("q2", "Billing")})


TARGETS = Targets(
    {
        ("q1", "voice"): Target(
            "service_level_pct",
            "q1",
            "voice",
            Decimal(80),
            Decimal(70),
            Decimal(20),
            "the queue's settings",
        )
    }
)


MONDAY = whole_days(date(2026, 5, 11), date(2026, 5, 11), LONDON)


AS_OF = datetime(2026, 5, 12, 9, tzinfo=UTC)


def work(count: int, in_time: int, late: int, lost: int, **more: int) -> dict[str, float]:
    counts = offered(count, tAbandon=lost, nOverSla=late, **more)
    return counts | timed("tAnswered", in_time + late, 30) | level(in_time, in_time + late + lost)


def hour(at: int, figures: dict[str, float]) -> tuple:
    return datetime(2026, 5, 11, at, tzinfo=LONDON).astimezone(UTC), "q1", "voice", figures


CURRENT = frame_of(
    hour(9, work(100, 40, 20, 30, tShortAbandon=5, tFlowOut=10, nTransferred=6)
         | timed("tHandle", 60, 300)),
    hour(10, work(100, 90, 10, 0, nTransferred=10) | timed("tHandle", 100, 300)),
    hours=1,
)  # fmt: skip


EARLIER = frame_of(
    ("q1", "voice", work(160, 128, 24, 8, tShortAbandon=2, nTransferred=19)
     | timed("tAnswered", 152, 20) | timed("tHandle", 152, 250)),
    hours=24,
)  # fmt: skip
"""Of 160 offered 128 were in time, 24 late, 8 lost; of 200 now 130, 30 and 30."""


def made(
    current: pd.DataFrame = CURRENT,
    earlier: pd.DataFrame = EARLIER,
    interval: Interval = MONDAY,
    zone: ZoneInfo = LONDON,
    **more: Any,
) -> Review:
    firm = stability(interval, AS_OF, zone, Granularity.HOUR)
    pair = comparison(interval, Way.PREVIOUS, zone, AS_OF)
    return review(current, earlier, pair, zone, DIRECTORY, TARGETS, firm, **more)


@cache
def usual() -> Review:
    return made()
