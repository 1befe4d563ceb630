"""What a browser shows of a session from its beginning to its end, on a server whose clock moves.

Behind the guard stands a page of nothing but the script that looks how the session stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, Response

from dashboard.document.shell import SESSION, Shell
from dashboard.sign_in.oidc import Oidc
from dashboard.sign_in.seals import Seals
from dashboard.sign_in.sessions import Session
from genesys.demo import DemoServer
from tests.browser.browsing import wait_until
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.guarded import Guarded, inner, of_the_demo, started
from tests.dashboard.sign_in.oidc_provider import ACCESS, oidc_provider, settings_for

pytestmark = pytest.mark.browser

LINK = "/queues?period=today&queue=7"
At = tuple[Guarded, DemoServer]


async def figures(_: Asked) -> Response:
    return HTMLResponse("<!doctype html><html><body><h1>Figures</h1></body></html>")


@pytest.fixture(scope="module")
def guarded() -> Iterator[At]:
    with of_the_demo(Shell(inner(figures), SESSION)) as made:
        yield made


@pytest.fixture(autouse=True)
def as_before(guarded: At, browser: BrowserContext) -> Iterator[None]:
    """Rights, the clock and cookies as they were, whatever a test changed."""
    at, demo = guarded
    before = dict(demo.people.may_see)
    yield
    demo.people.may_see.update(before)
    at.clock.now = DEMO_NOW
    browser.clear_cookies()


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(30_000)
    yield page
    leave(page)
    page.close()


def leave(page: Page) -> None:
    """Leave it, so that nothing of it is under way that would renew a cookie or go elsewhere."""
    page.goto("about:blank")


def choose(page: Page, person: str) -> None:
    """Sign in as somebody, until the page that opens has looked how the session stands."""
    with page.expect_response("**/sign-in/session"):
        page.get_by_role("link", name=person).click()
    expect(page.get_by_role("heading", name="Figures")).to_be_visible()


def says(page: Page, title: str, *sentences: str) -> None:
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    for each in sentences:
        expect(page.get_by_text(each)).to_be_visible()
    assert page.get_by_role("heading", name="Figures").count() == 0


def sign_in(at: Guarded, page: Page, person: str = "Tom Reed", link: str = LINK) -> None:
    page.goto(f"{at.url}{link}")
    choose(page, person)


def look(page: Page) -> None:
    """Come back to the page, which then looks how the session stands."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def taken_away(at: Guarded, demo: DemoServer) -> None:
    demo.people.may_see["tom"] = ()
    at.clock.pass_by(minutes=3)


def idle(at: Guarded, _: DemoServer) -> None:
    at.clock.pass_by(minutes=30)


def after_eight_hours(at: Guarded, _: DemoServer) -> None:
    at.clock.pass_by(hours=8)


ENDS = {
    idle: "Nothing was done in it for a while.",
    after_eight_hours: "Sessions end after some hours, however much in use.",
    taken_away: "You may no longer see these figures.",
}


@pytest.mark.parametrize("end", ENDS, ids=lambda each: each.__name__)
def test_an_open_page_says_that_its_session_is_over_and_leads_back_to_the_same_view(
    guarded: At, page: Page, end: Callable[[Guarded, DemoServer], None]
) -> None:
    at, demo = guarded
    sign_in(at, page)
    end(at, demo)
    look(page)
    says(page, "Your session has ended", ENDS[end])
    demo.people.may_see["tom"] = ("Claims",)
    page.get_by_role("link", name="Sign in").click()
    choose(page, "Tom Reed")
    assert page.url == f"{at.url}{LINK}"


def test_who_may_see_nothing_is_told_whom_to_ask_and_gets_no_further(
    guarded: At, page: Page
) -> None:
    at, _ = guarded
    page.goto(at.url)
    page.get_by_role("link", name="Sam Cole").click()
    says(page, "Not signed in", "You are signed in, but may see the figures of no division.")
    page.goto(at.url)
    expect(page.get_by_text("Who are you?")).to_be_visible()


