"""Two sides on the same groups, so that they can be held against each other line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from genesys.analytics.grouping import Codes, Flags, Grouping, Key
from genesys.kpis.parts import GROUP, Parts


def aligned(current: Parts, earlier: Parts) -> tuple[Parts, Parts, Flags, Flags]:
    """Both on the groups that either has, and which of these each of them has.

    The keys are the same text labels; where a side lacks a group all of its numbers are NaN.
    """
    both = [_in_common(current.keys[name], earlier.keys[name]) for name in current.keys]
    rows = len(current) + len(earlier)
    groups = Grouping.of([Key(np.concatenate(codes), labels) for *codes, labels in both], rows)
    keys = {
        name: Key(np.concatenate(codes)[groups.firsts], labels)
        for name, (*codes, labels) in zip(current.keys, both, strict=True)
    }
    places = groups.groups
    spread = [
        _spread(current, keys, places[: len(current)], len(groups.starts)),
        _spread(earlier, keys, places[len(current) :], len(groups.starts)),
    ]
    return spread[0][0], spread[1][0], spread[0][1], spread[1][1]


def places(groups: Parts, among: Parts, names: Sequence[str]) -> Codes:
    """The row of each group among others, which are sorted by these keys; -1 where it has none."""
    here, there = (np.zeros(len(each), dtype=np.intp) for each in (groups, among))
    if not len(there):
        return np.full(len(here), -1)
    lost = np.zeros(len(here), dtype=np.bool_)
    for name in names:
        key, known = groups.keys[name], among.keys[name]
        codes = known.labels.get_indexer(key.labels)[key.codes]
        lost |= codes < 0
        here = here * len(known.labels) + codes
        there = there * len(known.labels) + known.codes
    at = np.searchsorted(there, here).clip(max=len(there) - 1)
    return np.where(lost | (there[at] != here), -1, at)


def pairs_of(cells: Parts) -> list[tuple[str, str]]:
    """The queue and media type of each group."""
    columns = (cells.labels_of(name) for name in GROUP)
    return [(str(queue_id), str(media)) for queue_id, media in zip(*columns, strict=True)]


def _in_common(here: Key, there: Key) -> tuple[Codes, Codes, pd.Index[Any]]:
    """The codes of both keys in labels that hold those of either."""
    labels = here.labels.union(there.labels)
    return (
        labels.get_indexer(here.labels)[here.codes],
        labels.get_indexer(there.labels)[there.codes],
        labels,
    )


def _spread(side: Parts, keys: Mapping[str, Key], places: Codes, rows: int) -> tuple[Parts, Flags]:
    has = np.zeros(rows, dtype=np.bool_)
    has[places] = True
    sent, made = (np.full((len(lines), rows), np.nan) for lines in (side.sent, side.made))
    sent[:, places], made[:, places] = side.sent, side.made
    return replace(side, keys=keys, sent=sent, added=made), has
