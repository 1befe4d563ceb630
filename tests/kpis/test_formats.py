"""Figures as people read them."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from genesys.kpis.catalogue import KPI_BY_KEY, Unit
from genesys.kpis.formats import (
    FEW_WORDS,
    Durations,
    all_that_show,
    duration,
    limit,
    rise_or_fall,
    shows,
    signed,
    spoken,
    value_text,
)


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
        (86399.6, "1 day"),
        (86400, "1 day"),
        (86520, "1 day 2 min"),
        (118020, "1 day 8 h 47 min"),
        (343980, "3 days 23 h 33 min"),
        (8640000, "100 days"),
    ],
)
def test_durations(seconds: float, text: str):
    assert duration(seconds) == value_text(seconds, Unit.SECONDS) == text


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
    assert duration(seconds, durations) == value_text(seconds, Unit.SECONDS, durations) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, Unit.COUNT, "0"),
        (999, Unit.COUNT, "999"),
        (1234.0, Unit.COUNT, "1,234"),
        (1234567, Unit.COUNT, "1,234,567"),
        (92.68, Unit.PERCENT, "92.7 %"),
        (86.25, Unit.PERCENT, "86.3 %"),
        (0.35, Unit.PERCENT, "0.4 %"),
        (0.0, Unit.PERCENT, "0.0 %"),
        (100.0, Unit.PERCENT, "100.0 %"),
    ],
)
def test_counts_and_rates(value: float, unit: Unit, text: str):
    assert value_text(value, unit) == text


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_no_value_is_a_dash_and_not_a_zero(value, unit: Unit):
    assert value_text(value, unit) == "—"


def test_a_value_below_zero_has_a_true_minus_and_no_zero_has_one():
    assert value_text(-12, Unit.COUNT) == "−12"
    assert value_text(-2.0, Unit.PERCENT) == "−2.0 %"
    assert value_text(-0.04, Unit.PERCENT) == "0.0 %"


@pytest.mark.parametrize(
    ("change", "unit", "durations", "text"),
    [
        (1234, Unit.COUNT, Durations.SHORT, "+1,234"),
        (-30, Unit.COUNT, Durations.SHORT, "−30"),
        (0, Unit.COUNT, Durations.SHORT, "±0"),
        (-1.6, Unit.PERCENT, Durations.SHORT, "−1.6 pts"),
        (-0.04, Unit.PERCENT, Durations.SHORT, "±0.0 pts"),
        (-2.4, Unit.SECONDS, Durations.SHORT, "−2.4 s"),
        (75, Unit.SECONDS, Durations.SHORT, "+1:15"),
        (-2.4, Unit.SECONDS, Durations.SECONDS, "−2 s"),
        (-75, Unit.SECONDS, Durations.MINUTES, "−01:15"),
        (0.4, Unit.SECONDS, Durations.MINUTES, "±00:00"),
        (None, Unit.COUNT, Durations.SHORT, "—"),
        (pd.NA, Unit.COUNT, Durations.SHORT, "—"),
    ],
)
def test_changes_have_a_sign_and_a_unit(change, unit: Unit, durations: Durations, text: str):
    assert signed(change, unit, durations) == text


def test_points_may_go_without_their_word():
    assert signed(-1.6, Unit.PERCENT, points="") == "−1.6"


@pytest.mark.parametrize(
    ("value", "earlier", "unit", "text"),
    [
        (85.0, 83.4, Unit.PERCENT, "rose by 1.6 points to 85.0 % from 83.4 %"),
        (250, 330, Unit.SECONDS, "fell by 1:20 to 4:10 from 5:30"),
        (1200, 1234, Unit.COUNT, "fell by 34 to 1,200 from 1,234"),
        (90.0, 90.02, Unit.PERCENT, "stayed at 90.0 %"),
        (250.2, 249.8, Unit.SECONDS, "stayed at 4:10"),
    ],
)
def test_a_value_rose_fell_or_stayed(value: float, earlier: float, unit: Unit, text: str):
    assert rise_or_fall(value, earlier, unit) == text


def test_the_value_can_be_strong():
    told = rise_or_fall(12, 8, Unit.COUNT, strong="**")
    assert told == "rose by 4 to **12** from 8"


@pytest.mark.parametrize(
    ("target", "unit", "seconds", "text"),
    [
        ("80.0", Unit.PERCENT, "20", "80 % in 20 s"),
        ("80", Unit.PERCENT, "90", "80 % in 90 s"),
        ("80", Unit.PERCENT, "120", "80 % in 2 min"),
        ("80", Unit.PERCENT, "125", "80 % in 125 s"),
        ("87.5", Unit.PERCENT, "14400", "87.5 % in 4 h"),
        ("30", Unit.SECONDS, None, "30 s"),
    ],
)
def test_targets_read_as_they_were_set(target: str, unit: Unit, seconds: str | None, text: str):
    assert limit(Decimal(target), unit, Decimal(seconds) if seconds else None) == text


def test_words_that_stand_in_sentences():
    assert FEW_WORDS == "fewer than 20 contacts"
    assert spoken(KPI_BY_KEY["service_level_pct"]) == "Service Level"


@pytest.mark.parametrize("unit", Unit)
def test_many_changes_show_where_each_does(unit):
    edges = np.array([0.0, 0.05, 0.5, 1.0, 1.5, 59.95, 60.0, 3600.0])
    changes = np.concatenate([edges, np.nextafter(edges, -1), np.nextafter(edges, 9e9), -edges])

    assert all_that_show(changes, unit).tolist() == [shows(each, unit) for each in changes]
    assert not all_that_show(np.array([np.nan]), unit).any()
