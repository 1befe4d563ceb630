"""Days that are unlike others of their weekday: the holidays of a place, and marked ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from genesys.names import did_you_mean
from genesys.words import listed

MARKED: Final = "marked as unusual"
"""Why a day is unusual that somebody marked."""

_LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True)
class UnusualDays:
    """The holidays of a place, by a code that `place_named` gives, and days somebody marked."""

    place: str = ""
    marked: frozenset[date] = frozenset()

    def __bool__(self) -> bool:
        """Whether any day is unusual."""
        return bool(self.place or self.marked)

    def why(self, day: date) -> str:
        """Why the day is unusual, such as its holiday's name; empty where it is as others are."""
        holiday = _holidays(self.place, day.year).get(day, "") if self.place else ""
        return holiday or (MARKED if day in self.marked else "")


NONE_UNUSUAL: Final = UnusualDays()

OF_DEMO: Final = UnusualDays("GB-ENG")
"""Those of the demo organization, where no others are set."""


def place_named(text: str) -> str:
    """The code of a country, or of a part as in GB-ENG; nothing for no text.

    Raises ValueError where there is no such place.
    """
    if not text:
        return ""
    import holidays  # noqa: PLC0415 - slow to import, and most name no place

    known = holidays.list_supported_countries()
    country, dash, part = text.strip().partition("-")
    country = country.upper()
    if country not in known:
        raise ValueError(
            f"{text!r} begins with no code of a country, such as DE, GB or US."
            f" {did_you_mean(country, known)}".rstrip()
        )
    if not dash:
        return country
    parts = {each.upper(): each for each in known[country]}
    if part.upper() not in parts:
        those = f"has {listed(parts.values())}" if parts else "has none"
        raise ValueError(f"{text!r} ends with no part of {country}, which {those}.")
    return f"{country}-{parts[part.upper()]}"


def days_listed(text: str) -> frozenset[date]:
    """The days of a list such as 2026-03-12, 2026-07-01/2026-07-03.

    Raises ValueError where it holds anything else.
    """
    parts = (part.strip() for part in text.split(","))
    return frozenset(day for part in parts if part for day in _days_of(part))


def _days_of(part: str) -> Iterator[date]:
    first, _, last = part.partition("/")
    try:
        begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ValueError(f"{part!r} is no day such as 2026-03-12.") from None
    if not timedelta() <= end - begin <= _LONGEST:
        raise ValueError(f"{part!r} ends before it begins, or is longer than a year.")
    return (begin + timedelta(days=days) for days in range((end - begin).days + 1))


@lru_cache(maxsize=64)
def _holidays(place: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415 - slow to import, and most name no place

    country, _, part = place.partition("-")
    found = holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US")
    return dict(found.items())
