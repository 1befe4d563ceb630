"""What the command line does: ask, put together, write."""

from __future__ import annotations

import sys
from typing import Final

import msgspec

from genesys.api import Api
from genesys.arguments import Order
from genesys.directory import Directory, read_directory
from genesys.errand import Errand
from genesys.errors import GenesysError, QueryError
from genesys.fetch import fetch
from genesys.kpis import metrics_of
from genesys.output import FORMATS, no_progress, progress_bar, say, write
from genesys.permissions import check
from genesys.plan import pieces
from genesys.queries import AggregateQuery
from genesys.report import report

BUDGET_SECONDS: Final = 15 * 60


def run_report(api: Api, order: Order, errand: Errand, *, progress: bool) -> None:
    """Fetch the figures and write them to stdout or the file."""
    directory = read_directory(api, errand)
    query = AggregateQuery(
        interval=order.interval,
        metrics=metrics_of(order.kpis),
        granularity=order.granularity,
        zone=order.zone,
        queue_ids=tuple(_queue_id(text, directory) for text in order.queues),
        media_types=order.media_types,
    )
    if order.show_query:
        bodies = [piece.body() for piece in pieces(query)]
        say(msgspec.json.format(msgspec.json.encode(bodies)).decode())
    organization = api.organization(errand).name or "organization without a name"
    show = progress_bar if progress and sys.stderr.isatty() else no_progress
    answer = fetch(api, query, errand, mode=order.mode, on_progress=show)
    table = report(
        answer.frame,
        order.interval,
        order.zone,
        directory,
        order.by,
        order.kpis,
        bucketed=order.granularity is not None,
    )
    write(FORMATS[order.form](table), order.output)
    if progress:
        as_of = f"{answer.as_of.astimezone(order.zone):%a %d %b %Y %H:%M}"
        say(f"{organization}, {order.zone.key}, as of {as_of}.")
        if directory.missing_permission:
            say(f"Queues are shown by id: the client lacks {directory.missing_permission}.")


def run_check(api: Api, errand: Errand) -> GenesysError | None:
    """Try every permission and say which is missing; what stands in the way of figures first."""
    findings = check(api, errand)
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
    hint = (
        f"Did you mean {' or '.join(near)}?" if near else "Use a name or an id from the directory."
    )
    if directory.missing_permission:
        hint = f"Names cannot be read without {directory.missing_permission}; use an id."
    raise QueryError(f"No queue is called {text!r}.", hint)
