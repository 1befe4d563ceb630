"""What stands in a link and is not understood, in words, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.selecting.page_words import WORDS
from dashboard.selecting.selection import (
    AUTOMATIC,
    CUSTOM,
    FIRST_DAY,
    MOST_CONTACTS,
    MOST_LETTERS,
    MOST_QUEUES,
    OWN,
    PARAMETERS,
)
from genesys.analytics.frames import NONE
from genesys.insights.earlier import Way
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from genesys.kpis.sets import KPI_SETS
from genesys.kpis.trend import STEP_BY_KEY
from genesys.metrics import MEDIA_TYPES
from genesys.names import did_you_mean
from genesys.organization.directory import Directory
from genesys.units import coarser
from genesys.zones import zone_named
from reports.scenes.choice import HIDE, SAY, SCENES
from reports.scenes.choice import NONE as NO_QUEUE
from reports.scenes.choice import PARAMETERS as PARAMETERS_OF_MEETINGS
from reports.scenes.definitions import KEYS

Params = Mapping[str, Sequence[str]]

PICK: Final = "pick"
MOST_PICKED: Final = 6
"""More queues side by side cannot be told apart."""

OF_MEETINGS: Final = (*PARAMETERS_OF_MEETINGS, "scene", "every")
"""What a meeting writes into the address: its choice, the scene that is shown, the timer."""

OF_PAGES: Final = (PICK, *WORDS, *OF_MEETINGS)
"""What parts of pages write into the address besides the selection."""

OWN_NAMES: Final = ("sort-", SAY)
"""How parameters begin that name a table or a scene."""


@dataclass(frozen=True)
class Words:
    """The words that a parameter may be, and how many of them count."""

    known: tuple[str, ...]
    most: int = 1


_WORDS: Final[Mapping[str, Words]] = {
    "period": Words((*PRESET_BY_KEY, CUSTOM)),
    "compare": Words(tuple(Way)),
    "media": Words(MEDIA_TYPES, len(MEDIA_TYPES)),
    "step": Words((AUTOMATIC, *STEP_BY_KEY)),
    "set": Words((*(each.key for each in KPI_SETS), OWN)),
    "kpi": Words(tuple(KPI_BY_KEY), len(KPI_BY_KEY)),
    "blend": Words(("yes",)),
    "times": Words(tuple(Durations)),
    SCENES: Words(KEYS),
    HIDE: Words((NO_QUEUE,)),
    **{name: Words(known) for name, known in WORDS.items()},
}

_MOST: Final = {"division": MOST_QUEUES, "queue": MOST_QUEUES, PICK: MOST_PICKED}


def misread(params: Params, directory: Directory) -> tuple[str, ...]:
    """A sentence for each part of an address that a page does not follow."""
    given = {name: [*filter(None, words)] for name, words in params.items()}
    return tuple(_misread(given, directory))


def _misread(given: Params, directory: Directory) -> Iterator[str]:
    for name, words in given.items():
        yield from _of_words(name, words)
        yield from _of_number(name, words)
    yield from _of_zone(given.get("zone", ()))
    yield from _of_dates(given)
    for word in given.get("as_of", ())[:1]:
        if said := _wrong_day(word):
            yield _line("as_of", word, said)
    yield from _of_names(given, directory)


def _of_words(name: str, words: Sequence[str]) -> Iterator[str]:
    if name not in (*PARAMETERS, *OF_PAGES) and not name.startswith(OWN_NAMES):
        yield _line(name, "", did_you_mean(name, (*PARAMETERS, *OF_PAGES)))
        return
    if allowed := _WORDS.get(name):
        parts = [part for word in words for part in word.split(",")] if name == SCENES else words
        for word in dict.fromkeys(parts):
            if word not in allowed.known:
                yield _line(name, word, did_you_mean(word, allowed.known))
    several = allowed.most if allowed else _MOST.get(name, 1)
    count = len(dict.fromkeys(words))
    if name in (*PARAMETERS, PICK, *WORDS) and count > several:
        yield f"{name} has {count} values, of which the first {several} count."


def _of_number(name: str, words: Sequence[str]) -> Iterator[str]:
    for word in words[:1]:
        if name == "min" and not re.fullmatch("[0-9]{1,9}", word):
            grouped = re.fullmatch("[0-9]{1,3}([,.' ][0-9]{3})+", word)
            meant = f" Did you mean {re.sub('[^0-9]', '', word)}?" if grouped else ""
            yield _line(name, word, f"It is a whole number.{meant}")
        elif name == "min" and int(word) > MOST_CONTACTS:
            yield _line(name, word, f"The most is {MOST_CONTACTS:,}, which is taken.")
        elif name == "scene" and not re.fullmatch("[0-9]{1,4}", word):
            yield _line(name, word, "It is a whole number.")
        elif name == "every" and not re.fullmatch("[3-9]|[1-9][0-9]{1,3}", word):
            meant = coarser(word, 1000, 9999, unit="seconds", finer="milliseconds")
            said = f"It is a whole number of seconds from 3 to 9999. {meant}"
            yield _line(name, word, said.strip())
        elif name == "find" and len(word.strip()) > MOST_LETTERS:
            yield f"find is longer than {MOST_LETTERS} letters; the first ones count."


def _of_zone(words: Sequence[str]) -> Iterator[str]:
    for word in words[:1]:
        try:
            zone_named(word)
        except ValueError as error:
            yield _line("zone", word, str(error))


def _of_dates(given: Params) -> Iterator[str]:
    days = {name: given.get(name, ())[:1] for name in ("from", "to")}
    wrong = False
    for name, words in days.items():
        for word in words:
            if said := _wrong_day(word):
                wrong = True
                yield _line(name, word, said)
    period = next(iter(given.get("period", ())), "")
    first, last = (next(iter(words), "") for words in days.values())
    if (first or last) and period in PRESET_BY_KEY:
        yield f"from and to do not count beside period={period}."
    elif (first or period == CUSTOM) and not last:
        yield "to is missing: a range has a first and a last day."
    elif last and not first:
        yield "from is missing: a range has a first and a last day."
    elif not wrong and first > last:
        yield f"from={first} is after to={last}."


def _wrong_day(word: str) -> str:
    """Why a word is no day; empty where it is one."""
    if not re.fullmatch("[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}-?W[0-9]{2}-?[0-9]", word):
        return "A day looks like 2026-06-10."
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return "The calendar has no such day."
    return "" if day >= FIRST_DAY else f"The first day is {FIRST_DAY}."


def _of_names(given: Params, directory: Directory) -> Iterator[str]:
    """Nothing follows from a list that is not whole."""
    if not directory.complete:
        return
    divisions = directory.divisions()
    for word in dict.fromkeys(given.get("division", ())):
        if word not in divisions:
            yield _line("division", word, did_you_mean(word, divisions.values()))
    for name in ("queue", PICK):
        for word in dict.fromkeys(given.get(name, ())):
            if word != NONE and not directory.find(word):
                yield _line(name, word, did_you_mean(word, directory.labels().values()))


def _line(name: str, word: str, advice: str) -> str:
    return f"{name}={word}. {advice}".strip() if word else f"{name}. {advice}".strip()


def looked_up(texts: Iterable[str], find: Callable[[str], Sequence[str]]) -> list[str]:
    """The ids that texts mean, be they ids or names; what means none stays as it is."""
    return [*dict.fromkeys(each for text in texts for each in (find(text) or (text,)))]


def division_ids(text: str, directory: Directory) -> tuple[str, ...]:
    """The divisions of an id, or else of a name in any case."""
    divisions = directory.divisions()
    named = (key for key, name in divisions.items() if name.casefold() == text.strip().casefold())
    return (text,) if text in divisions else tuple(named)


def left_out(params: Params, directory: Directory) -> tuple[dict[str, list[str]], bool]:
    """An address without the queues and divisions that a directory lacks; whether it had any."""
    known: dict[str, Container[str]] = {
        "queue": directory.queues,
        PICK: directory.queues,
        "division": directory.divisions(),
    }
    left = {
        name: [word for word in words if not word or name not in known or word in known[name]]
        for name, words in params.items()
    }
    return left, any(len(left[name]) < len(words) for name, words in params.items())
