"""What is usual, from kept days: told where they hold the eight weeks before, else not asked."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.data import fetching, organization
from dashboard.data.meeting import meeting
from dashboard.selecting.selection import CUSTOM, Selection
from dashboard.sign_in import present
from dashboard.sign_in.present import Present
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.trend import STEP_BY_KEY
from genesys.organization.scope import Scope
from reports.data import asking
from reports.data.asking import Asker
from reports.data.figures import Figures, Rows
from reports.data.usual import Bands, bands, bands_of_day, has_usual, with_band
from tests.dashboard.world import CLAIMS, FIRST_WEEK, World, figures, view

OFFERED = KPI_BY_KEY["offered"]
DAY = STEP_BY_KEY["day"]
MONDAY = Selection(period=CUSTOM, first=date(2026, 6, 1), last=date(2026, 6, 1))
SALES = Scope(division_names=frozenset({"Sales"}))


def asker(seen: Figures) -> Asker:
    return fetching.asker(seen.source, lambda _: None)


def weeks(seen: Figures, granularity: Granularity = Granularity.DAY) -> Rows | None:
    return asking.weeks_before(seen, seen.interval, granularity, ("nOffered",), asker(seen))


def band_of(chosen: Selection) -> Bands:
    seen = figures(chosen)
    before = weeks(seen)
    assert before
    return bands(seen, before, OFFERED, DAY)


def of(found: Bands, media: str, column: str) -> list[int]:
    rows = found.rows[found.rows["media_type"] == media]
    return [round(each) for each in rows[column]]


def test_the_band_of_a_week_is_made_of_eight_kept_weeks_without_its_holidays(kept, world: World):
    found = band_of(FIRST_WEEK)

    assert of(found, "voice", "usual_low") == [2943, 2540, 2455, 2364, 2272, 201, 26]
    assert of(found, "voice", "usual_high") == [3105, 2683, 2596, 2537, 2407, 243, 45]
    assert found.words == (
        "Usual is the median of the same weekday and time before, on 53 days from Tue 7 Apr 2026"
        " to Sun 31 May 2026; 80 % of values are expected in the band around it."
        " Left out: Mon 6 Apr 2026 (Easter Monday), Mon 4 May 2026 (May Day) and"
        " Mon 25 May 2026 (Spring Bank Holiday)."
    )


def test_the_organization_is_asked_for_none_of_it(kept, world: World):
    seen = figures(FIRST_WEEK)
    world.asked()

    assert weeks(seen) is not None
    assert world.asked() == []


def test_where_a_day_of_the_weeks_is_not_kept_nothing_is_usual_and_nothing_asked(
    kept, world: World
):
    seen = figures(Selection(period=CUSTOM, first=date(2026, 5, 30), last=date(2026, 5, 31)))
    world.asked()

    assert weeks(seen) is None
    assert world.asked() == []


def test_without_kept_days_nothing_is_usual(world: World):
    assert weeks(figures(FIRST_WEEK)) is None


def test_of_a_day_the_week_before_it_may_not_be_closed_yet(kept, world: World):
    today = Selection(period="today")

    seen = figures(today)
    before = asking.weeks_before(
        seen,
        whole_days(date(2026, 6, 12), date(2026, 6, 12), organization.source().zone),
        Granularity.DAY,
        ("nOffered",),
        asker(seen),
    )

    assert before
    assert before.frame["interval_start"].max() == pd.Timestamp("2026-06-04T23:00Z")


def test_the_band_is_of_the_queues_that_are_selected(kept, world: World):
    whole, claims = (
        band_of(FIRST_WEEK),
        band_of(
            Selection(
                period=CUSTOM, first=FIRST_WEEK.first, last=FIRST_WEEK.last, queue_ids=(CLAIMS,)
            )
        ),
    )

    assert of(claims, "voice", "usual_high")[0] < of(whole, "voice", "usual_high")[0] / 3


def test_people_see_what_is_usual_of_their_divisions_alone(kept, world: World, monkeypatch):
    whole = band_of(FIRST_WEEK)
    monkeypatch.setattr(present, "present", lambda: Present(None, SALES))
    theirs = band_of(FIRST_WEEK)

    assert 0 < of(theirs, "voice", "usual_high")[0] < of(whole, "voice", "usual_high")[0] / 2


def test_a_day_is_held_against_the_median_and_band_of_its_half_hours(kept, world: World):
    seen = figures(MONDAY)
    before = weeks(seen, Granularity.HALF_HOUR)
    assert before
    band = bands_of_day(seen.course, before, OFFERED, seen.source.unusual)
    ten = band.rows[band.rows["minute"] == 600].iloc[0]

    assert band.days == 5
    assert [round(ten[name]) for name in ("usual_low", "usual", "usual_high")] == [247, 271, 295]


def test_a_course_takes_what_is_usual_from_a_band_and_half_hours_that_only_it_has():
    course = pd.DataFrame(
        {"minute": [540], "value": [70.0], "usual": [55.0], "n": [70], "usual_n": [220], "days": 4}
    )
    rows = pd.DataFrame(
        {"minute": [540, 570], "usual": [60.0, 50.0], "usual_low": [50.0, 40.0], "usual_high": 75.0}
    )

    both = with_band(course, Bands(rows, 8, ""))

    assert both["usual"].tolist() == [60.0, 50.0]
    assert np.isnan(both["value"]).tolist() == [False, True]
    assert both["n"].tolist() == [70, 0]
    assert both["days"].tolist() == [8, 8]
    assert with_band(course, Bands(rows, 0, "")) is course


@pytest.mark.parametrize(
    ("kpi", "step", "can"),
    [
        ("offered", "half-hour", True),
        ("answered", "day", True),
        ("offered", "week", False),
        ("offered", "month", False),
        ("service_level_pct", "day", False),
        ("asa_sec", "day", False),
    ],
)
def test_what_is_usual_is_told_of_counts_in_steps_within_a_day(kpi: str, step: str, can: bool):
    assert has_usual(KPI_BY_KEY[kpi], STEP_BY_KEY[step]) is can


def test_half_hours_of_the_offered_reach_back_as_far_as_is_kept(kept, world: World, monkeypatch):
    seen = figures(FIRST_WEEK)
    assert _first_day(asking.offered_before(seen, asker(seen))) == date(2026, 4, 6)

    monkeypatch.setattr(asking, "HALF_A_YEAR", 7)
    assert _first_day(asking.offered_before(seen, asker(seen))) == date(2026, 4, 13)


def test_a_meeting_tells_the_hours_unlike_the_usual_as_the_page_does(kept, world: World):
    day = date(2026, 6, 8)
    seen = view(Selection(period=CUSTOM, first=day, last=day, queue_ids=(CLAIMS,)))

    shown = meeting(seen, OFFERED, (), (), lambda _: None)

    assert (
        "From 09:00 to 10:00 on Mon 8 Jun 2026 96 interactions were offered, 62.7 % more than"
        " usual (59), the most on any Monday from Mon 13 Apr 2026 on."
    ) in {point.text for point in shown.points}


def _first_day(rows: Rows | None) -> date:
    assert rows
    return rows.answers[0].query.interval.local_days(rows.zone)[0]
