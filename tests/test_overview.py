"""The Overview in the frame around it: full, empty, failing, and what the filters do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from genesys import settings
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errand import Errand
from tests.conftest import DEMO_NOW
from tests.hostile_queues import IDS, NAMES, TURNED, environment, organization

MAIN = Path(__file__).resolve().parents[1] / "dashboard" / "main.py"
FIRST_WEEK = {"from": "2026-06-01", "to": "2026-06-07"}
COMPLAINTS = (
    "263bded7-2f44-57a4-938d-22a2d0de305d",
    "42491d95-d01f-5eea-8170-f1b1a00de9b7",
)
BASIS = (
    "Times in totals are over voice, callback and chat; email and message have rows below."
    " A conversation that visits two queues counts in both."
)
VIEW = "analytics:conversationAggregate:view"
QUEUE_LISTS = ("routing:queue:search", "routing:queue:view")

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """The page at DEMO_NOW with these settings and URL parameters; nothing waits."""
    monkeypatch.setattr(data, "now", lambda: DEMO_NOW)
    monkeypatch.setattr(
        data, "Errand", lambda *args, **more: Errand(*args, wait=lambda _: None, **more)
    )

    def opened(env: Mapping[str, str], **params: str | list[str]) -> AppTest:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        page = AppTest.from_file(MAIN, default_timeout=30)
        for name, value in params.items():
            page.query_params[name] = value
        return page.run()

    return opened


@pytest.fixture
def start_demo() -> Iterator[Callable[..., DemoServer]]:
    """Start an organization of one's own, whose client lacks these permissions."""
    with ExitStack() as servers:

        def start(*denied: str) -> DemoServer:
            options = DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW, deny=denied)
            return servers.enter_context(serve(options))

        yield start


def words(page: AppTest) -> str:
    """All text of the page that is no label of a filter, without what keeps Markdown away."""
    assert not page.exception
    kinds = ("title", "markdown", "caption", "error", "info", "warning")
    texts = [element.value for kind in kinds for element in getattr(page, kind)]
    return "\n".join(texts).replace("\\", "").replace("\u2060", "")


def tiles(page: AppTest) -> dict[str, str]:
    return {tile.label: tile.value for tile in page.metric}


def table(page: AppTest) -> list[list[object]]:
    return page.dataframe[0].value.to_numpy().tolist()


def named(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def chart(page: AppTest) -> dict[str, Any]:
    return json.loads(page.get("plotly_chart")[0].proto.spec)


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
        "**Custom range** · Mon 1 – Sun 7 Jun 2026 · all queues · all media types",
        "Northwind Mutual (demo) · live, us-east-1 · Europe/London · as of Mon 15 Jun 2026, 13:00",
        BASIS,
    ]
    assert not page.warning


def test_the_table_has_the_total_then_the_largest_and_work_without_a_queue_last(
    demo: DemoServer, open_page: Open
):
    rows = table(open_page(demo.env, **FIRST_WEEK))

    assert len(rows) == 57
    assert [row[:4] for row in rows[:4]] == [
        ["Total", "", 19778, 18088],
        ["Claims", "voice", 2327, 2213],
        ["Billing", "voice", 1897, 1803],
        ["Sales", "voice", 1294, 1237],
    ]
    assert rows[-1][:2] == ["No queue", "voice"]


def test_the_table_shows_the_metrics_asked_for_in_the_catalogues_order(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, kpi=["aht_sec", "flow_out", "offered"], **FIRST_WEEK)

    assert page.dataframe[0].value.columns.tolist() == [
        "queue_name",
        "media_type",
        "offered",
        "flow_out",
        "aht_sec",
        "division",
    ]
    assert [*tiles(page)][:2] == ["Offer", "Answer %"]


def test_the_trend_has_a_line_for_each_media_type_that_adds_up(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, step="day", **FIRST_WEEK)
    lines = {line["name"]: line for line in chart(page)["data"]}

    assert list(lines) == ["voice", "callback", "chat", "email", "message"]
    assert len(lines["email"]["customdata"]) == 7
    shown = [int(words[1].replace(",", "")) for words in lines["email"]["customdata"]]
    assert sum(shown) == 2836

    named(page.segmented_control, "KPI of the trend").set_value("ASA").run()

    assert not page.exception
    assert chart(page) != lines


