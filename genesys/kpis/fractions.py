"""The numerators and denominators of the whole catalogue, and the rules of zero or no value.

Zero or no value. A count that the API did not send is 0 where the queue and media type
was offered something in the frame's interval and the KPI applies to it; else it has no
value. A rate or mean without a denominator has no value. The denominator of a rate holds
only the groups its numerator applies to. What is made of a metric that came without a usable
value has none in that group, and a total is over the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np

from genesys.analytics.decoding import LOST
from genesys.analytics.frames import NONE
from genesys.analytics.grouping import Flags, Grouping, Key, Numbers
from genesys.kpis.catalogue import ANSWERING_METRICS, KPIS, WORK_METRICS, Applies, Unit
from genesys.metrics import VOICE_LIKE

GROUP: Final = ("queue_id", "media_type")

_MEASURES: Final = tuple(dict.fromkeys(name for kpi in KPIS for name in kpi.columns))
_PLACE: Final = {name: place for place, name in enumerate(_MEASURES)}
DIVIDED: Final = tuple(kpi for kpi in KPIS if kpi.denominator)
TOP: Final = {kpi.key: place for place, kpi in enumerate(KPIS)}
BOTTOM: Final = {kpi.key: len(KPIS) + place for place, kpi in enumerate(DIVIDED)}
"""The rows of the matrix of parts: the numerators of all KPIs, then the denominators."""

MEANS: Final = {kpi.metrics[0]: kpi for kpi in KPIS if kpi.is_time and kpi.denominator}
OF_TIMES: Final = np.array([[kpi.is_time] for kpi in (*KPIS, *DIVIDED)])
MOST: Final = np.array([kpi.is_maximum for kpi in KPIS] + [False] * len(DIVIDED))
_COUNTED: Final[Mapping[Applies, list[int]]] = {
    applies: [
        _PLACE[kpi.numerator] for kpi in KPIS if kpi.unit is Unit.COUNT and kpi.applies is applies
    ]
    for applies in Applies
    if applies is not Applies.SENT
}
"""The measures that are 0 where they are absent, by where that holds."""


def basis(keys: Mapping[str, Key], names: tuple[str, ...], sent: Numbers) -> frozenset[str]:
    """The media types whose times a total holds.

    Those count that anything was offered or handled in, so that it does not matter which
    other metrics were asked for; where nothing was, those that there are.
    """
    in_queue = ~keys["queue_id"].isin([NONE])
    work = [names.index(name) for name in _counts(WORK_METRICS) if name in names]
    worked = in_queue & np.logical_or.reduce(~np.isnan(sent[work]), axis=0)
    media = keys["media_type"]
    places = np.unique(media.codes[worked if worked.any() else in_queue])
    present = frozenset(map(str, media.labels[places]))
    return present & VOICE_LIKE or present


def made(keys: Mapping[str, Key], names: tuple[str, ...], sent: Numbers) -> Numbers:
    """The numerators and denominators, absent counts being 0 where that is the truth."""
    filled = np.full((len(_MEASURES), sent.shape[1]), np.nan)
    asked = [name for name in _MEASURES if name in names]
    filled[[_PLACE[name] for name in asked]] = sent[[names.index(name) for name in asked]]
    for applies, zero in _zero_where(keys, names, sent).items():
        lines = [place for place in _COUNTED[applies] if _MEASURES[place] in names]
        filled[lines] = np.where(np.isnan(filled[lines]) & zero, 0.0, filled[lines])
    tops = filled[[_PLACE[kpi.numerator] for kpi in KPIS]]
    for kpi in KPIS:
        if kpi.less:
            tops[TOP[kpi.key]] -= filled[_PLACE[kpi.less]]
    for place, kpi in enumerate(KPIS):
        for name in lost_names(kpi.metrics, names):
            tops[place, sent[names.index(name)] > 0] = np.nan
    bottoms = filled[[_PLACE[kpi.denominator] for kpi in DIVIDED]]
    bottoms[np.isnan(tops[[TOP[kpi.key] for kpi in DIVIDED]])] = np.nan
    return np.concatenate([tops, bottoms])


def lost_names(metrics: Iterable[str], names: Collection[str]) -> list[str]:
    """The measures that say where a metric came without a usable value."""
    return [name for metric in metrics if (name := f"{metric}_{LOST}") in names]


def _zero_where(
    keys: Mapping[str, Key], names: tuple[str, ...], sent: Numbers
) -> Mapping[Applies, Flags]:
    """In which groups an absent count is 0: their queue and media type shows it in any bucket."""
    pairs = Grouping.of([keys[name] for name in GROUP], sent.shape[1])

    def in_pair(flags: Flags) -> Flags:
        return pairs.any(flags)[pairs.groups]

    def was_sent(metrics: Iterable[str]) -> Flags:
        lines = [names.index(name) for name in _counts(metrics) if name in names]
        return in_pair(np.logical_or.reduce(~np.isnan(sent[lines]), axis=0))

    def is_media(media_types: Collection[str]) -> Flags:
        return keys["media_type"].isin(media_types)

    nothing: Flags = np.zeros(sent.shape[1], dtype=np.bool_)
    offered = nothing
    if "nOffered_count" in names:
        offered = sent[names.index("nOffered_count")] > 0
    answering = ~is_media(["callback"]) | was_sent(ANSWERING_METRICS)
    where = {
        Applies.EVERYWHERE: ~nothing,
        Applies.ANSWERING: answering,
        Applies.ABANDONING: (is_media(VOICE_LIKE) & answering) | was_sent(["tAbandon"]),
        Applies.VOICE: is_media(["voice"]),
    }
    was_offered = in_pair(offered)
    return {applies: was_offered & flags for applies, flags in where.items()}


def _counts(metrics: Iterable[str]) -> list[str]:
    return [f"{metric}_count" for metric in metrics]
