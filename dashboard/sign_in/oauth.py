"""The protocol of both ways to sign in, by Authlib: authorization code with PKCE and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from dashboard.sign_in.provider import Refused
from dashboard.sign_in.sessions import Attempt
from genesys.errors import ConnectionFailed
from genesys.settings import HoldsSecret, is_loopback
from genesys.words import one_line

TIMEOUT_SECONDS: Final = 10


@dataclass(frozen=True)
class Client(HoldsSecret):
    """The OAuth client that people sign in by, and where."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    authorize_url: str
    token_url: str
    scope: str | None = None


def begin(client: Client, attempt: Attempt, **more: str) -> str:
    """The address that somebody is sent to."""
    with _session(client, client.authorize_url) as session:
        address, _ = session.create_authorization_url(
            client.authorize_url, state=attempt.state, code_verifier=attempt.verifier, **more
        )
    return str(address)


def trade(client: Client, attempt: Attempt, given: Mapping[str, str]) -> Mapping[str, Any]:
    """The token of who came back; raises Refused or ConnectionFailed."""
    if "error" in given:
        says = one_line(given.get("error_description", "") or given["error"])
        raise Refused(f"The sign-in was not completed. It says: “{says}”", "Try again.")
    if not given.get("code"):
        raise Refused("The sign-in brought no code.", "Try again.")
    with _told(client.token_url), _session(client, client.token_url) as session:
        return dict(
            session.fetch_token(
                client.token_url,
                grant_type="authorization_code",
                code=given["code"],
                code_verifier=attempt.verifier,
                redirect_uri=client.redirect_uri,
                allow_redirects=False,
            )
        )


def read(url: str, token: str = "") -> Mapping[str, Any]:
    """A JSON object of the provider, with an access token where one is given.

    Raises Refused where that is no longer taken, and ConnectionFailed.
    """
    bearer = {"access_token": token, "token_type": "Bearer"} if token else None
    with _told(url), OAuth2Session(token=bearer, default_timeout=TIMEOUT_SECONDS) as session:
        session.trust_env = not is_loopback(urlsplit(url).hostname)
        answer = session.request("GET", url, withhold_token=not token, allow_redirects=False)
        if token and answer.status_code in (400, 401, 403):
            raise Refused("The provider no longer takes this sign-in.", "Sign in again.")
        if answer.status_code != 200:
            raise ConnectionFailed(
                f"{urlsplit(url).hostname} answered {answer.status_code} where its settings or"
                " keys were asked for.",
                "Check DASHBOARD_OIDC_METADATA_URL.",
            )
        found = answer.json()
    if not isinstance(found, dict):
        raise ConnectionFailed(f"{urlsplit(url).hostname} answered no JSON object.", "Try again.")
    return found


@contextmanager
def _session(client: Client, url: str) -> Iterator[OAuth2Session]:
    with OAuth2Session(
        client.client_id,
        client.client_secret or None,
        scope=client.scope,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
        default_timeout=TIMEOUT_SECONDS,
    ) as session:
        session.trust_env = not is_loopback(urlsplit(url).hostname)
        yield session


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Foreign errors in our words; none of them is quoted, as they may hold a code or a token."""
    host = urlsplit(url).hostname
    try:
        yield
    except AuthlibBaseError as error:
        says = one_line(str(error.description or error.error or ""))
        raise Refused(f"{host} did not take the sign-in. It says: “{says}”", "Try again.") from None
    except (OSError, ValueError, KeyError):
        raise ConnectionFailed(
            f"{host} could not be asked who you are.",
            "Try again in a minute; then look at the network and the proxy between.",
        ) from None
