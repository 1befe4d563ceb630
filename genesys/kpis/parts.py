"""Parts: numerators and denominators of the whole catalogue, added first and divided last.

The rules of zero or no value are those of `fractions`.

Times are totalled over voice, callback and chat alone, or over the other media types where
the frame holds nothing else; counts and rates over all of them. Work outside any queue enters
no total: it has rows of its own, only where the grouping keeps queues apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from genesys.analytics.frames import END, NONE, START, measure_columns
from genesys.analytics.grouping import Codes, Flags, Grouping, Key, Numbers
from genesys.kpis import fractions
from genesys.kpis.catalogue import KPIS, Kpi, Unit
from genesys.kpis.fractions import BOTTOM, DIVIDED, MEANS, MOST, OF_TIMES, TOP
from genesys.kpis.fractions import GROUP as GROUP  # noqa: PLC0414 - a name of this module too
from genesys.metrics import VOICE_LIKE


@dataclass(frozen=True, eq=False)
class Parts:
    """What the KPIs of each group are divided from; a group is a row, sorted by `keys`.

    `sent` has a line for each measure of `names` as the API sent it, those of a group put
    together; what was not asked for is not among them. Totals of times are over the media
    types of `basis`. `ends` are the ends of the buckets whose starts are a key.
    """

    keys: Mapping[str, Key]
    names: tuple[str, ...]
    sent: Numbers
    basis: frozenset[str]
    ends: pd.DatetimeIndex | None = None
    added: Numbers | None = None
    """The numerators and denominators of totals over queues or media types."""

    def __len__(self) -> int:
        return int(self.sent.shape[1])

    @cached_property
    def made(self) -> Numbers:
        """A line for each numerator, then for each denominator, in events and milliseconds."""
        return (
            fractions.made(self.keys, self.names, self.sent) if self.added is None else self.added
        )

    def by(self, names: Sequence[str] = (), *, blended: bool = False) -> Parts:
        """The parts of each group of `names`, which are keys; without any those of the total.

        `blended` totals times over all media types. The same is added up once.
        """
        asked = tuple(names), blended
        if asked not in self._by:
            self._by[asked] = self._added(tuple(names), blended=blended)
        return self._by[asked]

    @cached_property
    def _by(self) -> dict[tuple[tuple[str, ...], bool], Parts]:
        return {}

    def _added(self, names: tuple[str, ...], *, blended: bool) -> Parts:
        rows = self
        if "queue_id" in self.keys and "queue_id" not in names:
            rows = rows.of_queues
        if self.added is None:
            rows = _put_together(rows, [*names, *(name for name in GROUP if name not in names)])
            if set(GROUP) <= set(names):
                return rows
        made = rows.made
        if "media_type" in rows.keys and "media_type" not in names and not blended:
            outside = ~rows.keys["media_type"].isin(self.basis)
            made = np.where(OF_TIMES & outside, np.nan, made)
        return _put_together(rows, names, made)

    def where(self, rows: Flags) -> Parts:
        """The parts of some groups; totals of times are over what media types these have."""
        if rows.all():
            return self
        chosen = self.of_rows(rows)
        return replace(chosen, basis=fractions.basis(chosen.keys, chosen.names, chosen.sent))

    def of_media(self, media_types: Collection[str]) -> Parts:
        """The parts of some media types."""
        return self.where(self.keys["media_type"].isin(media_types))

    def alike(self, current: Parts) -> Parts:
        """The same, totals of times being over media types that wait like those of current ones.

        That is over voice, callback and chat, or else over the others.
        """
        is_waited = bool((current.basis or self.basis) & VOICE_LIKE)
        if is_waited not in self._alike:
            voice_like = self.keys["media_type"].isin(VOICE_LIKE)
            rows = self.of_rows(voice_like if is_waited else ~voice_like)
            basis = fractions.basis(rows.keys, rows.names, rows.sent)
            self._alike[is_waited] = self if basis == self.basis else replace(self, basis=basis)
        return self._alike[is_waited]

    @cached_property
    def _alike(self) -> dict[bool, Parts]:
        return {}

    def over(self, kpi: Kpi) -> Numbers:
        """How many events the KPI's values are over: its denominator, or the count itself.

        Of a sum or maximum of times the events they are of.
        """
        if kpi.unit is Unit.COUNT:
            return self.top(kpi)
        return self.bottom(kpi if kpi.denominator else MEANS[kpi.metrics[0]])

    @property
    def longest(self) -> timedelta:
        """The length of the longest bucket."""
        if self.ends is None or not len(self.ends):
            return timedelta()
        length: timedelta = (self.ends - pd.DatetimeIndex(self.keys[START].labels)).max()
        return length

    def with_key(self, name: str, key: Key) -> Parts:
        """The parts with one more key to group by."""
        return replace(self, keys={**self.keys, name: key})

    @cached_property
    def media_types(self) -> frozenset[str]:
        """The media types that any queue has."""
        media = self.keys["media_type"]
        return frozenset(map(str, media.labels[np.unique(media.codes[self.in_queues])]))

    @property
    def in_queues(self) -> Flags:
        """Which groups are of a queue, and not of work outside any."""
        return ~self.keys["queue_id"].isin([NONE])

    @cached_property
    def of_queues(self) -> Parts:
        """The groups that are of a queue, and not of work outside any."""
        return self.of_rows(self.in_queues)

    def top(self, kpi: Kpi) -> Numbers:
        """The KPI's numerators."""
        top: Numbers = self.made[TOP[kpi.key]]
        return top

    def bottom(self, kpi: Kpi) -> Numbers:
        """The KPI's denominators; a count or sum has none."""
        if not kpi.denominator:
            return np.full(len(self), np.nan)
        bottom: Numbers = self.made[BOTTOM[kpi.key]]
        return bottom

    def measure(self, name: str) -> Numbers:
        """A measure as it was sent, NaN where it was not."""
        if name not in self.names:
            return np.full(len(self), np.nan)
        measure: Numbers = self.sent[self.names.index(name)]
        return measure

    def value(self, kpi: Kpi) -> Numbers:
        """The KPI's values in its unit, NaN where there is none."""
        value: Numbers = self.divided[TOP[kpi.key]]
        return value

    @cached_property
    def divided(self) -> Numbers:
        """A line of values for each KPI of the catalogue."""
        values = self.made[: len(KPIS)].copy()
        bottoms = self.made[len(KPIS) :]
        lines = [TOP[kpi.key] for kpi in DIVIDED]
        quotients = np.full_like(bottoms, np.nan)
        np.divide(values[lines], bottoms, out=quotients, where=bottoms > 0)
        values[lines] = quotients
        for place, kpi in enumerate(KPIS):
            scaled = kpi.unit.scaled(values[place])
            values[place] = np.round(scaled) if kpi.unit is Unit.COUNT else scaled
        return values

    def labels_of(self, name: str) -> npt.NDArray[Any]:
        """The label of each group."""
        key = self.keys[name]
        return np.asarray(key.labels)[key.codes]

    def labels(self) -> pd.DataFrame:
        """The columns of `keys`, with `interval_end` behind `interval_start`."""
        columns: dict[str, pd.Series[Any]] = {}
        for name, key in self.keys.items():
            columns[name] = key.column()
            if name == START and self.ends is not None:
                columns[END] = pd.Series(self.ends.take(key.codes))
        return pd.DataFrame(columns, index=range(len(self)))

    def values(self, kpis: Iterable[Kpi] = KPIS) -> pd.DataFrame:
        """`labels`, then the KPIs' keys: counts as Int64, times in seconds and rates 0-100."""
        labels = self.labels()
        columns: dict[str, Any] = {kpi.key: typed(self.value(kpi), kpi.unit) for kpi in kpis}
        return pd.concat([labels, pd.DataFrame(columns, index=labels.index)], axis="columns")

    def of_rows(self, rows: Flags | Codes) -> Parts:
        """The parts of some groups, with totals of times over the same media types as before."""
        if rows.dtype == np.bool_ and rows.all():
            return self
        return replace(
            self,
            keys={name: key.of_rows(rows) for name, key in self.keys.items()},
            sent=self.sent[:, rows],
            added=None if self.added is None else self.added[:, rows],
        )


