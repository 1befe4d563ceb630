"""Files that are made when somebody asks for one: for them, and with a line in the audit."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.data.view import View
from dashboard.sign_in import present
from dashboard.sign_in.audit import Event


def file(
    view: View, name: str, make: Callable[[], bytes], event: Event = Event.EXPORT
) -> Callable[[], bytes]:
    """What makes a file of a view for the person who looks, whenever they ask for it."""
    who = present.present()
    seen = view.figures.sight.division_ids

    def made() -> bytes:
        with present.carried(who):
            content = make()
        present.audit(
            event,
            who,
            file=name,
            divisions="all" if seen is None else sorted(seen),
            selection=view.selection.to_params(),
        )
        return content

    return made
