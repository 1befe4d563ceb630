"""How much work a day brings to each stream in each half-hour, and how strained its people are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from . import hours
from .draws import Draws, Floats, Keys, derived
from .media import Profile
from .organization import Organization

Ints = npt.NDArray[np.int64]

OUTAGE_STRAIN = 5.0
OUTAGE_LOAD = 1.5
AFTERNOON = slice(26, 34)
AFTERNOON_STRAIN = 2.3
LUNCH = slice(24, 28)
LUNCH_STRAIN = 1.2
OWN_WAYS = (
    ("talk_ms", 0.75, 1.45),
    ("hold_ms", 0.8, 1.25),
    ("acw_ms", 0.7, 1.4),
    ("transfer_chance", 0.5, 1.35),
)
"""How far each stream's own numbers lie from its profile's: the least and the greatest factor."""
CUSTOMER_WRITES = "always"
"""E-mails arrive at any hour, whatever the queue's opening hours."""


@dataclass(frozen=True)
class Workload:
    """What turns an organization's streams into numbers, one row a stream."""

    organization: Organization

    def number(self, name: str) -> Floats:
        """One number of every stream's profile."""
        return self._numbers[name]

    @cached_property
    def _numbers(self) -> dict[str, Floats]:
        profiles = [stream.kind.profile for stream in self.organization.streams]
        numbers = {
            field.name: np.array([getattr(profile, field.name) for profile in profiles], np.float64)
            for field in fields(Profile)
        }
        for name, least, most in OWN_WAYS:
            numbers[name] *= least + (most - least) * Draws(self.keys).uniform(name)
        return numbers

    @cached_property
    def keys(self) -> Keys:
        return np.array([stream.key for stream in self.organization.streams], np.uint64)

    @cached_property
    def _a_day(self) -> Floats:
        return np.array([stream.a_day for stream in self.organization.streams])

    @cached_property
    def _hours(self) -> tuple[list[str], Ints]:
        names = [
            "always" if stream.queue is None else stream.queue.row.hours
            for stream in self.organization.streams
        ]
        mail = [stream.kind.media_type == "email" for stream in self.organization.streams]
        names = [
            CUSTOMER_WRITES if is_mail and name != "month start" else name
            for name, is_mail in zip(names, mail, strict=True)
        ]
        used = sorted(set(names))
        return used, np.array([used.index(name) for name in names])

    def _flags(self, name: str) -> npt.NDArray[np.bool_]:
        return np.array(
            [
                stream.queue is not None and bool(getattr(stream.queue.row, name))
                for stream in self.organization.streams
            ]
        )

    @cached_property
    def _hit_by_outages(self) -> npt.NDArray[np.bool_]:
        return self._flags("outages") & (self.number("delay_chance") > 0)

    @cached_property
    def _short_in_afternoons(self) -> npt.NDArray[np.bool_]:
        return self._flags("short_in_afternoons") & (self.number("delay_chance") > 0)

    @cached_property
    def _strain(self) -> Floats:
        rows = [stream.queue and stream.queue.row.strain for stream in self.organization.streams]
        return np.array([strain or 1.0 for strain in rows])

    def _outage(self, day: date) -> slice:
        outage = hours.outage(self.organization.seed, day.year, day.month)
        return outage.slots if outage.day == day else slice(0, 0)

    def arrivals(self, day: date) -> Floats:
        """Contacts expected, one row a stream and one column a half-hour."""
        used, row = self._hours
        expected = np.stack([hours.load(name, day) for name in used])[row] * self._a_day[:, None]
        expected[self._hit_by_outages, self._outage(day)] *= OUTAGE_LOAD
        return expected

    def strain(self, day: date, dice: Draws) -> Floats:
        """How strained each stream is in each half-hour; 1 is an ordinary hour."""
        level = self._strain * dice.lognormal("strain of the day", 1.0, 0.14)
        strain = np.repeat(level[:, None], hours.SLOTS, axis=1)
        strain[:, LUNCH] *= LUNCH_STRAIN
        strain[self._short_in_afternoons, AFTERNOON] *= AFTERNOON_STRAIN
        strain[self._hit_by_outages, self._outage(day)] *= OUTAGE_STRAIN
        return strain

    def dice(self, day: date) -> tuple[Keys, Draws]:
        """The keys of this day, one a stream, and draws by them."""
        keys = derived(self.keys, np.full(len(self.keys), day.toordinal()))
        return keys, Draws(keys)


@dataclass(frozen=True)
class Arrivals:
    """The contacts of a day: stream, moment (UTC ms), strain met, and draws of each contact."""

    stream: Ints
    time: Ints
    strain: Floats
    dice: Draws


def arrivals(work: Workload, day: date) -> Arrivals:
    """Every contact that arrives or begins on a local day."""
    keys, dice = work.dice(day)
    expected = work.arrivals(day)
    total = expected.sum(axis=1)
    counts = dice.poisson("contacts", total * dice.lognormal("level of the day", 1.0, 0.06))
    stream = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(stream)) - np.repeat(np.cumsum(counts) - counts, counts)
    each = Draws(derived(keys[stream], number))
    share = np.cumsum(expected, axis=1) / np.where(total > 0, total, 1.0)[:, None]
    place = _placed(share, stream, each.uniform("arrival"))
    slot = np.minimum(place.astype(np.int64), hours.SLOTS - 1)
    time = hours.slot_starts(day)[slot] + ((place - slot) * hours.SLOT_MS).astype(np.int64)
    return Arrivals(stream, time, work.strain(day, dice)[stream, slot], each)


def _placed(share: Floats, stream: Ints, uniform: Floats) -> Floats:
    """Where in its stream's day each contact falls, in half-hours: the inverse of `share`."""
    rows, slots = share.shape
    row = np.arange(rows)[:, None]
    before = np.concatenate([np.zeros((rows, 1)), share[:, :-1]], axis=1)
    reached = np.append((row + before).ravel(), float(rows))
    place = np.append((row * slots + np.arange(slots)).ravel(), float(rows * slots))
    found: Floats = np.interp(stream + uniform, reached, place) - stream * slots
    return np.clip(found, 0.0, slots - 1e-9)
