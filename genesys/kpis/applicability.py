"""Why a figure has no value, and what a total holds: words for tooltips and cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from genesys.analytics.decoding import LOST
from genesys.kpis.catalogue import ANSWERING_METRICS, Applies, Kpi
from genesys.kpis.parts import Parts
from genesys.metrics import VOICE_LIKE
from genesys.words import listed, plural

TRANSFERS_HELP: Final = (
    "A conversation that is transferred to another queue counts in each of them,"
    " so a total over several queues may hold it more than once."
)
"""Belongs into the help of every total over queues."""

_ABANDONED: Final = "tAbandon", "tShortAbandon"


def why_no_value(
    kpi: Kpi, media_type: str, row: Mapping[str, Any], refused: Collection[str] = ()
) -> str:
    """Why `rollup` gives a KPI no value for a media type, or for all of them where it is "".

    `row` is the group's measures as they were sent: absent values are NaN or have no column.
    `refused` are the metrics that the organization refuses. Not to be asked of a value.
    """
    return next(_reasons(kpi, media_type, row, refused))


def unavailable(kpi: Kpi, refused: Collection[str]) -> str:
    """Why a KPI has no value in this organization; empty where none of its metrics is refused."""
    names = [metric for metric in kpi.metrics if metric in refused]
    if not names:
        return ""
    are = plural(len(names), "is", "are")
    return f"Not available in this organization: {listed(names)} {are} refused."


def time_words(parts: Parts, *, blended: bool = False) -> str:
    """What media types the times of a total of these parts are over, as a label of it."""
    if blended:
        return f"Times blended over all media types: {listed_media(parts.media_types)}"
    return f"Times over {listed_media(parts.basis)}"


def listed_media(media_types: Iterable[str]) -> str:
    """Media types in words, those that somebody waits in first."""
    names = sorted(
        set(media_types), key=lambda name: (name not in VOICE_LIKE, name != "voice", name)
    )
    return listed(names) or "no media type"


def _reasons(
    kpi: Kpi, media_type: str, row: Mapping[str, Any], refused: Collection[str]
) -> Iterator[str]:
    """The reasons that hold, the most telling first; the last one always does."""
    yield from filter(None, [unavailable(kpi, refused)])
    for metric in kpi.metrics:
        if _more_than_none(row, f"{metric}_{LOST}"):
            yield f"The API sent no usable value of {metric}."
    unasked = [name.rpartition("_")[0] for name in kpi.columns if name not in row]
    if unasked:
        yield f"{unasked[0]} was not asked for."
    if kpi.applies is Applies.VOICE and media_type not in ("voice", ""):
        yield f"{kpi.label} applies to voice alone."
    if media_type == "callback" and _offered(row) and not _sent(row, ANSWERING_METRICS):
        yield f"Customer-first callback: {kpi.parts[0]} appears on the voice row."
    if kpi.metrics[0] in _ABANDONED and media_type and not _sent(row, ["tAbandon"]):
        if media_type == "message":
            yield "Web messaging has no abandon."
        elif media_type not in VOICE_LIKE:
            yield f"The API sent no abandon for {media_type}."
    if kpi.is_time and not media_type and _has(row, kpi.numerator):
        yield "Times are totalled over other media types here; see the rows by media type."
    if kpi.applies is not Applies.SENT and not _offered(row):
        if "nOffered_count" in row:
            yield "Nothing was offered." if _anything(row) else "The API sent no figures."
        yield f"The API sent no {kpi.metrics[0]}; only nOffered would tell whether that means 0."
    if kpi.metrics[0] in _ABANDONED and not media_type and not _sent(row, ["tAbandon"]):
        yield "Abandon applies to no media type in this total."
    if kpi.denominator and _has(row, kpi.denominator) and row[kpi.denominator] <= 0:
        yield f"No denominator: {row[kpi.denominator]:,.0f} {kpi.parts[1]}."
    elif kpi.denominator and not _has(row, kpi.denominator):
        yield f"No denominator: the API sent no {kpi.metrics[-1]}."
    yield f"The API sent no {kpi.metrics[0]}."


def _has(row: Mapping[str, Any], column: str) -> bool:
    return bool(pd.notna(row.get(column)))


def _anything(row: Mapping[str, Any]) -> bool:
    """Whether the API sent any count for the row."""
    return any(_has(row, name) for name in row if str(name).endswith("_count"))


def _more_than_none(row: Mapping[str, Any], column: str) -> bool:
    return _has(row, column) and row[column] > 0


def _offered(row: Mapping[str, Any]) -> bool:
    return _more_than_none(row, "nOffered_count")


def _sent(row: Mapping[str, Any], metrics: Iterable[str]) -> bool:
    return any(_has(row, f"{metric}_count") for metric in metrics)
