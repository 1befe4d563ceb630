"""How large modules and functions may be: a reader holds one in mind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]

MOST_LINES: Final = 300
MEDIAN_LINES: Final = 120
LONGEST_FUNCTION: Final = 50
NINTH_TENTH: Final = 25
"""Nine functions of ten are not longer than this."""

LARGE_MODULES: Final = {"genesys/kpis/catalogue.py": 321}
LONG_FUNCTIONS: Final[dict[str, int]] = {}
"""Those of today that are beyond, with their lines. They may shrink and not grow; one that is
within bounds must leave the list, so that it cannot come back.
"""


def files() -> Iterator[Path]:
    yield ROOT / "app.py"
    for folder in ("benchmarks", "dashboard", "genesys", "pages", "reports"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def modules() -> dict[str, int]:
    """The lines of each module that has any code."""
    lines = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in files()
    }
    return {path: count for path, count in lines.items() if not path.endswith("__init__.py")}


def functions() -> dict[str, int]:
    """The lines of each function and method, its decorators left out."""
    found = {}
    for file in files():
        path = file.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                key = f"{path}:{node.name}"
                found[key] = max(lines, found.get(key, 0))
    return found


@pytest.mark.parametrize(
    ("sizes", "most", "known"),
    [
        (modules(), MOST_LINES, LARGE_MODULES),
        (functions(), LONGEST_FUNCTION, LONG_FUNCTIONS),
    ],
    ids=["modules", "functions"],
)
def test_nothing_is_too_large_to_hold_in_mind(
    sizes: dict[str, int], most: int, known: dict[str, int]
) -> None:
    beyond = {name: lines for name, lines in sizes.items() if lines > most}
    grown = {name: lines for name, lines in beyond.items() if lines > known.get(name, most)}

    assert grown == {}
    assert sorted(known.keys() - beyond.keys()) == [], "these leave the list"


def test_half_of_the_modules_are_short() -> None:
    assert median(modules().values()) <= MEDIAN_LINES


def test_nine_functions_of_ten_are_short() -> None:
    assert quantiles(functions().values(), n=10)[-1] <= NINTH_TENTH
