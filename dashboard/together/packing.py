"""Answers and lists of queues as bytes and back: what is not exactly such a value is none.

Never pickle: whoever can write into the store must not be able to run anything.
"""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import msgspec
import pandas as pd
import pyarrow as pa

from genesys.analytics.fetch import Answer
from genesys.analytics.frames import END, START, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.client.budget import RequestRecord
from genesys.client.entities import Queue
from genesys.intervals import Interval
from genesys.organization.directory import Directory

SCHEMA: Final = 2
"""Another one where the bytes of a value mean another thing: servers of both may run at once."""

_DIGEST: Final = 32


class _Asked(msgspec.Struct):
    """A query of a part: as the whole one, but for these."""

    interval: Interval
    metrics: tuple[str, ...]


class _Head(msgspec.Struct):
    body: msgspec.Raw
    as_of: datetime
    source: str
    refused: tuple[str, ...]
    requests: tuple[RequestRecord, ...]
    held: tuple[Interval, ...]
    asked: tuple[_Asked, ...]


class _Listed(msgspec.Struct):
    queues: tuple[Queue, ...]
    missing_permission: str
    complete: bool
    lacks: str


def query_name(query: AggregateQuery) -> str:
    """The same for the same query on all servers, and for no other."""
    return sha256(_body(query)).hexdigest()


def write_answer(answer: Answer) -> bytes:
    """An answer that was asked for as a whole, its frame as Arrow, below a digest of both."""
    head = _Head(
        msgspec.Raw(_body(answer.query)),
        answer.as_of,
        answer.source,
        answer.refused,
        answer.requests,
        answer.held,
        tuple(_Asked(each.interval, each.metrics) for each in answer.asked),
    )
    told = msgspec.json.encode(head)
    table = pa.Table.from_pandas(answer.frame, preserve_index=False)
    into = io.BytesIO()
    with pa.ipc.new_stream(into, table.schema) as stream:
        stream.write_table(table)
    content = len(told).to_bytes(4, "big") + told + into.getvalue()
    return sha256(content).digest() + content


def read_answer(packed: bytes, query: AggregateQuery, source: str) -> Answer | None:
    """The answer to a query by an API; None where the bytes are no such answer."""
    digest, content = packed[:_DIGEST], packed[_DIGEST:]
    if sha256(content).digest() != digest:
        return None
    try:
        length = int.from_bytes(content[:4], "big")
        head = msgspec.json.decode(content[4 : 4 + length], type=_Head)
        with pa.ipc.open_stream(content[4 + length :]) as stream:
            frame = stream.read_all().to_pandas()
    except (msgspec.MsgspecError, pa.ArrowException, ValueError, OSError):
        return None
    if bytes(head.body) != _body(query) or head.source != source or not _fits(frame, query, head):
        return None
    return Answer(
        query,
        frame,
        head.as_of,
        head.source,
        head.requests,
        head.refused,
        held=head.held,
        asked=tuple(
            replace(query, interval=each.interval, metrics=each.metrics) for each in head.asked
        ),
    )


def write_directory(directory: Directory) -> bytes:
    """A list of queues as JSON."""
    return msgspec.json.encode(
        _Listed(
            tuple(directory.queues.values()),
            directory.missing_permission,
            directory.complete,
            directory.lacks,
        )
    )


def read_directory(packed: bytes) -> Directory | None:
    """The list of queues; None where the bytes are none."""
    try:
        listed = msgspec.json.decode(packed, type=_Listed)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    queues = {each.id: each for each in listed.queues}
    return Directory(queues, listed.missing_permission, listed.complete, listed.lacks)


def _body(query: AggregateQuery) -> bytes:
    return msgspec.json.encode(asdict(query) | {"zone": query.zone.key}, order="deterministic")


def _fits(frame: pd.DataFrame, query: AggregateQuery, head: _Head) -> bool:
    """Whether a frame has the columns that the query asks for, each of its type."""
    expected = to_frame(b"{}", query)
    refused = tuple(f"{metric}_" for metric in head.refused)
    wanted = [name for name in expected.columns if not name.startswith(refused)]
    if not {*wanted} <= {*frame.columns} or frame.columns.duplicated().any():
        return False
    dimensions = [
        name for name in expected if isinstance(expected[name].dtype, pd.CategoricalDtype)
    ]
    measures = [name for name in frame if name not in (START, END, *dimensions)]
    within = frame[START].ge(query.interval.start) & frame[END].le(query.interval.end)
    return (
        all(frame[name].dtype == expected[name].dtype for name in (START, END))
        and all(isinstance(frame[name].dtype, pd.CategoricalDtype) for name in dimensions)
        and all(frame[name].dtype == "float64" for name in measures)
        and bool(within.all())
    )
