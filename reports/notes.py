"""What stands beside figures in files and scenes: whose they are, of when, how chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.applicability import TRANSFERS_HELP, time_words
from genesys.moments import dated, span, timed
from genesys.words import counted
from reports.data.figures import Figures
from reports.data.parts import parts_of
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.theme import in_order


@dataclass(frozen=True, kw_only=True)
class Filters:
    """How figures were chosen; no `preset` are days, empty fields are all there is."""

    preset: str = ""
    queue_ids: tuple[str, ...] = ()
    find: str = ""
    divisions: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    fewest: int = 0
    blended: bool = False


def notes(figures: Figures, chosen: Filters) -> tuple[tuple[str, str], ...]:
    """Names and texts, in plain words."""
    return tuple((name, text) for name, text in _notes(figures, chosen) if text)


def selected(
    figures: Figures, chosen: Filters, written: Callable[[str], str] = str
) -> tuple[str, ...]:
    """The days, queues, media types and other filters of figures, and their zone.

    `written` is how names are written where they are read.
    """
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


def whose(
    figures: Figures, written: Callable[[str], str] = str, *, renewed: bool = True
) -> tuple[str, ...]:
    """The organization, whether it is one, and as of when its figures are."""
    source = figures.source
    words = (
        written(source.organization),
        "demo data" if source.is_demo else f"live, {source.region}",
        figures.sight.words,
        f"kept days as known on {dated(source.as_of)}" if source.as_of else "",
        f"as of {timed(figures.as_of, figures.zone)}"
        + ("" if renewed else ", could not be renewed"),
    )
    return tuple(filter(None, words))


def _notes(figures: Figures, chosen: Filters) -> Iterator[tuple[str, str]]:
    source = figures.source
    divisions = figures.directory.divisions()
    yield "Organization", source.organization
    yield "Source", "demo data" if source.is_demo else f"Genesys Cloud, {source.region}"
    if chosen.preset:
        yield "Period", PRESET_BY_KEY[chosen.preset].label
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
