"""A meeting of what a page shows: its values, and those of the queues in trouble."""

from __future__ import annotations

from dashboard.data import fetching, organization
from dashboard.data.fetching import OnProgress
from dashboard.data.view import View
from genesys.kpis.catalogue import Kpi
from reports.scenes.gathering import gathered
from reports.scenes.meeting import Meeting


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
    asker = fetching.asker(view.figures.source, on_progress)
    values = gathered(view.figures, targets, chosen.fewest, asker, forgiving=True)
    return Meeting(
        all=values.all,
        queues=values.queues,
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
