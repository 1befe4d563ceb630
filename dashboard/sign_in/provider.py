"""What a provider of identities does for the dashboard, and how it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from dashboard.sign_in.sessions import Attempt
from genesys.errors import GenesysError
from genesys.organization.scope import Scope

DONE: Final = "/sign-in/done"
"""Where people come back to; the provider knows it to the letter."""


class Refused(GenesysError):
    """Somebody is not let in: the sign-in went wrong, or they may see nothing."""


@dataclass(frozen=True)
class Identity:
    """Who signed in, and what the provider needs to say what they may see."""

    subject: str
    name: str
    proof: tuple[str, ...]
    token_ends: datetime | None = None


@dataclass(frozen=True)
class Hosts:
    """Where the organization answers; `client_id` is the demo's, empty where it is live."""

    api_url: str
    login_url: str
    client_id: str
    organization_id: Callable[[], str]


class Provider(Protocol):
    """Sends people to sign in, takes them back, and says what they may see."""

    def begin(self, attempt: Attempt) -> str:
        """The address where somebody signs in; raises GenesysError where there is none."""

    def finish(self, attempt: Attempt, given: Mapping[str, str]) -> Identity:
        """Who came back with these parameters; raises Refused, or GenesysError for trouble."""

    def scope(self, proof: tuple[str, ...]) -> Scope:
        """What they may see by now; raises Refused where it is nothing."""
