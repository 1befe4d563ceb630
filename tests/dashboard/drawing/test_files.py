"""Every file of a page passes one door: for who asks, and with a line in the audit."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

from tests.browser.app_server import ROOT

MADE_BEFORE: Final = {"meeting_files.py"}
"""Where a button saves what was made before; that passed the door when it was made."""


def calls(path: Path, name: str) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        node
        for node in found
        if name in (getattr(node.func, "attr", ""), getattr(node.func, "id", ""))
    ]


def given(call: ast.Call) -> str:
    """What a download gives, be it named or the second argument."""
    named = next((each.value for each in call.keywords if each.arg == "data"), None)
    return ast.unparse(named or call.args[1])


def test_what_every_download_gives_is_made_by_file() -> None:
    paths = [path for folder in ("dashboard", "pages") for path in (ROOT / folder).rglob("*.py")]
    offered = {
        (path.name, call.lineno): given(call)
        for path in paths
        for call in calls(path, "download_button")
    }
    before = [path for path in paths if path.name in MADE_BEFORE]

    assert len(offered) > 3
    assert [
        (place, made)
        for place, made in offered.items()
        if not made.startswith("file(") and place[0] not in MADE_BEFORE
    ] == []
    assert all(calls(path, "audited") for path in before)
