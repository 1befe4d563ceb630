"""Rows put into groups, and their numbers put together group by group.

Labels are integer codes, so that grouping is one sort and adding one pass over each column.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

ADDED: Final = frozenset({"count", "sum", "numerator", "denominator"})
"""The statistics that add up; min and max compare, a ratio is divided anew, a target is one."""


@dataclass(frozen=True, eq=False)
class Key:
    """A column to group by: for each row the place of its label; labels are sorted, once each."""

    codes: Codes
    labels: pd.Index[Any]

    @classmethod
    def of(cls, column: pd.Series[Any]) -> Key:
        """The key of a column that lacks no value."""
        if not isinstance(column.dtype, pd.CategoricalDtype):
            codes, labels = pd.factorize(_plain(pd.Index(column)), sort=True)
            return cls(codes, pd.Index(labels))
        labels = _plain(column.cat.categories)
        key = cls(column.cat.codes.to_numpy().astype(np.intp), labels)
        return key if key.labels.is_monotonic_increasing else key.renamed(key.labels)

    @classmethod
    def joined(cls, keys: Sequence[Key]) -> Key:
        """The key of the rows of all keys, one after another."""
        if len(keys) == 1:
            return keys[0]
        labels = functools.reduce(pd.Index.union, (key.labels for key in keys))
        return cls(
            np.concatenate([labels.get_indexer(key.labels)[key.codes] for key in keys]), labels
        )

    def renamed(self, labels: Sequence[Any] | pd.Index[Any]) -> Key:
        """The key with these in the places of its labels; several may be alike."""
        codes, names = pd.factorize(_plain(pd.Index(labels)), sort=True)
        return Key(codes[self.codes], pd.Index(names))

    def of_rows(self, rows: Flags | Codes) -> Key:
        """The key of some rows, by mask or by place."""
        return Key(self.codes[rows], self.labels)

    def isin(self, labels: Collection[Any]) -> Flags:
        """Which rows have one of the labels."""
        wanted = frozenset(labels)
        found = np.array([label in wanted for label in self.labels.tolist()], dtype=np.bool_)
        return found[self.codes]

    def column(self) -> pd.Series[Any]:
        """The label of each row, text as a category."""
        if self.labels.dtype == object:
            texts = pd.Index(self.labels, dtype=str)
            return pd.Series(pd.Categorical.from_codes(self.codes, texts))
        return pd.Series(self.labels.take(self.codes))


def _plain(labels: pd.Index[Any]) -> pd.Index[Any]:
    """Text as Python's own, since looking a few labels up is then much faster."""
    return labels.astype(object) if isinstance(labels.dtype, pd.StringDtype) else labels


@dataclass(frozen=True, eq=False)
class Grouping:
    """Rows by their groups: `order` brings them together, a group begins at each of `starts`."""

    order: Codes
    starts: Codes
    is_ordered: bool
    """Whether the rows lie in that order as they are."""

    @classmethod
    def of(cls, keys: Sequence[Key], rows: int) -> Grouping:
        """The groups of rows with the same labels, sorted by them; without keys all are one."""
        place = np.zeros(rows, dtype=np.int64)
        for key in keys:
            place = place * max(len(key.labels), 1) + key.codes
        is_ordered = bool((place[1:] >= place[:-1]).all())
        order = np.arange(rows) if is_ordered else np.argsort(place, kind="stable")
        place = place[order]
        begins = np.ones(rows, dtype=np.bool_)
        begins[1:] = place[1:] != place[:-1]
        return cls(order, np.flatnonzero(begins), is_ordered)

    @cached_property
    def firsts(self) -> Codes:
        """The first row of each group."""
        return self.order[self.starts]

    @cached_property
    def groups(self) -> Codes:
        """The group of each row."""
        lengths = np.diff(self.starts, append=len(self.order))
        groups = np.empty(len(self.order), dtype=np.intp)
        groups[self.order] = np.repeat(np.arange(len(self.starts)), lengths)
        return groups

    def added(self, numbers: Numbers) -> Numbers:
        """The sum of each group, rows being the last axis; NaN is absent, and adds nothing."""
        numbers = self._in_order(numbers)
        absent = np.isnan(numbers)
        if not absent.any():
            return self._reduced(np.add, numbers)
        sums = self._reduced(np.add, np.where(absent, 0.0, numbers))
        sums[self._reduced(np.logical_and, absent)] = np.nan
        return sums

    def least(self, numbers: Numbers) -> Numbers:
        """The least value of each group."""
        return self._reduced(np.fmin, self._in_order(numbers))

    def most(self, numbers: Numbers) -> Numbers:
        """The greatest value of each group."""
        return self._reduced(np.fmax, self._in_order(numbers))

    def any(self, flags: Flags) -> Flags:
        """Which groups have a row with the flag."""
        return self._reduced(np.logical_or, self._in_order(flags))

    def last(self, moments: pd.DatetimeIndex) -> pd.DatetimeIndex:
        """The last moment of each group."""
        ticks = self._reduced(np.maximum, self._in_order(moments.asi8))
        last = pd.DatetimeIndex(ticks.view(f"datetime64[{moments.unit}]"))
        return last if moments.tz is None else last.tz_localize("UTC").tz_convert(moments.tz)

    def put_together(self, numbers: Numbers, stat: str) -> Numbers:
        """The numbers of a statistic that adds up or compares, group by group."""
        if stat in ADDED:
            return self.added(numbers)
        return self.most(numbers) if stat == "max" else self.least(numbers)

    def _in_order(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return values if self.is_ordered else values[..., self.order]

    def _reduced(self, ufunc: np.ufunc, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if not len(self.starts):
            return values[..., :0]
        if len(self.starts) == len(self.order):
            return values.copy()
        reduced: npt.NDArray[Any] = ufunc.reduceat(values, self.starts, axis=-1)
        return reduced
