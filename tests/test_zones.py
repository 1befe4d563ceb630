"""Names of time zones: taken where they mean what people think, refused with the likely ones."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.zones import MEANT, zone_named, zones_to_choose
from tests.examples import examples


@pytest.mark.parametrize(
    "name",
    ["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "GMT", "Etc/UTC", "Japan"],
)
def test_names_that_mean_what_people_think_are_taken(name: str):
    assert zone_named(name).key == name


@pytest.mark.parametrize("name", MEANT)
def test_abbreviations_and_names_of_windows_are_refused_with_the_zones_they_may_mean(name: str):
    with pytest.raises(ValueError, match=f"Did you mean {MEANT[name][0]}"):
        zone_named(name.title() if " " in name else name)


def test_every_likely_zone_is_one():
    assert {ZoneInfo(name).key for names in MEANT.values() for name in names}


@pytest.mark.parametrize(
    ("name", "means"),
    [("Etc/GMT+5", "UTC-05:00"), ("Etc/GMT-14", "UTC+14:00"), ("Etc/GMT+0", "UTC-00:00")],
)
def test_reversed_signs_are_refused_with_the_offset_spelled_out(name: str, means: str):
    with pytest.raises(ValueError, match=f"It means {means.replace('+', '[+]')}, the reverse"):
        zone_named(name)


@pytest.mark.parametrize("name", ["+02:00", "UTC+2", "GMT-5", "-0500", "utc+05:30"])
def test_offsets_are_no_zones(name: str):
    with pytest.raises(ValueError, match="stands still when clocks change"):
        zone_named(name)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Europe/Lodon", "Europe/London"),
    ],
)
def test_cities_and_slips_lead_to_their_zone(name: str, zone: str):
    with pytest.raises(ValueError, match=zone):
        zone_named(name)


def test_zones_to_choose_say_where_and_are_all_taken():
    offered = zones_to_choose()

    assert offered[0] == "UTC"
    assert {"Europe/London", "America/New_York", "Asia/Kathmandu"} < {*offered}
    assert not {"EST", "Etc/GMT+5", "Factory"} & {*offered}
    assert [zone_named(each).key for each in offered] == [*offered]


@examples(100)
@given(st.text(max_size=30) | st.sampled_from([*MEANT, "Etc/GMT+5", "Berlin", "../etc/passwd"]))
def test_any_name_is_a_zone_of_that_name_or_refused_in_words(text: str):
    try:
        found = zone_named(text).key
    except ValueError as error:
        found = text if repr(text) in str(error) else ""
    assert found == text
