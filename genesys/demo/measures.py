"""The metrics that the demo serves, as definitions over the tables of contacts.

Each metric belongs to the moment it is dated at. Its values are whole numbers, one for each event;
-1 is an event that the metric does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from .contacts import Column, Outcome, Table, Transfer
from .media import SECOND

SHORT_ABANDON_MS = 10 * SECOND


class Shape(Enum):
    """Which statistics a metric carries."""

    COUNT = auto()
    TIMER = auto()
    SERVICE_LEVEL = auto()
    TARGET = auto()


@dataclass(frozen=True)
class Measure:
    """One metric: its name in the API, its table, and its values over any rows of that table."""

    name: str
    table: str
    values: Callable[[Table], Column]
    shape: Shape = Shape.TIMER


def _column(name: str) -> Callable[[Table], Column]:
    return lambda rows: rows.columns[name]


def _every(rows: Table) -> Column:
    return np.zeros(len(rows.time), np.int32)


def _is(name: str, *wanted: int) -> Callable[[Table], Column]:
    """0 where the column holds one of the wanted numbers."""
    return lambda rows: np.where(np.isin(rows.columns[name], wanted), 0, -1)


def _wait(*outcomes: Outcome) -> Callable[[Table], Column]:
    def values(rows: Table) -> Column:
        return np.where(np.isin(rows.columns["outcome"], outcomes), rows.columns["wait"], -1)

    return values


def _short_abandon(rows: Table) -> Column:
    waits = _wait(Outcome.ABANDONED)(rows)
    return np.where(waits < SHORT_ABANDON_MS, waits, -1)


def _over(rows: Table) -> Column:
    counted = (rows.columns["over"] > 0) & (rows.columns["target"] >= 0)
    return np.where(counted, 0, -1)


def _in_time(rows: Table) -> Column:
    """1 for answered within the target, 0 for late or abandoned: count and sum make the level."""
    answered = rows.columns["outcome"] == Outcome.ANSWERED
    met = answered & (rows.columns["over"] == 0)
    return np.where(rows.columns["target"] >= 0, met.astype(np.int32), -1)


def _handle(rows: Table) -> Column:
    parts = [np.maximum(part, 0) for part in rows.columns.values()]
    total: Column = np.sum(parts, axis=0)
    return total


MEASURES = (
    Measure("nBlindTransferred", "talked", _is("transfer", Transfer.BLIND), Shape.COUNT),
    Measure("nConnected", "connected", _every, Shape.COUNT),
    Measure(
        "nConsult",
        "talked",
        _is("transfer", Transfer.CONSULT, Transfer.CONSULTED_ONLY),
        Shape.COUNT,
    ),
    Measure("nConsultTransferred", "talked", _is("transfer", Transfer.CONSULT), Shape.COUNT),
    Measure("nConversations", "arrived", _every, Shape.COUNT),
    Measure("nOffered", "arrived", _is("way", 0), Shape.COUNT),
    Measure("nOutbound", "arrived", _is("way", 1), Shape.COUNT),
    Measure("nOverSla", "decided", _over, Shape.COUNT),
    Measure(
        "nTransferred",
        "talked",
        _is("transfer", Transfer.BLIND, Transfer.CONSULT),
        Shape.COUNT,
    ),
    Measure("oServiceLevel", "decided", _in_time, Shape.SERVICE_LEVEL),
    Measure("oServiceTarget", "decided", _column("target"), Shape.TARGET),
    Measure("tAbandon", "decided", _wait(Outcome.ABANDONED)),
    Measure("tAcd", "decided", _column("wait")),
    Measure("tAcw", "done", _column("acw")),
    Measure("tAgentResponseTime", "reply", _column("agent")),
    Measure("tAlert", "decided", _column("alert")),
    Measure("tAnswered", "decided", _wait(Outcome.ANSWERED)),
    Measure("tContacting", "done", _column("contacting")),
    Measure("tDialing", "done", _column("dialing")),
    Measure("tFirstResponse", "reply", _column("first")),
    Measure("tFlowOut", "decided", _wait(Outcome.FLOWED_OUT)),
    Measure("tHandle", "done", _handle),
    Measure("tHeld", "segment", _column("held")),
    Measure("tHeldComplete", "done", _column("held")),
    Measure("tIvr", "aside", _column("ivr")),
    Measure("tNotResponding", "decided", _column("missed")),
    Measure("tShortAbandon", "decided", _short_abandon),
    Measure("tTalk", "segment", _column("talk")),
    Measure("tTalkComplete", "done", _column("talk")),
    Measure("tUserResponseTime", "reply", _column("user")),
    Measure("tVoicemail", "aside", _column("voicemail")),
    Measure("tWait", "decided", _column("wait")),
)
"""In name order, as the metrics of an answer come."""

MEASURE_BY_NAME = {measure.name: measure for measure in MEASURES}
