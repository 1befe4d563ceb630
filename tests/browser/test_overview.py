"""The Overview as its users have it: links, filters, figures, files, sizes, themes, keyboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from genesys.__main__ import main as command_line
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.figures import span
from genesys.intervals import Interval
from tests.browser.app_server import AppServer
from tests.browser.browsing import (
    PHONE,
    SCREENSHOTS,
    Scheme,
    open_pages,
    settle,
    shoot,
)
from tests.browser.reading import (
    FIRST,
    LAST,
    WEEK,
    apply,
    choose,
    link,
    main,
    overflow,
    params,
    rows,
    summary,
    tiles,
)
from tests.demo_calls import BY_QUEUE_AND_MEDIA, Caller, totals

pytestmark = pytest.mark.browser

COMPLAINTS = {
    "Complaints (Claims)": "263bded7-2f44-57a4-938d-22a2d0de305d",
    "Complaints (Customer Service)": "42491d95-d01f-5eea-8170-f1b1a00de9b7",
}
EVERYTHING = {
    "media": ["voice", "email"],
    "queue": [*COMPLAINTS.values()],
    "find": "billing",
    "step": "day",
    "kpi": ["offered", "max_wait_sec"],
    "trend": "Answer %",
}
STREAMLITS_OWN = {"svg-img-alt"}
"""The lines in the tiles, which have no alternative text."""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def organization() -> Iterator[DemoServer]:
    with serve(DemoOptions(rate_limit=0)) as server:
        yield server


@pytest.fixture(scope="module")
def dashboard(organization: DemoServer, start_server: Callable[..., AppServer]) -> AppServer:
    return start_server(**organization.env)


@pytest.fixture(scope="module")
def offered(organization: DemoServer) -> Callable[..., int]:
    """Offered in WEEK, from the API itself, of queues (all) and one media type (all)."""
    body = {"groupBy": BY_QUEUE_AND_MEDIA, "timeZone": "Europe/London"}
    groups = Caller(organization).query(_in_london(), ["nOffered"], **body)["results"]

    def count(*queues: str, media: str = "") -> int:
        chosen = [
            each
            for each in groups
            if (each["group"].get("queueId") in queues if queues else "queueId" in each["group"])
            and media in ("", each["group"]["mediaType"])
        ]
        return int(totals({"results": chosen})["nOffered"]["count"])

    return count


@pytest.fixture
def report_csv(
    organization: DemoServer,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Callable[[str], bytes]:
    """What the command line writes for WEEK."""
    for name, value in organization.env.items():
        monkeypatch.setenv(name, value)

    def written(kpis: str) -> bytes:
        dates = ["--from", WEEK["from"], "--to", WEEK["to"]]
        assert command_line(["report", *dates, "--kpis", kpis, "--format", "csv", "--quiet"]) == 0
        return capsysbinary.readouterr().out

    return written


def download(page: Page, label: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label, exact=True).click()
    assert waiting.value.suggested_filename == f"northwind-mutual-demo_{FIRST}_{LAST}.csv"
    return Path(waiting.value.path()).read_bytes()


def _in_london() -> str:
    return "/".join(
        datetime.combine(day, time(), ZoneInfo("Europe/London")).isoformat(timespec="milliseconds")
        for day in (FIRST, LAST + timedelta(days=1))
    )


def test_a_link_with_every_filter_on_a_fresh_server(
    organization: DemoServer, start_server: Callable[..., AppServer], open_page: Open, offered
):
    address = link(start_server(**organization.env).url, EVERYTHING)

    page = open_page(address)

    assert page.get_by_test_id("stSidebar").is_visible()
    said = summary(page)
    for part in ("Custom range", *COMPLAINTS, "names with “billing”", "voice, email"):
        assert part in said
    assert rows(page)[0] == ["Queue", "Media type", "Offer", "Max Wait", "Division"]
    assert {row[0] for row in rows(page)[2:]} == {*COMPLAINTS, "Billing"}
    assert "Answer % by media type" in page.get_by_test_id("stPlotlyChart").evaluate(
        "chart => chart.closest('[role=figure]')?.getAttribute('aria-label')"
        " ?? chart.querySelector('[role=figure]')?.getAttribute('aria-label') ?? ''"
    )
    assert params(page) == {
        **{name: [value] for name, value in WEEK.items()},
        **{
            name: [value] if isinstance(value, str) else value for name, value in EVERYTHING.items()
        },
    }


def test_the_address_changes_with_apply_and_not_before_and_shows_everybody_the_same(
    dashboard: AppServer, open_page: Open, browser: BrowserContext
):
    page = open_page(dashboard.url)
    assert params(page) == {}

    page.get_by_role("button", name="email", exact=True).click()
    choose(page, "Queues", *COMPLAINTS)
    choose(page, "Period", "Last month")
    settle(page)
    assert params(page) == {}
    assert "Last 7 days" in summary(page)

    apply(page, then="Last month")

    assert params(page) == {
        "period": ["last-month"],
        "media": ["email"],
        "queue": [*COMPLAINTS.values()],
    }
    assert "Complaints (Claims), Complaints (Customer Service) · email" in summary(page)
    seen = tiles(page), summary(page), page.url

    page.reload()
    settle(page)
    assert (tiles(page), summary(page), page.url) == seen

    assert browser.browser
    context = browser.browser.new_context(locale="en-GB", timezone_id="UTC")
    with open_pages(context) as open_elsewhere:
        theirs = open_elsewhere(page.url)
        assert (tiles(theirs), summary(theirs), theirs.url) == seen
    context.close()


def test_two_queues_of_one_name_are_told_apart(dashboard: AppServer, open_page: Open, offered):
    page = open_page(link(dashboard.url, {"kpi": "offered"}))
    labels = page.get_by_test_id("stSidebar").get_by_label("Queues", exact=True).first
    labels.click()
    labels.press_sequentially("complaints")
    expect(page.get_by_role("option")).to_have_text([*COMPLAINTS])
    page.get_by_role("option").nth(1).click()
    page.keyboard.press("Escape")

    apply(page, then="Complaints (Customer Service)")

    service = COMPLAINTS["Complaints (Customer Service)"]
    assert tiles(page)["Offer"] == f"{offered(service):,}"
    assert params(page)["queue"] == [service]
    shown = {(row[0], row[1]): row[2] for row in rows(page)[2:]}
    assert shown == {
        ("Complaints (Customer Service)", media): str(offered(service, media=media))
        for media in ("voice", "email")
    }


def test_the_figures_are_those_of_the_api_on_the_page_and_in_its_files(
    dashboard: AppServer, organization: DemoServer, open_page: Open, offered, report_csv
):
    page = open_page(link(dashboard.url, {"kpi": ["offered", "answer_pct"]}))

    files = {label: download(page, label) for label in ("CSV", "CSV, semicolon")}

    assert tiles(page)["Offer"] == f"{offered():,}"
    header, total, *shown = rows(page)
    assert header == ["Queue", "Media type", "Offer", "Answer %", "Division"]
    assert total[:3] == ["Total", "", str(offered())]
    assert files["CSV"] == report_csv("offered,answer_pct")
    for label, comma, point in (("CSV", ",", "."), ("CSV, semicolon", ";", ",")):
        assert files[label].startswith(b"\xef\xbb\xbf")
        text = io.StringIO(files[label].decode("utf-8-sig"), newline="")
        lines = list(csv.DictReader(text, delimiter=comma))
        assert list(lines[0]) == [
            *("interval_start", "interval_end", "queue_id", "queue_name", "division"),
            *("media_type", "offered", "answer_pct"),
        ]
        assert sum(int(line["offered"] or 0) for line in lines if line["queue_id"]) == offered()
        file = {(line["queue_name"], line["media_type"]): line for line in lines}
        for queue, media, count, share, division in shown:
            line = file[queue, media]
            assert (line["offered"], line["division"]) == (_or_blank(count), division)
            written = line["answer_pct"].replace(point, ".")
            assert float(written) == float(share) if written else not _or_blank(share)


def _or_blank(cell: str) -> str:
    """A cell of the page as a file has it: no value is empty."""
    return "" if cell == "None" else cell


def test_changes_against_last_year_in_a_link(
    dashboard: AppServer, organization: DemoServer, open_page: Open
):
    page = open_page(link(dashboard.url, {"kpi": ["offered", "answer_pct"]}))
    before = _queries(organization)
    show = page.get_by_role("radio", name="Changes")

    show.click()

    expect(main(page)).to_contain_text("unmarked changes are neither")
    settle(page)
    assert params(page)["cells"] == ["Changes"]
    assert _queries(organization) == before
    assert rows(page)[0] == ["Queue", "Media type", "Offer", "Answer %", "Division"]
    assert rows(page)[1][:2] == ["Total", ""]
    shoot(page, SCREENSHOTS / "overview-changes-light-1440.png", whole=True)
    choose(page, "Compare with", "Last year")
    settle(page)
    assert "compare" not in params(page)
    apply(page, then=f"against {_last_year()}")
    assert (params(page)["compare"], params(page)["cells"]) == (["year"], ["Changes"])
    assert _queries(organization) == before + 1

    page.reload()
    settle(page)
    expect(show).to_be_checked()
    expect(main(page)).to_contain_text(f"against {_last_year()}")
    page.set_viewport_size(PHONE)
    settle(page)
    assert overflow(page) == 0


def _queries(server: DemoServer) -> int:
    return sum(request.path.endswith("/query") for request in server.requests)


def _last_year() -> str:
    london = ZoneInfo("Europe/London")
    first, after = (
        datetime.combine(day - timedelta(days=364), time(), london).astimezone(UTC)
        for day in (FIRST, LAST + timedelta(days=1))
    )
    return span(Interval(first, after), london)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("cells", ["Values", "Changes"])
def test_assistive_technology_finds_nothing_serious(
    dashboard: AppServer, open_page: Open, scheme: Scheme, cells: str
):
    page = open_page(link(dashboard.url, {"media": "voice", "cells": cells}), scheme=scheme)
    expect(page.get_by_role("radio", name=cells)).to_be_checked()

    found = [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in Axe().run(page).response["violations"]
        if each["impact"] in ("serious", "critical") and each["id"] not in STREAMLITS_OWN
    ]

    assert found == []


def test_the_keyboard_reaches_apply_and_reset_clears_the_address(
    dashboard: AppServer, open_page: Open
):
    page = open_page(link(dashboard.url))
    page.get_by_role("button", name="chat", exact=True).focus()
    page.keyboard.press("Enter")

    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Apply":
            break
    page.keyboard.press("Enter")

    expect(main(page)).to_contain_text("all queues · chat")
    assert params(page)["media"] == ["chat"]

    page.get_by_role("button", name="Reset").click()

    expect(main(page)).to_contain_text("Last 7 days")
    assert params(page) == {}
