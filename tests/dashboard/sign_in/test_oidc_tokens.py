"""What forged tokens of an OpenID Connect provider would say, and how long a right one counts."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from dashboard.sign_in import oauth
from dashboard.sign_in.oidc import Oidc
from dashboard.sign_in.provider import Refused
from dashboard.sign_in.seals import Seals
from dashboard.sign_in.sessions import Attempt, Session
from dashboard.sign_in.settings import read
from genesys.errors import ConnectionFailed
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.oidc_provider import ACCESS, settings_for

KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
GOOD = {"iss": "https://id.example", "aud": "dashboard", "sub": "tom", "nonce": "expected"}


@pytest.fixture
def oidc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Oidc:
    """A provider that says what a test lets it say."""

    def said(url: str, _token: str = "") -> dict:
        if url.endswith("/keys"):
            return {"keys": [KEY.as_dict(private=False)]}
        if url.endswith("/who"):
            return {"sub": "tom", "groups": ["claims"]}
        names = ("authorization_endpoint", "token_endpoint")
        return {
            "issuer": "https://id.example",
            "jwks_uri": "https://id.example/keys",
            "userinfo_endpoint": "https://id.example/who",
            **dict.fromkeys(names, "https://id.example/x"),
        }

    monkeypatch.setattr(oauth, "read", said)
    (tmp_path / "access.toml").write_text(ACCESS)
    return Oidc(read(settings_for("https://id.example", tmp_path / "access.toml")))


def token(key=KEY, alg: str = "RS256", **claims) -> str:
    now = int(time.time())
    told = {**GOOD, "iat": now, "exp": now + 600, "groups": ["claims"], **claims}
    return jwt.encode({"alg": alg, "kid": "one"}, told, key, algorithms=[alg])


def finish(oidc: Oidc, id_token: str, monkeypatch: pytest.MonkeyPatch, **more: object):
    given = {"id_token": id_token, "access_token": "a", **more}
    monkeypatch.setattr(oauth, "trade", lambda *_: given)
    ends = datetime(2026, 6, 15, 12, tzinfo=UTC)
    return oidc.finish(Attempt("state", "expected", "verifier", "/", ends), {"code": "c"})


def test_a_token_that_is_right_is_taken(oidc: Oidc, monkeypatch):
    assert finish(oidc, token(), monkeypatch).proof == ("a",)


def test_a_provider_that_does_not_answer_is_asked_once_for_all_who_wait(oidc: Oidc, monkeypatch):
    asked: list[str] = []
    moment = 0.0

    def hang(url: str, _token: str = "") -> dict:
        asked.append(url)
        raise ConnectionFailed("It could not be asked.", "Try again.")

    oidc._monotonic = lambda: moment
    monkeypatch.setattr(oauth, "read", hang)
    for seconds, times in ((0.0, 1), (4.9, 1), (5.0, 2)):
        moment = seconds
        for _ in range(3):
            with pytest.raises(ConnectionFailed):
                oidc.begin(Attempt("s", "n", "v" * 43, "/", DEMO_NOW))
        assert len(asked) == times


def test_a_token_that_is_asked_by_ends_the_session_where_it_ends_first(oidc, monkeypatch):
    now = datetime.now(UTC).replace(microsecond=0)
    oidc._now = lambda: now
    for expires_in, expected in ((60, 60), ("60", 60), (3600, 600), ("never", 600), (-5, 600)):
        id_token = token(exp=int(now.timestamp()) + 600)
        ends = finish(oidc, id_token, monkeypatch, expires_in=expires_in).token_ends
        assert (ends - now).total_seconds() == expected


def test_a_token_without_room_in_a_cookie_is_left_out_and_the_word_of_the_sign_in_stands(
    oidc, monkeypatch
):
    room = 1900
    kept = finish(oidc, token(), monkeypatch, access_token="a" * room)
    sealed = Seals().seal(Session("i" * 32, "tom", "Tom", *[DEMO_NOW] * 3, kept.proof, DEMO_NOW))
    identity = finish(oidc, token(), monkeypatch, access_token="a" * (room + 1), expires_in=60)

    assert kept.proof == ("a" * room,)
    assert len(sealed) < 3800
    assert identity.proof == ("", "claims")
    assert identity.token_ends > datetime.now(UTC) + timedelta(minutes=9)
    assert oidc.scope(identity.proof).division_names == {"Claims", "Sales"}


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


def test_an_address_that_is_not_verified_opens_nothing(oidc: Oidc, monkeypatch, tmp_path: Path):
    by_email = tmp_path / "by-email.toml"
    by_email.write_text(ACCESS.replace('"groups"', '"email"').replace("claims", "tom@example.com"))
    oidc._settings = read(settings_for("https://id.example", by_email))
    with pytest.raises(Refused, match="not verified"):
        finish(oidc, token(email="tom@example.com"), monkeypatch)
    verified = token(email="tom@example.com", email_verified=True)
    assert finish(oidc, verified, monkeypatch).proof == ("a", "tom@example.com")
