"""The interval report: each bucket's values with their marks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.data import fetching, organization
from dashboard.sections.interval_report import report
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi
from genesys.kpis.formats import value_text
from genesys.kpis.trend import STEP_BY_KEY
from tests.dashboard.world import CLAIMS, FIRST_WEEK, World, view

LEVEL, ANSWER, ASA = (KPI_BY_KEY[key] for key in ("service_level_pct", "answer_pct", "asa_sec"))
EMAIL = replace(FIRST_WEEK, queue_ids=(CLAIMS,), media_types=("email",))


def rows(step: str, *, blended: bool = False) -> pd.DataFrame:
    seen = view(EMAIL).figures
    fine = fetching.half_hours(seen, lambda _: None)
    kpis = (LEVEL, ANSWER, ASA)
    return report(seen, fine, STEP_BY_KEY[step], kpis, organization.targets(), blended=blended).rows


def cells(table: pd.DataFrame, kpi: Kpi) -> dict[str, tuple[str, str]]:
    pairs = zip(table[kpi.key], table[f"{kpi.key} mark"], strict=True)
    told = ((value_text(value, kpi.unit), mark) for value, mark in pairs)
    return dict(zip(table["bucket"], told, strict=True))


def test_days_are_marked_by_the_target_of_the_queue_and_media_type(world: World):
    days = cells(rows("day"), LEVEL)

    assert days["Total"] == ("74.9 %", "near")
    assert days["Mon 1 Jun 2026"] == ("66.3 %", "missed")
    assert days["Thu 4 Jun 2026"] == ("85.9 %", "met")


def test_few_are_never_missed_and_more_than_all_says_what_is_too_much(world: World):
    assert cells(rows("day"), LEVEL)["Sun 7 Jun 2026"] == ("0.0 %", "few contacts")
    assert cells(rows("day"), ANSWER)["Tue 2 Jun 2026"] == (
        *("111.1 %", "9 answered had been offered before"),
    )
    assert cells(rows("half-hour"), ANSWER)["Mon 1 Jun 2026, 08:00"] == ("200.0 %", "few contacts")


def test_a_blended_time_has_no_mark(world: World):
    assert "asa_sec mark" in rows("day")
    assert "asa_sec mark" not in rows("day", blended=True)
