"""How large modules and functions may be: a reader holds one in mind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]

MOST_LINES: Final = 300
MEDIAN_LINES: Final = 120
LONGEST_FUNCTION: Final = 50
NINTH_TENTH: Final = 25
"""Nine functions of ten are not longer than this."""


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
                found[f"{path}:{node.lineno} {node.name}"] = lines
    return found


def test_no_module_is_too_large_to_hold_in_mind() -> None:
    assert {path: lines for path, lines in modules().items() if lines > MOST_LINES} == {}


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    assert {name: lines for name, lines in functions().items() if lines > LONGEST_FUNCTION} == {}


def test_half_of_the_modules_are_short() -> None:
    assert median(modules().values()) <= MEDIAN_LINES


def test_nine_functions_of_ten_are_short() -> None:
    assert quantiles(functions().values(), n=10)[-1] <= NINTH_TENTH


def test_no_test_module_is_too_large_to_hold_in_mind() -> None:
    lines = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in sorted((ROOT / "tests").rglob("*.py"))
    }
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}
