"""Nobody reaches anything without a session, and a session ends when it must."""

from __future__ import annotations

import json
import secrets
import sys
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from dashboard.sign_in.desk import Desk
from dashboard.sign_in.genesys import Genesys
from dashboard.sign_in.guard import ThisMachine
from dashboard.sign_in.provider import Hosts, Refused
from dashboard.sign_in.seals import Seals
from dashboard.sign_in.sessions import Session
from genesys.client.people import Me, PersonApi
from genesys.demo.options import SCOPES
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.guarded import of_the_demo
from tests.dashboard.sign_in.wire import RERUN, At, stands, wire

pytestmark = pytest.mark.usefixtures("as_before")


A_HUNDRED_QUEUES = f"/queues?{'&'.join(f'queue={uuid4()}' for _ in range(100))}"


TOMS = ("Customer Service", "Claims")


@pytest.mark.parametrize(
    "path",
    ["/", "/queues", "/media/0123.csv", "/_stcore/health", "/_stcore/host-config", "/static/a.js",
     "//", "/sign-in/", "/sign-in/done/", "/healthz/", "/SIGN-IN/session", "/%2e%2e/healthz"],
)  # fmt: skip
def test_without_a_session_nothing_is_answered(guarded: At, path):
    at, _ = guarded
    part = at.get(at.browser(), path, Accept="*/*")
    whole = at.get(at.browser(), path)
    assert "figures" not in part.text + whole.text
    assert (part.status_code, whole.status_code) == (401, 303)
    assert whole.headers["Location"].startswith("/sign-in?back=%2F")


def test_without_a_session_there_is_no_websocket(guarded: At):
    at, _ = guarded
    with pytest.raises(InvalidStatus), wire(at, at.browser()):
        pass


def test_where_nobody_signs_in_other_machines_are_refused():
    async def inner(scope, receive, send):
        sent.append(scope["client"])

    async def send(message):
        sent.append(message.get("status") or message.get("code"))

    sent: list = []
    for client in (("127.0.0.1", 1), ("::1", 1), ("192.0.2.7", 1), None):
        for kind in ("http", "websocket"):
            scope = {"type": kind, "client": client, "headers": [], "method": "GET"}
            asked = ThisMachine(inner)(scope, None, send)
            with pytest.raises(StopIteration):  # nothing in it waits
                asked.send(None)
    own = [("127.0.0.1", 1)] * 2 + [("::1", 1)] * 2
    assert sent == [*own, *([403, None, 4401] * 2)]


def test_an_account_of_another_organization_is_refused(guarded: At):
    at, demo = guarded
    hosts = Hosts(demo.url, demo.url, demo.people.client_id, lambda: "another")
    desk = Desk(at.desk.settings, Genesys(at.desk.settings, lambda: hosts), at.clock)
    address, attempt = desk.begin("/")
    back = at.get(at.browser(), f"{address}&person=maya").headers["Location"]
    given = {name: words[0] for name, words in parse_qs(urlsplit(back).query).items()}
    with pytest.raises(Refused, match="another organization"):
        desk.finish(desk.seals.seal(attempt), given)


def test_an_account_whose_organization_nobody_tells_is_refused(guarded: At, monkeypatch):
    at, _ = guarded
    monkeypatch.setattr(PersonApi, "me", lambda *_: Me("1", "Tom Reed"))
    browser = at.browser()
    answer = at.get(browser, at.come_back(browser, "tom"))
    assert answer.status_code == 403
    assert "another organization" in answer.text


def test_health_is_open_and_says_nothing(guarded: At):
    at, _ = guarded
    assert at.get(at.browser(), "/healthz").text == "ok"


def test_a_signed_in_person_sees_figures_and_the_page_is_told_who_it_is(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom", back="/queues?period=today")
    told = at.get(browser, "/queues", **{"X-Dashboard-Session": "of-somebody-else"}).text
    name = told.removeprefix("figures for ")
    with wire(at, browser) as opened:
        opened.send(RERUN)
        assert opened.recv(timeout=5) == "figures"

    assert at.desk.sessions.named(name).name == "Tom Reed"
    assert stands(at, browser) == ""


def test_a_cookie_tells_a_browser_nothing_and_cannot_be_had_by_scripts(guarded: At):
    at, _ = guarded
    browser = at.browser()
    answer = at.get(browser, at.come_back(browser, "tom"))
    cookie = next(
        each for each in answer.raw.headers.getlist("Set-Cookie") if each.startswith("dashboard=")
    )

    assert "Tom" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "back",
    ["//attacker.example/", "https://attacker.example/", "/\\attacker.example", "\\/x",
     "/sign-in?back=/", "/sign-out", "javascript:alert(1)", "/a%0d%0aSet-Cookie:x=1", "/media/x"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(guarded: At, back):
    at, _ = guarded
    browser = at.browser()
    assert at.get(browser, at.come_back(browser, "tom", back)).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        (A_HUNDRED_QUEUES, A_HUNDRED_QUEUES),
        (f"/queues?find={'%C3%BC' * 300}", f"/queues?find={'%C3%BC' * 300}"),
        (f"/queues?find={secrets.token_urlsafe(5000)}", "/"),
        (f"/queues?find={'x' * 8000}", "/"),
    ],
    ids=["queues", "letters", "noise", "long"],
)
def test_the_longest_links_are_carried_through_the_sign_in(guarded: At, back: str, leads_to: str):
    at, _ = guarded
    browser = at.browser()
    answer = at.get(browser, at.come_back(browser, "tom", quote(back, safe="")))
    assert answer.headers["Location"] == leads_to


