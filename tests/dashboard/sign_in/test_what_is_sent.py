"""Three people of different divisions on every page and in every file of a real server."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from genesys.demo import DemoOptions, DemoServer, serve
from tests.browser.app_server import AppServer, copy_project, free_port, start_app
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.hostile_divisions import MARKS, forbidden_marks, hostile_names
from tests.dashboard.sign_in.reading import Page, opened, run, unpacked
from tests.demo.calls import Caller

DATES = "from=2026-06-01&to=2026-06-07"
PAGES = ("", "queues", "media", "when", "changes", "meeting", "query")
A_FILTER_OF_THE_MEETING = "“No queue” and deleted queues"
TOO_COMMON = {"Sales", "Claims", "Billing", "Payments", "Complaints", "Retention", "Renewals"}
"""Queue names that are words of ours, or parts of the names of other queues."""


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[DemoServer, int]]:
    port = free_port()
    back = f"http://localhost:{port}/sign-in/done"
    options = DemoOptions(rate_limit=0, redirect_uris=(back,), clock=lambda: DEMO_NOW)
    with hostile_names(), serve(options) as server:
        yield server, port


@pytest.fixture(scope="module")
def dashboard(demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    server, port = demo
    copy_project(folder := tmp_path_factory.mktemp("dashboard"))
    env = {
        **server.env,
        **server.sign_in_env,
        "DASHBOARD_URL": f"http://localhost:{port}",
        "DASHBOARD_AUDIT": str(folder / "audit.jsonl"),
    }
    with start_app(folder, env, port) as started:
        yield started


@pytest.fixture(scope="module")
def seen(dashboard: AppServer) -> Iterator[dict[str, dict[str, Page]]]:
    """Every page of each person; those of one queue and the link of somebody else among them."""
    with ExitStack() as closing:
        found = {}
        for person in ("maya", "tom", "lena"):
            browser = closing.enter_context(requests.Session())
            browser.trust_env = False
            page = browser.get(f"{dashboard.url}/sign-in", timeout=30)
            way_in = re.search(rf'href="(/oauth/authorize[^"]*person={person})"', page.text)[1]
            origin = page.url.partition("/oauth")[0]
            browser.get(origin + way_in.replace("&amp;", "&"), timeout=30)
            wire = closing.enter_context(opened(dashboard.url, browser))
            found[person] = {name: run(wire, dashboard.url, browser, name, DATES) for name in PAGES}
        yield found


def forbidden(demo: DemoServer, *divisions: str) -> list[str]:
    """Whatever names a queue or a division beyond these, deleted queues among them."""
    organization = demo.people.organization
    others = [
        each
        for each in (*organization.queues, *organization.deleted)
        if each.division.name not in divisions or each.deleted
    ]
    names = {each.name for each in others} - TOO_COMMON
    ids = {each.id for each in others} | {
        each.id for each in organization.divisions if each.name not in divisions
    }
    return sorted(names | ids | {each[:8] for each in ids} | {*forbidden_marks(*divisions)})


ALLOWED = {"lena": ("Sales",), "tom": ("Customer Service", "Claims")}


def test_what_names_others_is_found_where_somebody_may_see_it(seen, demo):
    whole = "".join(page.text for page in seen["maya"].values())
    found = [each for each in forbidden(demo[0], "Sales") if each in whole]
    assert len(found) > 50
    assert {*MARKS} - {*forbidden_marks("Sales")} == {"quokka4"}
    assert {*forbidden_marks("Sales")} <= {*found}


@pytest.mark.parametrize("person", ALLOWED)
def test_nothing_of_other_divisions_is_sent_on_any_page(seen, demo, person: str):
    words = forbidden(demo[0], *ALLOWED[person])
    for name, page in seen[person].items():
        text = page.text
        assert [each for each in words if each in text] == [], name
        assert f"{len(ALLOWED[person])} of 4 divisions" in text, name
        assert "No queue" not in text.replace(A_FILTER_OF_THE_MEETING, ""), name


def test_figures_are_those_of_ones_own_queues(seen, demo):
    server, _ = demo
    own = [each.id for each in server.people.organization.queues if each.division.name == "Sales"]
    asked = {
        "type": "or",
        "predicates": [{"dimension": "queueId", "value": each} for each in own],
    }
    answer = Caller(server).query(
        "2026-05-31T23:00:00Z/2026-06-07T23:00:00Z",
        ["nOffered"],
        filter={"type": "and", "clauses": [asked]},
    )
    expected = sum(
        metric["stats"]["count"]
        for group in answer["results"]
        for bucket in group["data"]
        for metric in bucket["metrics"]
    )
    tiles = {each.label: each.body for each in seen["lena"][""].elements("metric")}
    assert tiles["Offer"] == f"{expected:,}"


def test_connection_is_for_who_sees_all_divisions(seen, dashboard):
    titles = {
        person: [each for each in ("Connection", "Overview") if each in pages[""].text]
        for person, pages in seen.items()
    }
    lena = seen["lena"][""]
    anyway = run(lena.wire, lena.url, lena.browser, "connection", "")

    assert titles["maya"] == ["Connection", "Overview"]
    assert titles["lena"] == ["Overview"]
    assert "API host" not in anyway.text


def test_a_link_of_somebody_else_opens_with_what_one_may_see(seen, demo):
    server, _ = demo
    queues = {each.name: each for each in server.people.organization.queues}
    divisions = {each.name: each.id for each in server.people.organization.divisions}
    words = forbidden(server, "Sales")
    lena = seen["lena"][""]
    links = (
        f"queue={queues['New Business'].id}&queue={queues['Motor Claims'].id}",
        "queue=New Business&queue=Motor Claims",
        f"division={divisions['Partners']}",
        f"pick={queues['Motor Claims'].id}",
    )
    for link in links:
        for page in ("queues", "query"):
            text = run(lena.wire, lena.url, lena.browser, page, f"{DATES}&{link}").text
            asked = [each for each in words if each in link]
            assert [each for each in words if each in text and each not in asked] == [], link
            assert "lies outside of what you may see" in text
            assert "Traceback" not in text
            told = re.sub(r"query_string.*", "", text)
            assert "exists no longer" not in told


@pytest.mark.parametrize("person", ALLOWED)
def test_errors_name_nothing_of_other_divisions(seen, demo, person: str):
    words = forbidden(demo[0], *ALLOWED[person])
    api = demo[0]._application._api
    before = api.options
    api.options = replace(before, deny=("analytics:conversationAggregate:view",))
    try:
        for name, page in seen[person].items():
            other = DATES.replace("2026-06", "2026-05")
            text = run(page.wire, page.url, page.browser, name, other).text
            assert "Analytics" in text, name
            assert [each for each in words if each in text] == [], name
            assert "Traceback" not in text
    finally:
        api.options = before


def test_nothing_of_other_divisions_is_in_any_file_and_each_has_its_line(
    seen, demo, dashboard: AppServer
):
    made: Counter[str] = Counter()
    for person, other in (("lena", "tom"), ("tom", "lena")):
        words = forbidden(demo[0], *ALLOWED[person])
        for name, page in seen[person].items():
            # Only the page that ran last has its files.
            again = run(page.wire, page.url, page.browser, name, DATES)
            for url in again.file_urls():
                content = page.browser.get(url, timeout=30)
                assert content.status_code == 200
                text = unpacked(content.content)
                assert [each for each in words if each in text] == [], name
                assert seen[other][""].browser.get(url, timeout=30).status_code == 404
                assert requests.get(url, timeout=30).status_code == 401
                made[person] += 1
    audit = Path(dashboard.folder, "audit.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in audit.splitlines()]
    exports = [line for line in lines if line["event"] == "export"]

    assert Counter(line["name"] for line in exports) == {
        "Lena Ortiz": made["lena"],
        "Tom Reed": made["tom"],
    }
    assert min(made.values()) > 10
    assert exports[0]["selection"] == {"period": ["custom"]} | {
        "from": ["2026-06-01"],
        "to": ["2026-06-07"],
    }


def test_a_meeting_that_is_shown_has_its_line_once(seen, dashboard: AppServer):
    lena = seen["lena"][""]
    query = f"{DATES}&media=voice"
    for _ in range(2):
        run(lena.wire, lena.url, lena.browser, "meeting", query)
    audit = Path(dashboard.folder, "audit.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in audit.splitlines()]
    voice = [
        line
        for line in lines
        if line["event"] == "meeting" and line["selection"].get("media") == ["voice"]
    ]

    assert [line["name"] for line in voice] == ["Lena Ortiz"]
    assert len(voice[0]["divisions"]) == 1
    assert voice[0].keys() == {"at", "event", "subject", "name", "divisions", "selection"}


def test_an_address_that_one_writes_oneself_gives_no_right_to_the_file_there(seen, dashboard):
    tom, lena = seen["tom"][""], seen["lena"][""]
    again = run(tom.wire, tom.url, tom.browser, "queues", DATES)
    url = next(again.file_urls())
    path = url.removeprefix(dashboard.url)
    echo = run(lena.wire, lena.url, lena.browser, "queues", f"{DATES}&find={path}").text
    assert path.startswith("/media/")
    assert path in echo
    assert lena.browser.get(url, timeout=30).status_code == 404
    assert tom.browser.get(url, timeout=30).status_code == 200


def test_a_file_is_made_for_nobody_but_the_person_whose_page_offers_it(seen):
    tom, lena = seen["tom"][""], seen["lena"][""]
    again = run(tom.wire, tom.url, tom.browser, "queues", DATES)
    file_id = next(again.elements("download_button")).deferred_file_id
    assert lena.made(file_id) == ""
    assert again.made(file_id) != ""


def test_no_cache_keeps_a_file_that_answers_to_a_session_alone(seen):
    tom = seen["tom"][""]
    url = next(run(tom.wire, tom.url, tom.browser, "queues", DATES).file_urls())
    for each in (tom.browser, seen["lena"][""].browser):
        assert each.get(url, timeout=30).headers["Cache-Control"] == "no-store"


def test_the_pages_outside_cannot_be_framed_or_kept(dashboard: AppServer):
    for path in ("/sign-out", "/sign-in/done?state=x", "/sign-in/session"):
        headers = requests.get(dashboard.url + path, timeout=30).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


def test_the_log_names_nobodys_queues(seen, demo, dashboard: AppServer):
    words = forbidden(demo[0])
    assert seen
    assert [each for each in words if each in dashboard.log] == []
