"""When the buckets of a table begin: in words on pages, as moments of the zone in files."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import END, START
from genesys.moments import bucket
from reports.table import Column

BEGINS: Final = Column("bucket", "Begins", order=START, moment=START)


def begun(rows: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """The rows of buckets with what `BEGINS` shows of them."""
    starts, ends = (
        pd.DatetimeIndex(pd.to_datetime(rows[name], utc=True)).tz_convert(zone)
        for name in (START, END)
    )
    lengths = (ends - starts).to_pytimedelta()
    moments = zip(starts.to_pydatetime(), lengths, strict=True)
    words = [bucket(start, length, zone) for start, length in moments]
    return rows.assign(bucket=pd.array(words, dtype=str), **{START: starts})
