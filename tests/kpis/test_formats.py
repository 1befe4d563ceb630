"""Figures as people read them."""

from __future__ import annotations

import pandas as pd
import pytest

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import Durations, duration, figure


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (0.4, "0:00"),
        (14, "0:14"),
        (59.4, "0:59"),
        (59.6, "1:00"),
        (263, "4:23"),
        (3599.5, "1:00:00"),
        (3600, "1:00:00"),
        (73233, "20:20:33"),
        (86399.6, "1 d 0:00"),
        (86400, "1 d 0:00"),
        (343980, "3 d 23:33"),
        (8640000, "100 d 0:00"),
    ],
)
def test_durations(seconds: float, text: str):
    assert duration(seconds) == figure(seconds, Unit.SECONDS) == text


@pytest.mark.parametrize(
    ("seconds", "durations", "text"),
    [
        (4.6, Durations.SECONDS, "5 s"),
        (73233, Durations.SECONDS, "73,233 s"),
        (4.6, Durations.MINUTES, "00:05"),
        (388, Durations.MINUTES, "06:28"),
        (73233, Durations.MINUTES, "1220:33"),
        (4.6, Durations.HOURS, "0:00:05"),
        (388, Durations.HOURS, "0:06:28"),
        (343980, Durations.HOURS, "95:33:00"),
    ],
)
def test_durations_as_chosen(seconds: float, durations: Durations, text: str):
    assert duration(seconds, durations) == figure(seconds, Unit.SECONDS, durations) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, Unit.COUNT, "0"),
        (999, Unit.COUNT, "999"),
        (1234.0, Unit.COUNT, "1,234"),
        (1234567, Unit.COUNT, "1,234,567"),
        (92.68, Unit.PERCENT, "92.7 %"),
        (0.0, Unit.PERCENT, "0.0 %"),
        (100.0, Unit.PERCENT, "100.0 %"),
    ],
)
def test_counts_and_rates(value: float, unit: Unit, text: str):
    assert figure(value, unit) == text


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_no_value_is_a_dash_and_not_a_zero(value, unit: Unit):
    assert figure(value, unit) == "—"
