"""Tables in a browser: sorts of all rows, names that lead to their queues, cells to copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, WebSocket, expect

from genesys.demo import DemoOptions, serve
from tests.browser.app_server import AppServer
from tests.browser.browsing import PHONE, open_pages, settle
from tests.browser.reading import (
    FIRST,
    MATRIX,
    PAIRS,
    QUEUES,
    Clicks,
    heading,
    link,
    main,
    params,
    rows,
    table,
)

pytestmark = pytest.mark.browser

MANY: Final = 120


@pytest.fixture(scope="module")
def opened(app_server: AppServer, browser: BrowserContext) -> Iterator[Page]:
    with open_pages(browser) as open_page:
        yield open_page(link(app_server.url))


@pytest.fixture
def overview(opened: Page) -> Page:
    """The Overview from its top, in whatever order other tests have left its tables."""
    main(opened).evaluate("main => main.scrollTo(0, 0)")
    return opened


def numbers(page: Page, name: str, label: str) -> list[float | None]:
    """The figures of a column below the total, top to bottom."""
    header, _, *lines = rows(page, name)
    texts = [line[header.index(label)] for line in lines]
    return [
        None if text == "—" else float(re.sub("[^0-9.]", "", text.replace("−", "-")))
        for text in texts
    ]


def by_value(values: list[float | None], *, descending: bool = False) -> list[float | None]:
    known = sorted((each for each in values if each is not None), reverse=descending)
    return [*known, *[None] * (len(values) - len(known))]


def test_a_sort_is_of_all_queues_the_total_on_top_and_in_the_file(
    open_page: Callable[..., Page], start_server: Callable[..., AppServer]
):
    with serve(DemoOptions(rate_limit=0, queues=MANY)) as many:
        page = open_page(link(f"{start_server(**many.env).url}/queues"))
        assert len(rows(page, QUEUES)) == 2 + 50
        head = table(page, QUEUES).get_by_role("columnheader", name="Abandon %")
        head.get_by_role("button").click()
        head.get_by_role("button").click()
        shown = numbers(page, QUEUES, "Abandon %")
        page.get_by_role("button", name=re.compile(r"Show all \d+ queues")).click()
        every = numbers(page, QUEUES, "Abandon %")

        assert head.get_attribute("aria-sort") == "ascending"
        assert len(every) > MANY
        assert shown == every[:50]
        ends = [row[0] for row in rows(page, QUEUES)].index("No queue")
        assert ends == len(rows(page, QUEUES)) - 1
        assert every[: ends - 3] == by_value(every[: ends - 3])
        assert rows(page, QUEUES)[1][0] == "Total"
        settle(page)
        _, content = Clicks().download(page, "queues", "CSV")

        written = content.decode("utf-8-sig").partition("\r\n\r\n")[0].splitlines()
        assert [line.partition(",")[0].strip('"') for line in written[1:]] == [
            row[0] for row in rows(page, QUEUES)[1:]
        ]


def test_the_order_is_in_the_link(overview: Page, open_page: Callable[..., Page]):
    page = overview
    table(page, MATRIX).get_by_role("columnheader", name="voice").get_by_role("button").last.click()
    settle(page)
    assert params(page)["sort-matrix"] == ["-voice"]
    shown = rows(page, MATRIX)

    other = open_page(page.url)

    assert rows(other, MATRIX) == shown
    head = table(other, MATRIX).get_by_role("columnheader", name="voice").last
    assert head.get_attribute("aria-sort") == "descending"


def test_a_name_is_the_only_way_out_of_a_row_and_back_leads_back(overview: Page):
    page = overview
    before, length = page.url, page.evaluate("history.length")
    row = table(page, MATRIX).get_by_role("row").filter(has_text="Billing")
    row.get_by_role("cell").nth(2).click()
    row.get_by_role("cell").first.click()
    assert page.url == before
    name = row.get_by_role("link")
    address = name.evaluate("link => link.href")

    name.click()

    expect(heading(page, "Billing")).to_be_visible()
    settle(page)
    assert page.evaluate("history.length") == length + 1
    assert {**params(page)}.items() >= {"show": ["Service Level %"]}.items()
    assert page.url == address
    page.go_back()
    expect(heading(page, "Overview")).to_be_visible()
    settle(page)
    assert page.url == before


def test_a_name_opens_in_a_new_tab(overview: Page):
    page = overview

    with page.context.expect_page() as opened:
        table(page, MATRIX).get_by_role("link", name="Billing").click(modifiers=["Control"])
    tab = opened.value

    expect(heading(tab, "Billing")).to_be_visible()
    assert heading(page, "Overview").is_visible()
    tab.close()


def test_a_table_is_walked_and_sorted_by_keyboard(overview: Page):
    page = overview
    labels = rows(page, MATRIX)[0]
    table(page, MATRIX).get_by_role("button").first.focus()
    focused = "document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"

    walked = []
    for _ in (*labels, "the field that finds"):
        walked.append(page.evaluate(f"{focused}.activeElement.innerText.trim()"))
        page.keyboard.press("Tab")
    # Below its label a head names its target and the value before.
    assert [each.partition("\n")[0] for each in walked] == [labels[0], "", *labels[1:]]
    assert page.evaluate(f"{focused}.activeElement.tagName") == "A"
    for _ in labels[1:]:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    head = table(page, MATRIX).get_by_role("columnheader").nth(1)
    assert head.get_attribute("aria-sort") == "descending"
    expect(heading(page, "Overview")).to_be_visible()


def test_marks_have_words_and_figures_no_more_digits_than_are_seen(overview: Page):
    assert "target met" in table(overview, MATRIX).evaluate("table => table.textContent")
    shown = " ".join(text for row in rows(overview, MATRIX) for text in row)
    assert not re.search(r"\d\.\d{2}", shown)


def test_what_is_copied_is_cells(overview: Page):
    page = overview
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = table(page, PAIRS).get_by_role("row")
    start, end = lines.nth(0).get_by_role("columnheader").first, lines.nth(3).locator("td").last
    start.scroll_into_view_if_needed()
    _drag(page, start, end)

    page.keyboard.press("Control+c")

    plain = page.evaluate("navigator.clipboard.readText()")
    copied = [line.split("\t") for line in plain.splitlines()]
    header, total, first, *_ = rows(page, PAIRS)
    assert copied[0] == header
    assert copied[1][2] == total[2].replace(",", "")
    level = header.index("Service Level %")
    assert copied[2][level] == first[level].replace(" ", "")
    html = page.evaluate(
        "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"
    )
    share = float(first[level].removesuffix(" %")) / 100
    found = [float(each) for each in re.findall(r'sdval="([^"]+)"', html)]
    assert any(abs(each - share) < 0.0006 for each in found)


def _drag(page: Page, start: Locator, end: Locator) -> None:
    """Select from the left edge of one cell to the right edge of another."""
    places = [each.bounding_box() for each in (start, end)]
    assert places[0]
    assert places[1]
    page.mouse.move(places[0]["x"] + 3, places[0]["y"] + 3)
    page.mouse.down()
    page.mouse.move(
        places[1]["x"] + places[1]["width"] - 3, places[1]["y"] + places[1]["height"] - 3, steps=8
    )
    page.mouse.up()


def test_heads_stay_in_sight_and_on_a_phone_the_first_column(
    app_server: AppServer, open_page: Callable[..., Page]
):
    page = open_page(link(f"{app_server.url}/queues"))
    head = table(page, QUEUES).get_by_role("columnheader").first
    table(page, QUEUES).get_by_role("row").last.scroll_into_view_if_needed()
    bar = page.get_by_test_id("stHeader").bounding_box()
    place = head.bounding_box()
    assert bar
    assert place
    assert abs(place["y"] - bar["y"] - bar["height"]) < 2

    page.set_viewport_size(PHONE)
    settle(page)
    frame = main(page).locator(".figures .frame")
    name = table(page, QUEUES).get_by_role("rowheader").nth(3)
    before = name.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 300; }")
    after = name.bounding_box()
    assert before
    assert after
    assert frame.evaluate("frame => frame.scrollLeft") > 200
    assert before["x"] == after["x"]


def test_queues_are_found_as_their_names_are_typed(overview: Page):
    field = main(overview).get_by_role("searchbox", name="Find a queue")
    field.fill("COMPL")

    total, *queues = [row[0] for row in rows(overview, MATRIX)[1:]]
    field.fill("")
    assert total == "All queues"
    assert sorted(queues) == ["Complaints (Claims)", "Complaints (Customer Service)"]


def test_a_table_that_stays_is_not_sent_again(
    app_server: AppServer, open_page: Callable[..., Page]
):
    page = open_page(f"{app_server.url}/_stcore/health", settled=False)
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.extend([frame]))

    page.on("websocket", listen)
    page.goto(link(f"{app_server.url}/queues"))
    settle(page)
    assert any(b"figures_table" in each for each in sent)
    sent.clear()

    table(page, QUEUES).get_by_role("button").nth(1).click()
    expect(page).to_have_url(re.compile("sort-queues"))
    page.wait_for_timeout(300)
    settle(page)

    assert sent
    assert not any(b"figures_table" in each for each in sent)


def test_of_thousands_of_rows_those_near_the_window_are_in_the_page(
    app_server: AppServer, open_page: Callable[..., Page]
):
    first = FIRST - timedelta(days=40)
    more = {"buckets": "In buckets", "kpi": "offered", "from": str(first)}
    page = open_page(link(f"{app_server.url}/query", more))
    figures = table(page, "The figures of each queue and media type")
    page.get_by_role("button", name=re.compile(r"Show all [\d,]+ rows")).click()
    count = int(figures.get_attribute("aria-rowcount") or 0)

    assert count > 1000
    assert 50 < figures.get_by_role("row").count() < 400

    page.get_by_text("The first 50 are shown").wait_for(state="detached")
    page.get_by_role("button", name="Show the first 50").scroll_into_view_if_needed()
    expect(figures.locator(f"tr[aria-rowindex='{count}']")).to_be_visible()
    assert figures.get_by_role("row").count() < 400
