"""What converts, signs or words a number or a date stands in one place each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = ("dashboard", "genesys", "pages", "reports")

WRITERS: Final = {
    "plurals": (r"""(==|!=) 1 else ['"]|['"] if \w+ == 1""", ("genesys/words.py",)),
    "days in words": (r"[{]\w+(\.\w+)*:[^{}]*%[aAbB]", ("genesys/moments.py",)),
    "signs of changes": (
        r"""['"][−±]['"]|['"]\+['"] if""",
        ("genesys/kpis/formats.py", "genesys/kpis/sheets.py"),
    ),
    "rise and fall": (r"""['"]rose['"]""", ("genesys/kpis/formats.py",)),
    "points": (r"""\} ?(pts|points)\b""", ("genesys/kpis/formats.py",)),
    "good directions": (r"Better\.UP: |Better\.DOWN: ", ("genesys/kpis/better.py",)),
    "few contacts": (r"^_?FEW(_CONTACTS)?: Final = \d", ("genesys/kpis/formats.py",)),
    "scales of units": (r"Unit\.\w+: (1 ?/ ?1000|0\.001|100)", ()),
    "per cent and seconds": (
        r"\b100 ?\*|\* ?100\b|/ ?100\b|\b1_?000 ?\*|\* ?1_?000\b|/ ?1_?000\b",
        (
            "genesys/client/transport.py",  # how long a request took, in the log
            *(f"reports/deck/{name}.py" for name in ("chart_xml", "placeholders", "text")),
        ),
    ),
    "colours": (r"#[0-9A-Fa-f]{6}\b", ("reports/theme.py",)),
    "tables": (r"\bst\.(table|dataframe|data_editor)\(", ()),
}
"""What is written, how that looks in source, and the files that may."""


def offenders(pattern: str) -> set[str]:
    """The files that have a line like this; the demo organization words nothing for people."""
    found = re.compile(pattern, re.MULTILINE)
    files = [file for name in FOLDERS for file in (ROOT / name).rglob("*.py")]
    paths = {file.relative_to(ROOT).as_posix(): file for file in files}
    return {
        path
        for path, file in paths.items()
        if not path.startswith("genesys/demo/") and found.search(file.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(("pattern", "allowed"), WRITERS.values(), ids=WRITERS)
def test_nobody_else_writes_it_by_hand(pattern: str, allowed: tuple[str, ...]):
    assert sorted(offenders(pattern) - {*allowed}) == []
