"""Which KPI turned worst: by how many contacts its change is about."""

from __future__ import annotations

from genesys.insights.turns import worst_turn
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.parts import Parts, parts
from tests.group_frames import frame_of, level, offered, timed

KPIS = tuple(
    KPI_BY_KEY[key]
    for key in ("offered", "answer_pct", "abandon_pct", "service_level_pct", "asa_sec", "aht_sec")
)


def work(answered: int, in_time: int, wait_sec: float, count: int = 200) -> Parts:
    row = offered(count, tAbandon=count - answered) | timed("tAnswered", answered, wait_sec)
    row |= timed("tHandle", answered, 300) | level(in_time, count)
    return parts(frame_of(("q1", "voice", row)))


def turn(now: Parts, before: Parts) -> str:
    kpi = worst_turn(now, before, KPIS)
    return kpi.key if kpi else ""


def test_it_is_the_one_that_changed_for_most_contacts():
    # 10 points of 200 are 20 contacts; 2 s more of 190 waits are 380 s, or one call of 300 s.
    assert turn(work(190, 140, 12), work(190, 160, 10)) == "service_level_pct"
    # 60 s more of 190 waits are 38 calls.
    assert turn(work(190, 140, 70), work(190, 160, 10)) == "asa_sec"


def test_what_got_better_and_what_is_of_few_is_no_turn_for_the_worse():
    assert turn(work(195, 180, 5), work(190, 160, 10)) == ""
    assert turn(work(10, 2, 90, 19), work(19, 19, 1, 19)) == ""
