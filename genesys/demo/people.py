"""The people of the organization: who may sign in, and which divisions each may see."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4, uuid5

from .faults import Fault
from .organization import NAMESPACE, Division, Organization
from .tokens import LIFE, OAuthError, TokenAnswer, refusal

CODE_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in. `divisions` are those whose figures they may see; None is all."""

    key: str
    name: str
    divisions: tuple[str, ...] | None

    @property
    def id(self) -> str:
        return str(uuid5(NAMESPACE, f"person {self.key}"))

    @property
    def email(self) -> str:
        return f"{self.key}@northwind.example"


PEOPLE = (
    Person("maya", "Maya Hart", None),
    Person("tom", "Tom Reed", ("Customer Service", "Claims")),
    Person("lena", "Lena Ortiz", ("Sales",)),
    Person("sam", "Sam Cole", ()),
)


@dataclass(frozen=True)
class Asked:
    """What an authorization request brought, and what its code is good for."""

    client_id: str
    redirect_uri: str
    state: str
    challenge: str


@dataclass
class People:
    """Sign-in by authorization code with PKCE: codes that work once, and people's tokens.

    The client has no secret; its redirect addresses match to the letter.
    """

    organization: Organization
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    clock: Callable[[], datetime]
    client_id: str = field(default_factory=lambda: str(uuid4()))
    may_see: dict[str, tuple[str, ...] | None] = field(
        default_factory=lambda: {person.key: person.divisions for person in PEOPLE}
    )
    _codes: dict[str, tuple[Asked, Person, datetime]] = field(default_factory=dict, repr=False)
    _tokens: dict[str, tuple[Person, datetime]] = field(default_factory=dict, repr=False)

    def asked(self, given: Mapping[str, str]) -> Asked | str:
        """The authorization request, or why it is not answered but on the login's own page."""
        if given.get("client_id") != self.client_id:
            return "The client ID is invalid."
        if given.get("redirect_uri") not in self.redirect_uris:
            return "The redirect URI is invalid."
        if given.get("response_type") != "code":
            return "The response type is code."
        if given.get("code_challenge_method") != "S256" or not given.get("code_challenge"):
            return "The client needs PKCE with S256."
        return Asked(
            given["client_id"],
            given["redirect_uri"],
            given.get("state", ""),
            given["code_challenge"],
        )

    def code(self, asked: Asked, key: str) -> str | None:
        """A code for a person; None where there is no such person."""
        person = next((each for each in PEOPLE if each.key == key), None)
        if person is None:
            return None
        code = secrets.token_urlsafe(32)
        self._codes[code] = asked, person, self.clock() + CODE_LIFE
        return code

    def grant(self, form: Mapping[str, str], client: str) -> tuple[int, TokenAnswer | OAuthError]:
        """Status and body of the answer to a code; each is taken once."""
        asked, person, end = self._codes.pop(form.get("code", ""), (None, PEOPLE[0], None))
        if asked is None or end is None or end <= self.clock():
            return 400, refusal("invalid_grant", "authorization code is invalid or was used")
        challenge = sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked.challenge:
            return 400, refusal("invalid_grant", "code verifier does not match")
        if (client or form.get("client_id")) != asked.client_id:
            return 400, refusal("invalid_client", "client not found")
        if form.get("redirect_uri") != asked.redirect_uri:
            return 400, refusal("invalid_grant", "redirect uri does not match")
        token = secrets.token_urlsafe(48)
        self._tokens[token] = person, self.clock() + LIFE
        return 200, TokenAnswer(token)

    def check(self, authorization: str, scope: str) -> Person:
        """Whose token a request bears; raises Fault where it is nobody's, or lacks the scope."""
        scheme, _, token = authorization.partition(" ")
        person, end = self._tokens.get(token, (None, self.clock()))
        if scheme.lower() != "bearer" or person is None or end <= self.clock():
            raise Fault(401, "bad.credentials", "The token is not valid.")
        if scope not in self.scopes:
            message = f"App not authorized to use scope [{scope}]"
            raise Fault(403, "not.authorized", message)
        return person

    def divisions(self, person: Person) -> tuple[tuple[Division, ...], bool]:
        """The divisions whose figures a person may see by now, and whether these are all."""
        names = self.may_see[person.key]
        found = (
            each for each in self.organization.divisions if names is None or each.name in names
        )
        return tuple(found), names is None
