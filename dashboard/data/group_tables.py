"""Tables of the groups of a view: their values with marks, or their changes."""

from __future__ import annotations

from dashboard.data import organization
from dashboard.data.view import View
from genesys.kpis.catalogue import Kpi
from reports.data.groups import changes_of, values_of
from reports.table import Table


def values(view: View, title: str, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Table:
    """The total and each group of `by` with the KPIs and their target marks, what lacks most first.

    The rows have `queue_id`, `offered` and `contacts_to_target` besides what is shown.
    """
    chosen, targets = view.selection, organization.targets()
    return values_of(
        view.figures, title, by, kpis, targets, blended=chosen.blended, fewest=chosen.fewest
    )


def changes(view: View, title: str, by: tuple[str, ...], kpis: tuple[Kpi, ...]) -> Table:
    """The changes of the total and of each group of either interval, what lacks most first."""
    chosen, targets = view.selection, organization.targets()
    return changes_of(
        view.figures, title, by, kpis, targets, blended=chosen.blended, fewest=chosen.fewest
    )
