"""For how long each thing is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

RUNNING: Final = timedelta(seconds=60)
"""Answers of a running interval, and the moment up to which it is asked for."""

CLOSED: Final = timedelta(hours=1)
"""Answers of an interval that has ended."""

LAST_GOOD: Final = timedelta(hours=4)
"""What is shown, with its time, where asking anew fails."""

MADE: Final = timedelta(hours=1)
"""What is worked out of answers; other answers make another."""

SOURCE: Final = timedelta(hours=1)
DIRECTORY: Final = timedelta(minutes=10)
QUEUES: Final = timedelta(hours=1)
TARGETS: Final = timedelta(hours=1)
RETENTION: Final = timedelta(hours=1)
CHECKUP: Final = timedelta(minutes=10)
"""The check of the permissions."""
