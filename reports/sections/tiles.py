"""The tiles: each KPI over the whole selection, with its change, its target and its course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from genesys.insights.comparison import Verdict
from genesys.insights.explanation import help_text, target_text
from genesys.insights.running_day import DayCourse
from genesys.kpis.applicability import TRANSFERS_HELP, listed_media, time_words
from genesys.kpis.catalogue import KPI_BY_KEY, Applies, Kpi, Unit
from genesys.kpis.formats import Durations, shows, signed, value_text
from genesys.kpis.trend import Step
from genesys.targets import Across, Status, Targets
from reports.data import verdicts
from reports.data.figures import Figures, Rows
from reports.data.groups import media_types
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.data.usual import OFFERED, running, unlike_others
from reports.sections.trend import course

GROUPS: Final = "A group is a media type of a queue, and has a target of its own."

_JUDGED: Final = (Status.MET, Status.NEAR, Status.MISSED)

ABANDON: Final = KPI_BY_KEY["abandon_pct"]


@dataclass(frozen=True)
class Tile:
    """A KPI over the whole selection, as people read it.

    `change` is "" where there is nothing to compare with, and `verdict` too where the change
    reads as none. `below` are the base of a share, the earlier value and the target; `course`
    are the values over time, in the KPI's unit, and `course_words` what they show.
    """

    kpi: Kpi
    text: str
    change: str
    rises: bool | None
    verdict: str
    below: tuple[str, ...]
    status: str
    help: str
    course: tuple[float, ...]
    course_words: str


@kept
def tiles(
    figures: Figures,
    kpis: tuple[Kpi, ...],
    targets: Targets,
    step: Step,
    *,
    blended: bool,
    durations: Durations,
    weeks: Rows | None = None,
) -> tuple[Tile, ...]:
    """The tile of each KPI; with the half-hours of the `weeks` before, what is usual of today."""
    said = verdicts.total(figures, kpis, targets, blended=blended)
    today = running(figures, weeks) if weeks else None
    lines = course(figures, kpis, step, blended=blended)
    made = []
    for kpi in kpis:
        values = tuple(lines[kpi.key].dropna().astype(float).tolist())
        change = said.changes[kpi.key]
        value, delta = change.value[0], change.delta[0]
        is_change = not np.isnan(delta) and shows(delta, kpi.unit, durations)
        turn = change.verdict[0] if is_change else ""
        below = (
            _over(kpi, figures),
            _before(change.earlier[0], turn, kpi, durations),
            target_words(kpi, said.told, said.across.get(kpi.key)),
        )
        usual = today if kpi is OFFERED else None
        tile = Tile(
            kpi,
            value_text(value, kpi.unit, durations),
            # A laptop's tile has no room for the unit beside the mark; the caption names it.
            "" if np.isnan(delta) else signed(delta, kpi.unit, durations, points=""),
            bool(delta > 0) if is_change else None,
            turn,
            (*filter(None, below), *(usual.short if usual else ())),
            said.told.get(f"{kpi.key}_status") or "",
            help_text(kpi, said.told, TRANSFERS_HELP, _usual_words(figures, kpi, usual)),
            values,
            _course_words(values, kpi, durations),
        )
        made.append(tile)
    return tuple(made)


def _course_words(values: Sequence[float], kpi: Kpi, durations: Durations) -> str:
    if not values:
        return ""
    first, last, lowest, highest = (
        value_text(each, kpi.unit, durations)
        for each in (values[0], values[-1], min(values), max(values))
    )
    return f"{kpi.label} from {first} to {last}; lowest {lowest}, highest {highest}"


def _usual_words(figures: Figures, kpi: Kpi, usual: DayCourse | None) -> str:
    """What is usual of a running day, or why nothing is."""
    if usual:
        return usual.explained
    first, last = figures.interval.local_days(figures.zone)
    is_running_day = figures.is_running and first == last and kpi is OFFERED
    return unlike_others(first, figures.source.unusual) if is_running_day else ""


def _over(kpi: Kpi, figures: Figures) -> str:
    """What a share is of, where that is not all that was offered."""
    if kpi.applies is not Applies.ABANDONING or not kpi.denominator:
        return ""
    (of,) = parts_of(figures.now).by().bottom(kpi)
    return "" if np.isnan(of) else f"of {value_text(of, Unit.COUNT)} offered"


def _abandons(figures: Figures) -> str:
    """In which media types abandons are told, where that is not all of them."""
    groups = parts_of(figures.now).by(["media_type"])
    told = groups.labels_of("media_type")[groups.bottom(ABANDON) > 0].astype(str)
    if len(told) in (0, len(media_types(figures))):
        return ""
    return f"{ABANDON.label} is of what was offered in {listed_media(told)}."


def _before(earlier: float, turn: str, kpi: Kpi, durations: Durations) -> str:
    """The earlier value, and what the change from it means."""
    if np.isnan(earlier):
        return ""
    word = f"{turn} than" if turn in (Verdict.BETTER, Verdict.WORSE) else "from"
    return f"{word} {value_text(earlier, kpi.unit, durations)}"


def target_words(kpi: Kpi, told: Mapping[str, Any], across: Across | None) -> str:
    """How the whole selection stands to its target, or how many groups to their own."""
    if (status := told.get(f"{kpi.key}_status")) and (text := target_text(kpi, told)):
        word = {Status.FEW: "few"}.get(status, status if status in _JUDGED else "not judged")
        return f"target {text}: {word}"
    return f"{across.met} of {across.groups} groups met" if across and across.groups else ""


@kept
def basis(figures: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool) -> str:
    """What the tiles rest on: the two intervals, and the media types of times."""
    said = verdicts.total(figures, kpis, targets, blended=blended)
    here = parts_of(figures.now)
    of, others = here.basis, frozenset(media_types(figures)) - here.basis
    apart = f"; {listed_media(others)} apart" if others else ""
    times = f"Times in totals are over {listed_media(of)}{apart}."
    if blended:
        times = f"{time_words(here, blended=True)}."
    words = (
        f"Changes, of percentages in points: {figures.comparison.words}.",
        figures.comparison.note,
        times,
        _abandons(figures) if ABANDON in kpis else "",
        GROUPS if any(each.groups for each in said.across.values()) else "",
    )
    return " ".join(filter(None, words))
