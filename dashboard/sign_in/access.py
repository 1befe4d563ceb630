"""Who sees what, for sign-in by OpenID Connect: a TOML file with an `[[access]]` for each group."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from genesys.errors import ConfigurationError
from genesys.organization.scope import ALL, NOTHING, Scope
from genesys.words import one_line

ANY: Final = "*"
"""Every division."""

_LARGEST_BYTES: Final = 1_000_000
_EXAMPLE: Final = "Write it as access.example.toml is written."


@dataclass(frozen=True)
class Access:
    """The claim that is looked at, whom to ask, and the divisions of each of its values."""

    claim: str
    ask: str
    rows: Mapping[str, frozenset[str]]

    def scope(self, values: Collection[str]) -> Scope:
        """What somebody with these values of the claim may see."""
        named = frozenset[str]().union(*(self.rows.get(value, ()) for value in values))
        if ANY in named:
            return ALL
        return Scope(named, named) if named else NOTHING

    def known(self, values: Collection[str]) -> tuple[str, ...]:
        """Those of the values that have a row."""
        return tuple(sorted({*values} & self.rows.keys()))


def read_access(path: Path) -> Access:
    """The access that a file grants; raises ConfigurationError saying what is wrong in it."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ConfigurationError(f"{path} has more than {_LARGEST_BYTES:,} bytes.", _EXAMPLE)
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise ConfigurationError(
            f"{path} cannot be read, so nobody may see anything.",
            "Copy access.example.toml to it, or let DASHBOARD_ACCESS name another file.",
        ) from None
    except (ValueError, RecursionError) as error:
        says = one_line(str(error))
        raise ConfigurationError(f"{path} is not TOML: {says}.", _EXAMPLE) from None
    if wrong := _wrong(tables):
        raise ConfigurationError(f"{path}: {wrong}.", _EXAMPLE)
    rows: dict[str, frozenset[str]] = {}
    for row in tables["access"]:
        rows[row["value"]] = rows.get(row["value"], frozenset()) | frozenset(row["divisions"])
    return Access(tables["claim"], tables.get("ask", ""), rows)


def _wrong(tables: Mapping[str, Any]) -> str:
    """What is wrong with the tables; empty where nothing is."""
    if unknown := sorted(tables.keys() - {"claim", "ask", "access"}):
        return f"{unknown[0]} is no key of it"
    if not _is_text(tables.get("claim")):
        return "claim is missing, which names the claim with somebody's groups"
    if "ask" in tables and not _is_text(tables["ask"]):
        return "ask is no text"
    rows = tables.get("access")
    if not isinstance(rows, list) or not rows:
        return "there is no [[access]]"
    return next(filter(None, map(_wrong_row, rows)), "")


def _wrong_row(row: object) -> str:
    if not isinstance(row, dict) or row.keys() != {"value", "divisions"}:
        return "each [[access]] has value and divisions, and nothing else"
    divisions = row["divisions"]
    if not _is_text(row["value"]):
        return "a value is no text"
    if not isinstance(divisions, list) or not divisions or not all(map(_is_text, divisions)):
        return f'divisions of {row["value"]!r} is no list of names, ids or "{ANY}"'
    return ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
