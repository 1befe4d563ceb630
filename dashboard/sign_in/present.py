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
_asking: Final[ContextVar[str]] = ContextVar("the session whose message is handled", default="")


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
    if who := _carried.get():
        return _still(who)
    asked = desk()
    name = st.context.headers.get(HEADER, "")
    session = asked.sessions.named(name) if asked and name else None
    scope = asked.rights.held(session) if asked and session else None
    if session is None or scope is None:
        raise NotSignedIn("You are not signed in.", "Load this page again.")
    return Present(session, scope)


@contextmanager
def asked_by(session: Session) -> Iterator[None]:
    """Let it be known whose messages are handled here, and in all that is begun by them."""
    before = _asking.set(session.id)
    try:
        yield
    finally:
        _asking.reset(before)


@contextmanager
def carried(who: Present) -> Iterator[None]:
    """Let what is made here be for somebody, as a file is that is made apart from their page.

    Raises NotSignedIn where it is another one who asks for it, or where they may see it no more.
    """
    if who.session and _asking.get() != who.session.id:
        raise NotSignedIn("This file is another person's.", "Load this page again.")
    before = _carried.set(_still(who))
    try:
        yield
    finally:
        _carried.reset(before)


def _still(who: Present) -> Present:
    """Who looked when a page was drawn, if they may still see what they saw then."""
    asked = desk()
    if who.session is None or asked is None:
        return who
    if asked.sessions.why_over(who.session) is not None:
        raise NotSignedIn("Your session is over.", "Load this page again.")
    if asked.rights.held(who.session) != who.scope:
        raise NotSignedIn("What you may see has changed.", "Load this page again.")
    return who


def audit(event: Event, who: Present, **facts: object) -> None:
    """A line in the audit, where people sign in."""
    if asked := desk():
        asked.audit.write(event, who.session, **facts)
