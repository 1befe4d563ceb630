"""What talking points say of what was offered: how much that was, and hours unlike the usual."""

from __future__ import annotations

from typing import Final

from genesys.insights.evidence import Evidence
from genesys.insights.point import Point, of_all
from genesys.insights.stretches import stretch_sentence
from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import value_text
from genesys.moments import span

OFFERED: Final = KPI_BY_KEY["offered"]


def volume(evidence: Evidence) -> Point | None:
    """The offered, and how much more or less that is; it counts by what share is in trouble."""
    value, n = evidence.total(OFFERED)
    if not n:
        return None
    text = f"{value:,.0f} interactions were offered, {span(evidence.interval, evidence.zone)}"
    figures = {"value": value}
    course = ""
    if evidence.course:
        course = f"; {', '.join(evidence.course.short)}"
        figures |= {"expected": evidence.course.expected, "usual": evidence.course.usual}
    before, m = evidence.total_before(OFFERED)
    if not m:
        return of_all(OFFERED, f"{text}{course}.", figures, 0.0)
    delta = value - before
    change = value_text(100 * abs(delta) / before, Unit.PERCENT)
    more = "more" if delta >= 0 else "fewer"
    many = (
        f"{abs(delta):,.0f} ({change}) {more} than {before:,.0f}" if delta else "as many as before"
    )
    text += f": {many}{evidence.against}{course}."
    trouble = evidence.worst["trouble"].sum()
    figures |= {"earlier": before, "delta": delta}
    return of_all(OFFERED, text, figures, abs(delta) * trouble / value)


def unlike_usual(evidence: Evidence) -> Point | None:
    """The hours in which far more or less was offered than usual."""
    found = evidence.unlike
    if found is None:
        return None
    figures: dict[str, float | int | str] = {
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "value": found.value,
        "usual": found.usual,
        "days": ", ".join(day.isoformat() for day in found.days),
    }
    if found.since:
        figures["since"] = found.since.isoformat()
    sentence = stretch_sentence(found, evidence.zone)
    return of_all(OFFERED, sentence, figures, abs(found.excess))
