"""What the command line does: ask, put together, write."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import pandas as pd

from genesys.api import Api
from genesys.directory import Directory, read_directory
from genesys.errand import Errand
from genesys.errors import QueryError
from genesys.fetch import Mode, Progress, fetch
from genesys.intervals import Granularity, Interval
from genesys.kpis import KPI_BY_KEY, Kpi, metrics_of
from genesys.permissions import check
from genesys.plan import pieces
from genesys.queries import AggregateQuery
from genesys.report import report
from reports.csv import to_csv

BUDGET_SECONDS: Final = 15 * 60

_UNPRINTABLE: Final = re.compile(
    r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True, kw_only=True)
class ReportOrder:
    """A report as it was asked for on the command line."""

    interval: Interval
    zone: ZoneInfo
    granularity: Granularity | None
    by: tuple[str, ...]
    queues: tuple[str, ...]
    media_types: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    form: str
    output: Path | None
    mode: Mode
    show_query: bool


def run_report(api: Api, order: ReportOrder, errand: Errand, *, progress: bool) -> None:
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
        _say(msgspec.json.format(msgspec.json.encode(bodies)).decode())
    organization = api.organization(errand).name or "organization without a name"
    show = _progress_bar if progress and sys.stderr.isatty() else _no_progress
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
    _write(FORMATS[order.form](table), order.output)
    if progress:
        as_of = f"{answer.as_of.astimezone(order.zone):%a %d %b %Y %H:%M}"
        _say(f"{organization}, {order.zone.key}, as of {as_of}.")
        if directory.missing_permission:
            _say(f"Queues are shown by id: the client lacks {directory.missing_permission}.")


def run_check(api: Api, errand: Errand) -> bool:
    """Try every permission and say which is missing; whether all that is required is there."""
    findings = check(api, errand)
    for finding in findings:
        need = finding.need
        verdict = "ok" if finding.ok else "MISSING" if finding.is_missing else "FAILED"
        permission = f" ({need.wording}; {need.permission})" if need.permission else ""
        print(f"{verdict:8}{need.name}{permission}: {need.purpose}")
        if not finding.ok:
            print(f"        {finding.detail}{'' if need.required else ' It is not required.'}")
    return all(finding.ok for finding in findings if finding.need.required)


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


def _json(table: pd.DataFrame) -> bytes:
    """An array of objects; no value is null."""
    columns = [table[name].astype(object).where(table[name].notna(), None) for name in table]
    rows = [dict(zip(table, values, strict=True)) for values in zip(*columns, strict=True)]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"


def _text(table: pd.DataFrame) -> bytes:
    """Aligned columns for reading: one decimal, a dash for no value."""
    cells = {name: _cells(table[name], str(name)) for name in table}
    lines = []
    for row in range(-1, len(table)):
        words = []
        for name, values in cells.items():
            width = max(map(len, [str(name), *values]))
            word = str(name) if row < 0 else values[row]
            words.append(word.rjust(width) if name in KPI_BY_KEY else word.ljust(width))
        lines.append("  ".join(words).rstrip())
    return ("\n".join(lines) + "\n").encode()


def _cells(values: pd.Series[Any], name: str) -> list[str]:
    if name not in KPI_BY_KEY:
        return [_UNPRINTABLE.sub("?", str(value)) for value in values]
    return [
        "—" if pd.isna(value) else f"{value:.1f}" if isinstance(value, float) else str(value)
        for value in values
    ]


FORMATS: Final[Mapping[str, Callable[[pd.DataFrame], bytes]]] = {
    "table": _text,
    "csv": to_csv,
    "json": _json,
}


def _write(data: bytes, output: Path | None) -> None:
    """To the file whole or not at all, or to stdout."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=output.parent, delete=False) as part:
            part.write(data)
        Path(part.name).replace(output)
    except OSError as error:
        raise QueryError(
            f"{output} cannot be written: {error.strerror}.", "Name another file."
        ) from error


def _no_progress(_: Progress) -> None:
    pass


def _progress_bar(progress: Progress) -> None:
    done = 20 * progress.done // max(progress.total, 1)
    end = "\n" if progress.done == progress.total else ""
    bar = "█" * done + "·" * (20 - done)
    print(
        f"\r{bar} {progress.done} of {progress.total} parts{end}",
        end="",
        file=sys.stderr,
        flush=True,
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr)
