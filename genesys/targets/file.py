"""The targets file: TOML with a `[[target]]` for each target of one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from genesys.errors import ConfigurationError, QueryError
from genesys.kpis.catalogue import KPI_BY_KEY, Better
from genesys.metrics import MEDIA_TYPES
from genesys.names import question, require_known
from genesys.organization.directory import Directory
from genesys.targets.meant import Unmeant, require_meant
from genesys.targets.rows import ANY, JUDGED, Target
from genesys.words import one_line

Row = Mapping[str, Any]

_TABLE: Final = "target"

_NO_TOML: Final = (ValueError, ArithmeticError, RecursionError)
"""What tomllib and Decimal raise for texts that are no TOML, or hold no number that can be."""

_LARGEST_BYTES: Final = 1_000_000


class _Wrong(Exception):
    """What is wrong with a key of a row."""

    def __init__(self, key: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.key = key
        self.what = what
        self.todo = todo


def read_targets(path: Path, directory: Directory) -> tuple[Target, ...]:
    """The rows of a targets file, in its order.

    A queue's name must be one of the directory's, unless that could not be read. Raises
    ConfigurationError with the line and the key.
    """
    text = _text(path)
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except _NO_TOML as error:
        raise ConfigurationError(
            f"{path} is not TOML: {one_line(str(error))}.",
            "Write it as targets.example.toml is written.",
        ) from None
    rows = _rows(path, text, tables)
    targets: dict[tuple[object, ...], Target] = {}
    for number, row in enumerate(rows):
        try:
            target = _target(row, directory, path.name)
            if targets.setdefault((target.kpi, target.queue, target.media_type), target) != target:
                raise _Wrong("queue", "repeats a row further up", "Leave one of the two out.")
        except _Wrong as wrong:
            line = _line(
                text, partial(_begun, number=number, key=wrong.key if wrong.key in row else "")
            )
            raise ConfigurationError(
                f"{path}, line {line}: {wrong.key} {wrong.what}.", wrong.todo
            ) from None
    return tuple(targets.values())


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ConfigurationError(
                f"{path} has more than {_LARGEST_BYTES:,} bytes.", "Leave some rows out."
            )
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        raise ConfigurationError(f"{path} cannot be read.", "Save it as UTF-8 text.") from None


def _rows(path: Path, text: str, tables: Row) -> list[Row]:
    for name, value in tables.items():
        if name != _TABLE or not isinstance(value, list) or not all(map(_is_row, value)):
            line = _line(text, partial(_named, name=name))
            raise ConfigurationError(
                f"{path}, line {line}: {name} is not a list of rows called {_TABLE}.",
                f"Begin each row with [[{_TABLE}]].",
            )
    return list(tables.get(_TABLE, ()))


def _is_row(value: object) -> bool:
    return isinstance(value, dict)


def _line(text: str, seen: Callable[[Row], bool]) -> int:
    """The first line by which the file, read only so far, holds what is looked for."""
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        try:
            if seen(tomllib.loads("\n".join(lines[:number]))):
                return number
        except _NO_TOML:  # ends within a value of several lines
            continue
    return len(lines)


def _named(tables: Row, name: str) -> bool:
    return name in tables


def _begun(tables: Row, number: int, key: str) -> bool:
    """Whether a row is there, with that key where one is named."""
    rows = tables.get(_TABLE, [])
    return len(rows) > number and (not key or key in rows[number])


def _target(row: Row, directory: Directory, source: str) -> Target:
    for key in row:
        if key not in _CHECKS:
            raise _Wrong(key, "is no key of a target", f"The keys are {', '.join(_CHECKS)}.")
    for key, check in _CHECKS.items():
        if key not in row:
            raise _Wrong(key, "is missing", f"Each target has {', '.join(_CHECKS)}.")
        check(key, row, directory)
    return Target(
        kpi=row["kpi"],
        queue=" ".join(row["queue"].split()),
        media_type=row["media_type"],
        target=Decimal(row["target"]),
        amber=Decimal(row["amber"]),
        source=source,
    )


def _word(key: str, row: Row) -> str:
    if not isinstance(row[key], str) or not row[key].strip():
        raise _Wrong(
            key, f"is {_shown(row[key])}, which is no text", "Write it in quotation marks."
        )
    return str(row[key])


def _kpi(key: str, row: Row, _: Directory) -> None:
    _known(key, "KPI with a target", _word(key, row), JUDGED)


def _media_type(key: str, row: Row, _: Directory) -> None:
    _known(key, "media type", _word(key, row), (*MEDIA_TYPES, ANY))


def _known(key: str, kind: str, word: str, words: tuple[str, ...]) -> None:
    try:
        require_known(kind, (word,), words)
    except QueryError as error:
        todo = f"{error.todo} Allowed are {', '.join(words)}."
        raise _Wrong(key, f"is {word!r}, which is no {kind}", todo) from None


def _queue(key: str, row: Row, directory: Directory) -> None:
    text = _word(key, row)
    if ANY in text or not directory.complete or directory.find(text):
        return
    near = directory.nearest(text)
    todo = question(near) or "Name it as Genesys Cloud does."
    raise _Wrong(key, f"is {text!r}, which is no queue", todo)


def _limit(key: str, row: Row, _: Directory) -> None:
    try:
        require_meant(KPI_BY_KEY[row["kpi"]], row["media_type"], row[key])
    except Unmeant as unmeant:
        raise _Wrong(key, f"is {_shown(row[key])}{unmeant}", unmeant.todo) from None


def _shown(value: object) -> str:
    """A value as the file has it; Python writes no number of thousands of digits."""
    try:
        return one_line(str(value) if isinstance(value, Decimal) else repr(value), 60)
    except ValueError:
        return "a number of thousands of digits"


def _amber(key: str, row: Row, directory: Directory) -> None:
    _limit(key, row, directory)
    if KPI_BY_KEY[row["kpi"]].better is Better.UP:
        wrong, side = row[key] > row["target"], "at or below"
    else:
        wrong, side = row[key] < row["target"], "at or above"
    if wrong:
        what = f"is {_shown(row[key])}, on the good side of the target {_shown(row['target'])}"
        raise _Wrong(key, what, f"For {row['kpi']} it is {side} the target.")


_CHECKS: Final[Mapping[str, Callable[[str, Row, Directory], None]]] = {
    "kpi": _kpi,
    "queue": _queue,
    "media_type": _media_type,
    "target": _limit,
    "amber": _amber,
}
"""The keys of a row and what is asked of each; later ones rely on the earlier."""
