"""Sign-in by OpenID Connect: any provider that describes itself at a metadata address."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
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
from genesys.errors import ConfigurationError
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

KEPT_SECONDS: Final = 3600.0
LEEWAY_SECONDS: Final = 60


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
        self, settings: SignInSettings, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._known: tuple[_Metadata, KeySet, float] | None = None

    def begin(self, attempt: Attempt) -> str:
        return oauth.begin(self._client(), attempt, nonce=attempt.nonce)

    def finish(self, attempt: Attempt, given: Mapping[str, str]) -> Identity:
        access = self._access()
        token = oauth.trade(self._client(), attempt, given)
        claims = self._claims(token, attempt)
        if access.claim not in claims and (url := self._metadata()[0].userinfo_url):
            told = oauth.read(url, str(token.get("access_token", "")))
            claims |= told if told.get("sub") == claims["sub"] else {}
        if access.claim == "email" and claims.get("email_verified") is not True:
            raise Refused("Your address is not verified by the provider.", "Verify it there first.")
        values = [*_texts(claims.get(access.claim))]
        name = next(filter(None, map(claims.get, ("name", "preferred_username", "email"))), "")
        return Identity(
            str(claims["sub"]),
            one_line(str(name or claims["sub"]), 80),
            access.known(values),
            datetime.fromtimestamp(claims["exp"], UTC),
        )

    def scope(self, proof: tuple[str, ...]) -> Scope:
        access = self._access()
        scope = access.scope(proof)
        if scope.is_nothing:
            whom = access.ask or "whoever runs this dashboard"
            raise Refused(
                "You are signed in, but may see the figures of no division.",
                f"Ask for access: {whom}.",
            )
        return scope

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
            if known is None or anew or now >= known[2] + KEPT_SECONDS:
                metadata = _read(oauth.read(self._settings.metadata_url))
                keys: Any = oauth.read(metadata.keys_url)
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


def _texts(claim: object) -> Iterable[str]:
    """A claim's values, be they one or many."""
    if isinstance(claim, str):
        return (claim,)
    return (str(each) for each in claim) if isinstance(claim, list) else ()
