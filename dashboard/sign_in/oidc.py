"""Sign-in by OpenID Connect: any provider that describes itself at a metadata address.

Where it has a place to ask who somebody is, it is asked again while a session lasts; else its word
at the sign-in stands until the token ends. Refresh tokens are not asked for: many providers give
a new one at each use and take the old one for stolen, which two servers or pages would be.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from dashboard.sign_in import oauth
from dashboard.sign_in.access import Access, read_access
from dashboard.sign_in.provider import DONE, Identity, Refused
from dashboard.sign_in.sessions import Attempt
from dashboard.sign_in.settings import SignInSettings
from genesys.client.budget import utc_now
from genesys.errors import ConfigurationError, GenesysError
from genesys.organization.scope import Scope
from genesys.words import one_line

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
"""Signatures with a key pair alone: a token signed with the client's secret is not taken."""

MOST_PROOF: Final = 1900
"""Letters of an access token and of somebody's groups that a cookie has room for."""

KEPT_SECONDS: Final = 3600.0
FAILED_SECONDS: Final = 5.0
"""How long nobody asks a provider again that did not answer: all who wait would, one by one."""

LEEWAY_SECONDS: Final = 60
LONGEST_SECONDS: Final = 86_400
"""Longer than any session lasts."""

EMAIL: Final = "email"
VERIFIED: Final = "email_verified"


@dataclass(frozen=True)
class _Metadata:
    issuer: str
    authorize_url: str
    token_url: str
    keys_url: str
    userinfo_url: str


class Oidc:
    """A provider of identities; what each may see stands in a file of our own."""

    def __init__(
        self,
        settings: SignInSettings,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: tuple[_Metadata, KeySet, float] | None = None
        self._failed: tuple[GenesysError, float] | None = None

    def begin(self, attempt: Attempt) -> str:
        return oauth.begin(self._client(), attempt, nonce=attempt.nonce)

    def finish(self, attempt: Attempt, given: Mapping[str, str]) -> Identity:
        access = self._access()
        token = oauth.trade(self._client(), attempt, given)
        identity = self._claims(token, attempt)
        bearer = str(token.get("access_token", ""))
        told = self._told(bearer, identity, access.claim)
        claims = {**identity, **told}
        if access.claim == EMAIL and claims.get(VERIFIED) is not True:
            raise Refused("Your address is not verified by the provider.", "Verify it there first.")
        name = next(filter(None, map(claims.get, ("name", "preferred_username", EMAIL))), "")
        ends = datetime.fromtimestamp(identity["exp"], UTC)
        groups = access.known([*_texts(claims.get(access.claim))])
        # What is told when asked for is not taken from the sign-in: many leave out an empty claim.
        stand = () if _tells(told, access.claim) else groups
        asks_again = bool(told) and len(bearer) + sum(map(len, stand)) <= MOST_PROOF
        return Identity(
            str(identity["sub"]),
            one_line(str(name or identity["sub"]), 80),
            (bearer, *stand) if asks_again else ("", *groups),
            min(ends, self._end_of(token)) if asks_again else ends,
        )

    def scope(self, proof: tuple[str, ...]) -> Scope:
        access = self._access()
        bearer, *values = proof
        if bearer:
            told = oauth.read(self._metadata()[0].userinfo_url, bearer)
            if _tells(told, access.claim):
                is_theirs = access.claim != EMAIL or told[VERIFIED] is True
                values = [*_texts(told[access.claim])] if is_theirs else []
        scope = access.scope(values)
        if scope.is_nothing:
            whom = access.ask or "whoever runs this dashboard"
            raise Refused(
                "You are signed in, but may see the figures of no division.",
                f"Ask for access: {whom}.",
            )
        return scope

    def _told(self, bearer: str, identity: Mapping[str, Any], claim: str) -> Mapping[str, Any]:
        """What the provider says of somebody when asked; nothing where it cannot be asked."""
        url = self._metadata()[0].userinfo_url
        if not url or not bearer:
            return {}
        try:
            told = oauth.read(url, bearer)
        except GenesysError:
            if claim not in identity:
                raise
            return {}
        return told if told.get("sub") == identity["sub"] else {}

    def _end_of(self, token: Mapping[str, Any]) -> datetime:
        """When the access token ends, as far as the provider says."""
        told = str(token.get("expires_in", ""))
        seconds = int(told) if told.isdigit() and len(told) < 6 else LONGEST_SECONDS
        return self._now() + timedelta(seconds=seconds)

    def _access(self) -> Access:
        try:
            return read_access(self._settings.access)
        except ConfigurationError as error:
            raise Refused(
                "Who may see what is not set up rightly, so nobody may see anything.",
                "Whoever runs this dashboard finds the reason in its log.",
            ) from error

    def _claims(self, token: Mapping[str, Any], attempt: Attempt) -> dict[str, Any]:
        """The claims of the identity token, after all that OpenID Connect wants checked."""
        metadata, keys, _ = self._metadata()
        text = str(token.get("id_token", ""))
        try:
            try:
                decoded = jwt.decode(text, keys, algorithms=[*ALGORITHMS])
            except InvalidKeyIdError:  # the provider has changed its keys
                metadata, keys, _ = self._metadata(anew=True)
                decoded = jwt.decode(text, keys, algorithms=[*ALGORITHMS])
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": metadata.issuer},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                {
                    "nonce": attempt.nonce,
                    "client_id": self._settings.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise Refused(
                "The provider's word on who you are cannot be trusted.",
                "Try again; if it stays so, whoever runs this dashboard looks at its clock and at"
                " the provider's settings.",
            ) from error
        return dict(claims)

    def _client(self) -> oauth.Client:
        metadata, _, _ = self._metadata()
        settings = self._settings
        return oauth.Client(
            settings.client_id,
            settings.client_secret,
            f"{settings.address}{DONE}",
            metadata.authorize_url,
            metadata.token_url,
            "openid profile email",
        )

    def _metadata(self, *, anew: bool = False) -> tuple[_Metadata, KeySet, float]:
        """What the provider says of itself, and its keys; asked for each hour."""
        with self._lock:
            known, now = self._known, self._monotonic()
            if known and not anew and now < known[2] + KEPT_SECONDS:
                return known
            if self._failed and now < self._failed[1] + FAILED_SECONDS:
                raise self._failed[0]
            try:
                metadata = _read(oauth.read(self._settings.metadata_url))
                keys: Any = oauth.read(metadata.keys_url)
            except GenesysError as error:
                self._failed = error, self._monotonic()
                raise
            known = self._known = metadata, KeySet.import_key_set(keys), now
            return known


def _read(found: Mapping[str, Any]) -> _Metadata:
    names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if missing := [name for name in names if not isinstance(found.get(name), str)]:
        raise ConfigurationError(
            f"The provider's metadata has no {missing[0]}.", "Check DASHBOARD_OIDC_METADATA_URL."
        )
    issuer, authorize_url, token_url, keys_url = (str(found[name]) for name in names)
    userinfo_url = str(found.get("userinfo_endpoint") or "")
    return _Metadata(issuer, authorize_url, token_url, keys_url, userinfo_url)


def _tells(told: Mapping[str, Any], claim: str) -> bool:
    """Whether a provider that was asked says the claim; an address alone is not enough."""
    return claim in told and (claim != EMAIL or VERIFIED in told)


def _texts(claim: object) -> Iterable[str]:
    """A claim's values, be they one or many."""
    if isinstance(claim, str):
        return (claim,)
    return (str(each) for each in claim) if isinstance(claim, list) else ()
