"""One organization as the dashboard's data see it, and the moments at which they look."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd

from dashboard.data import fetching
from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM, Selection
from genesys.demo import DemoServer
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.rollup import rollup
from reports.data.figures import Figures
from tests.conftest import DEMO_NOW

CLAIMS, BILLING = (
    "08c9b80f-70c8-55d9-bd05-ad2029943cee",
    "44422bcf-e3c0-5d84-92a0-1e41b6084efd",
)
FIRST_WEEK = Selection(period=CUSTOM, first=date(2026, 6, 1), last=date(2026, 6, 7))
FIRST_WEEK_FIGURES = {
    "offered": 19778,
    "answered": 18088,
    "answer_pct": round(100 * 18088 / 19271, 4),
    "abandon_pct": round(100 * 683 / 14764, 4),
    "service_level_pct": round(100 * 14984 / 18771, 4),
    "asa_sec": 21.3405,
    "aht_sec": 387.9035,
}
TODAY = Selection(period="today")


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


def view(selection: Selection, on_progress: fetching.OnProgress = lambda _: None) -> View:
    return fetching.view(selection, on_progress)


def figures(selection: Selection, on_progress: fetching.OnProgress = lambda _: None) -> Figures:
    return view(selection, on_progress).figures


def offered(frame: pd.DataFrame) -> int:
    return int(frame["nOffered_count"].sum())


def total(seen: Figures, *keys: str) -> list[object]:
    row = rollup(seen.frame, [], [KPI_BY_KEY[key] for key in keys]).iloc[0]
    return [round(float(row[key]), 4) for key in keys]
