"""Tokens and the rate limit of the demo organization."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import validate
from tests.demo.calls import Caller

GRANT = {"grant_type": "client_credentials"}
ABOUT = "/api/v2/organizations/me"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 15, 12, 0, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock) -> Iterator[DemoServer]:
    with serve(DemoOptions(queues=1, rate_limit=3, clock=clock)) as running:
        yield running


def ask(server: DemoServer, client: str | None = None, secret: str | None = None, **form: str):
    auth = (client or server.client_id, secret or server.client_secret)
    return requests.post(f"{server.url}/oauth/token", auth=auth, data=form or GRANT, timeout=30)


def test_id_and_secret_give_a_bearer_token_for_a_day(server) -> None:
    answer = ask(server)
    validate("TokenResponse", answer.json())
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"
    assert answer.json()["expires_in"] == 86_400


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"client": "nobody"}, 400, "invalid_client"),
        ({"client": "nobody", "secret": "wrong"}, 400, "invalid_client"),
        ({"secret": "wrong"}, 401, "invalid_client"),
        ({"secret": "wröng"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "all"}, 400, "unsupported_grant_type"),
    ],
    ids=str,
)
def test_a_wrong_sign_on_is_refused_in_oauth_words(server, wrong, status, error) -> None:
    if "secret" in wrong:
        wrong = {**wrong, "secret": wrong["secret"].encode()}
    answer = ask(server, **wrong)
    validate("OAuthError", answer.json())
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["description"] == answer.json()["error_description"]


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x"])
def test_credentials_are_taken_as_basic_only(server, header) -> None:
    form = {**GRANT, "client_id": server.client_id, "client_secret": server.client_secret}
    url = f"{server.url}/oauth/token"
    answer = requests.post(url, data=form, headers={"Authorization": header}, timeout=30)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_token_request_that_is_no_form_is_refused(server) -> None:
    auth = (server.client_id, server.client_secret)
    answer = requests.post(f"{server.url}/oauth/token", auth=auth, json=GRANT, timeout=30)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "authentication.required"),
        ("Basic eDp5", "authentication.required"),
        ("Bearer", "authentication.required"),
        ("Bearer made-up", "bad.credentials"),
    ],
)
def test_a_request_needs_a_token_of_this_organization(server, header, code) -> None:
    answer = requests.get(
        f"{server.url}{ABOUT}", headers={"Authorization": header} if header else {}, timeout=30
    )
    validate("ErrorBody", answer.json())
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_a_token_is_spent_after_its_life(server, clock) -> None:
    caller = Caller(server)
    assert caller.send("GET", ABOUT).status_code == 200
    clock.now += timedelta(seconds=86_399)
    assert caller.send("GET", ABOUT).status_code == 200
    clock.now += timedelta(seconds=1)
    assert caller.refused("GET", ABOUT) == (401, "bad.credentials")
    assert Caller(server).send("GET", ABOUT).status_code == 200


def test_the_rate_limit_holds_for_a_token_and_minute(server, clock) -> None:
    caller = Caller(server)
    counts = [caller.send("GET", ABOUT).headers["inin-ratelimit-count"] for _ in range(3)]
    assert counts == ["1", "2", "3"]
    assert caller.refused("GET", ABOUT) == (429, "too.many.requests.retry.after")
    late = caller.send("GET", ABOUT)
    assert late.headers["Retry-After"] == late.headers["inin-ratelimit-reset"] == "20"
    assert late.headers["inin-ratelimit-allowed"] == "3"
    assert "[20]" in late.json()["message"]
    assert Caller(server).send("GET", ABOUT).status_code == 200
    clock.now += timedelta(seconds=20)
    assert caller.send("GET", ABOUT).headers["inin-ratelimit-count"] == "1"


def test_refused_requests_count_too_and_carry_the_headers(server) -> None:
    caller = Caller(server)
    answer = caller.send("GET", "/api/v2/routing/queues", params={"pageSize": 0})
    assert answer.status_code == 400
    assert answer.headers["inin-ratelimit-count"] == "1"


def test_a_rate_limit_of_zero_is_none(demo) -> None:
    caller = Caller(demo)
    answers = [caller.send("GET", ABOUT) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "inin-ratelimit-count" not in answers[-1].headers
