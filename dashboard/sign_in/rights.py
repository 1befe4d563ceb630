"""What signed-in people may see: asked again in time, and held no longer than it is known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cachetools import TTLCache

from dashboard.sign_in.provider import Refused
from dashboard.sign_in.sessions import MOST_SESSIONS, REMEMBERED, Session
from genesys.client.budget import utc_now
from genesys.errors import GenesysError
from genesys.organization.scope import Scope

ASKED_AGAIN: Final = timedelta(minutes=2)
HELD: Final = timedelta(minutes=5)
"""A right that was taken away is gone after this, even where nobody can be asked."""


@dataclass
class _Known:
    lock: threading.Lock = field(default_factory=threading.Lock)
    scope: Scope | None = None
    at: datetime | None = None
    tried: datetime | None = None


class Rights:
    """The scope of each session; safe to use from several threads, one of which asks."""

    def __init__(
        self, ask: Callable[[tuple[str, ...]], Scope], now: Callable[[], datetime] = utc_now
    ) -> None:
        self._ask = ask
        self._now = now
        self._lock = threading.Lock()
        self._known: TTLCache[str, _Known] = TTLCache(MOST_SESSIONS, REMEMBERED.total_seconds())

    def fresh(self, session: Session) -> Scope | None:
        """The scope, where it need not be asked for again yet."""
        known = self._of(session)
        recent = known.tried and self._now() < known.tried + ASKED_AGAIN
        return known.scope if recent and self._holds(known) else None

    def held(self, session: Session) -> Scope | None:
        """The scope as far as it is known, without asking."""
        known = self._of(session)
        return known.scope if self._holds(known) else None

    def of(self, session: Session) -> Scope:
        """The scope, asked for where it is due.

        Raises Refused where there is none any more, and GenesysError where nobody has
        confirmed it for too long.
        """
        known = self._of(session)
        with known.lock:
            if (scope := self.fresh(session)) is not None:
                return scope
            known.tried = self._now()
            try:
                known.scope = self._ask(session.proof)
            except Refused:
                known.scope = None
                raise
            except GenesysError:
                if known.scope is None or not self._holds(known):
                    known.tried = None
                    raise
                return known.scope
            known.at = known.tried
            return known.scope

    def _holds(self, known: _Known) -> bool:
        return known.scope is not None and known.at is not None and self._now() < known.at + HELD

    def _of(self, session: Session) -> _Known:
        with self._lock:
            return self._known.setdefault(session.id, _Known())
