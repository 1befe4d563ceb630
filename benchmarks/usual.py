"""How well what is usual foretells a day, against last week's value, a plain mean and MSTL.

Run it from the root. Of the demo organization's offered the last 28 days are foretold in
half-hours, from midnight and from noon on, each from the eight weeks before. The per cent are
WAPE, what was foretold wrongly of what came; 80 % of the values should lie in the band. MSTL is
that of statsforecast, over the last 14 days; a Python that has it can be named as argument.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from genesys.analytics.fetch import fetch_all
from genesys.analytics.frames import END, START
from genesys.analytics.grouping import Numbers
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.demo import DemoOptions, serve
from genesys.insights.usual import WEEKS, Counted, level, usual
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.trend import STEP_BY_KEY, bucketed, trend
from genesys.settings import read
from genesys.unusual import OF_DEMO

LAST: Final = date(2026, 10, 31)
DAYS: Final = 28
MSTL_DAYS: Final = 14
NOON: Final = 24
LARGEST: Final = 12
OFFERED: Final = KPI_BY_KEY["offered"]
ZONE: Final = ZoneInfo("Europe/London")

MSTL: Final = """
import json, sys, warnings
import numpy as np
from statsforecast.models import MSTL
warnings.filterwarnings("ignore")
asked = json.load(sys.stdin)
told = [
    MSTL(season_length=[48, 336]).forecast(np.array(known), steps, level=[80])
    for known, steps in asked
]
json.dump([[list(each[name]) for name in ("mean", "lo-80", "hi-80")] for each in told], sys.stdout)
"""


@dataclass(frozen=True)
class Foretold:
    """Half-hours as they were foretold, and the band where there is one."""

    counts: Numbers
    low: Numbers | None = None
    high: Numbers | None = None


@dataclass
class Score:
    """What was foretold wrongly, what came, and how much of it lay in the band."""

    wrong: float = 0.0
    came: float = 0.0
    inside: list[bool] = field(default_factory=list)

    def add(self, came: Numbers, told: Foretold) -> None:
        self.wrong += float(np.abs(came - told.counts).sum())
        self.came += float(came.sum())
        if told.low is not None and told.high is not None:
            happens = (came > 0) | (told.high > 0)  # nights without anything are foretold by all
            self.inside += list(((came >= told.low) & (came <= told.high))[happens])

    @property
    def wape(self) -> float:
        return 100 * self.wrong / self.came

    @property
    def text(self) -> str:
        band = f"{100 * np.mean(self.inside):6.1f} %" if self.inside else "        "
        return f"{self.wape:8.2f} %{band}"


def demo_rows() -> pd.DataFrame:
    """The offered of each queue and media type in each half-hour."""
    clock = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), UTC)
    days = whole_days(LAST - timedelta(days=DAYS + 7 * WEEKS), LAST, ZONE)
    with serve(DemoOptions(result_limit=10_000_000, clock=lambda: clock)) as server:
        connection = read(server.env).connection
        if connection is None:
            raise AssertionError("the demo organization gave no credentials")
        query = AggregateQuery(
            interval=days, metrics=("nOffered",), granularity=Granularity.HALF_HOUR, zone=ZONE
        )
        (answer,) = fetch_all(Api(connection), [query], Budget(600))
    halves = bucketed(answer.frame, days, STEP_BY_KEY["half-hour"], ZONE)
    return trend(halves, [OFFERED], ("queue_id", "media_type"))


def series(rows: pd.DataFrame) -> dict[str, list[Counted]]:
    """The whole organization, its media types, and its largest queues by media type."""
    pairs = rows.groupby(["queue_id", "media_type"], observed=True)[OFFERED.key].sum()
    largest = pairs.sort_values(ascending=False).index[:LARGEST]
    return {
        "whole": [_counted(rows)],
        "media types": [_counted(each) for _, each in rows.groupby("media_type", observed=True)],
        "largest queues": [
            _counted(rows[(rows["queue_id"] == queue) & (rows["media_type"] == media)])
            for queue, media in largest
        ],
    }


def _counted(rows: pd.DataFrame) -> Counted:
    added = rows.groupby(START).agg({END: "first", OFFERED.key: "sum"})
    counts = added[OFFERED.key].to_numpy(np.float64)
    return Counted(pd.DatetimeIndex(added.index), pd.DatetimeIndex(added[END]), counts, ZONE)


def targets(one: Counted, days: int) -> Iterator[tuple[Counted, Counted]]:
    """The last days that are no holidays, each with what came before it."""
    for back in range(days):
        day = LAST - timedelta(days=back)
        if not OF_DEMO.why(day):
            yield (
                one.of_rows(one.days == day.toordinal()),
                one.of_rows(one.days < day.toordinal()),
            )


def ours(day: Counted, before: Counted, known: int) -> Foretold:
    found = usual(day, before, OF_DEMO)
    found = found.scaled(level(day.counts[:known], found.middle[:known]))
    return Foretold(
        *(np.nan_to_num(each)[known:] for each in (found.middle, found.low, found.high))
    )


def last_week(day: Counted, before: Counted, known: int) -> Foretold:
    return Foretold(_weeks(day, before)[0, known:])


def plain_mean(day: Counted, before: Counted, known: int) -> Foretold:
    return Foretold(_weeks(day, before).mean(axis=0)[known:])


def _weeks(day: Counted, before: Counted) -> Numbers:
    """The same weekdays before, holidays among them, by the clock."""
    known = pd.Series(before.counts, [before.days, before.minutes]).groupby(level=[0, 1]).mean()
    wanted = [
        known.reindex(list(zip(day.days - 7 * back, day.minutes, strict=True)))
        for back in range(1, WEEKS + 1)
    ]
    return np.nan_to_num(np.array(wanted, dtype=np.float64))


Way = Callable[[Counted, Counted, int], Foretold]
WAYS: Final[dict[str, Way]] = {"usual": ours, "last week": last_week, "plain mean": plain_mean}


def scored(all_of_them: list[Counted], way: Way, known: int, days: int) -> Score:
    score = Score()
    for one in all_of_them:
        for day, before in targets(one, days):
            score.add(day.counts[known:], way(day, before, known))
    return score


def mstl(python: str, all_of_them: list[Counted], known: int) -> Score | None:
    """The score of statsforecast's MSTL; None where that Python has none."""
    pairs = [pair for one in all_of_them for pair in targets(one, MSTL_DAYS)]
    asked = [
        ([*before.counts[-48 * 7 * WEEKS :], *day.counts[:known]], len(day.counts) - known)
        for day, before in pairs
    ]
    done = subprocess.run(
        [python, "-c", MSTL], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None
    score = Score()
    for (day, _), told in zip(pairs, json.loads(done.stdout), strict=True):
        score.add(day.counts[known:], Foretold(*map(np.array, told)))
    return score


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    print(f"{'':16}{'':12}{'from midnight':>14}{'in band':>8}{'from noon':>12}{'in band':>8}")
    worst = 0.0
    for name, all_of_them in series(demo_rows()).items():
        scores = {
            way: [scored(all_of_them, WAYS[way], known, DAYS) for known in (0, NOON)]
            for way in WAYS
        }
        for way, both in scores.items():
            print(f"{name:16}{way:12}{'    '.join(each.text for each in both)}", flush=True)
        worst = max(
            worst,
            *(
                mine.wape / other.wape
                for way in ("last week", "plain mean")
                for mine, other in zip(scores["usual"], scores[way], strict=True)
            ),
        )
        if name == "whole":
            _print_mstl(python, name, all_of_them)
    print(
        f"\nThe worst ratio to last week and to the plain mean is {worst:.3f}; required: below 1."
    )


def _print_mstl(python: str, name: str, all_of_them: list[Counted]) -> None:
    both = [mstl(python, all_of_them, known) for known in (0, NOON)]
    if not all(both):
        print(f"{name:16}MSTL        left out: {python} has no statsforecast")
        return
    for way, scores in (
        ("MSTL, 14 d", both),
        ("usual, 14 d", [scored(all_of_them, ours, known, MSTL_DAYS) for known in (0, NOON)]),
    ):
        print(f"{name:16}{way:12}{'    '.join(each.text for each in scores if each)}", flush=True)


if __name__ == "__main__":
    main()