@pytest.mark.parametrize(
    ("params", "offer", "summary"),
    [
        ({"media": "email"}, "2,836", "all queues · email"),
        ({"queue": list(COMPLAINTS)}, "588", "Complaints (Claims), Complaints (Customer Service)"),
        ({"queue": COMPLAINTS[0]}, "246", "Complaints (Claims) · all media types"),
        ({"find": "complaints (cust"}, "342", "names with “complaints (cust”"),
        ({"find": "deleted"}, "285", "names with “deleted”"),
    ],
    ids=["media", "two of one name", "one", "search", "deleted"],
)
def test_a_link_with_filters(demo: DemoServer, open_page: Open, params, offer: str, summary: str):
    page = open_page(demo.env, **FIRST_WEEK, **params)

    assert tiles(page)["Offer"] == offer
    assert table(page)[0][2] == int(offer.replace(",", ""))
    assert summary in words(page)


def test_times_without_voice_like_media_types_are_over_what_is_there(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, media=["email", "message"], **FIRST_WEEK)

    assert "Times in totals are over email and message. A" in words(page)


@pytest.mark.parametrize(
    ("period", "step"),
    [
        ("today", "auto"),
        ("yesterday", "hour"),
        ("this-week", "week"),
        ("last-30-days", "week"),
        ("this-month", "month"),
        ("last-month", "auto"),
    ],
)
def test_every_period_can_be_drawn(demo: DemoServer, open_page: Open, period: str, step: str):
    page = open_page(demo.env, period=period, step=step)

    assert not page.exception
    assert tiles(page)["Offer"] > "0"
    assert len(page.get("plotly_chart")) == 1


def test_an_empty_answer_says_what_to_check(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **{"from": "2019-06-01", "to": "2019-06-07"})

    said = words(page)
    assert "Genesys Cloud has no interactions for Sat 1 – Fri 7 Jun 2019" in said
    for hint in ("period", "queues", "media types", "Data Retention", "divisions"):
        assert hint in said
    assert not tiles(page)
    assert named(page.selectbox, "Period").value == "custom"


def test_dates_in_the_future_leave_the_filters_to_choose_others(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, **{"from": "2027-06-01", "to": "2027-06-07"})

    assert "The dates lie in the future." in words(page)
    assert "Choose days that have begun." in words(page)
    assert named(page.selectbox, "Period").value == "custom"
    assert not any(button.label == "Try again" for button in page.button)


def test_a_missing_permission_is_named_in_the_words_of_genesys(start_demo, open_page: Open):
    page = open_page(start_demo(VIEW).env, **FIRST_WEEK)

    said = words(page)
    assert "Analytics > Conversation Aggregate > View" in said
    assert "Add it to a role of the client" in said
    assert "correlation id: " in said
    assert "part that failed: Mon 01 Jun 2026 00:00 to Mon 08 Jun 2026 00:00" in said
    assert not tiles(page)
    assert named(page.button, "Try again")


def test_queues_without_a_list_go_by_their_ids(start_demo, open_page: Open):
    page = open_page(start_demo(*QUEUE_LISTS).env, queue=list(COMPLAINTS), **FIRST_WEEK)

    (warning,) = page.warning
    assert "routing:queue:search or routing:queue:view" in warning.value
    assert tiles(page)["Offer"] == "588"
    assert "Queue (263bded7), Queue (42491d95)" in words(page)
    assert {row[0] for row in table(page)[1:]} == {"Queue (263bded7)", "Queue (42491d95)"}


def test_a_wrong_secret_says_so_and_shows_none(demo: DemoServer, open_page: Open):
    page = open_page({**demo.env, "GENESYS_CLOUD_CLIENT_SECRET": "not-the-secret-7"})

    assert "GENESYS_CLOUD_CLIENT_SECRET" in words(page)
    assert "not-the-secret-7" not in words(page)
    assert demo.client_secret not in words(page)


def test_an_organization_that_does_not_answer(open_page: Open):
    with serve(DemoOptions(rate_limit=0)) as server:
        env = server.env
    page = open_page(env)

    assert len(page.error) == 1
    assert "127.0.0.1" in words(page)
    assert named(page.button, "Try again")


