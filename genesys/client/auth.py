"""The access token: asked for once, shared by all threads, renewed before it ends."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import msgspec
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth

from genesys.client.budget import Budget
from genesys.client.exchange import Call
from genesys.client.failures import ADDRESS_REJECTED, BY_CODE, Failure
from genesys.client.transport import Transport
from genesys.errors import (
    ApiError,
    BadAnswer,
    GenesysError,
    OutOfTime,
    RateLimited,
    SignOnError,
    Unavailable,
)
from genesys.settings import CLIENT_ID, CLIENT_SECRET, LOGIN_URL, REGION, Connection, HoldsSecret

DEFAULT_LIFE: Final = 300.0
"""Seconds, where no `expires_in` comes: the shortest life a client can be given. Too early a
renewal costs one request, too late a one costs a rejected query."""

_EARLY: Final = 60.0
_EARLY_SHARE: Final = 0.05


@dataclass(frozen=True, eq=False)
class Token(HoldsSecret, AuthBase):
    """A bearer token that signs requests; being an `auth`, no .netrc can take its place."""

    value: str = field(repr=False)
    renew_at: float

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.value}"
        return request


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str
    token_type: str | None = None
    expires_in: float | None = None


_REJECTED: Final[dict[tuple[int | None, str], Failure]] = {
    (400, "invalid_client"): Failure(
        SignOnError,
        "{host} knows no OAuth client with this id.",
        f"Check {CLIENT_ID.name}, and {REGION.name} (now {{region}}): a right id in a wrong"
        " region is answered the same.",
    ),
    (401, "invalid_client"): Failure(
        SignOnError,
        "{host} knows the OAuth client, but not with this secret.",
        f"Check {CLIENT_SECRET.name}: copy it again from Admin > Integrations > OAuth.",
    ),
}
_REJECTED_OTHERWISE: Final = Failure(
    SignOnError,
    "{host} rejected the sign-on. {error}",
    f"Check {REGION.name} and {LOGIN_URL.name}, and in Admin > Integrations > OAuth that the"
    " client is active and of the grant type Client Credentials.",
)


class Tokens:
    """The token of a connection; safe to use from several threads."""

    def __init__(
        self,
        connection: Connection,
        transport: Transport,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._transport = transport
        self._monotonic = monotonic
        self._token: Token | None = None
        self._lock = threading.Lock()

    def get(self, budget: Budget) -> Token:
        """The current token; one thread renews it while the others wait.

        Raises SignOnError where the login host rejects the sign-on, and what the transport raises.
        """
        if not self._lock.acquire(timeout=min(budget.left(), threading.TIMEOUT_MAX)):
            raise OutOfTime("The sign-on to Genesys Cloud took too long.", "Try again later.")
        try:
            if self._token is None or self._monotonic() >= self._token.renew_at:
                self._token = self._renewed(budget)
            return self._token
        finally:
            self._lock.release()

    def drop(self, token: Token) -> None:
        """Forget a token that was rejected, unless another thread has renewed it already."""
        with self._lock:
            if self._token is token:
                self._token = None

    def _renewed(self, budget: Budget) -> Token:
        connection, asked_at = self._connection, self._monotonic()
        call = Call(
            "POST",
            f"{connection.login_url}/oauth/token",
            content=b"grant_type=client_credentials",
            content_type="application/x-www-form-urlencoded",
        )
        credentials = HTTPBasicAuth(
            connection.client_id.encode(), connection.client_secret.encode()
        )
        try:
            answer = self._transport.send(call, budget, credentials, _decode)
        except (ApiError, SignOnError) as error:
            raise _explained(error, connection) from None
        life = answer.expires_in if answer.expires_in and answer.expires_in > 0 else DEFAULT_LIFE
        return Token(answer.access_token, asked_at + life - min(_EARLY, _EARLY_SHARE * life))


def _decode(body: bytes) -> _TokenAnswer:
    answer = msgspec.json.decode(body, type=_TokenAnswer, strict=False)
    usable = re.fullmatch(r"[\x21-\x7e]+", answer.access_token)
    if not usable or (answer.token_type or "bearer").lower() != "bearer":
        raise BadAnswer(
            "The login host gave no bearer token.",
            f"Check {REGION.name} and {LOGIN_URL.name}.",
        )
    return answer


def _explained(error: GenesysError, connection: Connection) -> GenesysError:
    """The same failure in the words of signing on."""
    status, code = error.facts.status, error.facts.code
    if isinstance(error, RateLimited):
        return RateLimited(f"Too many sign-ons. {error.what}", error.todo, error.facts)
    if isinstance(error, Unavailable) or code == ADDRESS_REJECTED:
        return error
    failure = _REJECTED.get((status, code), _REJECTED_OTHERWISE)
    if re.search(r"\bIP\b", error.what):
        failure = BY_CODE[ADDRESS_REJECTED]
    known = {
        "host": urlsplit(connection.login_url).hostname,
        "region": connection.region,
        "error": error.what,
    }
    return SignOnError(failure.what.format(**known), failure.todo.format(**known), error.facts)
