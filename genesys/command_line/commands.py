"""What the command line does: ask, put together, write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import pandas as pd

from genesys.analytics.fetch import Answer, fetch_all
from genesys.analytics.frames import END, START
from genesys.analytics.plan import MEDIA_TYPES_EACH, pieces
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Queue
from genesys.client.failures import wordings
from genesys.command_line.arguments import Request
from genesys.command_line.output import FORMATS, no_progress, printable, progress_bar, say, write
from genesys.errors import GenesysError, PermissionMissing, QueryError
from genesys.insights.comparison import Comparison, comparison
from genesys.insights.explanation import explain, facts
from genesys.insights.report import beside, report, tidy
from genesys.insights.review import REVIEW_METRICS, as_json, as_text, review
from genesys.insights.stability import stability_of
from genesys.intervals import Granularity, Interval, bucket_edges
from genesys.kpis.catalogue import metrics_of
from genesys.kpis.parts import parts
from genesys.moments import timed
from genesys.names import question
from genesys.organization.directory import Directory, read_directory
from genesys.organization.permissions import check
from genesys.organization.retention import (
    emptiness,
    emptiness_sentence,
    may_be_beyond_retention,
    read_retention_days,
    retention_note,
)
from genesys.targets import Targets, read_targets
from genesys.targets import targets as targets_of

BUDGET_SECONDS: Final = 15 * 60

MOST_BUCKETS: Final = 250_000
"""Above so many expected rows a review looks at coarser buckets."""


@dataclass(frozen=True)
class Command:
    """A command at work: the API, the request, and where its words go."""

    api: Api
    request: Request
    budget: Budget
    now: datetime
    targets_file: Path | None
    talks: bool

    def directory(self) -> Directory:
        return read_directory(self.api, self.budget)

    def query(
        self, directory: Directory, metrics: Sequence[str], granularity: Granularity | None
    ) -> AggregateQuery:
        return AggregateQuery(
            interval=self.request.interval,
            metrics=tuple(metrics),
            granularity=granularity,
            zone=self.request.zone,
            queue_ids=tuple(_queue_id(text, directory) for text in self.request.queues),
            media_types=self.request.media_types,
        )

    def ask(self, *queries: AggregateQuery) -> tuple[Answer, ...]:
        """The answers; with --show-query the bodies are shown first."""
        if self.request.show_query:
            bodies = [piece.body() for query in queries for piece in pieces(query)]
            say(msgspec.json.format(msgspec.json.encode(bodies)).decode())
        show = progress_bar if self.talks and sys.stderr.isatty() else no_progress
        return fetch_all(self.api, queries, self.budget, mode=self.request.mode, on_progress=show)

    def compared(self) -> Comparison | None:
        request = self.request
        if request.compare is None:
            return None
        return comparison(request.interval, request.compare, request.zone, self.now, request.preset)

    def targets(self, directory: Directory) -> Targets:
        """The targets of the file, of the organization where they may be read, the defaults."""
        file = self.request.targets_file or self.targets_file
        rows = read_targets(file, directory) if file else ()
        queues: tuple[Queue, ...] = ()
        try:
            queues = self.api.queues(self.budget)
        except PermissionMissing:
            if self.talks:
                say("The queues' own targets cannot be read without routing:queue:view.")
        return targets_of(queues, directory, rows)

    def gaps(self, answer: Answer, compared: Comparison | None) -> tuple[str, ...]:
        """What is missing because it is no longer kept, and what an empty answer may mean."""
        zone, as_of, interval = self.request.zone, answer.as_of, answer.query.interval
        spans = {"": interval} | ({"Earlier interval: ": compared.earlier} if compared else {})
        old = [each for each in spans.values() if may_be_beyond_retention(each, as_of)]
        if not old and not answer.frame.empty:
            return ()
        days = read_retention_days(self.api, self.budget)
        notes = {lead: retention_note(each, as_of, zone, days) for lead, each in spans.items()}
        lines = [f"{lead}{note}" for lead, note in notes.items() if note]
        if answer.frame.empty:
            kind = emptiness(answer.frame, answer.frame, interval, as_of, zone, days)
            reason = "" if notes[""] else f"{emptiness_sentence(kind, as_of, zone, days)} "
            lines.append(f"{reason}Check the interval, the queues and the media types.")
        return tuple(lines)

    def sign(
        self, answer: Answer, directory: Directory, compared: Comparison | None = None
    ) -> None:
        """Say whose figures these are and as of when."""
        if not self.talks:
            return
        name = self.api.organization(self.budget).name or "organization without a name"
        as_of = timed(answer.as_of, self.request.zone)
        say(f"{printable(name)}, {self.request.zone.key}, as of {as_of}.")
        for line in (compared.words, compared.note) if compared else ():
            if line:
                say(line)
        for line in (
            *stability_of(answer).sentences(self.request.zone)[1:],
            *self.gaps(answer, compared),
        ):
            say(line)
        if answer.refused:
            say(f"Not available in this organization: {', '.join(answer.refused)}.")
        if directory.missing_permission:
            missing = wordings(directory.missing_permission)
            say(f"Queues are shown by id: the client lacks {missing}.")


def run_report(command: Command) -> None:
    """Fetch the figures and write them to stdout or the file."""
    request, directory, compared = command.request, command.directory(), command.compared()
    query = command.query(directory, metrics_of(request.kpis), request.granularity)
    targets = command.targets(directory) if request.targets else None
    if compared is None and targets is None:
        (answer,) = command.ask(query)
        table = report(
            answer.frame,
            request.interval,
            request.zone,
            directory,
            request.by,
            request.kpis,
            bucketed=request.granularity is not None,
        )
    else:
        table, answer = _wide_report(command, query, directory, compared, targets)
    write(FORMATS[request.form](table), request.output)
    command.sign(answer, directory, compared)


def _wide_report(
    command: Command,
    query: AggregateQuery,
    directory: Directory,
    compared: Comparison | None,
    targets: Targets | None,
) -> tuple[pd.DataFrame, Answer]:
    """The report with the earlier figures, the changes and the targets beside each KPI."""
    request = command.request
    queries = [query]
    if compared:
        queries += [replace(query, interval=compared.earlier)]
    answer, *others = command.ask(*queries)
    earlier = others[0].frame if others else None
    figures = beside(answer.frame, earlier, request.by, request.kpis, targets)
    span = {START: request.interval.start, END: request.interval.end}
    figures = pd.concat([pd.DataFrame(span, index=figures.index), figures], axis="columns")
    words = ("", "_earlier", "_delta", "_target", "_status")
    measures = [f"{kpi.key}{word}" for kpi in request.kpis for word in words]
    measures = [name for name in measures if name in figures]
    measures += ["presence"] if "presence" in figures else []
    return tidy(figures, request.zone, directory, request.by, measures), answer


def run_review(command: Command) -> None:
    """Fetch both intervals and write the review."""
    request, directory, compared = command.request, command.directory(), command.compared()
    if compared is None:
        raise AssertionError("a review compares")
    targets = command.targets(directory)
    query = command.query(directory, REVIEW_METRICS, None)
    granularity = _fine(compared.current, request, directory)
    answer, before = command.ask(
        replace(query, interval=compared.current, granularity=granularity),
        replace(query, interval=compared.earlier),
    )
    made = review(
        parts(answer.frame, [START]),
        parts(before.frame, [START]),
        compared,
        request.zone,
        directory,
        targets,
        stability_of(answer),
        answer.refused,
        command.gaps(answer, compared),
    )
    text = (
        msgspec.json.format(msgspec.json.encode(as_json(made)), indent=2).decode()
        if request.form == "json"
        else "\n".join(map(printable, as_text(made).splitlines()))
    )
    write(f"{text}\n".encode(), request.output)
    command.sign(answer, directory)


def _fine(interval: Interval, request: Request, directory: Directory) -> Granularity:
    """The finest granularity that keeps the answer to a sane size."""
    queues = len(request.queues) or len(directory.queues) or 1
    for granularity in (Granularity.HALF_HOUR, Granularity.HOUR):
        buckets = len(bucket_edges(interval, granularity, request.zone))
        if queues * MEDIA_TYPES_EACH * buckets <= MOST_BUCKETS:
            return granularity
    return Granularity.DAY


def run_explain(command: Command) -> None:
    """Say what a KPI of the selection is made of."""
    request, directory, compared = command.request, command.directory(), command.compared()
    targets = command.targets(directory)
    query = command.query(directory, metrics_of(request.kpis), None)
    queries = [query]
    if compared:
        queries += [replace(query, interval=compared.earlier)]
    answer, *others = command.ask(*queries)
    earlier = parts(others[0].frame) if others else None
    rows = facts(
        parts(answer.frame),
        request.by,
        request.kpis,
        targets,
        earlier,
        refused=answer.refused,
    )
    row = dict(rows.iloc[0])
    if len(request.media_types) == 1:
        row["media_type"] = request.media_types[0]
    text = "\n".join(printable(explain(kpi, row)) for kpi in request.kpis)
    write(f"{text}\n".encode(), request.output)
    command.sign(answer, directory, compared)


RUN: Final[dict[str, Callable[[Command], None]]] = {
    "report": run_report,
    "review": run_review,
    "explain": run_explain,
}


def run_check(api: Api, budget: Budget) -> GenesysError | None:
    """Try every permission and say which is missing; what stands in the way of figures first."""
    findings = check(api, budget)
    for finding in findings:
        need = finding.need
        verdict = "ok" if finding.ok else "MISSING" if finding.is_missing else "FAILED"
        permission = f" ({need.wording}; {need.permission})" if need.permission else ""
        print(f"{verdict:8}{need.name}{permission}: {need.purpose}")
        if not finding.ok:
            print(f"        {finding.detail}{'' if need.required else ' It is not required.'}")
    sys.stdout.flush()
    return next((each.error for each in findings if each.error and each.need.required), None)


def _queue_id(text: str, directory: Directory) -> str:
    found = directory.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        labels = ", ".join(f"{directory.label(key)} = {key}" for key in found)
        raise QueryError(
            f"The queue name {text!r} is not unique.", f"Use one of the ids: {labels}."
        )
    near = directory.nearest(text)
    hint = question(near) or "Use a name or an id from the directory."
    if directory.missing_permission:
        missing = wordings(directory.missing_permission)
        hint = f"Names cannot be read without {missing}; use an id."
    raise QueryError(f"No queue is called {text!r}.", hint)