def test_an_organization_that_stops_answering_keeps_the_filters(open_page: Open):
    with serve(DemoOptions(rate_limit=0, clock=lambda: DEMO_NOW)) as server:
        page = open_page(server.env, **FIRST_WEEK)
        assert tiles(page)["Offer"] == "19,778"
    named(page.selectbox, "Period").set_value("last-month")
    named(page.button, "Apply").click().run()

    assert len(page.error) == 1
    assert not tiles(page)
    assert named(page.selectbox, "Period").value == "last-month"


def test_half_a_configuration_names_the_key_and_no_secret(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    env_file = tmp_path / ".env"
    env_file.write_text("GENESYS_CLOUD_CLIENT_SECRET=half-a-secret\n")
    monkeypatch.setattr(settings.load, "__defaults__", (os.environ, env_file))

    page = open_page({})
    said = words(page)
    assert "GENESYS_CLOUD_CLIENT_ID is empty, but GENESYS_CLOUD_CLIENT_SECRET is set." in said
    assert "half-a-secret" not in said

    env_file.write_text("")
    named(page.button, "Try again").click().run()
    assert "demo data" in words(page)


def test_days_in_utc_say_which_setting_changes_that(demo: DemoServer, open_page: Open):
    page = open_page({**demo.env, "GENESYS_CLOUD_TIME_ZONE": ""}, **FIRST_WEEK)

    assert "UTC (set GENESYS_CLOUD_TIME_ZONE for another zone)" in words(page)
    assert "as of Mon 15 Jun 2026, 12:00" in words(page)


def test_filters_apply_together_and_only_with_apply(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, period="today")
    before, asked = tiles(page), len(demo.requests)

    named(page.selectbox, "Period").set_value("custom").run()
    named(page.date_input, "First and last day").set_value((date(2026, 6, 1), date(2026, 6, 7)))
    named(page.pills, "Media types").set_value(["voice"])
    named(page.multiselect, "Queues").set_value([COMPLAINTS[1]])
    named(page.multiselect, "Metrics in the table").set_value(["offered"])
    page.run()
    assert tiles(page) == before
    assert "**Today**" in words(page)
    assert len(demo.requests) == asked

    named(page.button, "Apply").click().run()

    assert tiles(page)["Offer"] == "156"
    assert "Complaints (Customer Service) · voice" in words(page)
    assert [row[:3] for row in table(page)] == [
        ["Total", "", 156],
        ["Complaints (Customer Service)", "voice", 156],
    ]


def test_reset_goes_back_to_the_default(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, media="email", find="claims", **FIRST_WEEK)

    named(page.button, "Reset").click().run()

    assert "**Last 7 days** · Mon 8 – Sun 14 Jun 2026 · all queues · all media types" in words(page)
    assert named(page.selectbox, "Period").value == "last-7-days"
    assert named(page.pills, "Media types").value == []
    assert not named(page.text_input, "Queue name contains").value


def test_no_metric_chosen_is_the_usual_ones(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, kpi="offered")

    named(page.multiselect, "Metrics in the table").set_value([])
    named(page.button, "Apply").click().run()

    assert len(page.dataframe[0].value.columns) == 7 + 3


def test_refresh_asks_again(start_demo, open_page: Open):
    demo = start_demo()
    page = open_page(demo.env, **FIRST_WEEK)
    before = len(demo.requests)

    named(page.button, "Refresh").click().run()

    assert [each.path.rpartition("/")[2] for each in demo.requests[before:]] == ["all", "query"]
    assert tiles(page)["Offer"] == "19,778"


@pytest.mark.parametrize("chosen", [(), IDS[:3], IDS[7:]], ids=["all", "some", "others"])
def test_hostile_names_are_names(open_page: Open, chosen: tuple[str, ...]):
    with organization() as server:
        page = open_page(environment(server), queue=list(chosen), **FIRST_WEEK)

        assert not page.exception
        assert tiles(page)["Offer"] == f"{10 * len(chosen or IDS)}"
        assert {row[0] for row in table(page)[1:]} == {
            " ".join(name.split()) for key, name in zip(IDS, NAMES, strict=True)
            if not chosen or key in chosen
        }  # fmt: skip
        for key in chosen:
            name = NAMES[IDS.index(key)]
            assert (name if name != TURNED else "Sales ?gnilliB") in words(page)
        assert NAMES[0] in words(page)
        for part in ("\\<img", "onerror\\=alert\\(1\\)\\>"):
            assert part in page.caption[0].value
