"""Functions whose values are kept: their keys are all that they are made of, and none by hand."""

from __future__ import annotations

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import UnionType

import pandas as pd
import pytest

from dashboard.data.view import View
from dashboard.selecting.selection import Selection
from reports.data import keeping
from reports.data.keeping import Keep
from reports.data.kept import Kept, Key, Keyed, kept
from tests.dashboard.world import CLAIMS, FIRST_WEEK, World, figures

ROOT = Path(__file__).resolve().parents[3]
KEEPING = ("reports", "dashboard")
FOLDERS = (*KEEPING, "pages")

made: list[tuple[object, ...]] = []


@kept
def noted(first: object, second: int = 2, *, third: str = "") -> tuple[object, ...]:
    made.append((first, second, third))
    return made[-1]


@dataclass(frozen=True, eq=False)
class Named(Keyed):
    name: str
    parts: tuple[int, ...]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "KEPT", Keep(10**9))
    made.clear()


def modules() -> Iterator[str]:
    for file in sorted(each for name in KEEPING for each in (ROOT / name).rglob("*.py")):
        path = file.relative_to(ROOT).with_suffix("")
        if path.name not in ("__init__", "__main__", "main"):
            yield ".".join(path.parts)


def kept_functions() -> dict[str, Kept[..., object]]:
    return {
        f"{name}.{attribute}": value
        for name in modules()
        for attribute, value in vars(importlib.import_module(name)).items()
        if isinstance(value, Kept) and value.__module__ == name
    }


KEPT_FUNCTIONS = kept_functions()


def types_within(annotation: object) -> Iterator[type]:
    """The types that an annotation names."""
    if isinstance(annotation, UnionType) or typing.get_origin(annotation):
        for each in typing.get_args(annotation):
            yield from types_within(each)
        annotation = typing.get_origin(annotation)
    if isinstance(annotation, type):
        yield annotation


@pytest.mark.parametrize("name", KEPT_FUNCTIONS)
def test_a_kept_function_sees_no_selection_and_only_what_can_be_a_key(name: str):
    function = KEPT_FUNCTIONS[name]
    hints = typing.get_type_hints(inspect.unwrap(function))
    parameters = inspect.signature(function).parameters

    assert all(each.kind is not each.VAR_POSITIONAL for each in parameters.values())
    assert all(each.kind is not each.VAR_KEYWORD for each in parameters.values())
    for parameter in parameters:
        for each in types_within(hints[parameter]):
            assert each not in (Selection, View)
            assert each is UnionType or each.__hash__ is not None, (parameter, each)


def test_only_module_level_functions_are_kept():
    assert len(KEPT_FUNCTIONS) > 25
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            inner = [
                node
                for outer in ast.walk(tree)
                if isinstance(outer, (ast.FunctionDef, ast.ClassDef))
                for node in ast.walk(outer)
                if node is not outer and isinstance(node, ast.FunctionDef)
            ]
            kept_inside = [
                node.name for node in inner if "kept" in map(name_of, node.decorator_list)
            ]
            assert kept_inside == [], file


def name_of(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return (
        (node.id if isinstance(node, ast.Name) else "")
        .removesuffix("_for")
        .removesuffix("_lasting")
    )


def test_no_key_is_written_by_hand():
    touching = {
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("get", "get_lasting", "holds", "forget")
        and ast.unparse(node.value).endswith("KEPT")
    }

    assert touching == {"reports/data/kept.py"}


def test_a_value_is_made_once_however_its_arguments_are_written():
    values = [noted(1, 2, third="x"), noted(1, third="x"), noted(first=1, second=2, third="x")]

    assert values == [(1, 2, "x")] * 3
    assert made == [(1, 2, "x")]


@pytest.mark.parametrize("more", [{"first": 2}, {"second": 3}, {"third": "x"}])
def test_every_argument_tells_a_value_from_others(more: dict[str, object]):
    noted(first=1)
    noted(**{"first": 1, **more})

    assert len(made) == 2


def test_what_is_not_hashable_is_no_argument():
    with pytest.raises(TypeError, match="unhashable"):
        noted(pd.DataFrame())


def test_a_forgotten_value_is_made_anew_and_no_other():
    noted(1)
    noted(2)

    noted.forget(1)

    assert (noted.holds(1), noted.holds(2)) == (False, True)


def test_what_is_made_of_the_same_is_the_same():
    one, same, other = Named("a", (1, 2)), Named("a", (1, 2)), Named("a", (1, 3))

    assert one == same != other
    assert one.key is same.key
    assert noted(one) is noted(same)
    assert len({one, same, other}) == 2


def test_the_key_of_figures_is_all_that_was_fetched_and_holds_no_frame(world: World):
    seen = figures(FIRST_WEEK)
    world.pass_by(1)

    assert figures(FIRST_WEEK).key is seen.key
    others = [replace(FIRST_WEEK, queue_ids=(CLAIMS,)), replace(FIRST_WEEK, media_types=("voice",))]
    assert len({seen, *map(figures, others)}) == 3
    assert not any(isinstance(each, pd.DataFrame) for each in within(seen.key))


def test_figures_asked_for_anew_are_others(world: World):
    seen = figures(FIRST_WEEK)
    world.pass_by(3600)

    assert figures(FIRST_WEEK) != seen


def within(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, Key):
        value = value.made_of
    if isinstance(value, tuple):
        for each in value:
            yield from within(each)
