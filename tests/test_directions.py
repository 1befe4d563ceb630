"""Who may import whom: genesys <- reports <- dashboard <- pages, and nobody the other way."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]

COMMAND_LINE: Final = ("genesys/__main__.py", "genesys/command_line/*")

IMPORTERS: Final = {
    "streamlit": ("app.py", "dashboard/*", "pages/*"),
    "plotly": ("dashboard/*", "pages/*", "reports/*"),
    "requests": ("genesys/*",),
    "reports": ("dashboard/*", "pages/*", "reports/*", *COMMAND_LINE),
    "dashboard": ("dashboard/*", "pages/*"),
    "pages": (),
    "genesys.demo": ("dashboard/data/organization.py", "genesys/demo/*", *COMMAND_LINE),
}
"""Each package or module with rules of its own, and the files that may import it."""


def imported(source: str, package: str) -> set[str]:
    """The modules that a file of `package` imports, as full names."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = [*package.split(".")[: 1 - node.level or None]] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            modules |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return modules


def offences(module: str, allowed: tuple[str, ...]) -> list[str]:
    folders = ("dashboard", "genesys", "pages", "reports")
    files = [ROOT / "app.py", *(file for name in folders for file in (ROOT / name).rglob("*.py"))]
    offenders = []
    for file in files:
        path = file.relative_to(ROOT)
        names = imported(file.read_text(encoding="utf-8"), ".".join(path.parent.parts))
        uses = any(name == module or name.startswith(f"{module}.") for name in names)
        if uses and not any(fnmatch(path.as_posix(), pattern) for pattern in allowed):
            offenders.append(path.as_posix())
    return offenders


@pytest.mark.parametrize(("module", "allowed"), IMPORTERS.items(), ids=IMPORTERS)
def test_a_module_is_imported_only_where_it_belongs(module: str, allowed: tuple[str, ...]) -> None:
    assert offences(module, allowed) == []


@pytest.mark.parametrize(
    ("source", "package", "names"),
    [
        ("import genesys.demo.options", "genesys", {"genesys.demo.options"}),
        ("from genesys import demo", "dashboard", {"genesys", "genesys.demo"}),
        ("from . import demo", "genesys", {"genesys", "genesys.demo"}),
        ("from .demo import serve", "genesys", {"genesys.demo", "genesys.demo.serve"}),
        ("from ..errors import Facts", "genesys.demo", {"genesys.errors", "genesys.errors.Facts"}),
    ],
)
def test_imports_are_found_however_they_are_written(
    source: str, package: str, names: set[str]
) -> None:
    assert imported(source, package) == names
