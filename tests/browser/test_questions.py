"""A supervisor's questions, from the page that opens to the answer, in three clicks at most."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer
from tests.browser.browsing import settle
from tests.browser.reading import (
    MATRIX,
    MEDIA,
    Clicks,
    heading,
    last_day,
    main,
    rows,
    summary,
    tiles,
)
from tests.browser.truth import Truth

pytestmark = pytest.mark.browser

MOST_CLICKS = 3

WEEK = timedelta(days=7)


@pytest.fixture
def page(app_server: AppServer, open_page: Callable[..., Page]) -> Page:
    return open_page(app_server.url)


@pytest.fixture
def first(page: Page) -> date:
    """The first of the seven days that the page opens with."""
    assert summary(page).startswith("Last 7 days · ")
    return last_day(page) - timedelta(days=6)


@pytest.fixture
def click() -> Iterator[Clicks]:
    clicks = Clicks()
    yield clicks
    assert 1 <= clicks.count <= MOST_CLICKS


def test_how_did_we_do_last_week(page: Page, click: Clicks, truth: Truth):
    click(page.get_by_test_id("stSidebar").get_by_label("Period", exact=True).first)
    click(page.get_by_role("option", name="Last week", exact=True))
    click(page.get_by_role("button", name="Apply"))
    expect(main(page)).to_contain_text("Last week · ")
    settle(page)

    sunday = last_day(page)
    assert sunday.isoweekday() == 7
    week = truth.counts(sunday - timedelta(days=6))
    shown = tiles(page)
    assert shown["Offer"] == f"{week.offered:,}"
    assert shown["Service Level %"] == week.service_level


def test_which_queue_and_media_type_hurt(page: Page, click: Clicks, truth: Truth, first: date):
    voice = rows(page, MATRIX)[0].index("voice")
    levels = {
        row[0]: float(row[voice].removesuffix(" %"))
        for row in rows(page, MATRIX)[2:]
        if row[voice] != "—"
        if (key := truth.queue_ids.get(row[0]))
        if truth.counts(first, key, media="voice").judged >= 100
    }
    worst = min(levels, key=levels.__getitem__)
    counts = truth.counts(first, truth.queue_ids[worst], media="voice")
    assert levels[worst] == pytest.approx(100 * counts.in_time / counts.judged, abs=0.05)

    click.row(page, MATRIX, worst)

    expect(heading(page, worst)).to_be_visible()
    settle(page)
    assert tiles(page)["Offer"] == f"{truth.counts(first, truth.queue_ids[worst]).offered:,}"
    header, *lines = rows(page, MEDIA)
    shown = next(dict(zip(header, line, strict=True)) for line in lines if line[0] == "voice")
    assert shown["Offer"] == f"{counts.offered:,}"
    assert shown["Service Level %"] == f"{levels[worst]} %"


def test_when_in_the_week_does_it_hurt(page: Page, click: Clicks, truth: Truth, first: date):
    click.menu(page, "When")

    said = re.search(
        r"of the ([\d,]+) contacts that were answered late or abandoned fell into"
        r" (\d+) of (\d+) half-hours; the most, (\d+), on",
        main(page).inner_text(),
    )
    assert said
    trouble, few, of, most = (int(each.replace(",", "")) for each in said.groups())
    counts = truth.counts(first)
    assert trouble == counts.answered_late + counts.abandoned
    assert 0 < few < of <= 7 * 48
    assert most <= trouble

    click(main(page).locator(".st-key-worst-table summary"))
    header, worst, *_ = rows(page, "Worst half-hours, as a table")
    assert dict(zip(header, worst, strict=True))["Both"] == str(most)


def test_what_changed_and_why(page: Page, click: Clicks, truth: Truth, first: date):
    click.menu(page, "What changed")
    # It opens on the KPI with the worst turn, which is another one on other days.
    click(main(page).get_by_role("radio", name="Service Level %"))
    expect(page.get_by_role("heading", name="What moved Service Level")).to_be_visible()
    settle(page)

    said = main(page).inner_text().replace("\u00a0", " ")
    now, before = truth.counts(first), truth.counts(first - WEEK)
    if now.service_level == before.service_level:
        assert f"Service Level stayed at {now.service_level}" in said
    else:
        assert f"to {now.service_level} from {before.service_level}" in said
    why = re.search(
        r"(\w[\w ]+?) (voice|chat|email|message) went from (\S+ %) to (\S+ %);"
        r" that alone (?:added|took) [\d.]+ points",
        said,
    )
    assert why
    queue, media, was, became = why.groups()
    key = truth.queue_ids[queue]
    assert truth.counts(first - WEEK, key, media=media).service_level == was
    assert truth.counts(first, key, media=media).service_level == became


def test_take_the_figures_along(page: Page, click: Clicks, truth: Truth, first: date):
    name, content = click.download(page, "pairs", "Excel workbook")

    assert name.endswith(f"_{first}_{first + timedelta(days=6)}_queues-by-media-type-values.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    header, *lines, _, total = book.worksheets[0].iter_rows(values_only=True)
    offer = header.index("Offer")
    assert total[0] == "Total"
    assert total[offer] == sum(line[offer] or 0 for line in lines) == truth.counts(first).offered
    assert f"{total[offer]:,}" == tiles(page)["Offer"]


def test_where_does_this_number_come_from(page: Page, click: Clicks, truth: Truth, first: date):
    click(main(page).get_by_role("button", name="Help for Service Level %"))

    counts = truth.counts(first)
    told = page.get_by_test_id("stTooltipContent")
    expect(told).to_contain_text(
        f"Service Level {counts.service_level} = {counts.in_time:,} in time /"
        f" {counts.judged:,} answered or abandoned"
    )
    expect(told).to_contain_text("oServiceLevel.numerator / oServiceLevel.denominator")
    expect(told).to_contain_text("Source: Genesys Cloud Resource Center")
