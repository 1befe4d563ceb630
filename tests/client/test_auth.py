"""The token: asked for once, renewed early, and refused in plain words."""

from __future__ import annotations

import base64
import itertools
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from requests import PreparedRequest

from genesys.client.auth import Token, Tokens
from genesys.client.budget import Budget
from genesys.client.transport import Transport
from genesys.errors import (
    BadAnswer,
    ConnectionFailed,
    GenesysError,
    OutOfTime,
    RateLimited,
    SignOnError,
    Unavailable,
)
from tests.hostile import (
    HTML_502,
    NOT_JSON,
    RESET,
    SECRET,
    HostileServer,
    Sent,
    ok,
    refuse,
    refuse_token,
    token,
    too_many,
)


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport(random=lambda: 0.0, timeout=(5.0, 5.0))
    yield transport
    transport.close()


@pytest.fixture
def budget() -> Budget:
    return Budget(600, wait=lambda seconds: None)


def value(token: Token) -> str:
    request = token(PreparedRequestWithHeaders())
    return request.headers["Authorization"]


class PreparedRequestWithHeaders(PreparedRequest):
    def __init__(self) -> None:
        super().__init__()
        self.prepare_headers({})


def test_the_request_is_the_one_of_the_contract(transport, budget):
    with HostileServer() as server:
        found = Tokens(server.connection, transport).get(budget)

    (seen,) = server.sign_ons
    assert value(found) == "Bearer token-1"
    assert (seen.method, seen.path) == ("POST", "/oauth/token")
    assert seen.body == b"grant_type=client_credentials"
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    basic = base64.b64encode(f"client-1:{SECRET}".encode()).decode()
    assert seen.headers["authorization"] == f"Basic {basic}"


def test_a_secret_outside_latin_1_is_sent_as_utf_8(transport, budget):
    with HostileServer() as server:
        connection = replace(server.connection, client_secret="schlüssel-€")
        Tokens(connection, transport).get(budget)

    basic = server.sign_ons[0].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(basic).decode() == "client-1:schlüssel-€"


@pytest.mark.parametrize(
    ("answer", "kept_for"),
    [
        (token(expires_in=86400), 86340),
        (token(expires_in=1200), 1140),
        (token(expires_in=300), 285),
        (token(expires_in="86400"), 86340),
        (token(), 285),
        (token(expires_in=0), 285),
        (token(expires_in=None), 285),
    ],
)
def test_a_token_is_kept_until_shortly_before_its_end(
    transport, budget, clock, answer: Sent, kept_for: float
):
    with HostileServer(tokens=itertools.repeat(answer)) as server:
        tokens = Tokens(server.connection, transport, clock)
        first = tokens.get(budget)
        clock.time += kept_for - 1
        assert tokens.get(budget) is first
        assert len(server.sign_ons) == 1
        clock.time += 1
        assert tokens.get(budget) is not first
        assert len(server.sign_ons) == 2


def test_many_threads_sign_on_once(transport, budget):
    with HostileServer() as server:
        tokens = Tokens(server.connection, transport)
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(lambda _: tokens.get(budget), range(32)))

    assert len(found) == 1
    assert len(server.sign_ons) == 1


def test_a_refused_token_is_dropped_only_while_it_is_the_current_one(transport, budget):
    with HostileServer() as server:
        tokens = Tokens(server.connection, transport)
        old = tokens.get(budget)
        tokens.drop(old)
        new = tokens.get(budget)
        tokens.drop(old)
        assert tokens.get(budget) is new


