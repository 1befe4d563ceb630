"""What the pages' own buttons write into an address, besides the selection and picked queues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from genesys.kpis.catalogue import KPIS
from genesys.kpis.trend import STEP_BY_KEY
from genesys.metrics import MEDIA_TYPES

SHOW: Final = "show"

WHOLE: Final = "Whole interval"
BUCKETS: Final = "In buckets"

QUEUES: Final = "Queues"
DIVISIONS: Final = "By division"

VALUES: Final = "Values"
CHANGES: Final = "Changes"

CHANGE: Final = "Change"
DIFFERENCE: Final = "Difference to the average"
"""What may stand behind a value of queues side by side."""

ALL_MEDIA: Final = "All"

REPORT_STEPS: Final = tuple(STEP_BY_KEY[key] for key in ("day", "hour", "half-hour"))

_SWITCH: Final = ("true", "false")

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    SHOW: tuple(kpi.label for kpi in KPIS),
    "before": _SWITCH,
    "buckets": (WHOLE, BUCKETS),
    "report": tuple(step.label for step in REPORT_STEPS),
    "beside": (CHANGE, DIFFERENCE),
    "rows": (QUEUES, DIVISIONS),
    "cells": (VALUES, CHANGES),
    "type": (ALL_MEDIA, *MEDIA_TYPES),
    "auto": _SWITCH,
}
"""The words of each parameter; of some a page may have only those that its figures have."""
