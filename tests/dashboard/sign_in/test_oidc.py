"""Sign-in by a real OpenID Connect provider, and what it says of somebody later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from dashboard.sign_in.oidc import Oidc
from dashboard.sign_in.sessions import Session
from tests.dashboard.sign_in.guarded import Guarded
from tests.dashboard.sign_in.oidc_provider import ACCESS, oidc_provider, settings_for


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider() as url:
        yield url


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "access.toml"
    path.write_text(ACCESS)
    return path


@pytest.fixture(scope="module")
def at(guard: Callable[..., Guarded], provider: str, access: Path) -> Guarded:
    return guard(Oidc, settings_for(provider, access))


def come_back(at: Guarded, person: str) -> tuple[requests.Session, requests.Response]:
    browser = at.browser()
    page = at.begin(browser, "/when?period=today")
    back = browser.post(page, data={"sub": person}, allow_redirects=False, timeout=30)
    return browser, at.get(browser, back.headers["Location"])


def test_somebody_signs_in_and_is_who_the_provider_says(at: Guarded):
    browser, answer = come_back(at, "tom")
    session = at.desk.seals.open(browser.cookies["dashboard"], Session)

    assert answer.headers["Location"] == "/when?period=today"
    assert (session.subject, session.name, session.proof[1:]) == ("tom", "Tom", ())
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


def said_at_the_provider(provider: str, person: str, *groups: str) -> None:
    claims = {"name": person.title(), "groups": groups}
    requests.put(f"{provider}/users/{person}", json=claims, timeout=30).raise_for_status()


def stands(at: Guarded, browser: requests.Session) -> str:
    return str(at.get(browser, "/sign-in/session").json().get("over", ""))


def test_a_group_that_is_taken_away_at_the_provider_ends_sessions_within_five_minutes(
    at: Guarded, provider: str
):
    browser, _ = come_back(at, "tom")
    assert stands(at, browser) == ""
    said_at_the_provider(provider, "tom", "visitors")
    at.clock.pass_by(minutes=1)
    soon = stands(at, browser)
    at.clock.pass_by(minutes=2)
    later = stands(at, browser)
    said_at_the_provider(provider, "tom", "claims")

    assert (soon, later) == ("", "taken away")
    assert stands(at, browser) == "taken away"


def test_a_claim_that_the_provider_leaves_out_ends_sessions_as_an_empty_one_does(
    at: Guarded, provider: str
):
    browser, _ = come_back(at, "tom")
    requests.put(f"{provider}/users/tom", json={"name": "Tom"}, timeout=30).raise_for_status()
    at.clock.pass_by(minutes=3)
    told = stands(at, browser)
    said_at_the_provider(provider, "tom", "claims")
    assert told == "taken away"


def test_another_group_at_the_provider_is_another_view_and_no_end(at: Guarded, provider: str):
    browser, _ = come_back(at, "tom")
    session = at.desk.seals.open(browser.cookies["dashboard"], Session)
    said_at_the_provider(provider, "tom", "managers")
    at.clock.pass_by(minutes=3)
    scope = at.desk.rights.of(session)
    said_at_the_provider(provider, "tom", "claims")

    assert scope.is_all
    assert stands(at, browser) == ""


def test_somebody_whom_the_provider_signs_out_is_out_within_five_minutes(
    at: Guarded, provider: str
):
    browser, _ = come_back(at, "tom")
    requests.post(f"{provider}/users/tom/revoke-tokens", timeout=30).raise_for_status()
    at.clock.pass_by(minutes=3)
    assert stands(at, browser) == "taken away"


def test_a_session_ends_with_the_token_however_much_in_use(at: Guarded):
    before, at.clock.now = at.clock.now, datetime.now(UTC)
    browser, _ = come_back(at, "tom")
    for _ in range(2):
        at.clock.pass_by(minutes=25)
        assert at.get(browser).status_code == 200
    at.clock.pass_by(minutes=11)
    told = stands(at, browser)
    at.clock.now = before
    assert told == "token"
