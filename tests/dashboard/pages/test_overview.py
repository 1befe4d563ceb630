"""The Overview in the frame around it: what it shows, and what the filters do."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard.selecting.menu import ENTRIES
from genesys.demo import DemoServer
from reports.legends import CHANGES_LEGEND, ORDER_LEGEND, VALUES_LEGEND
from tests.dashboard.reading import (
    FIRST_WEEK,
    MATRIX,
    PAIRS,
    Open,
    cells,
    chart,
    columns,
    named,
    sheet,
    table,
    tables,
    tiles,
    words,
)

BASIS = (
    "Changes, of percentages in points: Mon 1 – Sun 7 Jun 2026 against Mon 25 – Sun 31 May 2026."
    " Times in totals are over voice, callback and chat; email and message apart."
    " Abandon % is of what was offered in voice, callback and chat."
    " A group is a media type of a queue, and has a target of its own."
)


GROWTH = (
    "19,778 interactions were offered, Mon 1 – Sun 7 Jun 2026: 4,303 (27.8 %) more than 15,475"
    " (Mon 25 – Sun 31 May 2026)."
)


SLOWER = (
    "ASA rose by 3.4 s to 0:21 from 0:18 (Mon 25 – Sun 31 May 2026): Retention callback went from"
    " 18:26 to 22:04 and took 0.6 % of the volume, 0.1 points more; together that added 2.2 s to"
    " ASA (+1.2 s by its own value, +1.0 s by its share)."
)


WEAK_HOURS = (
    "Technical Support voice had Service Level 34.0 % of 268 from 13:00 to 18:00 and 82.4 % of 364"
    " in all other hours, against a target of 80.0 %; it missed it in those hours on 5 of 5 days."
)


TECHNICAL_SUPPORT = "74b58a08-95f2-566c-a32c-b772ef115ca2"


def test_a_full_page(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    assert tiles(page) == {
        "Offer": "19,778",
        "Answer %": "93.9 %",
        "Abandon %": "4.6 %",
        "Service Level %": "79.8 %",
        "ASA": "0:21",
        "Avg Handle": "6:28",
    }
    assert words(page).splitlines() == [
        "Overview",
        "**Custom range** · Mon 1 – Sun 7 Jun 2026 · all queues · all media types · Europe/London",
        WEAK_HOURS,
        GROWTH,
        SLOWER,
        "Northwind Mutual (demo) · live, us-east-1 · as of Mon 15 Jun 2026, 13:00",
        BASIS,
        f"{VALUES_LEGEND} · {CHANGES_LEGEND}. {ORDER_LEGEND}",
        "There is no single target, so none is drawn.",
    ]
    assert [header.value for header in page.header] == [
        "Service Level % by queue and media type",
        "Service Level % by media type over time",
        "Queues by media type",
    ]
    assert not page.warning


def test_talking_points_have_links_that_carry_the_selection(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, compare="weekdays", set="volume", **FIRST_WEEK)
    present, *links = [link.proto for link in page.get("page_link")]
    kept = "period=custom&compare=weekdays&from=2026-06-01&to=2026-06-07&set=volume"

    assert (present.page, present.query_string) == ("meeting", f"{kept}&scene=1")
    assert [(link.page, link.label, link.query_string) for link in links] == [
        # The set has neither Service Level nor ASA, so a page could not show it.
        ("when", "When", f"{kept}&pick={TECHNICAL_SUPPORT}"),
        ("changes", "What changed", f"{kept}&show=Offer"),
        ("changes", "What changed", kept),
    ]


def test_the_chart_follows_the_steps_where_the_figures_behind_are_the_same(
    demo: DemoServer, open_page: Open
):
    lengths = {}
    for step in ("auto", "hour", "day", "week"):
        page = open_page(demo.env, show="Offer", media="voice", step=step, **FIRST_WEEK)
        lengths[step] = len(chart(page)["data"][-1]["customdata"])

    assert lengths == {"auto": 7, "hour": 168, "day": 7, "week": 1}


def links(page: AppTest) -> list[str]:
    """What stands behind Copy link once it is open."""
    page.session_state["copy-link"] = True
    return [code.value for code in page.run().code]


def test_the_links_of_a_view_keep_its_period_or_its_days(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, period="this-week", media=["email", "chat"], show="Offer")

    assert links(page) == [
        "/?period=this-week&media=email&media=chat&show=Offer",
        "/?media=email&media=chat&show=Offer&from=2026-06-15&to=2026-06-15",
    ]


def test_custom_days_have_one_link(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)

    assert links(page) == ["/?from=2026-06-01&to=2026-06-07"]


def test_a_tile_of_abandons_says_of_how_many(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    below = {tile.label: tile.proto.delta_description for tile in page.metric}

    assert below["Abandon %"].replace("\u00a0", " ") == (
        "of 14,764 offered worse than 4.5 % target at most 5 %: met"
    )
    assert "offered" not in below["Answer %"]


def test_every_page_is_in_the_menu():
    assert [each.title for each in ENTRIES] == [
        *("Overview", "Queues", "Media types", "When", "What changed", "Meeting"),
        *("Query", "Connection"),
    ]


def test_the_table_has_the_total_then_what_lacks_most_and_work_without_a_queue_last(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, set="volume", **FIRST_WEEK)
    rows = table(page, PAIRS)
    assert (len(rows), sheet(page, PAIRS)["noun"]) == (57, "rows")
    assert [row[:4] for row in rows[:4]] == [
        ["Total", "", 19778, 18088],
        ["Technical Support", "voice", 647, 554],
        ["Technical Support", "chat", 300, 236],
        ["Home Claims", "voice", 502, 458],
    ]
    assert rows[-1][:2] == ["No queue", "voice"]
    assert not [line for line in words(page).splitlines() if line.startswith("The first 50")]


def test_the_page_shows_the_metrics_asked_for_in_the_catalogues_order(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, kpi=["aht_sec", "flow_out", "offered"], **FIRST_WEEK)

    assert columns(page, PAIRS) == [
        "queue_name",
        "media_type",
        "offered",
        "flow_out",
        "aht_sec",
        "division",
    ]
    assert tiles(page) == {"Offer": "19,778", "Flow-Out": "497", "Avg Handle": "6:28"}
    assert named(page.segmented_control, "KPI").options == ["Offer", "Flow-Out", "Avg Handle"]


def test_a_set_of_metrics_stands_in_tiles_and_table(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, set="handling", **FIRST_WEEK)

    assert list(tiles(page)) == [
        *("Handle", "Avg Handle", "Avg Talk", "Avg Hold", "Avg ACW", "Transfer %")
    ]
    assert columns(page, PAIRS)[2:-1] == [
        *("handled", "aht_sec", "avg_talk_sec", "avg_hold_sec", "avg_acw_sec", "transfer_pct")
    ]


def test_the_trend_has_a_line_for_each_media_type_and_on_demand_one_of_before(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, show="Offer", **FIRST_WEEK)
    media_types = ["voice", "callback", "chat", "email", "message"]
    assert sorted(line["name"] for line in chart(page)["data"]) == sorted(media_types)

    named(page.toggle, "Show the earlier period").set_value(True).run()

    lines = {line["name"]: line for line in chart(page)["data"]}
    assert sorted(lines) == sorted([*media_types, *(f"{each}, before" for each in media_types)])
    assert len(lines["email"]["customdata"]) == 7
    shown = {
        name: sum(int(value.replace(",", "")) for *_, value in lines[name]["customdata"])
        for name in ("email", "email, before")
    }
    assert shown == {"email": 2836, "email, before": 2836 - 471}
    assert "Pale lines: Mon 25 – Sun 31 May 2026." in words(page)
    linked = open_page(demo.env, show="Offer", before="true", **FIRST_WEEK)
    assert len(chart(linked)["data"]) == 10


def test_a_target_that_all_queues_share_is_a_line_with_its_number(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, show="Abandon %", media="voice", **FIRST_WEEK)
    layout = chart(page)["layout"]

    assert [shape["y0"] for shape in layout["shapes"]] == [5.0]
    assert "target 5.0 %" in [each["text"] for each in layout["annotations"]]


def test_the_kpi_in_focus_is_in_matrix_and_trend(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **FIRST_WEEK)
    before = chart(page)

    named(page.segmented_control, "KPI").set_value("ASA").run()

    assert not page.exception
    assert chart(page) != before
    assert [header.value for header in page.header][:2] == [
        "ASA by queue and media type",
        "ASA by media type over time",
    ]
    assert cells(page, MATRIX)[0][:2] == ["All queues", "0:21   +3.4 s ▲"]


def test_the_table_behind_the_trend_is_there_when_it_is_opened(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, media="email", show="Offer", **FIRST_WEEK)
    assert tables(page) == 2

    page.session_state["trend-chart-table"] = True
    page.run()

    assert not page.exception
    assert [row[2] for row in cells(page, 1)] == ["614", "529", "479", "490", "480", "139", "105"]
    assert cells(page, 1)[0] == ["Mon 1 Jun 2026", "email", "614"]


def test_times_without_voice_like_media_types_are_over_what_is_there(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, media=["email", "message"], **FIRST_WEEK)

    assert "Times in totals are over email and message. A group is" in words(page)
