"""Tables as a browser draws them: what is sent to `browser_table.js`, and its style."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from genesys.analytics.frames import NONE
from genesys.insights.comparison import Verdict
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import FEW_WORDS, NO_VALUE, Durations, signed, value_text
from genesys.safe_csv import harmless
from genesys.targets import Status
from reports.table import DIGITS, Column, Table, at_end, sort_values
from reports.theme import INKS, LESS, MORE, STATUS_SIGNS, sign_of

_HERE: Final = Path(__file__).resolve()

SCRIPT: Final = _HERE.with_suffix(".js").read_text(encoding="utf-8")

_WORDS: Final[Mapping[str, str]] = {
    Status.MET: "target met",
    Status.NEAR: "near the target",
    Status.MISSED: "target missed",
    Status.FEW: f"{FEW_WORDS}, so not judged",
    Verdict.BETTER: "better",
    Verdict.WORSE: "worse",
}
"""What a mark says to those who do not see its sign; one that is a sentence says itself."""

_TURNS: Final = (Verdict.BETTER.value, Verdict.WORSE.value)


@dataclass(frozen=True)
class Look:
    """How a table is drawn, besides what stands in it.

    `key` tells it from the page's others, in the address too. A name of a queue leads to `href`
    and its id. `bars` are columns with bars, `noun` is what its rows are, `find` invites to
    look for some; queues of `ends` stand below all others. Percentages go without their sign where
    the table is `bare`, as a heading names the unit. Where it is of `sentences` its cells break.
    """

    key: str
    caption: str
    noun: str = "rows"
    find: str = ""
    href: str = ""
    bars: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()
    bare: bool = False
    sentences: bool = False
    durations: Durations = Durations.SHORT


def style() -> str:
    """The style sheet, with the inks of marks for light and dark pages and for paper."""
    rules = [_HERE.with_suffix(".css").read_text(encoding="utf-8")]
    for mark, ink in INKS.items():
        name, property_ = _ink(mark), "background-color" if ink.fills else "color"
        rules += [
            f".{name}{{{property_}:{ink.light}}}",
            f".dark .{name}{{{property_}:{ink.dark}}}",
            f"@media print{{.dark .{name}{{{property_}:{ink.light}}}}}",
        ]
    return "\n".join(rules)


def packed(table: Table, look: Look) -> bytes:
    """The table as JSON, packed by gzip: the same bytes for the same table."""
    return gzip.compress(msgspec.json.encode(sheet(table, look)), compresslevel=1, mtime=0)


def sheet(table: Table, look: Look) -> dict[str, Any]:
    """The table as the script takes it: each column with its texts, values, marks and changes.

    Values decide the order and are what is copied; of text they are the places in its order.
    """
    rows = table.rows
    columns = [_column(table, column, look) for column in table.columns]
    found: dict[str, Any] = {
        "key": look.key,
        "caption": look.caption,
        "noun": look.noun,
        "find": look.find,
        "sentences": look.sentences,
        "totals": table.totals,
        "columns": columns,
        "marks": _marks(columns),
        "harmless": _harmless(columns),
        "ends": np.flatnonzero(at_end(table, look.ends)).tolist(),
    }
    if look.href and "queue_id" in rows:
        ids = rows["queue_id"].fillna("").astype(str)
        found |= {"href": look.href, "ids": ids.mask(ids == NONE, "").tolist()}
    if "strong" in rows:
        found["strong"] = np.flatnonzero(rows["strong"].to_numpy(dtype=bool, na_value=False))
        found["strong"] = found["strong"].tolist()
    if (groups := table.groups()) is not None:
        found["groups"] = groups.tolist()
    return found


def _column(table: Table, column: Column, look: Look) -> dict[str, Any]:
    values = table.rows[column.key]
    is_number = is_numeric_dtype(values)
    found: dict[str, Any] = {
        "key": str(column.key),
        "label": str(column.label),
        "help": column.help,
        "beneath": column.beneath,
        "unit": column.unit.name.lower() if column.unit else "",
        "isText": not is_number,
        "texts": [_written(each, look) for each in texts(values, column, look.durations)],
        "values": _values(table, column),
    }
    if any(marks := _marks_of(table, column)):
        found["marks"] = marks
    if change := column.change:
        changes = texts(table.rows[change.key], change, look.durations, points="")
        found["changes"] = {
            "texts": ["" if each == NO_VALUE else each for each in changes],
            "marks": _marks_of(table, change),
            "values": _values(table, change),
        }
    if column.key in look.bars:
        found["most"] = _most(values.iloc[table.totals :], column.unit)
    return found


def _written(text: str, look: Look) -> str:
    return text.removesuffix(" %") if look.bare else text


def _marks_of(table: Table, column: Column) -> list[str]:
    """The marks of a column; of changes that are better or worse, with the sign of the change."""
    marks: list[str] = table.marks(column).tolist()
    if not column.is_change:
        return marks
    signs = np.where(sort_values(table, column) > 0, MORE, LESS).tolist()
    return [
        f"{mark} {sign}" if mark in _TURNS else mark
        for mark, sign in zip(marks, signs, strict=True)
    ]


def _values(table: Table, column: Column) -> list[float | None]:
    values = sort_values(table, column)
    written = values.astype(object)
    written[np.isnan(values)] = None
    found: list[float | None] = written.tolist()
    return found


def texts(
    values: pd.Series[Any],
    column: Column,
    durations: Durations = Durations.SHORT,
    points: str = " pts",
) -> list[str]:
    """The values of a column as people read them; a number without a unit to four decimals."""
    if column.unit is None:
        is_number = is_numeric_dtype(values)
        nothing, shown = (NO_VALUE, values.round(DIGITS)) if is_number else ("", values)
        return [nothing if pd.isna(each) else str(each) for each in shown.tolist()]
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan).tolist()
    if column.is_change:
        return [signed(each, column.unit, durations, points=points) for each in numbers]
    return [value_text(each, column.unit, durations) for each in numbers]


def _most(values: pd.Series[Any], unit: Unit | None) -> float:
    """The value whose bar is as long as can be."""
    if unit is Unit.PERCENT:
        return 100
    top = float(pd.to_numeric(values).max()) if len(values) else 0
    return top if top > 0 else 1


def _marks(columns: Collection[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Sign, words and ink of each mark in the columns and their changes."""
    lists = [column.get("marks", ()) for column in columns]
    lists += [column["changes"]["marks"] for column in columns if "changes" in column]
    known = dict.fromkeys(mark for marks in lists for mark in marks if mark)
    return {mark: _mark(mark) for mark in known}


def _mark(mark: str) -> dict[str, str]:
    """A mark that is no other is the reason why a value is not judged."""
    name, _, sign = mark.partition(" ")
    if name in _TURNS:
        return {"sign": sign, "words": _WORDS[name], "ink": _ink(name)}
    known = mark if mark in STATUS_SIGNS else Status.FEW
    return {"sign": sign_of(mark), "words": _WORDS.get(mark, mark), "ink": _ink(known)}


def _ink(mark: str) -> str:
    return f"mark-{mark.split(maxsplit=1)[0]}"


def _harmless(columns: Collection[Mapping[str, Any]]) -> dict[int, dict[int, str]]:
    """By place and row, texts as a spreadsheet may have them, where they differ."""
    found = {}
    for place, column in enumerate(columns):
        if column["isText"]:
            safe = {
                row: text
                for row, each in enumerate(column["texts"])
                if (text := harmless(each)) != each
            }
            if safe:
                found[place] = safe
    return found
