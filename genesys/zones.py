"""Time zones by the names of IANA; names that mean another time than people think are refused."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from genesys.names import did_you_mean
from genesys.words import listed

MEANT: Final = {
    "EST": ("America/New_York",),
    "EDT": ("America/New_York",),
    "EST5EDT": ("America/New_York",),
    "EASTERN STANDARD TIME": ("America/New_York",),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "CDT": ("America/Chicago",),
    "CST6CDT": ("America/Chicago",),
    "CENTRAL STANDARD TIME": ("America/Chicago",),
    "MST": ("America/Denver", "America/Phoenix"),
    "MDT": ("America/Denver",),
    "MST7MDT": ("America/Denver",),
    "MOUNTAIN STANDARD TIME": ("America/Denver",),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "PDT": ("America/Los_Angeles",),
    "PST8PDT": ("America/Los_Angeles",),
    "PACIFIC STANDARD TIME": ("America/Los_Angeles",),
    "HST": ("Pacific/Honolulu",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "GMT STANDARD TIME": ("Europe/London",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "INDIA STANDARD TIME": ("Asia/Kolkata",),
    "WET": ("Europe/Lisbon",),
    "CET": ("Europe/Berlin", "Europe/Paris"),
    "CEST": ("Europe/Berlin", "Europe/Paris"),
    "MET": ("Europe/Berlin", "Europe/Paris"),
    "MEZ": ("Europe/Berlin",),
    "W. EUROPE STANDARD TIME": ("Europe/Berlin",),
    "ROMANCE STANDARD TIME": ("Europe/Paris",),
    "CENTRAL EUROPE STANDARD TIME": ("Europe/Budapest",),
    "CENTRAL EUROPEAN STANDARD TIME": ("Europe/Warsaw",),
    "EET": ("Europe/Helsinki", "Europe/Athens"),
    "MSK": ("Europe/Moscow",),
    "RUSSIAN STANDARD TIME": ("Europe/Moscow",),
    "SGT": ("Asia/Singapore",),
    "JST": ("Asia/Tokyo",),
    "TOKYO STANDARD TIME": ("Asia/Tokyo",),
    "CHINA STANDARD TIME": ("Asia/Shanghai",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney",),
    "AUS EASTERN STANDARD TIME": ("Australia/Sydney",),
    "NZST": ("Pacific/Auckland",),
}
"""What abbreviations and the names of Windows may mean; some mean several."""

_FIXED: Final = re.compile(
    r"(?:(?P<etc>Etc/)?(?:GMT|UTC))?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?\d\d)?", re.IGNORECASE
)


@cache
def _names() -> frozenset[str]:
    """The names of IANA; a machine's own files hold others, which the API does not know."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


def zones_to_choose() -> tuple[str, ...]:
    """The names that say where, in the order of the alphabet, and UTC first."""
    places = (name for name in _names() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(places))


def zone_named(text: str) -> ZoneInfo:
    """The zone of an IANA name; raises ValueError with the likely names where there is none."""
    if meant := MEANT.get(text.strip().upper()):
        raise ValueError(
            f"{text!r} is an abbreviation or a name of Windows, not an IANA time zone: it stands"
            f" still when clocks change, or means several. Did you mean {listed(meant, 'or')}?"
        )
    if fixed := _FIXED.fullmatch(text.strip()):
        raise ValueError(_fixed(text, fixed))
    if text in _names():
        return ZoneInfo(text)
    cities = _of_city(text)
    advice = f"Did you mean {listed(cities, 'or')}?" if cities else did_you_mean(text, _names())
    raise ValueError(
        f"{text!r} is no IANA time zone such as Europe/London, America/New_York or UTC."
        f" {advice}".rstrip()
    )


def _fixed(text: str, found: re.Match[str]) -> str:
    """Why an offset is no zone; the signs of Etc/GMT are the reverse of everybody else's."""
    sign, hours = found["sign"], int(found["hours"])
    if found["etc"]:
        reverse = "-" if sign == "+" else "+"
        means = f" It means UTC{reverse}{hours:02}:00, the reverse of its sign."
    else:
        means = ""
    return (
        f"{text!r} is an offset, which stands still when clocks change, and no time zone.{means}"
        " Name the zone by a city, such as Europe/London or America/New_York."
    )


def _of_city(text: str) -> list[str]:
    """The zones named by a city, such as Berlin or new york."""
    city = "_".join(text.casefold().split())
    return sorted(name for name in _names() if name.casefold().rpartition("/")[2] == city)
