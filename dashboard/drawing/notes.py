"""What stands below a view's tables and above its pictures: whose, of when, how chosen."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM
from genesys.moments import span
from reports import notes as words
from reports.notes import Filters


def filters(view: View) -> Filters:
    """How the figures of a view were chosen."""
    chosen = view.selection
    return Filters(
        preset="" if chosen.period == CUSTOM else chosen.period,
        queue_ids=chosen.queue_ids,
        find=chosen.find,
        divisions=chosen.divisions,
        media_types=chosen.media_types,
        fewest=chosen.fewest,
        blended=chosen.blended,
    )


def notes(view: View) -> tuple[tuple[str, str], ...]:
    """`notes.notes` of a view."""
    return words.notes(view.figures, filters(view))


def selected(view: View, written: Callable[[str], str] = str) -> tuple[str, ...]:
    """`notes.selected` of a view."""
    return words.selected(view.figures, filters(view), written)


def whose(view: View, written: Callable[[str], str] = str) -> tuple[str, ...]:
    """`notes.whose` of a view, and whether its figures could be renewed."""
    return words.whose(view.figures, written, renewed=view.trouble is None)


def picture_lines(view: View, caption: str = "") -> tuple[str, ...]:
    """What stands above a chart in its picture: the selection, the comparison, what it says."""
    figures = view.figures
    compared = f"Compared with {span(figures.comparison.earlier, figures.zone)}."
    return (
        " · ".join(selected(view)),
        f"{compared} {caption}".rstrip(),
        " · ".join(whose(view)),
    )
