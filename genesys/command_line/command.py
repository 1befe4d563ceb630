"""A command at work: what it asks for, and what it says beside the figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

import msgspec

from genesys.analytics.fetch import Answer, Mode, Progress, fetch_all
from genesys.analytics.half_hours import Holds, nothing_held
from genesys.analytics.losses import lost
from genesys.analytics.plan import pieces
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Organization
from genesys.client.failures import wordings
from genesys.command_line.arguments import Request
from genesys.command_line.output import no_progress, printable, progress_bar, say, write
from genesys.errors import PermissionMissing, QueryError
from genesys.insights.comparison import Comparison, comparison
from genesys.insights.origin import origin
from genesys.insights.stability import stability_of
from genesys.intervals import Granularity
from genesys.moments import timed
from genesys.names import question
from genesys.organization.directory import Directory, read_directory
from genesys.organization.extras import Extra, extra
from genesys.organization.retention import (
    emptiness,
    emptiness_sentence,
    may_be_beyond_retention,
    retention_note,
)
from genesys.targets import Targets, read_targets
from genesys.targets import targets as targets_of


class Fetch(Protocol):
    """How queries are answered: as `fetch_all` does."""

    def __call__(
        self,
        api: Api,
        queries: Sequence[AggregateQuery],
        budget: Budget,
        *,
        mode: Mode,
        on_progress: Callable[[Progress], None],
    ) -> tuple[Answer, ...]: ...


@dataclass(frozen=True)
class Command:
    """A command at work: the API, the request, and where its words go.

    `missing` are the lines about what could not be had; they are said even where it does not
    talk otherwise.
    """

    api: Api
    request: Request
    budget: Budget
    now: datetime
    targets_file: Path | None
    talks: bool
    missing: list[str] = field(default_factory=list)
    fetch: Fetch = fetch_all
    holds: Holds = nothing_held

    def directory(self) -> Directory:
        directory = read_directory(self.api, self.budget)
        if directory.lacks:
            self.missing.append(f"The list of queues is incomplete: {directory.lacks}.")
        if directory.missing_permission:
            lacks = wordings(directory.missing_permission)
            self.missing.append(f"Queues are shown by id: the client lacks {lacks}.")
        return directory

    def query(
        self, directory: Directory, metrics: Sequence[str], granularity: Granularity | None
    ) -> AggregateQuery:
        return AggregateQuery(
            interval=self.request.interval,
            metrics=tuple(metrics),
            granularity=granularity,
            zone=self.request.zone,
            queue_ids=self.queue_ids(directory),
            media_types=self.request.media_types,
        )

    def queue_ids(self, directory: Directory) -> tuple[str, ...]:
        """The ids of the queues that are named; raises QueryError for one that is not known."""
        return tuple(dict.fromkeys(_queue_id(text, directory) for text in self.request.queues))

    def ask(self, *queries: AggregateQuery) -> tuple[Answer, ...]:
        """The answers; with --show-query the bodies are shown first."""
        if self.request.show_query:
            bodies = [piece.body() for query in queries for piece in pieces(query)]
            say(msgspec.json.format(msgspec.json.encode(bodies)).decode())
        show = progress_bar if self.talks and sys.stderr and sys.stderr.isatty() else no_progress
        return self.fetch(self.api, queries, self.budget, mode=self.request.mode, on_progress=show)

    def compared(self) -> Comparison | None:
        request = self.request
        if request.compare is None:
            return None
        return comparison(
            request.interval,
            request.compare,
            request.zone,
            self.now,
            request.preset,
            request.week_begins,
        )

    def targets(self, directory: Directory) -> Targets:
        """The targets of the file, of the organization where they can be read, the defaults."""
        file = self.request.targets_file or self.targets_file
        rows = read_targets(file, directory) if file else ()
        own = extra(self.api.queues, self.budget)
        if isinstance(own.error, PermissionMissing):
            self.missing.append(
                "The queues' own targets cannot be read without routing:queue:view."
            )
        elif own.error:
            self.missing.append(f"The queues' own targets are missing. {own.error.what}")
        elif own.value and own.value.lacks:
            self.missing.append(f"The queues' own targets are incomplete: {own.value.lacks}.")
        targets = targets_of(own.value.entities if own.value else (), directory, rows)
        self.missing.extend(targets.unmeant)
        return targets

    @cached_property
    def organization(self) -> Extra[Organization]:
        """Who is asked, once."""
        return extra(self.api.organization, self.budget)

    def deliver(
        self,
        data: bytes,
        answers: Sequence[Answer],
        directory: Directory,
        compared: Comparison | None = None,
        *,
        gaps: tuple[str, ...] | None = None,
    ) -> None:
        """Write the figures, then say whose they are, as of when, and what is missing.

        All is asked for before, so that nothing can fail any more when they are written.
        """
        answer = answers[0]
        lines = [*self._signature(answer, compared)] if self.talks else []
        gaps = self.gaps(answers, compared) if gaps is None else gaps
        lines += [*gaps, *self._lost(answers, directory), *self.missing]
        write(data, self.request.output)
        for line in lines:
            say(printable(line))

    def gaps(self, answers: Sequence[Answer], compared: Comparison | None) -> tuple[str, ...]:
        """What is missing because it is no longer kept, and what an empty answer may mean."""
        answer, held = answers[0], [span for each in answers for span in each.held]
        zone, as_of, interval = self.request.zone, answer.as_of, answer.query.interval
        spans = {"": interval} | ({"Earlier interval: ": compared.earlier} if compared else {})
        old = [each for each in spans.values() if may_be_beyond_retention(each, as_of)]
        if not old and not answer.frame.empty:
            return ()
        days = self._retention_days()
        notes = {
            lead: retention_note(each, as_of, zone, days, held) for lead, each in spans.items()
        }
        lines = [f"{lead}{note}" for lead, note in notes.items() if note]
        if answer.frame.empty:
            kind = emptiness(answer.frame, answer.frame, interval, as_of, zone, days)
            reason = "" if notes[""] else f"{emptiness_sentence(kind, as_of, zone, days)} "
            lines.append(f"{reason}Check the interval, the queues and the media types.")
        return tuple(lines)

    def _retention_days(self) -> int | None:
        days = extra(self.api.retention_days, self.budget)
        if days.error:
            self.missing.append(f"For how long figures are kept is not known. {days.error.what}")
        return days.value

    def _signature(self, answer: Answer, compared: Comparison | None) -> Iterator[str]:
        organization = self.organization
        if organization.error:
            self.missing.append(f"The organization's name is missing. {organization.error.what}")
        name = (organization.value and organization.value.name) or "organization without a name"
        zone = self.request.zone
        yield f"{name}, {zone.key}, as of {timed(answer.as_of, zone)}."
        if compared:
            yield from filter(None, (compared.words, compared.note))
        yield from stability_of(answer).sentences(zone)[1:]
        if words := origin(answer):
            yield words

    def _lost(self, answers: Sequence[Answer], directory: Directory) -> Iterator[str]:
        if refused := dict.fromkeys(name for answer in answers for name in answer.refused):
            yield f"Not available in this organization: {', '.join(refused)}."
        gone = dict.fromkeys(each for answer in answers for each in lost(answer.frame))
        for each in gone:
            yield (
                f"{each.metric} of {directory.label(each.queue_id)}, {each.media_type}, came"
                " without a usable value: what is made of it has none."
            )


def _queue_id(text: str, directory: Directory) -> str:
    found = directory.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        labels = ", ".join(f"{directory.label(key)} = {key}" for key in found)
        raise QueryError(
            f"The queue name {text!r} is not unique.", f"Use one of the ids: {labels}."
        )
    hint = question(directory.nearest(text)) or "Use a name or an id from the directory."
    if directory.lacks:
        hint = f"The list of queues is incomplete: {directory.lacks}. Use an id."
    if directory.missing_permission:
        missing = wordings(directory.missing_permission)
        hint = f"Names cannot be read without {missing}; use an id."
    raise QueryError(f"No queue that is known is called {text!r}.", hint)
