"""Frames written down row by row, and frames of any figures for properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
from hypothesis import strategies as st

from genesys.analytics.frames import END, START
from genesys.insights.reconciliation import RECONCILIATION_METRICS
from genesys.metrics import stats_of

START_OF_ALL = datetime(2026, 5, 4, tzinfo=UTC)
COLUMNS = [f"{metric}_{stat}" for metric in RECONCILIATION_METRICS for stat in stats_of(metric)]
QUEUES = ("q1", "q2", "(none)")
MEDIA = ("voice", "email", "callback", "chat")


def frame_of(*rows: tuple, hours: float = 24 * 7, without: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows (queue, media type, {column: value}), or with the bucket's start in front."""
    whole = [row if len(row) == 4 else (START_OF_ALL, *row) for row in rows]
    starts = pd.DatetimeIndex([row[0] for row in whole], dtype="datetime64[us, UTC]")
    names = [name for name in COLUMNS if name.rpartition("_")[0] not in without]
    frame = pd.DataFrame({START: starts, END: starts + timedelta(hours=hours)})
    frame["queue_id"] = pd.Categorical([row[1] for row in whole])
    frame["media_type"] = pd.Categorical([row[2] for row in whole])
    values = [[row[3].get(name) for name in names] for row in whole]
    return pd.concat([frame, pd.DataFrame(values, columns=names, dtype="float64")], axis=1)


def level(met: int, of: int) -> dict[str, float]:
    return {"oServiceLevel_numerator": met, "oServiceLevel_denominator": of}


def offered(count: int, **more: float) -> dict[str, float]:
    """Offered contacts, and counts of other metrics by name."""
    return {"nOffered_count": count} | {f"{name}_count": value for name, value in more.items()}


def timed(metric: str, count: int, mean_sec: float) -> dict[str, float]:
    return {f"{metric}_count": count, f"{metric}_sum": 1000 * mean_sec * count}


@st.composite
def frames(draw, most: int = 6):
    """Any figures of a few groups, in one bucket or two, each of them sent or absent."""
    key = st.tuples(
        st.sampled_from([START_OF_ALL, START_OF_ALL + timedelta(days=7)]),
        st.sampled_from(QUEUES),
        st.sampled_from(MEDIA),
    )
    keys = draw(st.lists(key, max_size=most, unique=True))
    return frame_of(*((*each, draw(_figures())) for each in keys))


@st.composite
def _figures(draw):
    """Figures as an API may send them: counts fit together, some metrics are missing."""
    sent = {}
    for metric in ("nOffered", "tAnswered", "tAbandon", "tFlowOut", "tHandle", "nTransferred"):
        if draw(st.booleans()):
            sent[f"{metric}_count"] = count = draw(st.integers(0, 500))
            if metric.startswith("t"):
                sent[f"{metric}_sum"] = whole = draw(st.integers(0, 400_000_000)) if count else 0
                sent[f"{metric}_max"] = draw(st.integers(-(-whole // (count or 1)), whole))
    if draw(st.booleans()):
        of = draw(st.integers(0, 500))
        sent |= level(draw(st.integers(0, of)), of)
    for part, whole in (("nOverSla", "tAnswered"), ("tShortAbandon", "tAbandon")):
        if draw(st.booleans()) and f"{whole}_count" in sent:
            sent[f"{part}_count"] = draw(st.integers(0, int(sent[f"{whole}_count"])))
    return sent
