"""Which streams of work a query's filter lets through, and which group each belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .body import Clause, Filter, Predicate
from .organization import Stream

Dimensions = dict[str, str]


@dataclass(frozen=True)
class Groups:
    """The groups of an answer in order, and the group of each stream; -1 is filtered out."""

    names: tuple[Dimensions, ...]
    of_stream: npt.NDArray[np.int64]


def _meets(dimensions: Dimensions, predicate: Predicate) -> bool:
    value = dimensions.get(predicate.dimension)
    if predicate.operator == "matches":
        return value is not None and value == predicate.value
    return (value is not None) == (predicate.operator == "exists")


def _meets_all_or_any(dimensions: Dimensions, part: Clause | Filter) -> bool:
    held = [_meets(dimensions, predicate) for predicate in part.predicates]
    if isinstance(part, Filter):
        held += [_meets_all_or_any(dimensions, clause) for clause in part.clauses]
    return all(held) if part.type == "and" else any(held)


def grouped(streams: tuple[Stream, ...], group_by: tuple[str, ...], given: Filter | None) -> Groups:
    """Groups hold the dimensions that apply to them; streams alike in these share a group."""
    keys: list[tuple[str, ...] | None] = []
    for stream in streams:
        dimensions = stream.dimensions
        passes = given is None or _meets_all_or_any(dimensions, given)
        keys.append(tuple(dimensions.get(name, "") for name in group_by) if passes else None)
    order = sorted({key for key in keys if key is not None})
    place = {key: number for number, key in enumerate(order)}
    return Groups(
        tuple({n: v for n, v in zip(group_by, key, strict=True) if v} for key in order),
        np.array([-1 if key is None else place[key] for key in keys], np.int64),
    )
