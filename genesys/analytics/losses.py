"""Metrics that came without a usable value, and of which groups."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from genesys.analytics.decoding import LOST
from genesys.analytics.frames import measure_columns


@dataclass(frozen=True)
class Lost:
    """A metric of a group that came without a usable value in some bucket, so it has none."""

    metric: str
    queue_id: str
    media_type: str


def lost(frame: pd.DataFrame) -> tuple[Lost, ...]:
    """The metrics that came without a usable value, by their group."""
    return tuple(
        Lost(name.removesuffix(f"_{LOST}"), *map(str, group))
        for name in measure_columns(frame)
        if name.endswith(f"_{LOST}")
        for group in frame.loc[frame[name] > 0, ["queue_id", "media_type"]]
        .drop_duplicates()
        .to_numpy()
    )
