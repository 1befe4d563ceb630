"""A meeting of what a page shows: its values, and those of the queues in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dashboard.data import fetching, organization
from dashboard.data.fetching import OnProgress
from dashboard.data.view import View
from dashboard.selecting.selection import Selection
from genesys.errors import GenesysError
from genesys.kpis.catalogue import Kpi
from reports.data.figures import Figures
from reports.scenes.meeting import Fetched, Meeting, in_trouble

T = TypeVar("T")


def meeting(
    view: View,
    focus: Kpi,
    footer: tuple[str, ...],
    about: tuple[tuple[str, str], ...],
    on_progress: OnProgress,
    link: str = "",
) -> Meeting:
    """The meeting of a view, about one of its KPIs; what cannot be had beside it is None.

    Raises whatever `on_progress` raises.
    """
    chosen, targets = view.selection, organization.targets()
    worst = in_trouble(view.figures, targets, chosen.fewest)
    return Meeting(
        all=_fetched(view.figures, on_progress),
        queues=tuple(_fetched(_of_queue(chosen, each, on_progress), on_progress) for each in worst),
        targets=targets,
        kpis=chosen.kpi_rows(),
        focus=focus,
        step=view.shown_step,
        blended=chosen.blended,
        fewest=chosen.fewest,
        durations=chosen.durations,
        footer=footer,
        about=about,
        link=link,
    )


def _of_queue(chosen: Selection, queue_id: str, on_progress: OnProgress) -> Figures:
    return fetching.view(replace(chosen, queue_ids=(queue_id,), find=""), on_progress).figures


def _fetched(figures: Figures, on_progress: OnProgress) -> Fetched:
    def ask(what: Callable[[Figures, OnProgress], T]) -> T | None:
        try:
            return what(figures, on_progress)
        except GenesysError:
            return None

    return Fetched(figures, ask(fetching.half_hours), ask(fetching.outcomes))