def test_a_wait_for_somebody_elses_sign_on_ends_with_the_budget(transport):
    with HostileServer() as server:
        tokens = Tokens(server.connection, transport)
        with tokens._lock, pytest.raises(OutOfTime, match="sign-on"):
            tokens.get(Budget(0.01))


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (
            refuse_token(400, description="client not found"),
            ["knows no OAuth client with this id", "GENESYS_CLOUD_CLIENT_ID", "us-east-1"],
        ),
        (
            refuse_token(401, description="authentication failed"),
            ["not with this secret", "GENESYS_CLOUD_CLIENT_SECRET"],
        ),
        (refuse(401, "ip.not.authorized"), ["network address of this machine", "allowed IP"]),
        (
            refuse_token(403, "unauthorized", "The IP address is not on the list"),
            ["network address of this machine", "allowed IP"],
        ),
        (
            refuse_token(400, "unsupported_grant_type", "grant type not allowed"),
            ["rejected the sign-on", "grant type not allowed", "Client Credentials"],
        ),
        (Sent(404), ["rejected the sign-on", "GENESYS_CLOUD_LOGIN_URL"]),
        (Sent(302, headers={"Location": "/login"}), ["another address", "GENESYS_CLOUD_LOGIN_URL"]),
    ],
)
def test_every_refusal_has_its_own_words(transport, budget, answer: Sent, texts: list[str]):
    with HostileServer(tokens=[answer]) as server, pytest.raises(SignOnError) as caught:
        Tokens(server.connection, transport).get(budget)

    assert [text for text in texts if text not in str(caught.value)] == []
    assert caught.value.facts.request == "POST /oauth/token"


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        (too_many("600"), RateLimited, "Too many sign-ons"),
        (HTML_502, Unavailable, "in trouble"),
        (RESET, ConnectionFailed, "broke the connection"),
        (NOT_JSON, BadAnswer, "cannot be read"),
        (ok({"token_type": "bearer"}), BadAnswer, "access_token"),
        (token("x", token_type="mac"), BadAnswer, "no bearer token"),
        (token("two words"), BadAnswer, "no bearer token"),
        (token("line\r\nX-Evil: 1"), BadAnswer, "no bearer token"),
        (token(""), BadAnswer, "no bearer token"),
    ],
)
def test_other_failures_keep_their_kind(transport, budget, answer: Sent, kind: type, text: str):
    server = HostileServer(tokens=itertools.repeat(answer))
    with server, pytest.raises(kind, match=text) as caught:
        Tokens(server.connection, transport).get(budget)

    assert not isinstance(caught.value, SignOnError)


@pytest.mark.parametrize("spelling", ["bearer", "Bearer", "BEARER"])
def test_the_token_type_is_compared_without_case(transport, budget, spelling: str):
    with HostileServer(tokens=[token("abc", token_type=spelling)]) as server:
        assert value(Tokens(server.connection, transport).get(budget)) == "Bearer abc"


def test_after_a_failure_the_next_one_tries_anew(transport, budget):
    with HostileServer(tokens=[refuse_token(401), token("abc")]) as server:
        tokens = Tokens(server.connection, transport)
        with pytest.raises(SignOnError):
            tokens.get(budget)
        assert value(tokens.get(budget)) == "Bearer abc"


class TestSecrets:
    """Neither the secret nor the token is in anything that is written down."""

    def test_a_token_shows_in_no_repr_and_no_pickle(self):
        found = Token("t0ken", 0.0)

        assert "t0ken" not in f"{found!r} {found}"
        with pytest.raises(TypeError, match="holds a secret"):
            pickle.dumps(found)

    @pytest.mark.parametrize(
        "answer",
        [
            refuse_token(401, description=f"{SECRET} is wrong"),
            refuse_token(400, "other", f"{SECRET} is wrong"),
            refuse(500, "internal.server.error", f"{SECRET} is wrong"),
            replace(too_many("600"), body=json.dumps({"message": f"{SECRET} is wrong"}).encode()),
            RESET,
        ],
    )
    def test_failures_and_the_log_hide_the_secret(self, transport, budget, caplog, answer: Sent):
        caplog.set_level(logging.DEBUG)
        server = HostileServer(tokens=itertools.repeat(answer, 20))
        basic = base64.b64encode(f"client-1:{SECRET}".encode()).decode()

        with server, pytest.raises(GenesysError) as caught:
            Tokens(server.connection, transport).get(budget)

        below_this_test = caught.tb.tb_next
        written = [
            caplog.text,
            repr(caught.value),
            str(caught.value.__dict__),
            pickle.dumps(caught.value).decode("latin-1"),
            *traceback.TracebackException(
                caught.type, caught.value, below_this_test, capture_locals=True
            ).format(),
        ]
        assert [text for text in written if SECRET in text or basic in text] == []
