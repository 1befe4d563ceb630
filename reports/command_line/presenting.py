"""The command: ask for what a meeting shows, make the file, write it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from genesys.analytics.fetch import Answer
from genesys.analytics.queries import AggregateQuery
from genesys.command_line.command import Command
from genesys.insights.comparison import Comparison
from genesys.insights.levels import LEVEL
from genesys.kpis.formats import Durations
from genesys.kpis.trend import automatic_step, step_of_charts
from genesys.organization.directory import Directory
from reports.data import asking
from reports.data.asking import Asker, Selected
from reports.data.figures import Figures
from reports.data.source import Source
from reports.files import File
from reports.files import Source as Shown
from reports.identity import Identity
from reports.notes import Filters, notes, selected, whose
from reports.scenes.choice import Choice
from reports.scenes.gathering import gathered
from reports.scenes.meeting import Meeting
from reports.scenes.scene import LeftOut
from reports.scenes.show import NOT_CHOSEN, show

DEMO: Final = "demo"


@dataclass(frozen=True)
class Presented:
    """Which file to make, of whose figures, and how it is to look."""

    file: File
    region: str
    choice: Choice
    identity: Identity

    @property
    def is_demo(self) -> bool:
        return self.region == DEMO


def present(command: Command, presented: Presented) -> None:
    """Ask for all that the scenes need, and write the file whole or not at all."""
    presented.file.check()
    directory, compared = command.directory(), command.compared()
    if compared is None:
        raise AssertionError("a meeting compares")
    meeting = _meeting(command, directory, compared, presented)
    shown = show(meeting, presented.choice, presented.identity)
    data = presented.file.made(Shown(meeting, shown, presented.identity))
    told = replace(command, missing=[*command.missing, *_left_out(shown.left_out)])
    told.deliver(data, meeting.figures.answers, directory, compared)


def _meeting(
    command: Command, directory: Directory, compared: Comparison, presented: Presented
) -> Meeting:
    """What is shown; unlike a page, a file that nobody waits for has all of it or is none."""
    request, targets = command.request, command.targets(directory)
    filters = Filters(
        preset=request.preset,
        queue_ids=command.queue_ids(directory),
        media_types=request.media_types,
    )
    asker = Asker(_Once(command).ask, directory.queues, command.holds)
    source = _source(command, presented)
    figures = asking.figures_of(_selected(filters, source, directory, compared), asker)
    values = gathered(figures, targets, 0, asker, forgiving=False)
    return Meeting(
        all=values.all,
        queues=values.queues,
        targets=targets,
        kpis=request.kpis,
        focus=LEVEL if LEVEL in request.kpis else request.kpis[0],
        step=step_of_charts(figures.interval),
        blended=filters.blended,
        fewest=filters.fewest,
        durations=Durations.SHORT,
        footer=_footer(figures, filters),
        about=notes(figures, filters),
    )


def _footer(figures: Figures, filters: Filters) -> tuple[str, ...]:
    return " · ".join(selected(figures, filters)), " · ".join(whose(figures))


def _selected(
    filters: Filters, source: Source, directory: Directory, compared: Comparison
) -> Selected:
    queues = frozenset(filters.queue_ids) or None
    return Selected(
        source,
        directory,
        compared.current,
        compared,
        automatic_step(compared.current).granularity,
        queues,
        lambda _: queues,
        filters.media_types,
    )


def _source(command: Command, presented: Presented) -> Source:
    found = command.organization
    name = (found.value and found.value.name) or "Organization without a name"
    return Source(
        found.value.id if found.value else "",
        name,
        presented.is_demo,
        presented.region,
        command.request.zone,
        zone_is_set=True,
        lacks=found.error.what if found.error else "",
        week_begins=command.request.week_begins,
        unusual=command.request.unusual,
    )


def _left_out(scenes: Sequence[LeftOut]) -> Iterator[str]:
    """Scenes that were wanted and have nothing to show."""
    for each in scenes:
        if each.reason != NOT_CHOSEN:
            yield f"Without “{each.title}”: {each.reason}"


class _Once:
    """Asks each query once: the queues in trouble share most of theirs with the whole."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._known: dict[AggregateQuery, Answer] = {}

    def ask(self, queries: Sequence[AggregateQuery]) -> list[Answer]:
        """An answer for each query, in their order."""
        new = [each for each in dict.fromkeys(queries) if each not in self._known]
        if new:
            self._known.update(zip(new, self._command.ask(*new), strict=True))
        return [self._known[each] for each in queries]
