"""What the command line writes: tables, files, progress."""

from __future__ import annotations

import errno
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
import pandas as pd

from genesys.analytics.fetch import Progress
from genesys.command_line import signals
from genesys.command_line.workbook import to_workbook
from genesys.errors import GenesysError, QueryError
from genesys.kpis.formats import half_up
from genesys.safe_csv import to_csv
from genesys.wall_clock import iso

_UNPRINTABLE: Final = re.compile(
    r"[^\S ]|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def _json(table: pd.DataFrame) -> bytes:
    """An array of objects; no value is null, moments are ISO 8601 with their offset."""
    table = iso(table)
    columns = [table[name].astype(object).where(table[name].notna(), None) for name in table]
    rows = [dict(zip(table, values, strict=True)) for values in zip(*columns, strict=True)]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"


def _text(table: pd.DataFrame) -> bytes:
    """Aligned columns for reading: one decimal, a dash for no value."""
    table = iso(table)
    columns = [_aligned(str(name), table[name]) for name in table]
    lines = ("  ".join(cells).rstrip() for cells in zip(*columns, strict=True))
    return ("\n".join(lines) + "\n").encode()


def _aligned(name: str, values: pd.Series[Any]) -> list[str]:
    """A column, heading first, as wide as its longest cell; figures stand to the right."""
    is_figure = pd.api.types.is_numeric_dtype(values.dtype)
    cells = [name, *(_figures(values) if is_figure else map(printable, map(str, values)))]
    width = max(map(len, cells))
    align = str.rjust if is_figure else str.ljust
    return [align(cell, width) for cell in cells]


def printable(text: str) -> str:
    """A name without what a terminal would act on."""
    return _UNPRINTABLE.sub("?", text)


def _figures(values: pd.Series[Any]) -> list[str]:
    return [
        "—"
        if pd.isna(value)
        else f"{half_up(value):.1f}"
        if isinstance(value, float)
        else str(value)
        for value in values
    ]


class NotWritten(GenesysError):
    """The figures are there, but not where they should stand."""


def _parquet(table: pd.DataFrame) -> bytes:
    """For programs: whole columns with their types, moments with their zone."""
    return table.to_parquet(index=False, engine="pyarrow")


FORMATS: Final[Mapping[str, Callable[[pd.DataFrame], bytes]]] = {
    "table": _text,
    "csv": to_csv,
    "json": _json,
    "xlsx": to_workbook,
    "parquet": _parquet,
}

FOR_FILES: Final = ("xlsx", "parquet", "pptx", "pdf")
"""The forms that no terminal shows."""


def write(data: bytes, output: Path | None) -> None:
    """To the file whole or not at all, or to stdout.

    Raises BrokenPipeError where whoever reads stdout has gone. From when the figures stand,
    no signal makes the command end as if they did not.
    """
    if output is None:
        _to_stdout(data)
        signals.ignore()
        return
    try:
        _replace(output.resolve(), data)
    except OSError as error:
        raise QueryError(
            f"{output} cannot be written: {error.strerror}.", "Name another file."
        ) from error


def _to_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise NotWritten("The standard output is closed.", "Open it, or name a file: --output.")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotWritten(
            f"The standard output cannot be written: {error.strerror}.",
            "Free some space, or name a file elsewhere: --output.",
        ) from error


def _replace(file: Path, data: bytes) -> None:
    """A file that was there before keeps its permissions; a device or folder stays as it is."""
    if file.exists() and not file.is_file():
        raise FileExistsError(errno.EEXIST, "It is no ordinary file")
    part = file.with_name(f".{uuid4().hex}.part")
    try:
        part.write_bytes(data)
        if file.exists():
            shutil.copymode(file, part)
        signals.ignore()
        part.replace(file)
    finally:
        with suppress(OSError):
            part.unlink()


def no_progress(_: Progress) -> None:
    """Show nothing."""


def progress_bar(progress: Progress) -> None:
    """Show the pieces done of all on stderr."""
    done = 20 * progress.done // max(progress.total, 1)
    end = "\n" if progress.done == progress.total else ""
    bar = "█" * done + "·" * (20 - done)
    print(
        f"\r{bar} {progress.done} of {progress.total} parts{end}",
        end="",
        file=sys.stderr,
        flush=True,
    )


def say(text: str) -> None:
    """Tell the user something that is no figure: on stderr, where there is one."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(text, file=sys.stderr)
