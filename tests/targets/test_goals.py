"""Goals: one target, several, or none, of all and of each group."""

from __future__ import annotations

from decimal import Decimal

from genesys.analytics.frames import NONE
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.targets import Target, Targets
from genesys.targets.goals import Goal
from tests.by_frame import goals
from tests.cells import cells, handled, level

LEVEL, AHT, OFFERED = (KPI_BY_KEY[key] for key in ("service_level_pct", "aht_sec", "offered"))
MEDIA = ("media_type",)


def own(**shares: int) -> Targets:
    """Service-level targets of voice by queue."""
    return Targets(
        {
            (queue, "voice"): Target(LEVEL.key, queue, "voice", Decimal(share), Decimal(0))
            for queue, share in shares.items()
        }
    )


TWO = cells(
    ("q1", "voice", level(8, 10)),
    ("q2", "voice", level(8, 10)),
    (NONE, "voice", level(8, 10)),
)


WITH_CHAT = cells(
    ("q1", "voice", level(8, 10)), ("q2", "voice", level(8, 10)), ("q1", "chat", level(8, 10))
)


def test_one_target_of_all_is_drawn() -> None:
    (goal,) = goals(TWO, (), LEVEL, own(q1=80, q2=80))
    assert (goal.line(LEVEL), goal.several) == (80.0, False)


def test_where_a_part_has_none_it_is_not_drawn_as_if_it_were_of_all() -> None:
    (goal,) = goals(WITH_CHAT, (), LEVEL, own(q1=80, q2=80))
    assert (goal.line(LEVEL), goal.several) == (None, True)


def test_queues_that_differ_have_several_and_nothing_is_drawn() -> None:
    (goal,) = goals(TWO, (), LEVEL, own(q1=80, q2=90))
    assert (goal.line(LEVEL), goal.several) == (None, True)


def test_each_group_has_its_own() -> None:
    chat, voice = goals(WITH_CHAT, MEDIA, LEVEL, own(q1=85, q2=90))
    assert (chat.line(LEVEL), chat.several) == (None, False)
    assert (voice.line(LEVEL), voice.several) == (None, True)
    outside, first, second = goals(TWO, ("queue_id",), LEVEL, own(q1=80, q2=90))
    assert [each.line(LEVEL) for each in (first, second, outside)] == [80.0, 90.0, None]
    assert not outside.several


def test_a_baseline_is_drawn_nowhere() -> None:
    (goal,) = goals(cells(("q1", "voice", handled(30, 900))), (), AHT, own())
    assert goal.target is not None
    assert (goal.line(AHT), goal.several) == (None, False)


def test_a_kpi_that_is_not_judged_has_none() -> None:
    assert goals(WITH_CHAT, MEDIA, OFFERED, own()) == (Goal(), Goal())


def test_targets_of_media_that_a_total_of_times_leaves_out_are_not_among_several() -> None:
    frame = cells(("q1", "voice", handled(30, 900)), ("q1", "email", handled(30, 90_000)))
    (goal,) = goals(frame, (), AHT, own())
    assert not goal.several


def test_without_figures_there_is_none() -> None:
    (goal,) = goals(TWO.iloc[:0], (), LEVEL, own(q1=80))
    assert goal == Goal()
