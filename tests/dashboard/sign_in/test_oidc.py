"""Sign-in by a real OpenID Connect provider, and by what forged tokens would say."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from dashboard.sign_in import oauth
from dashboard.sign_in.oidc import Oidc
from dashboard.sign_in.provider import Refused
from dashboard.sign_in.sessions import Attempt, Over, Session, why_over
from dashboard.sign_in.settings import Limits, SignInSettings, read
from tests.dashboard.sign_in.conftest import Guarded

PEOPLE = (
    {"sub": "maya", "name": "Maya", "groups": ["managers", "everybody"]},
    {"sub": "tom", "name": "Tom", "groups": ["claims"]},
    {"sub": "sam", "name": "Sam", "groups": ["visitors"]},
)
ACCESS = """
claim = "groups"
ask = "Operations <ops@northwind.example>"

[[access]]
value = "managers"
divisions = ["*"]

[[access]]
value = "claims"
divisions = ["Claims", "Sales"]
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    claims = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", *claims]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                requests.get(url, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield url
        process.terminate()


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "access.toml"
    path.write_text(ACCESS)
    return path


@pytest.fixture(scope="module")
def env(provider: str, access: Path) -> dict[str, str]:
    return {
        "DASHBOARD_SIGN_IN": "oidc",
        "DASHBOARD_SIGN_IN_CLIENT_ID": "dashboard",
        "DASHBOARD_SIGN_IN_CLIENT_SECRET": "made-up",
        "DASHBOARD_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "DASHBOARD_ACCESS": str(access),
    }


@pytest.fixture(scope="module")
def at(guard: Callable[..., Guarded], env: dict[str, str]) -> Guarded:
    return guard(Oidc, env)


def come_back(at: Guarded, person: str) -> tuple[requests.Session, requests.Response]:
    browser = at.browser()
    page = at.begin(browser, "/when?period=today")
    back = browser.post(page, data={"sub": person}, allow_redirects=False, timeout=30)
    return browser, at.get(browser, back.headers["Location"])


def test_somebody_signs_in_and_is_who_the_provider_says(at: Guarded):
    browser, answer = come_back(at, "tom")
    session = at.desk.seals.open(browser.cookies["dashboard"], Session)

    assert answer.headers["Location"] == "/when?period=today"
    assert (session.subject, session.name, session.proof) == ("tom", "Tom", ("claims",))
    assert at.desk.rights.of(session).division_names == {"Claims", "Sales"}
    assert at.get(browser).status_code == 200


def test_a_star_is_every_division(at: Guarded):
    browser, _ = come_back(at, "maya")
    session = at.desk.seals.open(browser.cookies["dashboard"], Session)
    assert at.desk.rights.of(session).is_all


def test_who_is_in_no_row_sees_nothing_and_is_told_whom_to_ask(at: Guarded):
    browser, answer = come_back(at, "sam")
    assert answer.status_code == 403
    assert "Operations &lt;ops@northwind.example&gt;" in answer.text
    assert at.get(browser).status_code == 303


def test_a_row_that_is_taken_out_ends_sessions_within_five_minutes(at: Guarded, access: Path):
    browser, _ = come_back(at, "tom")
    access.write_text(ACCESS.replace('"claims"', '"others"'))
    at.clock.pass_by(minutes=4)
    told = at.get(browser, "/sign-in/session").json()
    access.write_text(ACCESS)
    assert told["over"] == "taken away"


def test_a_file_that_cannot_be_read_lets_nobody_see_anything(at: Guarded, access: Path):
    access.write_text("claim = ")
    _, answer = come_back(at, "tom")
    access.write_text(ACCESS)
    assert answer.status_code == 403
    assert "not set up rightly" in answer.text
    assert str(access) not in answer.text


def test_a_session_ends_with_the_token():
    now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    ends = now + timedelta(hours=1)
    session = Session("id", "tom", "Tom", now, now + timedelta(hours=8), now, (), ends)
    assert why_over(session, ends - timedelta(minutes=1), ends, Limits()) is Over.TOKEN


KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
GOOD = {"iss": "https://id.example", "aud": "dashboard", "sub": "tom", "nonce": "expected"}


@pytest.fixture
def oidc(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Oidc:
    """A provider that says what a test lets it say."""

    def said(url: str, _token: str = "") -> dict:
        if url.endswith("/keys"):
            return {"keys": [KEY.as_dict(private=False)]}
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
        return {
            "issuer": "https://id.example",
            "jwks_uri": "https://id.example/keys",
            **dict.fromkeys(names, "https://id.example/x"),
        }

    monkeypatch.setattr(oauth, "read", said)
    settings: SignInSettings = read(env)
    return Oidc(settings)


def token(key=KEY, alg: str = "RS256", **claims) -> str:
    now = int(time.time())
    told = {**GOOD, "iat": now, "exp": now + 600, "groups": ["claims"], **claims}
    return jwt.encode({"alg": alg, "kid": "one"}, told, key, algorithms=[alg])


def finish(oidc: Oidc, id_token: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(oauth, "trade", lambda *_: {"id_token": id_token, "access_token": "a"})
    ends = datetime(2026, 6, 15, 12, tzinfo=UTC)
    return oidc.finish(Attempt("state", "expected", "verifier", "/", ends), {"code": "c"})


def test_a_token_that_is_right_is_taken(oidc: Oidc, monkeypatch):
    assert finish(oidc, token(), monkeypatch).proof == ("claims",)


@pytest.mark.parametrize(
    "forged",
    [
        token(OTHER),
        token(OctKey.import_key("made-up" * 8), "HS256"),
        token(iss="https://attacker.example"),
        token(aud="another"),
        token(aud=["dashboard", "another"], azp="another"),
        token(nonce="of-another-sign-in"),
        token(exp=int(time.time()) - 3600),
        token(exp="never"),
        token().rpartition(".")[0] + ".",
        "eyJhbGciOiJub25lIn0.e30.",
        "",
    ],
    ids=[
        "key",
        "secret",
        "issuer",
        "audience",
        "party",
        "nonce",
        "old",
        "time",
        "bare",
        "none",
        "",
    ],
)
def test_a_token_that_is_not_is_refused(oidc: Oidc, monkeypatch, forged):
    with pytest.raises(Refused, match="cannot be trusted"):
        finish(oidc, forged, monkeypatch)


def test_an_address_that_is_not_verified_opens_nothing(oidc, monkeypatch, access, tmp_path):
    by_email = tmp_path / "by-email.toml"
    by_email.write_text(ACCESS.replace('"groups"', '"email"').replace("claims", "tom@example.com"))
    oidc._settings = read(
        {
            "DASHBOARD_SIGN_IN": "oidc",
            "DASHBOARD_SIGN_IN_CLIENT_ID": "dashboard",
            "DASHBOARD_OIDC_METADATA_URL": "https://id.example/",
            "DASHBOARD_ACCESS": str(by_email),
        }
    )
    with pytest.raises(Refused, match="not verified"):
        finish(oidc, token(email="tom@example.com"), monkeypatch)
    verified = token(email="tom@example.com", email_verified=True)
    assert finish(oidc, verified, monkeypatch).proof == ("tom@example.com",)
