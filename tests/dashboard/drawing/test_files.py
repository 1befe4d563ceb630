"""Every file of a page passes one door: for who asks, and with a line in the audit."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.browser.app_server import ROOT


def downloads(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "download_button"
    ]


def test_what_every_download_gives_is_made_by_file() -> None:
    found = [
        (path, call)
        for folder in ("dashboard", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for call in downloads(path)
    ]
    made = {
        (path.name, call.lineno): ast.unparse(keyword.value)
        for path, call in found
        for keyword in call.keywords
        if keyword.arg == "data"
    }

    assert len(made) == len(found) > 2
    assert {place: made for place, made in made.items() if not made.startswith("file(")} == {}
