"""The tiles: each KPI over the whole view, with its change, its target and its course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.markdown import plain
from dashboard.sections.trend import course
from dashboard.selecting import session
from genesys.insights.comparison import Verdict
from genesys.insights.explanation import help_text, target_text
from genesys.kpis.applicability import TRANSFERS_HELP, listed_media, time_words
from genesys.kpis.catalogue import KPI_BY_KEY, Applies, Kpi, Unit
from genesys.kpis.formats import Durations, shows, signed, value_text
from genesys.kpis.trend import Step
from genesys.targets import Across, Status, Targets
from reports.charts.sparkline import sparkline
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.groups import media_types
from reports.data.kept import kept
from reports.data.parts import parts_of

DELTA_COLOURS: Final[Mapping[str, Literal["green", "red", "off"]]] = {
    Verdict.BETTER: "green",
    Verdict.WORSE: "red",
}

GROUPS: Final = "A group is a media type of a queue, and has a target of its own."

_JUDGED: Final = (Status.MET, Status.NEAR, Status.MISSED)

MOST_TILES: Final = 6
"""In one row."""

ABANDON: Final = KPI_BY_KEY["abandon_pct"]

FOCUS: Final = "service_level_pct"


@dataclass(frozen=True)
class _Tile:
    """What `st.metric` shows of a KPI, and its course as a picture."""

    metric: Mapping[str, Any]
    course: str


def focus(view: View, label: str = "KPI", *, opening: Kpi | None = None) -> Kpi:
    """The one of the chosen KPIs that charts and the matrix show, which a row of buttons chooses.

    It is in the URL, and goes along from page to page; a page may open on one of its own.
    """
    kpis = {kpi.label: kpi for kpi in view.selection.kpi_rows()}
    first = next((kpi.label for kpi in kpis.values() if kpi.key == FOCUS), next(iter(kpis)))
    return kpis[session.focus(label, list(kpis), first, opening.label if opening else "")]


def draw(view: View, kpis: tuple[Kpi, ...] = (), key: str = "kpis") -> None:
    """A tile for each KPI over the whole view: value, change, target, course, explanation."""
    chosen = view.selection
    kpis = kpis or chosen.kpi_rows()
    tiles = _tiles(
        view.figures,
        kpis,
        organization.targets(),
        view.shown_step,
        blended=chosen.blended,
        durations=chosen.durations,
    )
    with st.grid(min(len(kpis), MOST_TILES), min_column_width=132, key=key):
        for tile in tiles:
            with st.container(border=True, height="stretch", gap=None):
                st.metric(**tile.metric)
                if tile.course:
                    st.html(tile.course)


@kept
def _tiles(
    figures: Figures,
    kpis: tuple[Kpi, ...],
    targets: Targets,
    step: Step,
    *,
    blended: bool,
    durations: Durations,
) -> list[_Tile]:
    """What the tile of each KPI is to show."""
    said = verdicts.total(figures, kpis, targets, blended=blended)
    lines = course(figures, kpis, step, blended=blended)
    tiles = []
    for kpi in kpis:
        values = lines[kpi.key].dropna().astype(float).tolist()
        change = said.changes[kpi.key]
        value, delta = change.value[0], change.delta[0]
        is_change = not np.isnan(delta) and shows(delta, kpi.unit, durations)
        turn = change.verdict[0] if is_change else ""
        metric = {
            "label": kpi.label,
            "value": value_text(value, kpi.unit, durations),
            # A laptop's tile has no room for the unit beside the mark; the caption names it.
            "delta": None if np.isnan(delta) else signed(delta, kpi.unit, durations, points=""),
            "delta_color": DELTA_COLOURS.get(turn, "off"),
            "delta_arrow": _arrow(delta) if is_change else "off",
            "delta_description": _below(
                _over(kpi, figures),
                _before(change.earlier[0], turn, kpi, durations),
                _target(kpi, said.told, said.across.get(kpi.key)),
            ),
            "help": plain(help_text(kpi, said.told, TRANSFERS_HELP)),
        }
        tiles.append(_Tile(metric, _course(values, kpi, durations)))
    return tiles


def _course(values: Sequence[float], kpi: Kpi, durations: Durations) -> str:
    """The course of a KPI as a line; nothing where there is none."""
    if len(values) < 2:
        return ""
    first, last, lowest, highest = (
        value_text(each, kpi.unit, durations)
        for each in (values[0], values[-1], min(values), max(values))
    )
    words = f"{kpi.label} from {first} to {last}; lowest {lowest}, highest {highest}"
    return sparkline(values, words)


def _arrow(delta: float) -> Literal["up", "down"]:
    """Streamlit's own choice knows no sign but the hyphen."""
    return "up" if delta > 0 else "down"


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


def _below(*parts: str) -> str | None:
    """What stands below a value, where lines break between the parts and not within them."""
    return " ".join(part.replace(" ", "\u00a0") for part in parts if part) or None


def _before(earlier: float, turn: str, kpi: Kpi, durations: Durations) -> str:
    """The earlier value, and what the change from it means."""
    if np.isnan(earlier):
        return ""
    word = f"{turn} than" if turn in (Verdict.BETTER, Verdict.WORSE) else "from"
    return f"{word} {value_text(earlier, kpi.unit, durations)}"


def _target(kpi: Kpi, told: Mapping[str, Any], across: Across | None) -> str:
    """How the whole selection stands to its target, or how many groups to their own."""
    if (status := told.get(f"{kpi.key}_status")) and (text := target_text(kpi, told)):
        word = {Status.FEW: "few"}.get(status, status if status in _JUDGED else "not judged")
        return f"target {text}: {word}"
    return f"{across.met} of {across.groups} groups met" if across and across.groups else ""


def basis(view: View) -> None:
    """What the tiles rest on: the two intervals, and the media types of times."""
    chosen = view.selection
    st.caption(
        _basis(view.figures, chosen.kpi_rows(), organization.targets(), blended=chosen.blended)
    )


@kept
def _basis(figures: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool) -> str:
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
