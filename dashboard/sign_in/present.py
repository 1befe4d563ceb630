"""Who looks at the page that is being drawn, and what they may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.sign_in import settings
from dashboard.sign_in.audit import Event
from dashboard.sign_in.desk import Desk
from dashboard.sign_in.sessions import Session
from dashboard.sign_in.settings import Way
from genesys.errors import GenesysError
from genesys.organization.scope import ALL, Scope

HEADER: Final = "X-Dashboard-Session"
"""The guard names the session in it, and takes out what a browser says there."""


class NotSignedIn(GenesysError):
    """A page is drawn for nobody, as where the guard does not stand in front of it."""


@dataclass(frozen=True)
class Present:
    """Somebody and what they may see; nobody in particular where nobody signs in."""

    session: Session | None
    scope: Scope

    @property
    def name(self) -> str:
        return self.session.name if self.session else ""


@dataclass
class _Standing:
    way: Way | None = None
    desk: Desk | None = None


_standing: Final = _Standing()
_carried: Final[ContextVar[Present | None]] = ContextVar("who a file is for", default=None)


def stand_at(way: Way | None, desk: Desk | None) -> None:
    """Let pages ask this desk; the guard in front of them asks the same."""
    _standing.way, _standing.desk = way, desk


def desk() -> Desk | None:
    """The desk that pages ask; None where nobody signs in."""
    return _standing.desk


def people_sign_in() -> bool:
    """Whether people sign in here; the settings say so where no guard was put up."""
    return (_standing.way or settings.load().way) is not Way.NONE


def present() -> Present:
    """Who looks at the page of this run; raises NotSignedIn where nobody may.

    A session that is over draws nothing more, though its page may still be open.
    """
    if not people_sign_in():
        return Present(None, ALL)
    asked = desk()
    if asked and (who := _carried.get()) and who.session:
        if asked.sessions.why_over(who.session) is None:
            return who
        raise NotSignedIn("Your session is over.", "Load this page again.")
    name = st.context.headers.get(HEADER, "")
    session = asked.sessions.named(name) if asked and name else None
    scope = asked.rights.held(session) if asked and session else None
    if session is None or scope is None:
        raise NotSignedIn("You are not signed in.", "Load this page again.")
    return Present(session, scope)


@contextmanager
def carried(who: Present) -> Iterator[None]:
    """Let what is made here be for somebody, as a file is that is made apart from their page."""
    before = _carried.set(who)
    try:
        yield
    finally:
        _carried.reset(before)


def audit(event: Event, who: Present, **facts: object) -> None:
    """A line in the audit, where people sign in."""
    if asked := desk():
        asked.audit.write(event, who.session, **facts)
