"""People of the demo organization sign in: authorization code with PKCE, then who they are."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from genesys.demo import DemoOptions, DemoServer, serve
from tests.conftest import DEMO_NOW

BACK = "http://localhost:18640/sign-in/done"
VERIFIER = generate_token(48)
ME = "/api/v2/users/me"
PERMITTED = "/api/v2/authorization/divisionspermitted/paged/me"


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    options = DemoOptions(redirect_uris=(BACK,), rate_limit=0, clock=lambda: DEMO_NOW)
    with serve(options) as running:
        yield running


def authorize(server: DemoServer, **more: str) -> requests.Response:
    given = {
        "response_type": "code",
        "client_id": server.people.client_id,
        "redirect_uri": BACK,
        "state": "abc",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
        **more,
    }
    url = f"{server.url}/oauth/authorize"
    return requests.get(url, params=given, allow_redirects=False, timeout=30)


def code(server: DemoServer, person: str) -> str:
    back = urlsplit(authorize(server, person=person).headers["Location"])
    assert back._replace(query="").geturl() == BACK
    assert parse_qs(back.query)["state"] == ["abc"]
    return parse_qs(back.query)["code"][0]


def trade(server: DemoServer, given: str, **more: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": server.people.client_id,
        "code": given,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **more,
    }
    return requests.post(f"{server.url}/oauth/token", data=form, timeout=30)


def ask(server: DemoServer, token: str, path: str, **params: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(server.url + path, headers=headers, params=params, timeout=30)


def test_a_person_signs_in_and_asks_who_they_are_and_what_they_may_see(server):
    token = trade(server, code(server, "tom")).json()["access_token"]
    who = ask(server, token, ME).json()
    seen = ask(server, token, PERMITTED, permission="analytics:conversationAggregate:view").json()

    assert who["name"] == "Tom Reed"
    assert [each["name"] for each in seen["entities"]] == ["Customer Service", "Claims"]
    assert seen["allDivsPermitted"] is False


def test_the_page_names_everybody(server):
    page = authorize(server)
    assert page.status_code == 200
    assert [name in page.text for name in ("Maya", "Tom", "Lena", "Sam")] == [True] * 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "another"},
        {"redirect_uri": f"{BACK}/"},
        {"redirect_uri": "https://attacker.example/"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ],
    ids=str,
)
def test_nobody_is_sent_elsewhere(server, wrong):
    assert authorize(server, person="tom", **wrong).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"code_verifier": "another"}, {"redirect_uri": f"{BACK}/"}, {"client_id": "x"}],
    ids=str,
)
def test_a_code_is_good_only_for_who_asked_for_it(server, wrong):
    assert trade(server, code(server, "tom"), **wrong).status_code == 400


def test_a_code_is_taken_once(server):
    given = code(server, "lena")
    assert trade(server, given).status_code == 200
    assert trade(server, given).json()["error"] == "invalid_grant"


def test_the_client_itself_is_no_person(server):
    grant = {"grant_type": "client_credentials"}
    credentials = (server.client_id, server.client_secret)
    token = requests.post(
        f"{server.url}/oauth/token", auth=credentials, data=grant, timeout=30
    ).json()["access_token"]
    assert ask(server, token, ME).status_code == 401


def test_a_missing_scope_is_named():
    options = DemoOptions(redirect_uris=(BACK,), scopes=("user-basic-info",), rate_limit=0)
    with serve(options) as server:
        token = trade(server, code(server, "tom")).json()["access_token"]
        answer = ask(server, token, PERMITTED)
    assert answer.status_code == 403
    assert answer.json()["message"] == "App not authorized to use scope [authorization:readonly]"
