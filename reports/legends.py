"""What the signs in tables mean."""

from __future__ import annotations

from typing import Final

from genesys.kpis.formats import FEW_WORDS
from genesys.targets import Status
from reports.theme import LESS, MORE, STATUS_SIGNS

VALUES_LEGEND: Final = (
    f"{STATUS_SIGNS[Status.MET]} target met · {STATUS_SIGNS[Status.NEAR]} near"
    f" · {STATUS_SIGNS[Status.MISSED]} missed"
    f" · {STATUS_SIGNS[Status.FEW]} not judged: {FEW_WORDS}, above 100 %, or mostly carried over"
)
ORDER_LEGEND: Final = (
    "First what lacks most contacts to its service level targets, then what was offered most."
)
CHANGES_LEGEND: Final = (
    f"{MORE} more · {LESS} less: green is better, bold red is worse,"
    " by the direction that is good for the KPI; unmarked changes are neither;"
    " of percentages in points"
)