def parts(
    frame: pd.DataFrame,
    extra: Sequence[str] = (),
    keys: Mapping[str, Key] | None = None,
    ends: pd.DatetimeIndex | None = None,
) -> Parts:
    """The parts of each queue and media type of a frame, in each group of its `extra` columns.

    Of each bucket with `interval_start` among those. `keys` are keys of the frame's rows that
    are none of its columns, or stand in for one, `ends` the ends of buckets that are.
    """
    known = keys or {}
    names = tuple(dict.fromkeys((*known, *extra, *GROUP)))
    rows = {name: known.get(name) or Key.of(frame[name]) for name in names}
    groups = Grouping.of(list(rows.values()), len(frame))
    measures = tuple(
        name for name in measure_columns(frame) if name.rpartition("_")[2] not in _NEITHER
    )
    sent = np.empty((len(measures), len(groups.starts)))
    for place, name in enumerate(measures):
        stat = name.rpartition("_")[2]
        sent[place] = groups.put_together(frame[name].to_numpy(), stat)
    if START in extra:
        ends = _ends(frame, rows[START])
    of_groups = {name: key.of_rows(groups.firsts) for name, key in rows.items()}
    return Parts(of_groups, measures, sent, fractions.basis(of_groups, measures, sent), ends)


_NEITHER: Final = frozenset({"ratio", "target"})
"""Statistics that no KPI is made of, and that do not add up."""


def typed(values: Numbers, unit: Unit) -> pd.api.extensions.ExtensionArray | Numbers:
    """Values as a column of a table: counts as Int64, all else as float64."""
    if unit is not Unit.COUNT:
        return values
    missing = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)


def _ends(frame: pd.DataFrame, starts: Key) -> pd.DatetimeIndex:
    """The end of the bucket that begins at each label."""
    every = Key(np.concatenate([starts.codes, np.arange(len(starts.labels))]), starts.labels)
    ends = pd.DatetimeIndex(pd.concat([frame[END], pd.Series(starts.labels)]))
    return Grouping.of([every], len(ends)).last(ends)


def _put_together(rows: Parts, names: Sequence[str], made: Numbers | None = None) -> Parts:
    """The rows in groups of `names`, with these numerators and denominators if any."""
    if not (names or len(rows)):
        return replace(rows, keys={}, sent=_nothing(rows.sent), added=_nothing(rows.made))
    groups = Grouping.of([rows.keys[name] for name in names], len(rows))
    whole = None
    if made is not None:
        whole = groups.added(made)
        whole[MOST] = groups.most(made[MOST])
    return replace(
        rows,
        keys={name: rows.keys[name].of_rows(groups.firsts) for name in names},
        sent=_sent_together(groups, rows.names, rows.sent),
        added=whole,
    )


def _sent_together(groups: Grouping, names: tuple[str, ...], sent: Numbers) -> Numbers:
    whole = groups.added(sent)
    for stat in ("min", "max"):
        lines = [place for place, name in enumerate(names) if name.endswith(f"_{stat}")]
        whole[lines] = groups.put_together(sent[lines], stat)
    return whole


def _nothing(numbers: Numbers) -> Numbers:
    """The one row of a total of nothing."""
    return np.full((len(numbers), 1), np.nan)
