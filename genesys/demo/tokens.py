"""The login: client credentials traded for a token, and tokens checked."""

from __future__ import annotations

import secrets
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs

from msgspec import Struct

from .faults import Fault

LIFE = timedelta(seconds=86_400)
FORM = "application/x-www-form-urlencoded"


class TokenAnswer(Struct):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the kind of token, not one
    expires_in: int = int(LIFE.total_seconds())


class OAuthError(Struct):
    """How the login host refuses; it is not the API's error body."""

    error: str
    description: str
    error_description: str


def refusal(error: str, description: str) -> OAuthError:
    """A refusal in OAuth's words; both descriptions are alike."""
    return OAuthError(error, description, description)


@dataclass(frozen=True)
class Tokens:
    """The one client of the organization and the tokens it holds."""

    client_id: str
    client_secret: str = field(repr=False)
    clock: Callable[[], datetime]
    _expires: dict[str, datetime] = field(default_factory=dict, repr=False)

    def grant(
        self, authorization: str, content_type: str, form: bytes
    ) -> tuple[int, TokenAnswer | OAuthError]:
        """Status and body of the answer to a token request."""
        client, secret = basic(authorization)
        if client is None:
            return 400, refusal("invalid_request", "client id and secret are sent as Basic")
        if content_type.partition(";")[0].strip().lower() != FORM:
            return 400, refusal("invalid_request", f"the body is sent as {FORM}")
        if client != self.client_id:
            return 400, refusal("invalid_client", "client not found")
        if not secrets.compare_digest(secret.encode(), self.client_secret.encode()):
            return 401, refusal("invalid_client", "authentication failed")
        if parse_qs(form.decode(errors="replace")).get("grant_type") != ["client_credentials"]:
            return 400, refusal("unsupported_grant_type", "the grant is client_credentials")
        return 200, self._made()

    def _made(self) -> TokenAnswer:
        now = self.clock()
        for token in [token for token, end in list(self._expires.items()) if end <= now]:
            self._expires.pop(token, None)
        token = secrets.token_urlsafe(48)
        self._expires[token] = now + LIFE
        return TokenAnswer(token)

    def check(self, authorization: str) -> str:
        """The token of a request; raises Fault where it is missing, unknown or spent."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Fault(401, "authentication.required", "A bearer token is needed.")
        expires = self._expires.get(token)
        if expires is None or expires <= self.clock():
            raise Fault(401, "bad.credentials", "The token is not valid.")
        return token


def basic(authorization: str) -> tuple[str | None, str]:
    """The id and the secret of Basic credentials; no id where they are none."""
    scheme, _, coded = authorization.partition(" ")
    try:
        client, colon, secret = b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return None, ""
    return (client, secret) if scheme.lower() == "basic" and colon else (None, "")
