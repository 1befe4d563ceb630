"""The desk: lets people in, keeps their sessions, and shows them out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dashboard.sign_in.audit import Audit, Event
from dashboard.sign_in.provider import Provider, Refused
from dashboard.sign_in.rights import Rights
from dashboard.sign_in.seals import Seals, TooLong
from dashboard.sign_in.sessions import Attempt, Over, Session, Sessions, new_id
from dashboard.sign_in.settings import SignInSettings
from genesys.client.budget import utc_now
from genesys.errors import GenesysError
from genesys.organization.scope import Scope

ATTEMPT_LIFE: Final = timedelta(minutes=10)

_LOG: Final = logging.getLogger("genesys")


@dataclass(frozen=True)
class Admission:
    """Somebody who is let in, and what they may see by now."""

    session: Session
    scope: Scope


class Desk:
    """Every decision on who is let in; it knows no HTTP. Safe to use from several threads."""

    def __init__(
        self,
        settings: SignInSettings,
        provider: Provider,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.settings = settings
        self.seals = Seals(settings.secrets)
        self.sessions = Sessions(settings.limits, now)
        self.rights = Rights(provider.scope, now)
        self.audit = Audit(settings.audit, now)
        self._provider = provider
        self._now = now

    def begin(self, back: str) -> tuple[str, Attempt]:
        """Where somebody is sent to sign in; raises GenesysError."""
        attempt = Attempt(new_id(), new_id(), f"{new_id()}{new_id()}", back, self._later())
        return self._provider.begin(attempt), attempt

    def finish(self, sealed: str, given: Mapping[str, str]) -> tuple[Session, str]:
        """The session of who came back, and where they go on; raises GenesysError.

        Only the browser that began it can end it, once and within ten minutes.
        """
        try:
            attempt = self._attempt(sealed, given.get("state", ""))
            identity = self._provider.finish(attempt, given)
            scope = self._provider.scope(identity.proof)
        except GenesysError as error:
            self.audit.write(Event.REFUSAL, None, why=error.what)
            _LOG.warning("Sign-in refused: %s", error.__cause__ or error)
            raise
        now = self._now()
        session = Session(
            new_id(),
            identity.subject,
            identity.name,
            began=now,
            ends=now + self.settings.limits.life,
            seen=now,
            proof=identity.proof,
            token_ends=identity.token_ends,
        )
        self._require_room(session)
        self.audit.write(Event.SIGN_IN, session, divisions=scope.words)
        return session, attempt.back

    def session(self, sealed: str) -> Session | Over:
        """The session of a cookie, or why there is none."""
        session = self.seals.open(sealed, Session) if sealed else None
        if session is None:
            return Over.NEVER_BEGAN
        return self.sessions.why_over(session) or session

    def known(self, session: Session) -> Admission | None:
        """Somebody's admission, where nobody has to be asked for it."""
        scope = self.rights.fresh(session)
        return Admission(session, scope) if scope is not None else None

    def admit(self, session: Session) -> Admission | Over:
        """Somebody's admission after asking what they may see, or why there is none."""
        try:
            return Admission(session, self.rights.of(session))
        except Refused as error:
            self.sessions.end(session.id, Over.TAKEN_AWAY)
            self.audit.write(Event.REFUSAL, session, why=error.what)
            return Over.TAKEN_AWAY
        except GenesysError as error:
            _LOG.warning("What %s may see cannot be asked for: %s", session.subject, error)
            return Over.UNCONFIRMED

    def sign_out(self, session: Session) -> None:
        """End a session, on every page that it has open."""
        self.sessions.end(session.id, Over.SIGNED_OUT)
        self.audit.write(Event.SIGN_OUT, session)

    def _attempt(self, sealed: str, state: str) -> Attempt:
        attempt = self.seals.open(sealed, Attempt) if sealed else None
        if attempt is None or not state or attempt.state != state or self._now() >= attempt.ends:
            raise Refused(
                "This sign-in was not begun here, or too long ago, or is done already.",
                "Sign in once more.",
            )
        return attempt

    def _require_room(self, session: Session) -> None:
        try:
            self.seals.seal(session)
        except TooLong:
            raise Refused(
                "You are in too many groups for a session to hold.",
                "Ask whoever runs this dashboard to name fewer of them in access.toml.",
            ) from None

    def _later(self) -> datetime:
        return self._now() + ATTEMPT_LIFE
