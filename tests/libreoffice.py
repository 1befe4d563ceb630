"""The LibreOffice that reads our files back; `python -m tests.libreoffice` installs one."""

from __future__ import annotations

import csv
import io
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl import Workbook

HELP: Final = (
    "No LibreOffice, so files are not read back by it:"
    " apt install libreoffice-calc-nogui libreoffice-impress-nogui fonts-crosextra-carlito."
)

TABS: Final = "csv:Text - txt - csv (StarCalc):9,34,UTF-8,1,,0,false,true"
"""Cells as they are shown, between tabs."""

PACKAGES: Final = (
    "libreoffice-calc-nogui",
    "libreoffice-impress-nogui",
    "fonts-crosextra-carlito",
)
"""Carlito is as wide as Calibri, which slides are set in."""


def executable() -> str | None:
    """The program; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def reads_slides() -> bool:
    """Whether it is there, and has its part for slides too."""
    program = executable()
    return program is not None and (Path(program).resolve().parent / "libsdlo.so").exists()


def printed(file: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file."""
    return _converted(file, folder, "en-US", "pdf")


def read(file: Path, folder: Path, country: str, separator: str = "") -> Workbook:
    """What LibreOffice makes of a file under the settings of a country, such as de-DE.

    `separator` is that of a CSV file, which is read as its import dialog does by itself.
    """
    text = f"--infilter=Text - txt - csv (StarCalc):{ord(separator)},34,76,1,,0,false,true,false"
    made = _converted(file, folder, country, "xlsx", [text] if separator else [])
    return openpyxl.load_workbook(made)


def shown(file: Path, folder: Path, country: str) -> list[list[str]]:
    """The first sheet of a workbook as LibreOffice shows its cells in a country."""
    return _lines(_converted(file, folder, country, TABS))


def shown_each(files: Sequence[Path], folder: Path, country: str) -> list[list[list[str]]]:
    """As `shown`, of several workbooks by one run of LibreOffice."""
    _convert(files, folder, country, TABS)
    return [_lines(folder / country / f"{file.stem}.csv") for file in files]


def _lines(file: Path) -> list[list[str]]:
    return [*csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter="\t")]


def _converted(
    file: Path, folder: Path, country: str, to: str, reading: Sequence[str] = ()
) -> Path:
    _convert([file], folder, country, to, reading)
    return folder / country / f"{file.stem}.{to.partition(':')[0]}"


def _convert(
    files: Sequence[Path], folder: Path, country: str, to: str, reading: Sequence[str] = ()
) -> None:
    program = executable()
    if program is None:
        raise AssertionError(HELP)
    profile = folder / f"profile-{country}"
    _settle(profile, country)
    places = [f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    written = ["--convert-to", to, "--outdir", str(folder / country)]
    command = [program, *places, *reading, *written, *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _settle(profile: Path, country: str) -> None:
    """The profile of somebody in this country."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items'
        ' xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"'
        f' oor:op="fuse"><value>{country}</value></prop></item></oor:items>',
        encoding="utf-8",
    )


def main() -> int:
    """Install it where there is none and it can be; the tests that need it skip elsewhere."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not reads_slides() and root and is_debian():
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
            subprocess.run(["apt-get", *command], check=False)
    if not reads_slides():
        print(HELP, file=sys.stderr)
    return 0


def is_debian() -> bool:
    try:
        return "debian" in platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
