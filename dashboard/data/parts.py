"""The figures of each queue and media type, all buckets put together."""

from __future__ import annotations

import pandas as pd

from dashboard.data.figures import Rows
from dashboard.data.kept import kept
from genesys.analytics.frames import combine
from genesys.kpis.rollup import GROUP


@kept
def parts_of(rows: Rows) -> pd.DataFrame:
    """Much shorter than the rows with their buckets, and the same in every total."""
    return combine(rows.frame, GROUP)