def test_a_right_that_has_changed_draws_the_page_anew(guarded: At, page: Page) -> None:
    at, demo = guarded
    sign_in(at, page)
    page.evaluate("window.drawn = 'before'")
    with page.expect_response("**/sign-in/session"):
        look(page)
    demo.people.may_see["tom"] = ("Claims",)
    at.clock.pass_by(minutes=3)
    look(page)
    wait_until(page, "window.drawn === undefined")
    expect(page.get_by_role("heading", name="Figures")).to_be_visible()
    assert page.url == f"{at.url}{LINK}"


def test_a_way_back_is_good_once_and_only_where_it_was_begun(guarded: At, page: Page) -> None:
    at, _ = guarded
    ways: list[str] = []

    def note(request: Request) -> None:
        ways.extend([request.url] if "/sign-in/done" in request.url else [])

    page.on("request", note)
    sign_in(at, page)
    (way,) = ways
    leave(page)
    page.context.clear_cookies()
    for address in (way, way.replace("state=", "state=x"), f"{at.url}/sign-in/done?code=x"):
        page.goto(address)
        says(page, "Not signed in", "This sign-in was not begun here, or too long ago")
    page.goto(f"{at.url}{LINK}")
    expect(page.get_by_text("Who are you?")).to_be_visible()


@pytest.mark.parametrize("kind", ["forged", "old", "changed"])
def test_a_cookie_that_is_none_of_ours_is_no_session(guarded: At, page: Page, kind: str) -> None:
    at, _ = guarded
    sign_in(at, page)
    assert page.evaluate("document.cookie") == ""
    (cookie,) = (each for each in page.context.cookies() if each["name"] == "dashboard")
    session = at.desk.seals.open(cookie["value"], Session)
    assert session is not None
    sealed = {
        "forged": Seals().seal(session),
        "old": cookie["value"],
        "changed": f"{cookie['value'][:-4]}AAAA",
    }
    leave(page)
    at.clock.pass_by(hours=8 if kind == "old" else 0)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "dashboard", "value": sealed[kind], "domain": "localhost", "path": "/"}]
    )
    page.goto(f"{at.url}{LINK}")
    expect(page.get_by_text("Who are you?")).to_be_visible()


@pytest.mark.parametrize(
    "back", ["//attacker.example/", "https://attacker.example/", "/\\attacker.example"]
)
def test_signing_in_leads_nowhere_else(guarded: At, page: Page, back: str) -> None:
    at, _ = guarded
    sign_in(at, page, link=f"/sign-in?back={back}")
    assert page.url == f"{at.url}/"


def test_by_openid_connect_a_link_leads_through_the_sign_in_and_is_kept_when_the_token_ends(
    page: Page, tmp_path: Path
) -> None:
    (access := tmp_path / "access.toml").write_text(ACCESS)
    app = Shell(inner(figures), SESSION)
    with (
        oidc_provider() as provider,
        started(Oidc, settings_for(provider, access), app) as at,
    ):
        at.clock.now = datetime.now(UTC)
        page.goto(f"{at.url}{LINK}")
        page.get_by_role("button", name="tom").click()
        expect(page.get_by_role("heading", name="Figures")).to_be_visible()
        first = page.url
        at.clock.pass_by(minutes=25)
        page.reload()
        at.clock.pass_by(minutes=25)
        page.reload()
        at.clock.pass_by(minutes=11)
        look(page)
        expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()
        at.clock.now = datetime.now(UTC)  # by which the provider makes its tokens
        page.get_by_role("button", name="tom").click()
        expect(page.get_by_role("heading", name="Figures")).to_be_visible()

    assert first == page.url == f"{at.url}{LINK}"


def test_a_page_that_the_browser_has_kept_is_asked_for_anew_when_somebody_goes_back_to_it(
    guarded: At, page: Page
):
    at, _ = guarded
    sign_in(at, page)
    page.evaluate("fetch('/sign-out', {method: 'POST'})")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.get_by_role("link", name="Tom Reed")).to_be_visible()
    assert page.get_by_role("heading", name="Figures").count() == 0
