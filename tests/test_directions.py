"""Who may import whom: each wing only what stands below it, inside a package too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]

GROUND: Final = "ground"
"""The modules that lie in `genesys/` itself: words, time, errors."""

PAGES: Final = "pages"

WINGS: Final = (
    GROUND,
    "genesys.client",
    "genesys.analytics",
    "genesys.organization",
    "genesys.kpis",
    "genesys.targets",
    "genesys.insights",
    "genesys.days",
    "genesys.command_line",
    "genesys.__main__",
    "reports",
    "dashboard.markdown",
    "dashboard.sign_in",
    "dashboard.together",
    "dashboard.selecting",
    "dashboard.data",
    "dashboard.drawing",
    "dashboard.sections",
    "dashboard.main",
    "dashboard.warming",
    "dashboard.document",
    PAGES,
    "app",
)
"""From below to above: a module imports of its own wing, and of those before it."""

APART: Final = {
    "genesys.demo": (GROUND, "genesys.demo"),
    "genesys.command_line": (*WINGS[:9], "genesys.demo"),
    "genesys.__main__": (*WINGS[:10], "genesys.demo"),
    "reports.command_line": (*WINGS[:9], "reports"),
    "reports.__main__": (*WINGS[:9], "reports", "reports.command_line"),
}
"""Wings with a list of their own: the demo stands beside the client, which must not know it."""

DEMO_STARTER: Final = "dashboard.data.organization"
"""The one module of the dashboard that starts the demo organization."""

EXCEPTIONS: Final[dict[tuple[str, str], str]] = {}
"""Today's arrows upward, importer and imported, each with its reason; the aim is none.

One that is no longer there must leave this list, so that it cannot come back.
"""

PACKAGES: Final[dict[str, tuple[str, ...]]] = {
    "streamlit": ("app.py", "dashboard/*", "pages/*"),
    "plotly": ("dashboard/*", "pages/*", "reports/*"),
    "pptx": ("reports/deck/*",),
    "requests": ("genesys/client/*",),
    "xlsxwriter": ("genesys/kpis/sheets.py", "reports/*"),
    "authlib": ("dashboard/sign_in/*",),
    "redis": ("dashboard/together/*",),
    "joserfc": ("dashboard/sign_in/*",),
    "deltalake": ("genesys/days/*",),
    "duckdb": ("genesys/days/*",),
    "platformdirs": ("genesys/days/*",),
    "pages": (),
    "app": (),
}
"""Packages, and scripts of ours, that only these files may import."""


def files() -> Iterator[Path]:
    yield ROOT / "app.py"
    for folder in ("dashboard", "genesys", "pages", "reports"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def dotted(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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


@cache
def imports() -> dict[str, set[str]]:
    """What each module of ours imports of ours, or of anybody's."""
    return {
        dotted(file): imported(
            file.read_text(encoding="utf-8"), ".".join(file.relative_to(ROOT).parent.parts)
        )
        for file in files()
    }


def wing(module: str) -> str | None:
    """The wing that a module stands in; none where it is nobody's or a whole package."""
    names = [name for name in (*WINGS, *APART) if module == name or module.startswith(f"{name}.")]
    if names:
        return max(names, key=len)
    return GROUND if module.startswith("genesys.") and module in imports() else None


def may_import(importer: str, other: str) -> bool:
    """Whether a module may import one of another wing."""
    own, its = wing(importer), wing(other)
    if own is None or its is None or own == its:
        return True
    if its == "genesys.demo" and importer == DEMO_STARTER:
        return True
    if own in APART:
        return its in APART[own]
    return its in WINGS[: WINGS.index(own)] and not its.startswith(
        ("genesys.command_line", "genesys.__main__")
    )


def arrows_upward() -> set[tuple[str, str]]:
    modules = imports()
    return {
        (importer, other)
        for importer, names in modules.items()
        for other in names & modules.keys()
        if not may_import(importer, other)
    }


def test_every_wing_imports_only_what_stands_below_it() -> None:
    assert sorted(arrows_upward() - EXCEPTIONS.keys()) == []


def test_an_arrow_that_is_no_longer_needed_leaves_the_list() -> None:
    assert sorted(EXCEPTIONS.keys() - arrows_upward()) == []


def test_every_exception_has_its_reason() -> None:
    assert all(EXCEPTIONS.values())


def test_every_module_stands_in_a_wing() -> None:
    homeless = [module for module in imports() if wing(module) is None]

    assert homeless == ["dashboard", "genesys"]


@pytest.mark.parametrize(("package", "allowed"), PACKAGES.items(), ids=PACKAGES)
def test_a_package_is_imported_only_where_it_belongs(
    package: str, allowed: tuple[str, ...]
) -> None:
    offenders = [
        path
        for file in files()
        if any(
            name == package or name.startswith(f"{package}.") for name in imports()[dotted(file)]
        )
        and not any(
            fnmatch(path := file.relative_to(ROOT).as_posix(), pattern) for pattern in allowed
        )
    ]

    assert offenders == []


@pytest.mark.parametrize(
    ("importer", "other", "fine"),
    [
        ("genesys.kpis.rollup", "genesys.analytics.frames", True),
        ("genesys.analytics.frames", "genesys.kpis.rollup", False),
        ("genesys.errors", "genesys.client.api", False),
        ("genesys.demo.server", "genesys.metrics", True),
        ("genesys.demo.server", "genesys.kpis.catalogue", False),
        ("genesys.insights.report", "reports.table", False),
        ("reports.table", "reports.command_line.arguments", False),
        ("reports.table", "genesys.command_line.output", False),
        ("reports.command_line.presenting", "genesys.command_line.command", True),
        ("dashboard.data.organization", "genesys.demo", True),
        ("dashboard.data.fetching", "genesys.demo", False),
        ("dashboard.selecting.selection", "dashboard.data.view", False),
        ("dashboard.sign_in.desk", "dashboard.data.organization", False),
        ("dashboard.data.organization", "dashboard.sign_in.settings", True),
        ("dashboard.sections.week", "dashboard.drawing.tables", True),
        ("dashboard.main", "genesys.command_line.arguments", False),
    ],
)
def test_an_arrow_is_judged_by_the_wings_at_its_ends(
    importer: str, other: str, *, fine: bool
) -> None:
    assert may_import(importer, other) is fine


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
