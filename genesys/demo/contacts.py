"""The contacts of a day, from arrival to the end of after-call work.

A contact gives one row in each table of moments it takes part in. A column that does not apply to a
row holds -1. All times are whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from . import hours
from .draws import Draws, Floats
from .media import HOUR, MINUTE, SECOND
from .workload import Arrivals, Ints, Workload, arrivals

Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[np.integer]

ANSWERED_AFTER_ALL = 0.1
"""Of those who were taken for lost on a corrected day."""
LONGEST_WAIT_MS = 5.9 * 24 * HOUR
LONGEST_TALK_MS = 8 * HOUR
LONGEST_HOLD_MS = 9 * HOUR
LONGEST_ACW_MS = 6.9 * HOUR
LOOK_BACK_DAYS = 7
"""No event of a contact lies further than this from the day it arrived on."""

MOST_REPLIES = 12
CUSTOMER_REPLY_MS = 50 * SECOND
STRAIN_ON_DELAY = 1.5
"""Exponent with which waits grow by strain; chances to wait at all grow in proportion."""


class Outcome(IntEnum):
    """How the time in a queue ended; UNTOLD is a customer-first callback, NONE was never queued."""

    ANSWERED = 0
    ABANDONED = 1
    FLOWED_OUT = 2
    UNTOLD = 3
    NONE = 4


class Transfer(IntEnum):
    """What an agent did at the end of the talk; a consultation need not end in a transfer."""

    NONE = 0
    BLIND = 1
    CONSULT = 2
    CONSULTED_ONLY = 3


@dataclass(frozen=True)
class Table:
    """Events of one kind of moment, in order of time."""

    time: Ints
    stream: Column
    columns: Mapping[str, Column]

    @property
    def nbytes(self) -> int:
        arrays = (self.time, self.stream, *self.columns.values())
        return sum(array.nbytes for array in arrays)


Day = dict[str, Table]
"""The tables: arrived, decided, segment, talked, done, reply, aside."""


def table(keep: Flags, time: Ints, stream: Column, **columns: Column) -> Table:
    """A table of the rows to keep, put in order of time."""
    rows = np.flatnonzero(keep)
    rows = rows[np.argsort(time[rows], kind="stable")]
    ordered = {name: column[rows].astype(np.int32) for name, column in columns.items()}
    return Table(time[rows], stream[rows].astype(np.int32), ordered)


def _where(applies: Flags, milliseconds: npt.NDArray[np.number]) -> Ints:
    return np.where(applies, milliseconds, -1).astype(np.int64)


def _whole(milliseconds: Floats, longest: float) -> Ints:
    return np.clip(milliseconds, 160.0, longest).astype(np.int64)


class Contacts:
    """All contacts of one day as arrays; each step adds what it decides."""

    def __init__(self, work: Workload, day: date, *, is_corrected: bool = False) -> None:
        self._work = work
        self._is_corrected = is_corrected
        self._day = day
        came: Arrivals = arrivals(work, day)
        self.stream, self.arrived, self.strain = came.stream, came.time, came.strain
        self.dice: Draws = came.dice
        self._all: Flags = np.ones(len(self.stream), np.bool_)
        self.offered = self._flag("offered")
        self.outbound = self._flag("outbound")
        self.self_service = self._flag("self_service")
        self._queue()
        self._work_on()

    def _number(self, name: str) -> Floats:
        return self._work.number(name)[self.stream]

    def _flag(self, name: str) -> Flags:
        return self._number(name) > 0

    def _chance(self, name: str) -> Flags:
        return self.dice.uniform(name) < self._number(name)

    def _time(self, what: str, longest: float) -> Ints:
        median, sigma = self._number(f"{what}_ms"), self._number(f"{what}_sigma")
        return _whole(self.dice.lognormal(what, median, sigma), longest)

    def _due(self) -> Ints:
        """When an agent would take each contact up, if nothing came between."""
        delayed = self.dice.uniform("delay") < self._number("delay_chance") * self.strain
        delay = (
            self._number("delay_ms")
            * self.strain**STRAIN_ON_DELAY
            * self.dice.exponential("delay ms")
        )
        line = self._number("ring_ms") * (0.5 + self.dice.uniform("ring")) + delayed * delay
        backlog = self.dice.lognormal(
            "backlog", self._number("backlog_ms") * self.strain, self._number("backlog_sigma")
        )
        wait = np.minimum(line + backlog, LONGEST_WAIT_MS)
        moments, worked = hours.staffed_time(self._day)
        in_staffed_time = np.interp(
            np.interp(self.arrived, moments, worked) + wait, worked, moments
        )
        due = np.where(self._flag("staffed"), in_staffed_time, self.arrived + wait)
        longest = LONGEST_WAIT_MS * (0.7 + 0.3 * self.dice.uniform("longest"))
        return self.arrived + _whole(np.minimum(due - self.arrived, longest), LONGEST_WAIT_MS)

    def _queue(self) -> None:
        due = self._due() - self.arrived
        patience = _whole(
            self._number("patience_ms").clip(max=1e18) * self.dice.exponential("patience")
            + 0.8 * SECOND,
            1e12,
        )
        overflow = _whole(self._number("overflow_ms").clip(max=1e12), 1e12)
        leaves = self.dice.uniform("flow") < self._number("flow_chance")
        flow = np.where(leaves, _whole(due * self.dice.uniform("flow at"), 1e12), overflow)
        agent = self._flag("agent")
        wait = np.where(agent, np.minimum(np.minimum(due, patience), flow), due)
        ends = (wait == patience, wait == flow)
        outcome = np.select(ends, (Outcome.ABANDONED, Outcome.FLOWED_OUT), Outcome.ANSWERED)
        if self._is_corrected:
            found = self.dice.uniform("correction") < ANSWERED_AFTER_ALL
            outcome = np.where(found & (outcome == Outcome.ABANDONED), Outcome.ANSWERED, outcome)
        outcome = np.where(agent, outcome, Outcome.UNTOLD)
        self.outcome: Column = np.where(self.offered, outcome, Outcome.NONE)
        self.wait = _where(self.offered, wait)
        self.worked: Flags = (self.outcome == Outcome.ANSWERED) | (self.outbound & ~self.offered)

    def _work_on(self) -> None:
        dials = self.worked & (self._number("dialing_ms") > 0)
        spread = 0.4 + 1.2 * self.dice.uniform("dial")
        self.contacting = _where(dials, _whole(self._number("contacting_ms") * spread, MINUTE))
        self.dialing = _where(dials, _whole(self._number("dialing_ms") * spread, MINUTE))
        self.reached = self.worked & self._chance("reached_chance")
        self.talk = _where(self.reached, self._time("talk", LONGEST_TALK_MS))
        holds = self.reached & self._chance("hold_chance")
        self.held = _where(holds, self._time("hold", LONGEST_HOLD_MS))
        wraps = self.worked & self._chance("acw_chance")
        self.acw = _where(wraps, self._time("acw", LONGEST_ACW_MS))
        self.decided: Ints = self.arrived + np.maximum(self.wait, 0)
        self.connected: Ints = (
            self.decided + np.maximum(self.contacting, 0) + np.maximum(self.dialing, 0)
        )
        self.talked: Ints = self.connected + np.maximum(self.talk, 0) + np.maximum(self.held, 0)
        self.done: Ints = self.talked + np.maximum(self.acw, 0)

    def _arrived(self) -> Table:
        way = np.select((self.offered, self.outbound), (0, 1), 2)
        return table(self._all, self.arrived, self.stream, way=way)

    def _decided(self) -> Table:
        answered = self.outcome == Outcome.ANSWERED
        told = answered | (self.outcome == Outcome.ABANDONED)
        alert = _whole((2.0 + 5.0 * self.dice.uniform("alert")) * SECOND, MINUTE)
        missed = answered & self._chance("no_answer_chance")
        return table(
            self.offered,
            self.decided,
            self.stream,
            outcome=self.outcome,
            wait=self.wait,
            over=answered & (self.wait > self._number("target_ms")),
            target=_where(told & self._flag("target"), self._number("target") * 1000),
            alert=_where(answered, np.minimum(alert, self.wait)),
            missed=_where(missed, 12 * SECOND + alert),
        )

    def _connected(self) -> Table:
        rings = self.outbound & self.reached & (self.dialing >= 0)
        other = (self.offered & self.worked) | (self.outcome == Outcome.UNTOLD)
        connected = rings | (other & self._chance("connected_chance"))
        return table(connected, self.connected, self.stream)

    def _segment(self) -> Table:
        """Talk and hold as they end: talk, then the hold, then the rest of the talk."""
        split = self.held >= 0
        first = np.where(
            split, (self.talk * self.dice.uniform("hold at")).astype(np.int64), self.talk
        )
        none = np.full(len(self.stream), -1)
        held_at = self.connected + first
        return table(
            np.concatenate([self.reached, split, split]),
            np.concatenate([held_at, held_at + self.held, self.talked]),
            np.tile(self.stream, 3),
            talk=np.concatenate([first, none, self.talk - first]),
            held=np.concatenate([none, self.held, none]),
        )

    def _talked(self) -> Table:
        moves = self.reached & self._chance("transfer_chance")
        asks = self.dice.uniform("consult")
        transfer = np.select(
            (moves & (asks < 0.3), moves, self.reached & (asks > 0.985)),
            (Transfer.CONSULT, Transfer.BLIND, Transfer.CONSULTED_ONLY),
            Transfer.NONE,
        )
        return table(transfer > 0, self.talked, self.stream, transfer=transfer)

    def _done(self) -> Table:
        names = ("talk", "held", "acw", "contacting", "dialing")
        parts = {name: getattr(self, name) for name in names}
        return table(self.worked, self.done, self.stream, **parts)

    def _reply(self) -> Table:
        """Exchanges of digital contacts; the first one carries the time since arrival."""
        mean = self._number("replies")
        many = np.minimum(1 + mean * self.dice.exponential("replies"), MOST_REPLIES)
        count = np.where(self.reached & (mean > 0), many, 0).astype(np.int64)
        contact = np.repeat(np.arange(len(count)), count)
        number = np.arange(len(contact)) - np.repeat(np.cumsum(count) - count, count)
        each = self.dice.of(contact, number)
        step = (self.talked - self.connected)[contact] / (count[contact] + 1)
        time = self.connected[contact] + (step * (number + 1)).astype(np.int64)
        agent = each.lognormal("agent", self._number("reply_ms")[contact], 0.5)
        user = each.lognormal("user", CUSTOMER_REPLY_MS, 0.6)
        first = (number == 0) & self.offered[contact]
        return table(
            np.ones(len(contact), np.bool_),
            time,
            self.stream[contact],
            first=_where(first, time - self.arrived[contact]),
            agent=_whole(np.minimum(agent, step), LONGEST_TALK_MS),
            user=_where(number > 0, _whole(np.minimum(user, step), LONGEST_TALK_MS)),
        )

    def _aside(self) -> Table:
        """Self service, and messages left on the voicemail by contacts that flowed out."""
        leaves = (self.outcome == Outcome.FLOWED_OUT) & self._chance("voicemail_chance")
        length = _whole((15 + 45 * self.dice.uniform("voicemail ms")) * SECOND, 2 * MINUTE)
        served = self._time("talk", LONGEST_TALK_MS)
        return table(
            leaves | self.self_service,
            self.decided + np.where(self.self_service, served, length),
            self.stream,
            voicemail=_where(leaves, length),
            ivr=_where(self.self_service, served),
        )

    def tables(self) -> Day:
        """Every moment of every contact."""
        return {
            "arrived": self._arrived(),
            "decided": self._decided(),
            "connected": self._connected(),
            "segment": self._segment(),
            "talked": self._talked(),
            "done": self._done(),
            "reply": self._reply(),
            "aside": self._aside(),
        }


def contacts(work: Workload, day: date, *, is_corrected: bool = False) -> Day:
    """The tables of the contacts that arrive or begin on a local day."""
    return Contacts(work, day, is_corrected=is_corrected).tables()
