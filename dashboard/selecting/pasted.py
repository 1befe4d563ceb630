"""Queue names as they come from a sheet, a list or a file of our own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from genesys.organization.directory import Directory

_ESCAPED = re.compile(r"'(?=[=+\-@\t\r])")
"""What `safe_csv` puts before a name that a sheet would take for a formula."""


def found(text: str, directory: Directory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the queues that a text names, and the names that mean none.

    A line is one name. Where it is none as it stands, it is cells of a sheet: those that name
    queues count, and where none does, the first is what was meant.
    """
    ids: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for line in filter(str.strip, text.splitlines()):
        meant = _ids(line, directory) or tuple(
            each for cell in _cells(line) for each in _ids(cell, directory)
        )
        ids |= dict.fromkeys(meant)
        if not meant:
            unknown[next(iter(_cells(line)), line.strip())] = None
    return tuple(ids), tuple(unknown)


def _cells(line: str) -> Iterator[str]:
    """The cells of a line, without the quotes around them."""
    for cell in re.findall(r'\s*("(?:[^"]|"")*"|[^;\t]*)\s*(?:[;\t]|$)', line):
        if bare := _bare(cell):
            yield bare


def _bare(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return _ESCAPED.sub("", text, count=1) if _ESCAPED.match(text) else text


def _ids(name: str, directory: Directory) -> tuple[str, ...]:
    """The queues of a name; letters with a mark of their own are the same as composed ones."""
    for each in (name.strip(), _bare(name)):
        if meant := directory.find(unicodedata.normalize("NFC", each)):
            return meant
    same = _folded(_bare(name))
    labels = directory.labels()
    return tuple(
        key
        for key, label in labels.items()
        if same in (_folded(label), _folded(directory.queues[key].name or ""))
    )


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
