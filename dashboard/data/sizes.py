"""About how many bytes a kept value takes."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Final

import msgspec
import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype
from plotly.basedatatypes import BaseFigure

SAMPLE: Final = 100
"""Of more members so many are measured: the others are taken for as large."""


def size(value: object) -> int:
    """The bytes of a value and of all in it, of a chart those of its JSON.

    What stands in it twice counts twice.
    """
    if isinstance(value, (str, int, float)):
        return sys.getsizeof(value)
    if isinstance(value, pd.DataFrame):
        return _frame(value)
    if isinstance(value, pd.Index):
        return int(value.memory_usage(deep=True))
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, BaseFigure):
        return len(value.to_json(validate=False))
    members = _within(value)
    measured = sum(map(size, islice(members, SAMPLE)))
    return sys.getsizeof(value) + measured * len(members) // max(1, min(len(members), SAMPLE))


def _frame(frame: pd.DataFrame) -> int:
    texts = (frame[name] for name, kind in frame.dtypes.items() if is_object_dtype(kind))
    return int(frame.memory_usage().sum()) + sum(size(each.tolist()) for each in texts)


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
