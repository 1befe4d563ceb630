"""What stands below a table in a file: whose figures, of when, under which filters."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.data.parts import parts_of
from dashboard.data.view import View
from dashboard.drawing.cells import CHANGES_LEGEND, VALUES_LEGEND
from dashboard.selecting.selection import CUSTOM
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.applicability import TRANSFERS_HELP, time_words
from genesys.moments import span
from reports.theme import in_order


def notes(view: View) -> tuple[tuple[str, str], ...]:
    """Names and texts, in plain words."""
    return tuple((name, text) for name, text in _notes(view) if text)


def _notes(view: View) -> Iterator[tuple[str, str]]:
    chosen, figures, source = view.selection, view.figures, view.figures.source
    divisions = figures.directory.divisions()
    yield "Organization", source.organization
    yield "Source", "demo data" if source.is_demo else f"Genesys Cloud, {source.region}"
    if chosen.period != CUSTOM:
        yield "Period", PRESET_BY_KEY[chosen.period].label
    yield "Interval", span(figures.interval, figures.zone)
    yield "Compared", f"{figures.comparison.words}. {figures.comparison.note}".strip()
    yield "Time zone", figures.zone.key
    yield "Queues", "; ".join(map(figures.directory.label, chosen.queue_ids))
    yield "Queue name contains", chosen.find
    yield "Divisions", "; ".join(divisions.get(each, each) for each in chosen.divisions)
    yield "Media types", ", ".join(in_order(chosen.media_types)) or "all"
    yield "Minimum contacts", f"{chosen.fewest:,}" if chosen.fewest else ""
    yield "Times in totals", time_words(parts_of(figures.now), blended=chosen.blended)
    yield "Totals over queues", TRANSFERS_HELP
    yield "How firm", " ".join(figures.stability.sentences(figures.zone))
    yield "Not available", ", ".join(figures.refused)
    yield "Marks of values", VALUES_LEGEND
    yield "Marks of changes", CHANGES_LEGEND
