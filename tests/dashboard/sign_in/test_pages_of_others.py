"""What a page holds is for the person and the divisions it was drawn for, and ends with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboard.sign_in.desk import Desk
from dashboard.sign_in.present import NotSignedIn, Present, asked_by, carried, present, stand_at
from dashboard.sign_in.provider import Identity
from dashboard.sign_in.sessions import Over, Session
from dashboard.sign_in.settings import Way, read
from dashboard.sign_in.wire import files_of
from genesys.organization.scope import ALL, Scope
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.guarded import Clock, Guarded, of_the_demo

CLAIMS = Scope(frozenset({"claims"}))
TOM = Session("tom", "1", "Tom", DEMO_NOW, DEMO_NOW.replace(hour=20), DEMO_NOW, ())
LENA = Session("lena", "2", "Lena", DEMO_NOW, DEMO_NOW.replace(hour=20), DEMO_NOW, ())


class Rights:
    """A provider that says what a test lets it say."""

    scope_now = ALL

    def begin(self, _attempt) -> str:
        return ""

    def finish(self, _attempt, _given) -> Identity:
        return Identity("1", "Tom", ())

    def scope(self, _proof) -> Scope:
        return self.scope_now


@pytest.fixture
def desk() -> Iterator[tuple[Desk, Rights, Clock]]:
    rights, clock = Rights(), Clock()
    made = Desk(read({"DASHBOARD_SIGN_IN": "genesys"}), rights, clock)
    stand_at(Way.GENESYS, made)
    for session in (TOM, LENA):
        made.admit(session)
    yield made, rights, clock
    stand_at(None, None)


def test_a_file_is_made_for_who_asks_for_it_on_their_own_page(desk):
    with asked_by(TOM), carried(Present(TOM, ALL)):
        assert present() == Present(TOM, ALL)


def test_a_file_is_not_made_for_another_person_who_knows_its_id(desk):
    toms = Present(TOM, ALL)
    with asked_by(LENA), pytest.raises(NotSignedIn, match="another person"), carried(toms):
        pass
    with pytest.raises(NotSignedIn, match="another person"), carried(toms):
        pass


def test_a_file_that_was_offered_is_not_made_any_more_when_the_right_to_it_is_gone(desk):
    made, rights, clock = desk
    rights.scope_now = CLAIMS
    clock.pass_by(minutes=3)
    made.admit(TOM)
    with (
        asked_by(TOM),
        pytest.raises(NotSignedIn, match="has changed"),
        carried(Present(TOM, ALL)),
    ):
        pass
    with asked_by(TOM), carried(Present(TOM, CLAIMS)):
        assert present().scope == CLAIMS
    clock.pass_by(minutes=6)  # nobody has confirmed it since
    with (
        asked_by(TOM),
        pytest.raises(NotSignedIn, match="has changed"),
        carried(Present(TOM, CLAIMS)),
    ):
        pass


def test_a_file_that_was_offered_is_not_made_any_more_when_the_session_is_over(desk):
    made, _, _ = desk
    made.sessions.end(TOM.id, Over.SIGNED_OUT)
    with asked_by(TOM), pytest.raises(NotSignedIn, match="over"), carried(Present(TOM, ALL)):
        pass


def test_a_page_is_given_the_files_of_its_buttons_and_no_address_that_is_written_in_it():
    given, written = ForwardMsg(), ForwardMsg()
    given.backend_operation_response.deferred_file.url = "/media/a.csv"
    written.delta.new_element.markdown.body = "/media/a.csv"
    button, input_field = ForwardMsg(), ForwardMsg()
    button.delta.new_element.download_button.url = "/media/b.pdf"
    input_field.delta.new_element.text_input.value = "/media/b.pdf"

    assert [*files_of(given), *files_of(button)] == ["/media/a.csv", "/media/b.pdf"]
    assert [*files_of(written), *files_of(input_field)] == []


async def page_that_is_named(websocket: WebSocket) -> None:
    """Says its name as Streamlit does, then what was asked of it."""
    await websocket.accept(websocket.scope["subprotocols"][0])
    message = ForwardMsg()
    message.new_session.initialize.session_id = "page-of-tom"
    await websocket.send_bytes(message.SerializeToString())
    await websocket.send_text(websocket.headers["Sec-WebSocket-Protocol"])


def asked(at: Guarded, browser: requests.Session, page: str) -> str:
    """What Streamlit is asked for by who would go on with a page."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url = at.url.replace("http", "ws") + "/_stcore/stream"
    words = ["streamlit", "token", page]
    with connect(
        url, additional_headers={"Cookie": cookies}, subprotocols=words, proxy=None
    ) as opened:
        opened.recv(timeout=5)
        return str(opened.recv(timeout=5)).replace(" ", "")


def test_a_page_is_gone_on_with_by_its_own_person_alone_and_by_nobody_with_other_rights():
    app = Starlette(routes=[WebSocketRoute("/_stcore/stream", page_that_is_named)])
    with of_the_demo(app) as (at, demo):
        lena, tom = at.sign_in("lena"), at.sign_in("tom")
        assert asked(at, lena, "page-of-nobody") == "streamlit,token"
        assert asked(at, tom, "x") == "streamlit,token"
        assert asked(at, tom, "page-of-tom") == "streamlit,token,page-of-tom"
        again = asked(at, lena, "page-of-tom")
        at_first = asked(at, tom, "page-of-tom")
        demo.people.may_see["tom"] = ("Claims",)
        at.clock.pass_by(minutes=3)
        later = asked(at, tom, "page-of-tom")
    assert (again, at_first, later) == ("streamlit,token",) * 3
