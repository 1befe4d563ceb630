"""About how many bytes a kept value takes."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import is_dataclass
from functools import singledispatch
from itertools import islice
from typing import Any, Final

import msgspec
import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype
from plotly.basedatatypes import BaseFigure

from genesys.kpis.catalogue import KPIS
from genesys.kpis.parts import Parts

SAMPLE: Final = 20
"""Of more members so many, evenly chosen, are measured: the others are taken for as large."""

CHART: Final = 4_000
TRACE: Final = 1_000
"""About what a chart and each of its traces take in JSON, their values aside."""

ROLLED_UP: Final = 3
"""Parts keep what is rolled up of them later: with it, so many times themselves."""


@singledispatch
def size(value: Any) -> int:
    """The bytes of a value and of all in it.

    What stands in it twice counts twice. Parts count with what they will hold.
    """
    if is_dataclass(value):
        names: Iterable[str] = value.__dataclass_fields__
    else:
        names = value.__struct_fields__ if isinstance(value, msgspec.Struct) else ()
    return sys.getsizeof(value) + _members([getattr(value, name) for name in names])


@size.register(str)
@size.register(int)
@size.register(float)
def _(value: float | str) -> int:
    return sys.getsizeof(value)


@size.register
def _(value: Mapping) -> int:  # type: ignore[type-arg]
    return sys.getsizeof(value) + _members(value.items())


@size.register(tuple)
@size.register(list)
@size.register(set)
@size.register(frozenset)
def _(value: Collection[Any]) -> int:
    return sys.getsizeof(value) + _members(value)


@size.register
def _(value: np.ndarray) -> int:
    return int(value.nbytes) + (_members(value.ravel()) if value.dtype == object else 0)


@size.register
def _(value: pd.DataFrame) -> int:
    return sum(_column(value, name, kind) for name, kind in value.dtypes.items())


@size.register
def _(value: pd.Index) -> int:
    return int(value.memory_usage(deep=True))


@size.register
def _(value: Parts) -> int:
    """What they hold, the values of all KPIs and their roll-ups, made or not."""
    lines = len(value.sent) + len(value.keys) + 3 * len(KPIS)
    return ROLLED_UP * 8 * lines * len(value) + sum(size(key.labels) for key in value.keys.values())


@size.register
def _(value: BaseFigure) -> int:
    return CHART + sum(map(_trace, value.data))


def _members(members: Collection[Any]) -> int:
    """The bytes of all members, as told by a sample of them."""
    many = len(members)
    step = -(-many // SAMPLE)
    measured = members if step <= 1 else [*islice(members, 0, None, step)]
    whole: int = sum(map(size, measured))
    return whole if step <= 1 else whole * many // len(measured)


def _column(frame: pd.DataFrame, name: Any, kind: Any) -> int:
    """The bytes of a frame's column; of categories those of the codes and labels."""
    if isinstance(kind, np.dtype) and not is_object_dtype(kind):
        return int(kind.itemsize) * len(frame)
    column = frame[name]
    if isinstance(kind, pd.CategoricalDtype):
        return int(column.memory_usage(index=False, deep=True))
    texts = _members(column.to_numpy()) if _holds_objects(kind) else 0
    return int(column.memory_usage(index=False)) + texts


def _holds_objects(kind: Any) -> bool:
    """Whether a column's memory is references alone: pandas may hold texts so, or as Arrow does."""
    return is_object_dtype(kind) or getattr(kind, "storage", "") == "python"


def _trace(trace: Any) -> int:
    """A trace as it is sent: numbers in base64."""
    arrays: Iterable[object] = (trace.x, trace.y, trace.customdata, trace.text)
    held = (np.asarray(each) for each in arrays if each is not None)
    return TRACE + sum(map(size, held)) * 4 // 3
