"""The audit: a line for each thing that is answered for, of who, when and what; no figures."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import msgspec

from dashboard.sign_in.sessions import Session
from dashboard.sign_in.settings import AUDIT
from genesys.client.budget import utc_now
from genesys.errors import ConfigurationError


class Event(StrEnum):
    """What is answered for."""

    SIGN_IN = "sign-in"
    REFUSAL = "refusal"
    SIGN_OUT = "sign-out"
    EXPORT = "export"
    MEETING = "meeting"


@dataclass
class Audit:
    """Writes lines of JSON to a file that only its owner reads, else to standard error."""

    path: Path | None = None
    now: Callable[[], datetime] = utc_now
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, event: Event, who: Session | None, **facts: object) -> None:
        """A line; facts without a value are left out."""
        line = {
            "at": self.now().isoformat(timespec="seconds"),
            "event": event.value,
            "subject": who.subject if who else None,
            "name": who.name if who else None,
            **facts,
        }
        told = {name: value for name, value in line.items() if value not in (None, "", (), [])}
        text = msgspec.json.encode(told).decode()
        with self._lock:
            if self.path is None:
                _put(sys.__stderr__, f"audit {text}")
                return
            with _opened(self.path) as file:
                _put(file, text)

    def require_file(self) -> None:
        """Raise ConfigurationError where the file cannot be written: nobody could sign in then."""
        try:
            if self.path:
                _opened(self.path).close()
        except OSError as error:
            raise ConfigurationError(
                f"{AUDIT.name} is {str(self.path)!r}, which cannot be written: {error.strerror}.",
                "Name a file in a folder that the server may write in.",
            ) from None


_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def _opened(path: Path) -> TextIO:
    return os.fdopen(os.open(path, _APPEND, 0o600), "a", encoding="utf-8")


def _put(to: TextIO | None, line: str) -> None:
    if to is not None:
        to.write(f"{line}\n")
        to.flush()
