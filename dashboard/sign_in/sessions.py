"""Sessions: who is signed in until when, and why one is over.

What a cookie holds is enough to go on after a restart, or on another server; what only a server
knows (the last use, and who signed out) is kept here beside it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec
from cachetools import TTLCache

from dashboard.sign_in.settings import Limits
from genesys.client.budget import utc_now

MOST_SESSIONS: Final = 100_000
REMEMBERED: Final = timedelta(hours=25)
"""Longer than any session lasts."""


class Over(StrEnum):
    """Why a session is over."""

    NEVER_BEGAN = "none"
    SIGNED_OUT = "signed out"
    ENDED = "ended"
    IDLE = "idle"
    TOKEN = "token"  # noqa: S105 - a reason
    TAKEN_AWAY = "taken away"
    UNCONFIRMED = "unconfirmed"


class Session(msgspec.Struct, frozen=True, tag="session"):
    """Who is signed in. `proof` is what the provider needs to say what they may see.

    `token_ends` is when the provider's word is no longer good; None is never. `seen` is the
    last use that the cookie knows of.
    """

    id: str
    subject: str
    name: str
    began: datetime
    ends: datetime
    seen: datetime
    proof: tuple[str, ...]
    token_ends: datetime | None = None


class Attempt(msgspec.Struct, frozen=True, tag="attempt"):
    """A sign-in that has begun: what its end is held against, and where it leads back to."""

    state: str
    nonce: str
    verifier: str
    back: str
    ends: datetime


def new_id() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(24)


def why_over(session: Session, seen: datetime, now: datetime, limits: Limits) -> Over | None:
    """Why a session that was last used at `seen` is over by now; None where it goes on."""
    if now >= session.ends or now >= session.began + limits.life:
        return Over.ENDED
    if session.token_ends and now >= session.token_ends:
        return Over.TOKEN
    if now >= seen + limits.idle:
        return Over.IDLE
    return None


class Sessions:
    """What this server knows of sessions beside their cookies; safe to use from several threads."""

    def __init__(self, limits: Limits, now: Callable[[], datetime] = utc_now) -> None:
        self.now = now
        self._limits = limits
        self._lock = threading.Lock()
        life = REMEMBERED.total_seconds()
        self._seen: TTLCache[str, datetime] = TTLCache(MOST_SESSIONS, life)
        self._over: TTLCache[str, Over] = TTLCache(MOST_SESSIONS, life)
        self._open: TTLCache[str, Session] = TTLCache(MOST_SESSIONS, life)

    def remember(self, session: Session) -> None:
        """Let pages find it by its id."""
        with self._lock:
            self._open[session.id] = session

    def named(self, session_id: str) -> Session | None:
        """The session of an id; None where there is none, or it is over."""
        with self._lock:
            session = self._open.get(session_id)
        return session if session and not self.why_over(session) else None

    def use(self, session: Session) -> None:
        """Note that its person does something."""
        with self._lock:
            self._seen[session.id] = self.now()

    def last_use(self, session: Session) -> datetime:
        """When its person last did something, as far as cookie and server know."""
        with self._lock:
            return max(session.seen, self._seen.get(session.id, session.seen))

    def end(self, session_id: str, why: Over) -> None:
        """Let a session be over for good."""
        with self._lock:
            self._over.setdefault(session_id, why)

    def number(self) -> int:
        """How many that have had a page here are not over."""
        with self._lock:
            opened = [*self._open.values()]
        return sum(self.why_over(each) is None for each in opened)

    def over(self) -> dict[str, Over]:
        """Those that are over by what was done, and not by the time alone."""
        with self._lock:
            by_time = (Over.ENDED, Over.IDLE, Over.TOKEN)
            return {each: why for each, why in self._over.items() if why not in by_time}

    def why_over(self, session: Session) -> Over | None:
        """Why a session is over; one that is once is over for good, whatever its cookie says."""
        with self._lock:
            why = self._over.get(session.id)
        if why is None:
            seen = self.last_use(session)
            if why := why_over(session, seen, self.now(), self._limits):
                self.end(session.id, why)
        return why
