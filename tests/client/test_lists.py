"""Lists held against what they say of themselves: whole, or incomplete with the reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.client.answers import Page, as_a
from genesys.client.api import Api
from genesys.client.entities import Queue
from genesys.client.lists import MOST_PAGES, Listed, read_list
from genesys.errors import GenesysError, PermissionMissing, SignOnError, Unavailable
from tests.asking import api_on, budget
from tests.examples import examples, larger
from tests.hostile import EMPTY_503, HostileServer, Sent, ok, refuse

DECODER = msgspec.json.Decoder(Queue)


def page(*ids: Any, **more: Any) -> dict[str, Any]:
    return {"entities": [{"id": key, "name": f"Queue {key}"} for key in ids], **more}


def listed(*pages: Any) -> Listed[Queue]:
    answers = [each if isinstance(each, Sent) else ok(each) for each in pages]
    with HostileServer(answers) as server, api_on(server) as api:
        return api.queues(budget())


def ids(found: Listed[Queue]) -> list[str]:
    return [queue.id for queue in found.entities]


WHOLE = {
    "one page": ([page("a", "b", pageCount=1, total=2, pageNumber=1)], "ab"),
    "two pages": ([page("a", pageCount=2, total=2), page("b", pageCount=2, total=2)], "ab"),
    "to an empty page": ([page("a"), page()], "a"),
    "to the total": ([page("a", total=2), page("b", total=2)], "ab"),
    "empty": ([page(pageCount=0, total=0)], ""),
    "numbers with a point": ([page("a", pageCount=1.0, total=1.0, pageNumber=1.0)], "a"),
}


@pytest.mark.parametrize(("pages", "found"), WHOLE.values(), ids=WHOLE)
def test_a_list_that_agrees_with_itself_is_whole(pages: Sequence[Any], found: str):
    whole = listed(*pages)
    assert (ids(whole), whole.lacks) == ([*found], "")


INCOMPLETE = {
    "an early end": (
        [page("a", pageCount=3), page(pageCount=3)], "a", "it ends at page 2 of 3",
    ),
    "fewer than the total": ([page("a", pageCount=1, total=5)], "a", "it counts 5, but holds 1"),
    "more than the total": ([page("a", "b", pageCount=1, total=1)], "ab", "counts 1, but holds 2"),
    "a shift": (
        [page("a", "b", pageCount=2), page("b", "c", pageCount=2)], "abc", "entries come twice",
    ),
    "a page again and again": ([page("a", pageCount=9)] * 9, "a", "page 2 holds nothing new"),
    "another page's number": ([page("a", pageCount=1, pageNumber=7)], "a", "page 1 calls itself 7"),
    "a page count that changes": (
        [page("a", pageCount=2), page("b", pageCount=3)], "ab", "its page count changes",
    ),
    "a total that changes": (
        [page("a", pageCount=2, total=2), page("b", pageCount=2, total=3)], "ab", "total changes",
    ),
    "a next page after the last": (
        [page("a", pageCount=1, nextUri="/x")], "a", "the last of 1, but has a next one",
    ),
    "no entities": ([{"pageCount": 1}], "", "page 1 has no entities"),
    "null entities": ([{"entities": None}], "", "page 1 has no entities"),
    "no id": ([page("a", None, pageCount=1)], "a", "entries cannot be read"),
    "an empty id": ([page("a", "", pageCount=1)], "a", "entries have no id"),
    "an entry that is none": ([{"entities": [{"id": "a"}, 7, None]}], "a", "cannot be read"),
    "a total that is no number": ([page("a", pageCount=1, total="1")], "a", "its total is '1'"),
    "a page count of 0 with entries": ([page("a", pageCount=0)], "a", "counts 0"),
    "a page that cannot be had": (
        [page("a", pageCount=2), *[EMPTY_503] * 4], "a", "page 2 cannot be read. 127.0.0.1 is in",
    ),
    "a page that may not be had": (
        [page("a", pageCount=2), refuse(403, "missing.permissions")], "a", "page 2 cannot be read",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "found", "why"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_list_that_does_not_is_incomplete(pages: Sequence[Any], found: str, why: str):
    part = listed(*pages)
    assert ids(part) == [*found]
    assert why in part.lacks


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([EMPTY_503] * 4, Unavailable),
        ([refuse(403, "missing.permissions")], PermissionMissing),
        ([refuse(401, "bad.credentials")] * 2, SignOnError),
        ([page("a", pageCount=2), *[refuse(401, "bad.credentials")] * 2], SignOnError),
    ],
)
def test_without_a_first_page_or_a_token_there_is_no_list(answers: Any, kind: type[GenesysError]):
    with pytest.raises(kind):
        listed(*answers)


def test_a_list_without_end_is_left():
    found = read_list(
        lambda number: as_a(Page)(json.dumps(page(f"q{number}")).encode()),
        lambda raw: Queue(json.loads(bytes(raw))["id"]),
    )
    assert len(found.entities) == MOST_PAGES
    assert found.lacks == "it does not end within 1,000 pages"


def test_divisions_are_held_against_the_same():
    with HostileServer([ok(page("d", pageCount=1, total=2))]) as server, api_on(server) as api:
        assert Api.divisions(api, budget()).lacks == "it counts 2, but holds 1"


ODD = st.one_of(
    st.none(), st.integers(-2, 4), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
ENTITY = st.fixed_dictionaries({"id": st.sampled_from("abcdefghijklmnopqrst"[: larger(4)]) | ODD})
PAGES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "entities": st.none() | st.lists(ENTITY, max_size=larger(3)),
            "pageCount": ODD,
            "pageNumber": ODD,
            "total": ODD,
            "nextUri": ODD,
        },
    ),
    max_size=larger(4),
)


@examples(80)
@given(PAGES)
def test_whatever_pages_say_each_entry_comes_once_and_a_whole_list_agrees(pages: Any):
    def got(number: int) -> Page:
        return as_a(Page)(
            json.dumps(pages[number - 1] if number <= len(pages) else page()).encode()
        )

    found = read_list(got, DECODER.decode)
    assert len({*ids(found)}) == len(ids(found))
    if not found.lacks:
        read = [entity["id"] for each in pages for entity in each.get("entities") or ()]
        assert ids(found) == read[: len(ids(found))]
        totals = [each["total"] for each in pages[:1] if each.get("total") is not None]
        assert totals in ([], [len(ids(found))])
