"""Kept days of a week, for tests of what happens to them next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from genesys.days.store import Days
from tests.days.week import CONTACTS, WEEK
from tests.days.world import here, keep_day


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    """The days of the week in which anything happened, kept."""
    days = Days(here(tmp_path))
    for day in WEEK[:3]:
        assert keep_day(days, CONTACTS, day)
    yield days
    days.close()
