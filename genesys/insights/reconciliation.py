"""Where the offered went: outcomes and the signed rest, which add up to the offered to the unit.

Offered is not answered and abandoned alone: contacts flow out, and some are offered in one
interval and answered in the next. What answered late is follows the API: tAnswered less
nOverSla is in target, wherever nOverSla or a service level shows that there is a target.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from genesys.kpis.catalogue import ANSWERING_METRICS, CATALOGUE_METRICS
from genesys.kpis.formats import FEW, share_text
from genesys.kpis.parts import GROUP, Parts
from genesys.words import plural

RECONCILIATION_METRICS: Final = (*CATALOGUE_METRICS, "nOverSla")
"""What a query has to ask for, so that the answered can be told in target or late."""

OUTCOME_METRICS: Final = (
    "nOffered",
    "nOverSla",
    "oServiceLevel",
    "tAbandon",
    "tAnswered",
    "tFlowOut",
    "tHandle",
    "tShortAbandon",
)
"""The fewest that tell all of it."""


@dataclass(frozen=True)
class Line:
    """A place that the offered went to; `said` of so many contacts, {was} is was or were.

    `short` is a label for where there is little room.
    """

    key: str
    label: str
    said: str
    short: str = ""


OFFERED: Final = Line("offered", "Offered", "{n} {was} offered to queues.")
OUTCOMES: Final = (
    Line("in_target", "Answered in target", "{n} {was} answered within the target time."),
    Line("late", "Answered late", "{n} {was} answered after the target time."),
    Line("answered", "Answered", "{n} {was} answered where no target time is known."),
    Line("short", "Short abandons", "{n} left within the limit of a short abandon."),
    Line("abandoned", "Other abandons", "{n} left later without an answer."),
    Line("left", "Abandons", "{n} left without an answer."),
    Line("flow_out", "Flow-outs", "{n} left the queue unanswered for a flow or another queue."),
    Line(
        "on_voice",
        "Callbacks with their outcome on voice",
        "{n} {was} customer-first callbacks, whose outcome is on the voice row.",
        short="Callbacks, see voice",
    ),
)
CARRIED: Final = Line(
    "carried_over",
    "Carried over",
    "{n} {was} offered in the interval and ended after it, net of those that came before it.",
)
_BROUGHT: Final = "{n} {was} offered before the interval and ended in it, net of those still open."
_SAID: Final = {line.key: line.said for line in (OFFERED, *OUTCOMES, CARRIED)}


def reconcile(parts: Parts) -> pd.DataFrame:
    """The offered in the first row, then the signed lines that add up to it.

    The columns are `key`, `label` and `count` (Int64). There are no rows where no queue of
    these has any of these counts. Answers are one line where no target is known, as are
    abandons in a frame without tShortAbandon; customer-first callbacks have a line where
    there are such.
    """
    groups = _sent(parts.by(GROUP))
    groups = groups[_has(groups, ("nOffered", "tAnswered", "tAbandon", "tFlowOut"))]
    if groups.empty:
        return _table([])
    offered = _whole(_count(groups, "nOffered"))
    counts = {key: _whole(values) for key, values in _outcomes(groups).items()}
    ended = [(line, counts[line.key]) for line in OUTCOMES if line.key in counts]
    return _table([(OFFERED, offered), *ended, (CARRIED, offered - sum(counts.values()))])


def sentences(table: pd.DataFrame) -> tuple[str, ...]:
    """The table of `reconcile` as sentences, one for each line that is not zero."""
    counts = dict(zip(table["key"], table["count"], strict=True))
    offered = int(counts.get(OFFERED.key, 0))
    return tuple(
        _sentence(key, int(count), offered)
        for key, count in counts.items()
        if count or key == OFFERED.key
    )


def _sent(cells: Parts) -> pd.DataFrame:
    """The measures of each queue and media type, as far as they were asked for."""
    cells = cells.of_queues
    sent = {name: cells.measure(name) for name in cells.names}
    return pd.DataFrame({"media_type": cells.labels()["media_type"].astype(str), **sent})


def _outcomes(groups: pd.DataFrame) -> dict[str, pd.Series[float]]:
    """The counts of each line that the groups have, all but what was carried over."""
    offered, answered, late, abandoned, short, flow_out = (
        _count(groups, metric)
        for metric in ("nOffered", "tAnswered", "nOverSla", "tAbandon", "tShortAbandon", "tFlowOut")
    )
    lines = {"flow_out": flow_out}
    targeted = _has(groups, ("nOverSla",)) | _column(groups, "oServiceLevel_denominator").notna()
    targeted &= "nOverSla_count" in groups
    if targeted.any():
        lines |= {"in_target": (answered - late)[targeted], "late": late[targeted]}
    if not targeted.any() or answered[~targeted].any():
        lines["answered"] = answered[~targeted]
    if "tShortAbandon_count" in groups:
        lines |= {"short": short, "abandoned": abandoned - short}
    else:
        lines["left"] = abandoned
    on_voice = groups["media_type"].eq("callback") & ~_has(groups, ANSWERING_METRICS)
    if on_voice.any():
        lines["on_voice"] = (offered - flow_out)[on_voice]
    return lines


def _has(groups: pd.DataFrame, metrics: Iterable[str]) -> pd.Series[bool]:
    names = [f"{metric}_count" for metric in metrics]
    return groups.reindex(columns=names).notna().any(axis="columns")


def _count(groups: pd.DataFrame, metric: str) -> pd.Series[float]:
    return _column(groups, f"{metric}_count").fillna(0.0)


def _column(groups: pd.DataFrame, name: str) -> pd.Series[float]:
    return groups.get(name, pd.Series(float("nan"), index=groups.index))


def _whole(values: pd.Series[float]) -> int:
    return round(float(values.sum()))


def _table(rows: Iterable[tuple[Line, int]]) -> pd.DataFrame:
    rows = list(rows)
    return pd.DataFrame(
        {
            "key": pd.Series([line.key for line, _ in rows], dtype=str),
            "label": pd.Series([line.label for line, _ in rows], dtype=str),
            "count": pd.Series([count for _, count in rows], dtype="Int64"),
        }
    )


def _sentence(key: str, count: int, offered: int) -> str:
    said = _SAID[key]
    if key == CARRIED.key and count < 0:
        said, count = _BROUGHT, -count
    number = f"{count:,}"
    if key != OFFERED.key and offered >= FEW:
        number += f" ({share_text(count, offered)})"
    return said.format(n=number, was=plural(count, "was", "were"))