def test_a_sign_in_ends_only_where_it_was_begun_and_only_once(guarded: At):
    at, _ = guarded
    victim, other = at.browser(), at.browser()
    address = at.come_back(victim, "tom")

    assert at.get(other, address).status_code == 403
    assert at.get(victim, address.replace("state=", "state=x")).status_code == 403
    assert at.get(victim, f"{address[: address.index('state=')]}state=").status_code == 403
    at.begin(victim)
    again = at.come_back(victim, "tom")
    code = parse_qs(urlsplit(again).query)["code"][0]
    assert at.get(victim, again).status_code == 303
    assert at.get(victim, again).status_code == 403
    third = at.come_back(victim, "tom")
    replayed = third.replace(parse_qs(urlsplit(third).query)["code"][0], code)
    assert at.get(victim, replayed).status_code == 403


@pytest.mark.parametrize("state", ["a;b", "%0d%0ax", "%00", "é", "a,b", '"q"', "x" * 5000])
def test_whatever_an_address_says_for_its_state_is_refused(guarded: At, state: str):
    at, _ = guarded
    answer = at.get(at.browser(), f"/sign-in/done?code=x&state={state}")
    assert answer.status_code == 403
    assert "was not begun here" in answer.text


def test_a_sign_in_that_takes_too_long_is_begun_anew(guarded: At):
    at, _ = guarded
    browser = at.browser()
    address = at.come_back(browser, "tom")
    at.clock.pass_by(minutes=11)
    answer = at.get(browser, address)
    assert answer.status_code == 403
    assert "too long ago" in answer.text


def test_who_is_refused_by_the_provider_is_told_so(guarded: At):
    at, _ = guarded
    browser = at.browser()
    answer = at.get(browser, at.come_back(browser, "nobody"))
    assert answer.status_code == 403
    assert "Sign-in was refused" in answer.text


@pytest.mark.parametrize("scope", ["user-basic-info", "authorization:readonly"])
def test_a_scope_that_the_client_lacks_is_named(scope: str):
    scopes = tuple(each for each in SCOPES if each != scope)
    with of_the_demo(scopes=scopes) as (at, _):
        browser = at.browser()
        answer = at.get(browser, at.come_back(browser, "tom"))
    assert f"lacks the scope {scope}." in answer.text
    assert "OAuth &gt; the client &gt; Scope" in answer.text
    assert "dashboard" not in browser.cookies


def test_who_may_see_nothing_is_told_whom_to_ask(guarded: At):
    at, _ = guarded
    browser = at.browser()
    answer = at.get(browser, at.come_back(browser, "sam"))
    assert answer.status_code == 403
    assert "may see the figures of no division" in answer.text
    assert "Analytics &gt; Conversation Aggregate &gt; View" in answer.text
    assert at.get(browser).status_code == 303


def test_forged_and_changed_cookies_are_no_session(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    sealed = browser.cookies["dashboard"]
    session = at.desk.seals.open(sealed, Session)
    forged = Seals().seal(session)
    state = Seals(at.desk.settings.secrets).seal(session)

    for cookie in (forged, state, sealed[:-4] + "AAAA", sealed[:60], "x", "é".encode(), ""):
        other = at.browser()
        header = cookie if isinstance(cookie, bytes) else cookie.encode()
        answer = at.get(other, Cookie=b"dashboard=" + header, Accept="*/*")
        assert answer.status_code == 401
    header = f"dashboard={sealed}"
    assert at.get(at.browser(), Cookie=header).status_code == 200


def test_an_attempt_is_no_session(guarded: At):
    at, _ = guarded
    browser = at.browser()
    at.begin(browser)
    (sealed,) = (each.value for each in browser.cookies)
    assert at.get(at.browser(), Cookie=f"dashboard={sealed}").status_code == 303


def test_the_audit_says_who_came_and_went_and_holds_no_secret(guarded: At, capfd):
    at, demo = guarded
    at.clock.now = DEMO_NOW
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "__stderr__", sys.stderr)
        browser = at.sign_in("tom")
        token = at.desk.seals.open(browser.cookies["dashboard"], Session).proof[0]
        browser.post(f"{at.url}/sign-out", timeout=30)
        at.get(at.browser(), "/sign-in/done?code=stolen&state=guessed")
    told = capfd.readouterr().err
    lines = [
        json.loads(line.removeprefix("audit ")) for line in told.splitlines() if "audit" in line
    ]

    assert [(line["event"], line.get("name")) for line in lines] == [
        ("sign-in", "Tom Reed"),
        ("sign-out", "Tom Reed"),
        ("refusal", None),
    ]
    his = (each.id for each in demo.people.organization.divisions if each.name in TOMS)
    assert lines[0]["divisions"] == sorted(his)
    assert lines[0]["at"] == DEMO_NOW.isoformat()
    assert token not in told
    assert "stolen" not in told
