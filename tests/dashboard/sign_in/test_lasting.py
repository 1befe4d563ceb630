"""How long a session lasts, and what ends it."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from dashboard.sign_in.seals import Seals
from dashboard.sign_in.sessions import Session
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.wire import RERUN, At, stands, wire

pytestmark = pytest.mark.usefixtures("as_before")


SESSION = Session("id", "subject", "Tom", DEMO_NOW, DEMO_NOW, DEMO_NOW, ("token",))


BY_ITSELF = BackMsg(rerun_script=ClientState(is_auto_rerun=True)).SerializeToString()


def flood(opened: ClientConnection) -> None:
    """Send without a pause."""
    for _ in range(5000):
        opened.send(RERUN)
        opened.recv(timeout=5)


def test_signing_out_ends_open_pages_and_copies_of_the_cookie(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    copy = f"dashboard={browser.cookies['dashboard']}"
    with wire(at, browser) as opened:
        asked = at.get(browser, "/sign-out")
        still = stands(at, browser)
        out = browser.post(f"{at.url}/sign-out", timeout=30)
        with pytest.raises(ConnectionClosed) as closed:
            opened.recv(timeout=5)

    assert "Tom Reed" in asked.text
    assert still == ""
    assert "You are signed out" in out.text
    assert closed.value.rcvd.code == 4401
    assert "dashboard" not in browser.cookies
    assert at.get(at.browser(), Cookie=copy).status_code == 303


def test_a_form_of_another_site_signs_nobody_out(guarded: At):
    """It comes without the cookie, which is SameSite; what is answered must not take it away."""
    at, _ = guarded
    answer = at.browser().post(f"{at.url}/sign-out", allow_redirects=False, timeout=30)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers


def test_a_session_ends_after_eight_hours_of_use(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    for _ in range(8 * 3 - 1):
        at.clock.pass_by(minutes=20)
        assert at.get(browser).status_code == 200
    at.clock.pass_by(minutes=20)
    assert stands(at, browser) == "ended"


def test_an_idle_session_ends_though_its_page_looks_by_itself(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    with wire(at, browser) as opened:
        at.clock.pass_by(minutes=20)
        opened.send(RERUN)
        opened.recv(timeout=5)
        at.clock.pass_by(minutes=20)
        assert stands(at, browser) == ""
        opened.send(BY_ITSELF)
        opened.recv(timeout=5)
        at.clock.pass_by(minutes=11)
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)
    assert stands(at, browser) == "idle"


def test_nonsense_is_no_use_and_ends_nothing(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    with wire(at, browser) as opened:
        at.clock.pass_by(minutes=20)
        opened.send(b"\xff nonsense")
        assert opened.recv(timeout=5) == "figures"
        at.clock.pass_by(minutes=11)
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)
    assert stands(at, browser) == "idle"


def test_a_last_use_is_known_on_another_server_by_the_cookie(guarded: At):
    at, _ = guarded
    browser = at.sign_in("tom")
    at.clock.pass_by(minutes=20)
    at.get(browser)
    stands(at, browser)
    session = at.desk.seals.open(browser.cookies["dashboard"], Session)
    assert session.seen == at.clock.now


def test_a_right_that_is_taken_away_ends_the_session_within_five_minutes(guarded: At):
    at, demo = guarded
    browser = at.sign_in("lena")
    with wire(at, browser) as opened:
        demo.people.may_see["lena"] = ()
        at.clock.pass_by(minutes=1)
        assert stands(at, browser) == ""
        at.clock.pass_by(minutes=2)
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)
    assert stands(at, browser) == "taken away"


def test_who_sends_without_a_pause_is_looked_after_all_the_same(guarded: At):
    at, demo = guarded
    with wire(at, at.sign_in("lena")) as opened:
        demo.people.may_see["lena"] = ()
        at.clock.pass_by(minutes=3)
        with pytest.raises(ConnectionClosed):
            flood(opened)


def test_a_right_that_has_changed_ends_the_page_and_not_the_session(guarded: At):
    at, demo = guarded
    browser = at.sign_in("tom")
    mark = at.get(browser, "/sign-in/session").json()["mark"]
    with wire(at, browser) as opened:
        demo.people.may_see["tom"] = ("Claims",)
        at.clock.pass_by(minutes=3)
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)
    assert at.get(browser, "/sign-in/session").json()["mark"] != mark
    assert at.get(browser).status_code == 200


def test_a_session_goes_on_after_a_restart_with_the_same_secret():
    old, new = "k" * 43, "s" * 43
    sealed = Seals([old]).seal(SESSION)
    assert Seals([new, old]).open(sealed, Session) == SESSION
    assert Seals([new]).open(sealed, Session) is None
