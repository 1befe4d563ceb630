"""What people of different divisions see in a browser, where names of others would do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, free_port
from tests.browser.browsing import BLANK, settle, wait_until
from tests.browser.reading import Clicks, link
from tests.dashboard.sign_in.hostile_divisions import MARKS, forbidden_marks, hostile_names
from tests.dashboard.sign_in.reading import sent, unpacked

pytestmark = pytest.mark.browser

PAGES = ("Overview", "Queues", "Media types", "When", "What changed", "Meeting", "Query")
DRAWN = """() => {
    const all = root => [...root.querySelectorAll('*')].map(each => each.shadowRoot)
        .filter(Boolean).map(each => each.innerHTML + all(each)).join('');
    return document.documentElement.outerHTML + all(document) + document.title + location.href;
}"""
"""All that stands in a page, its tables too."""


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[DemoServer, int]]:
    port = free_port()
    back = f"http://localhost:{port}/sign-in/done"
    with hostile_names(), serve(DemoOptions(rate_limit=0, redirect_uris=(back,))) as server:
        yield server, port


@pytest.fixture(scope="module")
def dashboard(demo: tuple[DemoServer, int], start_server: Callable[..., AppServer]) -> AppServer:
    server, port = demo
    url = {"DASHBOARD_URL": f"http://localhost:{port}"}
    return start_server(port=port, **server.env, **server.sign_in_env, **url)


@dataclass
class Eavesdropper:
    """All that a page shows, is sent and does."""

    page: Page
    frames: list[bytes | str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", self._listen)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.trouble.append("dialog"), dialog.dismiss()))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._take)

    def _take(self, frame: bytes | str) -> None:
        self.frames.append(frame)

    def heard(self) -> str:
        return "".join(
            sent(ForwardMsg.FromString(each)) if isinstance(each, bytes) else each
            for each in self.frames
        )


@pytest.fixture
def person(
    dashboard: AppServer, browser: BrowserContext
) -> Iterator[Callable[[str], Eavesdropper]]:
    page = browser.new_page()

    def signed_in(name: str) -> Eavesdropper:
        one = Eavesdropper(page)
        page.goto(link(dashboard.url))
        page.get_by_role("link", name=name).click()
        settle(page)
        return one

    yield signed_in
    page.goto(BLANK)  # what it has asked for last must not renew the cookie
    page.close()
    browser.clear_cookies()


def test_marks_are_found_where_somebody_may_see_them(
    person: Callable[[str], Eavesdropper],
) -> None:
    maya = person("Maya Hart")
    drawn = maya.page.evaluate(DRAWN)
    assert [each for each in MARKS if each not in drawn or each not in maya.heard()] == []
    assert maya.trouble == []


@pytest.mark.parametrize(
    ("name", "divisions"),
    [("Tom Reed", ("Customer Service", "Claims")), ("Lena Ortiz", ("Sales",))],
)
def test_nothing_of_other_divisions_is_drawn_sent_or_saved(
    person: Callable[[str], Eavesdropper],
    dashboard: AppServer,
    name: str,
    divisions: tuple[str, ...],
) -> None:
    forbidden = forbidden_marks(*divisions)
    one = person(name)
    clicks, drawn, saved = Clicks(), "", b""
    for title in PAGES:
        clicks.menu(one.page, title)
        shown = one.page.evaluate(DRAWN)
        assert [each for each in forbidden if each in shown] == [], title
        assert f"{len(divisions)} of 4 divisions" in shown, title
        drawn += shown
        if title == "Queues":
            _, saved = clicks.download(one.page, "queues", "Excel workbook")
    text = unpacked(saved) + one.heard()

    assert [each for each in forbidden if each in text] == []
    assert [each for each in MARKS if each not in drawn] == forbidden
    assert [each for each in MARKS if each not in text] == forbidden
    assert one.trouble == []
    assert [each for each in MARKS if each in dashboard.log] == []


def test_no_other_page_shows_the_dashboard_in_a_frame(
    person: Callable[[str], Eavesdropper], dashboard: AppServer
) -> None:
    page = person("Tom Reed").page
    page.set_content(f'<iframe src="{dashboard.url}/queues"></iframe>')
    wait_until(page, "document.querySelector('iframe').contentDocument === null")
    (frame,) = page.main_frame.child_frames
    expect(frame.locator("[data-testid=stApp]")).to_have_count(0)
    assert frame.url == "chrome-error://chromewebdata/"
