"""About how many bytes a kept value takes."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
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


def size(value: object) -> int:
    """The bytes of a value and of all in it.

    What stands in it twice counts twice. Parts count with what they will hold.
    """
    if isinstance(value, (str, int, float)):
        return sys.getsizeof(value)
    if isinstance(value, np.ndarray):
        return int(value.nbytes) + (_members(value.ravel()) if value.dtype == object else 0)
    if isinstance(value, pd.DataFrame):
        return sum(_column(value, name, kind) for name, kind in value.dtypes.items())
    if isinstance(value, pd.Index):
        return int(value.memory_usage(deep=True))
    if isinstance(value, Parts):
        return _parts(value)
    if isinstance(value, BaseFigure):
        return CHART + sum(map(_trace, value.data))
    return sys.getsizeof(value) + _members(_within(value))


def _members(members: Collection[object]) -> int:
    step = -(-len(members) // SAMPLE) or 1
    measured = [size(each) for each in islice(members, 0, None, step)]
    return sum(measured) * len(members) // max(1, len(measured))


def _column(frame: pd.DataFrame, name: Any, kind: Any) -> int:
    """The bytes of a frame's column; of categories those of the codes and labels."""
    if isinstance(kind, np.dtype) and not is_object_dtype(kind):
        return int(kind.itemsize) * len(frame)
    column = frame[name]
    texts = _members(column.to_numpy()) if is_object_dtype(kind) else 0
    return int(column.memory_usage(index=False)) + texts


def _parts(value: Parts) -> int:
    """What they hold, the values of all KPIs and their roll-ups, made or not."""
    lines = len(value.sent) + len(value.keys) + 3 * len(KPIS)
    return ROLLED_UP * 8 * lines * len(value) + sum(size(key.labels) for key in value.keys.values())


def _trace(trace: Any) -> int:
    """A trace as it is sent: numbers in base64."""
    arrays: Iterable[object] = (trace.x, trace.y, trace.customdata, trace.text)
    held = (np.asarray(each) for each in arrays if each is not None)
    return TRACE + sum(map(size, held)) * 4 // 3


def _within(value: object) -> Collection[object]:
    if isinstance(value, Mapping):
        return value.items()
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, msgspec.Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    return ()
