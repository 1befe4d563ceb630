"""The Overview as its users have it: links, filters, figures, files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from genesys.demo import DemoServer
from genesys.intervals import Interval
from genesys.moments import span
from tests.browser.app_server import AppServer
from tests.browser.browsing import PHONE, SCREENSHOTS, settle, shoot
from tests.browser.reading import (
    FIRST,
    LAST,
    MATRIX,
    PAIRS,
    TWO_QUEUES,
    WEEK,
    Clicks,
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
from tests.browser.truth import ZONE, Truth

pytestmark = pytest.mark.browser

COMPLAINTS = dict(
    zip(("Complaints (Claims)", "Complaints (Customer Service)"), TWO_QUEUES, strict=True)
)
EVERYTHING: dict[str, str | Sequence[str]] = {
    "media": ["voice", "email"],
    "queue": TWO_QUEUES,
    "find": "billing",
    "step": "day",
    "kpi": ["offered", "max_wait_sec"],
    "show": "Max Wait",
}

Open = Callable[..., Page]


def test_a_link_with_every_filter(app_server: AppServer, open_page: Open):
    page = open_page(link(app_server.url, EVERYTHING))

    assert page.get_by_test_id("stSidebar").is_visible()
    said = summary(page)
    for part in ("Custom range", *COMPLAINTS, "names with “billing”", "voice, email"):
        assert part in said
    assert rows(page, MATRIX)[0] == ["Queue", "All media: voice", "voice", "email"]
    assert {row[0] for row in rows(page, MATRIX)[2:]} == {*COMPLAINTS, "Billing"}
    assert rows(page, PAIRS)[0] == ["Queue", "Media type", "Offer", "Max Wait", "Division"]
    assert {row[0] for row in rows(page, PAIRS)[2:]} == {*COMPLAINTS, "Billing"}
    chart = main(page).get_by_role("figure", name="Max Wait by media type over time")
    expect(chart).to_be_visible()
    assert params(page) == {
        name: [value] if isinstance(value, str) else [*value]
        for name, value in (WEEK | EVERYTHING).items()
    }


def test_two_queues_of_one_name_are_told_apart(
    app_server: AppServer, open_page: Open, truth: Truth
):
    page = open_page(link(app_server.url, {"kpi": "offered"}))
    labels = page.get_by_test_id("stSidebar").get_by_label("Queues", exact=True).first
    labels.click()
    labels.press_sequentially("complaints")
    expect(page.get_by_role("option")).to_have_text([*COMPLAINTS])
    page.get_by_role("option").nth(1).click()
    page.keyboard.press("Escape")

    apply(page, then="Complaints (Customer Service)")

    service = COMPLAINTS["Complaints (Customer Service)"]
    assert tiles(page)["Offer"] == f"{truth.counts(FIRST, service).offered:,}"
    assert params(page)["queue"] == [service]
    assert {tuple(row[:3]) for row in rows(page, PAIRS)[2:]} == {
        (
            "Complaints (Customer Service)",
            media,
            f"{truth.counts(FIRST, service, media=media).offered:,}",
        )
        for media in ("voice", "email")
    }


def test_the_figures_are_those_of_the_api_in_tiles_tables_and_files(
    app_server: AppServer, open_page: Open, truth: Truth
):
    page = open_page(link(app_server.url, {"kpi": ["offered", "service_level_pct"]}))
    whole = truth.counts(FIRST)

    assert tiles(page) == {"Offer": f"{whole.offered:,}", "Service Level %": whole.service_level}
    header, total, *shown = rows(page, PAIRS)
    assert header == ["Queue", "Media type", "Offer", "Service Level %", "Division"]
    assert total[:3] == ["Total", "", f"{whole.offered:,}"]
    for name, media, offered, level, _ in shown:
        if queue_id := truth.queue_ids.get(name):
            counts = truth.counts(FIRST, queue_id, media=media)
            assert offered == f"{counts.offered:,}"
            share = 100 * counts.in_time / counts.judged if counts.judged else None
            assert level == ("—" if share is None else f"{share:.1f} %")
    for label, separator, point in (("CSV", ",", "."), ("CSV, semicolon", ";", ",")):
        name, content = Clicks().download(page, "pairs", label)
        stem = f"northwind-mutual-demo_{FIRST}_{LAST}_queues-by-media-type-values"
        assert name == f"{stem}.csv"
        assert content.startswith(b"\xef\xbb\xbf")
        lines = content.decode("utf-8-sig").partition("\r\n\r\n")[0]
        first, *others = csv.DictReader(io.StringIO(lines, newline=""), delimiter=separator)
        assert (
            int(first["Offer"]) == whole.offered == sum(int(each["Offer"] or 0) for each in others)
        )
        level = float(first["Service Level %"].replace(point, "."))
        assert level == pytest.approx(100 * whole.in_time / whole.judged, abs=0.00501)


def test_changes_against_last_year_in_a_link(
    app_server: AppServer, organization: DemoServer, open_page: Open, truth: Truth
):
    page = open_page(link(app_server.url, {"kpi": ["offered", "answer_pct"]}))
    before = _queries(organization)
    show = page.get_by_role("radio", name="Changes")

    show.click()

    expect(main(page)).to_contain_text("unmarked changes are neither")
    settle(page)
    assert params(page)["cells"] == ["Changes"]
    assert _queries(organization) == before
    assert rows(page, PAIRS)[0] == ["Queue", "Media type", "Offer", "Answer %", "Division"]
    assert rows(page, PAIRS)[1][:2] == ["Total", ""]
    change = truth.counts(FIRST).offered - truth.counts(FIRST - timedelta(days=7)).offered
    assert rows(page, PAIRS)[1][2] == f"{change:+,}".replace("-", "−")
    shoot(page, SCREENSHOTS / "overview-changes-light-1440.png", whole=True)
    choose(page, "Compare with", "Last year")
    settle(page)
    assert "compare" not in params(page)
    apply(page, then=f"against {_last_year()}")
    assert (params(page)["compare"], params(page)["cells"]) == (["year"], ["Changes"])
    assert _queries(organization) == before + 2

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
    first, after = (
        datetime.combine(day - timedelta(days=364), time(), ZONE).astimezone(UTC)
        for day in (FIRST, LAST + timedelta(days=1))
    )
    return span(Interval(first, after), ZONE)


def test_reset_clears_the_address(app_server: AppServer, open_page: Open):
    page = open_page(link(app_server.url, {"media": "chat"}))
    assert "all queues · chat" in summary(page)

    page.get_by_role("button", name="Reset").click()

    expect(main(page)).to_contain_text("Last 7 days")
    assert params(page) == {}
