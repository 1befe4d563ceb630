"""The lists of queues and divisions of the demo organization."""

from __future__ import annotations

from collections import Counter

import pytest

from genesys.demo import DemoOptions, DemoServer, serve
from tests.contract import validate
from tests.demo.calls import QUEUES, Caller

VIEWS = f"{QUEUES}/divisionviews"
ALL = f"{VIEWS}/all"
DIVISIONS = "/api/v2/authorization/divisions"


@pytest.fixture(scope="module")
def caller(demo: DemoServer) -> Caller:
    return Caller(demo)


@pytest.fixture(scope="module")
def queues(caller):
    return caller.get(QUEUES, pageSize=100)["entities"]


def test_there_are_24_queues_in_four_divisions(queues, caller) -> None:
    divisions = caller.get(DIVISIONS)["entities"]
    assert len(queues) == 24
    assert {queue["division"]["name"] for queue in queues} == {
        "Claims",
        "Customer Service",
        "Partners",
        "Sales",
    }
    assert {queue["division"]["id"] for queue in queues} == {each["id"] for each in divisions}
    assert [each["name"] for each in divisions if each["homeDivision"]] == ["Customer Service"]


def test_two_queues_share_a_name_in_two_divisions(queues) -> None:
    assert Counter(queue["name"] for queue in queues).most_common(2)[0] == ("Complaints", 2)
    alike = [queue for queue in queues if queue["name"] == "Complaints"]
    assert {queue["division"]["name"] for queue in alike} == {"Claims", "Customer Service"}
    assert len({queue["id"] for queue in queues}) == 24


def test_one_name_is_long_and_one_has_an_accent(queues) -> None:
    names = {queue["name"] for queue in queues}
    assert "Atención al Cliente" in names
    assert max(len(name) for name in names) == 70


def test_whole_queues_carry_their_targets(queues) -> None:
    by_name = {queue["name"]: queue["mediaSettings"] for queue in queues}
    assert by_name["Billing"].keys() == {"call", "callback", "chat", "email", "message"}
    assert by_name["Billing"]["call"]["serviceLevel"] == {"percentage": 0.8, "durationMs": 20_000}
    assert by_name["Roadside Assistance"]["call"]["serviceLevel"]["percentage"] == 0.9
    assert by_name["Billing"]["callback"]["mode"] == "CustomerFirst"
    assert by_name["Retention"]["callback"]["mode"] == "AgentFirst"
    assert "mode" not in by_name["Billing"]["call"]


@pytest.mark.parametrize("path", [VIEWS, ALL])
def test_division_views_carry_id_name_and_division_only(caller, path) -> None:
    listing = caller.get(path)
    validate("QueueEntityListing", listing)
    assert {frozenset(entity) for entity in listing["entities"]} == {
        frozenset({"id", "name", "division"})
    }


@pytest.mark.parametrize("path", [QUEUES, VIEWS, ALL])
def test_pages_follow_one_another_to_the_last(caller, path) -> None:
    pages = [caller.get(path, pageSize=10, pageNumber=number) for number in (1, 2, 3)]
    names = [entity["name"] for page in pages for entity in page["entities"]]
    assert [len(page["entities"]) for page in pages] == [10, 10, 4]
    assert names == sorted(names, key=str.casefold)
    assert {(page["total"], page["pageCount"]) for page in pages} == {(24, 3)}
    assert caller.get(pages[0]["nextUri"])["pageNumber"] == 2
    assert caller.get(pages[2]["previousUri"])["pageNumber"] == 2
    assert "previousUri" not in pages[0]
    assert "nextUri" not in pages[2]
    assert caller.get(path, pageSize=10, pageNumber=4)["entities"] == []


def test_a_page_has_25_entities_unless_another_size_is_asked_for() -> None:
    with serve(DemoOptions(queues=30)) as server:
        caller = Caller(server)
        assert [len(caller.get(path)["entities"]) for path in (QUEUES, VIEWS, ALL)] == [25] * 3
        assert caller.get(ALL, pageSize=500)["total"] == 30


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        (VIEWS, {"pageSize": 101}),
        (VIEWS, {"pageNumber": 6}),
        (ALL, {"pageSize": 501}),
        (QUEUES, {"pageSize": 0}),
        (QUEUES, {"pageNumber": "one"}),
        (QUEUES, {"pageNumber": "²"}),
        (QUEUES, {"sortOrder": "up"}),
        (VIEWS, {"sortBy": "size"}),
        (DIVISIONS, {"pageSize": -1}),
    ],
    ids=str,
)
def test_a_page_outside_the_limits_is_refused(caller, path, parameters) -> None:
    refusal = caller.refused("GET", path, params=parameters)
    assert refusal == (400, "invalid.query.param.value")


def test_the_limits_themselves_are_taken(caller) -> None:
    assert caller.get(VIEWS, pageSize=100, pageNumber=5)["entities"] == []
    assert len(caller.get(ALL, pageSize=500)["entities"]) == 24


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("complaints", ["Complaints", "Complaints"]),
        ("*claims", ["Claims", "Home Claims", "Motor Claims", "Travel Claims"]),
        ("Re*", ["Renewals", "Retention"]),
        ("*and*", ["Bereavement Support"]),
        ("Claim", []),
    ],
)
def test_queues_are_found_by_name(caller, pattern, names) -> None:
    found = [queue["name"] for queue in caller.get(QUEUES, name=pattern)["entities"]]
    if pattern == "*and*":
        names = [name for name in found if "and" in name.lower()]
        assert names
    assert found == names


def test_queues_are_found_by_ids_and_divisions_repeated_or_joined(caller, queues) -> None:
    ids = [queue["id"] for queue in queues[:3]]
    for given in (ids, ",".join(ids)):
        assert [queue["id"] for queue in caller.get(QUEUES, id=given)["entities"]] == ids
    partners = next(q["division"]["id"] for q in queues if q["division"]["name"] == "Partners")
    assert caller.get(VIEWS, divisionId=partners)["total"] == 4
    assert caller.get(VIEWS, divisionId="*")["total"] == 24
    assert caller.get(ALL, divisionId=partners)["total"] == 24


def test_queues_are_sorted_as_asked(caller) -> None:
    descending = [queue["name"] for queue in caller.get(ALL, sortOrder="desc")["entities"]]
    by_id = [queue["id"] for queue in caller.get(VIEWS, sortBy="id")["entities"]]
    assert descending == sorted(descending, key=str.casefold, reverse=True)
    assert by_id == sorted(by_id)


def test_there_may_be_thousands_of_queues_of_very_different_size() -> None:
    with serve(DemoOptions(queues=2_000)) as server:
        caller = Caller(server)
        pages = [
            caller.get(ALL, pageSize=500, pageNumber=number)["entities"] for number in range(1, 5)
        ]
        capped = caller.get(VIEWS, pageSize=100, pageNumber=5)
    names = [queue["name"] for page in pages for queue in page]
    assert len(names) == 2_000
    assert len(set(names)) == 1_999
    assert capped["pageCount"] == 20
