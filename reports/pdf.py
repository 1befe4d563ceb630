"""The page of a show as a PDF, printed by the Chromium of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from genesys.errors import ConfigurationError, GenesysError
from reports.chromium import NAMED_BY, executable

SECONDS: Final = 60.0
"""How long printing may take."""

_DRAWN_MS: Final = 10_000
"""How much of its own time a page may take to draw itself; none of it is waited for."""

_OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--run-all-compositor-stages-before-draw",
    f"--virtual-time-budget={_DRAWN_MS}",
)
"""No host is asked for anything."""


class NotPrinted(GenesysError):
    """Chromium is there, but made no PDF."""


def browser() -> str:
    """The browser that prints; raises ConfigurationError where there is none."""
    found = executable()
    if found is None:
        raise ConfigurationError(
            "A PDF is printed by Chromium, and there is none.",
            f"Install it (on Debian: apt install chromium), or set {NAMED_BY} to its path;"
            " the web page prints from any browser as well.",
        )
    return found


def to_pdf(html: str, seconds: float = SECONDS) -> bytes:
    """The page as it prints: one sheet a scene.

    Raises ConfigurationError where there is no Chromium, and NotPrinted where it fails.
    """
    program = browser()
    with tempfile.TemporaryDirectory(prefix="pdf-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "page.html").write_text(html, encoding="utf-8")
        said = _run([program, *_options(folder)], seconds)
        try:
            printed = (folder / "page.pdf").read_bytes()
        except OSError:
            raise NotPrinted(
                "Chromium made no PDF.", f"It said: {said}" if said else "Try again."
            ) from None
    if not printed.startswith(b"%PDF-"):
        raise NotPrinted("What Chromium made is no PDF.", "Try again.")
    return printed


def _options(folder: Path) -> Sequence[str]:
    places = (
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={folder / 'page.pdf'}",
        (folder / "page.html").as_uri(),
    )
    # Chromium refuses to run as root in its sandbox; what it opens is a page of our own.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (*_OPTIONS, *(["--no-sandbox"] if is_root else []), *places)


def _run(command: Sequence[str], seconds: float) -> str:
    """Its last words on stderr; whatever is left of it ends when the time is over."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a browser that the machine's owner chose
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise NotPrinted(f"Chromium does not start: {error.strerror}.", "Try another.") from error
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise NotPrinted(
            f"Chromium did not print within {seconds:g} seconds.", "Try again later."
        ) from None
    finally:
        _end(process)
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
