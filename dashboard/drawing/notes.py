"""What stands below a table in a file: whose figures, of when, under which filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboard.data.view import View
from dashboard.selecting.selection import CUSTOM
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.applicability import TRANSFERS_HELP, time_words
from genesys.moments import span, timed
from genesys.words import counted
from reports.data.parts import parts_of
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.theme import in_order


def notes(view: View) -> tuple[tuple[str, str], ...]:
    """Names and texts, in plain words."""
    return tuple((name, text) for name, text in _notes(view) if text)


def selected(view: View, written: Callable[[str], str] = str) -> tuple[str, ...]:
    """The days, queues, media types and other filters of a view, and its zone.

    `written` is how names are written where they are read.
    """
    chosen, figures = view.selection, view.figures
    names = [written(figures.directory.label(each)) for each in chosen.queue_ids]
    if chosen.find:
        names.append(f"names with “{written(chosen.find)}”")
    queues = "all queues" if not names else ", ".join(names) if len(names) < 4 else (
        counted(len(names), "queue")
    )  # fmt: skip
    divisions = figures.directory.divisions()
    words = (
        span(figures.interval, figures.zone),
        queues,
        ", ".join(written(divisions.get(each, each)) for each in chosen.divisions),
        ", ".join(in_order(chosen.media_types)) or "all media types",
        f"rows from {counted(chosen.fewest, 'contact')}" if chosen.fewest else "",
        "times blended" if chosen.blended else "",
        figures.zone.key,
    )
    return tuple(filter(None, words))


def whose(view: View, written: Callable[[str], str] = str) -> tuple[str, ...]:
    """The organization, whether it is one, and as of when its figures are."""
    figures, source = view.figures, view.figures.source
    words = (
        written(source.organization),
        "demo data" if source.is_demo else f"live, {source.region}",
        figures.sight.words,
        f"as of {timed(figures.as_of, figures.zone)}"
        + (", could not be renewed" if view.trouble else ""),
    )
    return tuple(filter(None, words))


def picture_lines(view: View, caption: str = "") -> tuple[str, ...]:
    """What stands above a chart in its picture: the selection, the comparison, what it says."""
    figures = view.figures
    compared = f"Compared with {span(figures.comparison.earlier, figures.zone)}."
    return (
        " · ".join(selected(view)),
        f"{compared} {caption}".rstrip(),
        " · ".join(whose(view)),
    )


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
    yield "Divisions that are seen", figures.sight.words
    yield "Divisions", "; ".join(divisions.get(each, each) for each in chosen.divisions)
    yield "Media types", ", ".join(in_order(chosen.media_types)) or "all"
    yield "Minimum contacts", f"{chosen.fewest:,}" if chosen.fewest else ""
    yield "Times in totals", time_words(parts_of(figures.now), blended=chosen.blended)
    yield "Totals over queues", TRANSFERS_HELP
    yield "How firm", " ".join(figures.stability.sentences(figures.zone))
    yield "Not available", ", ".join(figures.refused)
    yield "Marks of values", VALUES_LEGEND
    yield "Marks of changes", CHANGES_LEGEND
