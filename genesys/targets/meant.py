"""Whether a number can be what somebody means by a target: the wrong unit is the likely slip.

A share written for a percentage, or milliseconds for seconds, would be met by every queue.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.metrics import VOICE_LIKE

_NUMBER: Final = re.compile("([0-9]{1,9}(?:[.,][0-9]{1,4})?) ?(?:%|s|sec|seconds)?")

HOUR: Final = 3600
DAY: Final = 24 * HOUR
MONTH: Final = 30 * DAY


class Unmeant(Exception):
    """Why a number is not meant, to stand behind it, and what to write."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why)
        self.todo = todo


def require_meant(kpi: Kpi, media_type: str, value: object) -> None:
    """Raise Unmeant where a target or its amber limit cannot be meant so."""
    is_rate = kpi.unit is Unit.PERCENT or kpi.better is Better.BASELINE
    allowed = "a number from 0 to 100" if is_rate else "a number of 0 or more"
    if (
        isinstance(value, bool)
        or not isinstance(value, int | Decimal)
        or not Decimal(value).is_finite()
        or not 0 <= value <= (100 if is_rate else value)
    ):
        raise Unmeant("", f"Allowed is {allowed}. {_in_text(value)}".strip())
    if is_rate:
        _require_per_cent(kpi, Decimal(value))
    else:
        _require_seconds(media_type, Decimal(value))


def _in_text(value: object) -> str:
    """The number that a text holds, which TOML has without quotation marks and units."""
    found = isinstance(value, str) and _NUMBER.fullmatch(value.strip())
    return (
        f"It stands alone, without quotation marks: {found[1].replace(',', '.')}?" if found else ""
    )


def _require_per_cent(kpi: Kpi, value: Decimal) -> None:
    """A small rate is right where less is better, as an abandon rate of 0.5 % is."""
    is_share = (
        value <= 1 if kpi.better is Better.UP else kpi.better is Better.BASELINE and value < 1
    )
    if is_share and value:
        raise Unmeant(
            f", which is {_plain(value)} %",
            f"It is written in per cent: {_plain(Unit.PERCENT.scaled(value))}?",
        )
    if is_share and kpi.better is Better.UP:
        raise Unmeant(" %, which is always met", "Write the per cent to be reached.")


def _require_seconds(media_type: str, value: Decimal) -> None:
    most, words = _longest(media_type)
    if value > most:
        raise Unmeant(
            f" seconds, which is more than {words} for {media_type}",
            f"It is written in seconds, not in milliseconds: {_plain(Unit.SECONDS.scaled(value))}?",
        )


def _longest(media_type: str) -> tuple[int, str]:
    if media_type in ("voice", "chat"):
        return HOUR, "an hour"
    return (DAY, "a day") if media_type in VOICE_LIKE else (MONTH, "30 days")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
