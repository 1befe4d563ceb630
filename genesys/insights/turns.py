"""Turns: how many contacts a change is about, and which KPI turned worst."""

from __future__ import annotations

from collections.abc import Iterable

from genesys.insights.comparison import Verdict, sides
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi, Unit
from genesys.kpis.formats import moves
from genesys.kpis.parts import Parts


def contacts_of(kpi: Kpi, delta: float, n: float, handle_sec: float) -> float:
    """How many contacts a change of a KPI over `n` is about.

    Time that was lost or gained is put in contacts by the average handle time; without one
    it is none.
    """
    if kpi.unit is Unit.COUNT:
        return abs(delta)
    base = 100.0 if kpi.unit is Unit.PERCENT else handle_sec
    return abs(delta) / base * n if base > 0 else 0.0


def worst_turn(current: Parts, earlier: Parts, kpis: Iterable[Kpi]) -> Kpi | None:
    """The KPI that changed for the worse for most contacts; None where none did."""
    both = sides(current, earlier, ())
    handle_sec = float(both.here.value(KPI_BY_KEY["aht_sec"])[0])
    worst, most = None, 0.0
    for kpi in kpis:
        change = both.change(kpi)
        value, before = float(change.value[0]), float(change.earlier[0])
        if change.verdict[0] != Verdict.WORSE or not moves(value, before, kpi.unit):
            continue
        contacts = contacts_of(kpi, value - before, float(both.here.over(kpi)[0]), handle_sec)
        if contacts > most:
            worst, most = kpi, contacts
    return worst
