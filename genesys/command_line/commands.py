"""What the command line does: ask, put together, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import msgspec
import pandas as pd

from genesys.analytics.fetch import Answer
from genesys.analytics.frames import END, START
from genesys.analytics.half_hours import by_media, in_half_hours
from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.command_line.command import Command
from genesys.command_line.output import FORMATS, printable, write
from genesys.command_line.workbook import rounded
from genesys.errors import GenesysError
from genesys.insights.comparison import Comparison
from genesys.insights.explanation import explain, facts
from genesys.insights.offered import (
    NOTHING_UNLIKE,
    OFFERED,
    Unlike,
    offered_in_half_hours,
    unlike,
)
from genesys.insights.report import beside, report, tidy
from genesys.insights.review import REVIEW_METRICS, as_json, as_text, review
from genesys.insights.stability import stability_of
from genesys.insights.usual import weeks_before
from genesys.intervals import Granularity, start_of_day
from genesys.kpis.catalogue import metrics_of
from genesys.kpis.parts import parts
from genesys.organization.directory import Directory
from genesys.organization.permissions import Finding, check
from genesys.targets import Targets

BUDGET_SECONDS: Final = 15 * 60


def run_report(command: Command) -> None:
    """Fetch the figures and write them to stdout or the file."""
    request, directory, compared = command.request, command.directory(), command.compared()
    query = command.query(directory, metrics_of(request.kpis), request.granularity)
    targets = command.targets(directory) if request.targets else None
    if compared is None and targets is None:
        answers = command.ask(query)
        table = report(
            answers[0].frame,
            request.interval,
            request.zone,
            directory,
            request.by,
            request.kpis,
            bucketed=request.granularity is not None,
        )
    else:
        table, answers = _wide_report(command, query, directory, compared, targets)
    shown = table if request.full or request.form != "csv" else rounded(table)
    command.deliver(FORMATS[request.form](shown), answers, directory, compared)


def _wide_report(
    command: Command,
    query: AggregateQuery,
    directory: Directory,
    compared: Comparison | None,
    targets: Targets | None,
) -> tuple[pd.DataFrame, tuple[Answer, ...]]:
    """The report with the earlier figures, the changes and the targets beside each KPI."""
    request = command.request
    queries = [query]
    if compared:
        queries += [replace(query, interval=compared.earlier)]
    answers = command.ask(*queries)
    answer, *others = answers
    earlier = others[0].frame if others else None
    figures = beside(answer.frame, earlier, request.by, request.kpis, targets)
    span = {START: request.interval.start, END: request.interval.end}
    figures = pd.concat([pd.DataFrame(span, index=figures.index), figures], axis="columns")
    words = ("", "_earlier", "_delta", "_target", "_status")
    measures = [f"{kpi.key}{word}" for kpi in request.kpis for word in words]
    measures = [name for name in measures if name in figures]
    measures += ["presence"] if "presence" in figures else []
    return tidy(figures, request.zone, directory, request.by, measures), answers


def run_review(command: Command) -> None:
    """Fetch both intervals and write the review."""
    request, directory, compared = command.request, command.directory(), command.compared()
    if compared is None:
        raise AssertionError("a review compares")
    targets = command.targets(directory)
    query = command.query(directory, REVIEW_METRICS, None)
    fine, *whole = _fine(command, query, directory)
    half_hours, before, *others = command.ask(
        fine, replace(query, interval=compared.earlier), *whole
    )
    answer = others[0] if others else half_hours
    gaps = command.gaps([answer, before], compared)
    made = review(
        parts(answer.frame, [START]),
        parts(before.frame, [START]),
        compared,
        request.zone,
        directory,
        targets,
        stability_of(answer),
        answer.refused,
        gaps,
        parts(half_hours.frame, [START]),
        _unlike(command, query, half_hours),
    )
    text = (
        msgspec.json.format(msgspec.json.encode(as_json(made)), indent=2).decode()
        if request.form == "json"
        else "\n".join(map(printable, as_text(made).splitlines()))
    )
    # The gaps are in the review itself.
    command.deliver(f"{text}\n".encode(), [answer, before], directory, gaps=())


def _unlike(command: Command, query: AggregateQuery, half_hours: Answer) -> Unlike:
    """What is unlike the usual, where kept days hold the weeks that tell it."""
    request, zone = command.request, command.request.zone
    weeks = replace(query, interval=weeks_before(query.interval, zone), metrics=OFFERED.metrics)
    asked = by_media(weeks, Granularity.HALF_HOUR, query.queue_ids or None)
    if half_hours.query.granularity is not Granularity.HALF_HOUR or not command.holds(asked):
        return NOTHING_UNLIKE
    (before,) = command.ask(asked)
    now, then = (
        offered_in_half_hours(each.frame, each.query.interval, zone)
        for each in (half_hours, before)
    )
    today = start_of_day(command.now.astimezone(zone).date(), zone)
    return unlike(now, then, request.unusual, is_running=query.interval.end > today)


def _fine(
    command: Command, query: AggregateQuery, directory: Directory
) -> tuple[AggregateQuery, ...]:
    """The query in half-hours, and the query itself too where these are not by queue."""
    named = query.queue_ids
    fine = in_half_hours(query, () if named else directory.queues, named, command.holds)
    return (fine,) if fine.group_by == query.group_by else (fine, query)


def run_explain(command: Command) -> None:
    """Say what a KPI of the selection is made of."""
    request, directory, compared = command.request, command.directory(), command.compared()
    targets = command.targets(directory)
    query = command.query(directory, metrics_of(request.kpis), None)
    queries = [query]
    if compared:
        queries += [replace(query, interval=compared.earlier)]
    answers = command.ask(*queries)
    answer, *others = answers
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
    command.deliver(f"{text}\n".encode(), answers, directory, compared)


RUN: Final[dict[str, Callable[[Command], None]]] = {
    "report": run_report,
    "review": run_review,
    "explain": run_explain,
}


def run_check(api: Api, budget: Budget) -> GenesysError | None:
    """Try every permission and say which is missing; what stands in the way of figures first."""
    findings = check(api, budget)
    lines = "".join(f"{printable(line)}\n" for each in findings for line in _told(each))
    write(lines.encode(), None)
    return next((each.error for each in findings if each.error and each.need.required), None)


def _told(finding: Finding) -> Iterator[str]:
    need = finding.need
    verdict = "ok" if finding.ok else "MISSING" if finding.is_missing else "FAILED"
    permission = f" ({need.wording}; {need.permission})" if need.permission else ""
    yield f"{verdict:8}{need.name}{permission}: {need.purpose}"
    if not finding.ok:
        yield f"        {finding.detail}{'' if need.required else ' It is not required.'}"
