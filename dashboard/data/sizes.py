"""About how many bytes a kept value takes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

import msgspec
import numpy as np
import pandas as pd
import plotly.graph_objects as go


def size(value: object) -> int:
    """The bytes of a value and of all in it, of a chart those of its JSON.

    What stands in it twice counts twice.
    """
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=True).sum())
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, go.Figure):
        return len(value.to_json(validate=False))
    return sys.getsizeof(value) + sum(map(size, _within(value)))


def _within(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return (each for pair in value.items() for each in pair)
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    if is_dataclass(value):
        return (getattr(value, field.name) for field in fields(value))
    if isinstance(value, msgspec.Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    return ()
