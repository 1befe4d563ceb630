"""Whether to ask again, and after how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from genesys.client.exchange import NoReply, Reply

TRIES: Final = {408: 4, 500: 2, 502: 4, 503: 4, 504: 4}
"""Tries in all, by status; any other status is final. A 429 has its own rule."""

TRIES_WITHOUT_REPLY: Final = 4
LONGEST_WAIT: Final = 180.0
DEFAULT_WAIT: Final = 3.0
_LONGEST_NAMED: Final = 30 * 86_400.0


def decide(
    outcome: Reply | NoReply, tries: int, random: Callable[[], float], now: datetime
) -> float | None:
    """The seconds to wait before the next try, or None to give up.

    `tries` counts those that failed so far, this one included, but not those answered 429:
    being told to wait is no failure.
    """
    if isinstance(outcome, Reply) and outcome.status == 429:
        wait = retry_after(outcome.headers, now)
        return None if wait > LONGEST_WAIT else max(1.0, wait) + random()
    return 2.0 ** (tries - 1) + random() if tries < _tries_allowed(outcome) else None


def retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """The seconds that Retry-After names, as a number or an HTTP date; 3 without a usable one."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        seconds = float(text)
    else:
        seconds = _seconds_to(text, now)
    return min(max(0.0, seconds), _LONGEST_NAMED)


def _seconds_to(http_date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(http_date)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (moment - now).total_seconds()
    except (ValueError, OverflowError):  # no date, or one past the calendar
        return DEFAULT_WAIT


def _tries_allowed(outcome: Reply | NoReply) -> int:
    if isinstance(outcome, Reply):
        return TRIES.get(outcome.status, 1)
    return TRIES_WITHOUT_REPLY if outcome.fault.passing else 1
