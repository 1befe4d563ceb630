"""What a link says in vain is told, parameter by parameter, with the nearest right word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selecting.misread import PICK, division_ids, looked_up, misread
from dashboard.selecting.page_words import WORDS
from dashboard.selecting.selection import PARAMETERS, from_params
from genesys.client.entities import Division, Queue
from genesys.organization.directory import Directory
from tests.examples import examples, larger

A, B, GONE = (f"{letter * 8}-0000-0000-0000-000000000000" for letter in "abc")
EAST = Division("d1", "East")
QUEUES = Directory({A: Queue(A, "Billing", EAST), B: Queue(B, "Claims", EAST)})
UNKNOWN_LIST = Directory(complete=False)

SEVERAL = ("queue", "division", "media", "kpi")

NONSENSE = dict.fromkeys(PARAMETERS, "bogus!") | {"find": "x" * 101, "blend": "perhaps"}
"""A word for each parameter that it cannot be."""


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_that_is_not_understood_is_named(name: str):
    said = misread({name: [NONSENSE[name]]}, QUEUES)
    assert any(sentence.startswith(name) for sentence in said)


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name not in SEVERAL])
def test_each_parameter_of_one_value_given_twice_is_named(name: str):
    words = {"find": ["a", "b"], "from": ["2026-06-01", "2026-06-02"]}.get(name, ["1", "2"])
    assert f"{name} has 2 values, of which the first 1 count." in misread({name: words}, QUEUES)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"period": ["last-weak"]}, "period=last-weak. Did you mean last-week"),
        ({"media": ["voice", "voise"]}, "media=voise. Did you mean voice"),
        ({"compare": ["years"]}, "compare=years. Did you mean year?"),
        ({"kpi": ["asa"]}, "kpi=asa. Did you mean asa_sec?"),
        ({"perod": ["today"]}, "perod. Did you mean period?"),
        ({"min": ["-5"]}, "min=-5. It is a whole number."),
        ({"min": ["2000000"]}, "min=2000000. The most is 1,000,000, which is taken."),
        ({"min": ["1,000"]}, "min=1,000. It is a whole number. Did you mean 1000?"),
        ({"min": ["0.5"]}, "min=0.5. It is a whole number."),
        ({"every": ["2"]}, "every=2. It is a whole number of seconds from 3 to 9999."),
        (
            {"every": ["20000"]},
            (
                "every=20000. It is a whole number of seconds from 3 to 9999."
                " It is written in seconds, not in milliseconds: 20?"
            ),
        ),
        ({"show": ["ASAP"]}, "show=ASAP. Did you mean ASA"),
        ({"rows": ["by divisions"]}, "rows=by divisions. Did you mean By division?"),
        ({"before": ["yes"]}, "before=yes."),
        ({"zone": ["Berlin"]}, "zone=Berlin. 'Berlin' is no IANA time zone"),
        ({"as_of": ["2026-02-31"]}, "as_of=2026-02-31. The calendar has no such day."),
        ({"as_of": ["monday"]}, "as_of=monday. A day looks like 2026-06-10."),
        ({"zone": ["EST"]}, "zone=EST. 'EST' is an abbreviation"),
        ({"zone": ["Etc/GMT-2"]}, "zone=Etc/GMT-2. 'Etc/GMT-2' is an offset"),
        ({"division": ["Est"]}, "division=Est. Did you mean East?"),
        ({"queue": ["Biling"]}, "queue=Biling. Did you mean Billing?"),
        ({"pick": ["Biling"]}, "pick=Biling. Did you mean Billing?"),
        (
            {"from": ["2026-02-31"], "to": ["2026-03-01"]},
            "from=2026-02-31. The calendar has no such day.",
        ),
        ({"from": ["2026-06-07"], "to": ["2026-06-01"]}, "from=2026-06-07 is after to=2026-06-01."),
        ({"from": ["2026-06-07"]}, "to is missing: a range has a first and a last day."),
        ({"to": ["2026-06-07"]}, "from is missing: a range has a first and a last day."),
        ({"period": ["custom"]}, "to is missing: a range has a first and a last day."),
        (
            {"period": ["today"], "from": ["2026-06-01"], "to": ["2026-06-02"]},
            "from and to do not count beside period=today.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_likely_word(params, said: str):
    assert any(each.startswith(said) for each in misread(params, QUEUES))


def test_more_than_a_page_takes_is_told():
    ids = [f"{number:08x}-0000-0000-0000-000000000000" for number in range(200)]
    assert misread({"queue": ids}, QUEUES) == (
        "queue has 200 values, of which the first 100 count.",
    )
    assert misread({PICK: ids[:9]}, QUEUES) == ("pick has 9 values, of which the first 6 count.",)


def test_no_name_is_called_unknown_where_the_list_is_not_whole():
    assert misread({"queue": ["Biling"], "division": ["x"]}, UNKNOWN_LIST) == ()


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("sort-pairs", "-offered"),
        ("say-matrix", "A word"),
        ("scenes", "when,matrix"),
        ("hide", "none"),
        ("scene", "3"),
        ("every", "20"),
        (PICK, A),
        *((name, word) for name in WORDS for word in WORDS[name]),
    ],
)
def test_what_pages_write_themselves_is_understood(name: str, word: str):
    assert misread({name: [word]}, QUEUES) == ()


@pytest.mark.parametrize("name", [PICK, *WORDS])
def test_each_word_that_no_page_writes_is_named(name: str):
    said = misread({name: ["bogus!"]}, QUEUES)
    assert [each.partition(".")[0] for each in said] == [f"{name}=bogus!"]
    many = ["1", "2", "3", "4", "5", "6", "7"]
    assert any(f"{name} has 7 values" in each for each in misread({name: many}, QUEUES))


def test_scenes_that_a_meeting_has_not_are_told_with_the_nearest():
    given = {"scenes": ["when,matrx"], "hide": ["all"], "scene": ["two"], "every": ["soon"]}

    assert misread(given, QUEUES) == (
        "scenes=matrx. Did you mean matrix?",
        "hide=all.",
        "scene=two. It is a whole number.",
        "every=soon. It is a whole number of seconds from 3 to 9999.",
    )


def test_names_where_ids_are_expected_are_looked_up():
    assert looked_up(["billing", B, "Nobody"], QUEUES.find) == [A, B, "Nobody"]
    assert division_ids("east", QUEUES) == division_ids("d1", QUEUES) == ("d1",)
    assert division_ids("west", QUEUES) == ()


TEXTS = st.text(max_size=larger(12)) | st.sampled_from(
    [
        "today",
        "custom",
        "voice",
        "CET",
        "Asia/Tokyo",
        "email",
        "previous",
        "year",
        "auto",
        "mm:ss",
        "d1",
        A,
        GONE,
    ]
)


@examples(200)
@given(
    st.dictionaries(
        st.sampled_from(["media", "division", "queue", "compare", "step", "times", "zone"]),
        st.lists(TEXTS, max_size=larger(3)),
        max_size=larger(5),
    )
)
def test_whatever_a_link_says_is_followed_or_told(params):
    said = misread(params, QUEUES)
    followed, usual = from_params(params).to_params(), {"previous", "auto"}
    for name, words in params.items():
        lost = {*filter(None, words)} - {*followed.get(name, ())} - usual
        assert not lost or any(each.startswith(name) for each in said)


WORDS_OF_LINKS = TEXTS | st.sampled_from(
    ["yes", "asa_sec", "offered", "voice", "own", "last-month", "2026-06-01", "2026-06-09", "20"]
)


@examples(200)
@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.lists(WORDS_OF_LINKS, min_size=1, max_size=larger(2)),
        max_size=larger(4),
    )
)
def test_what_changes_nothing_in_a_link_is_the_usual_or_told(params):
    said = " ".join(misread(params, QUEUES))
    chosen = from_params(params)
    for name, words in params.items():
        rest = {other: texts for other, texts in params.items() if other != name}
        if any(map(str.strip, words)) and from_params(rest) == chosen:
            is_usual = from_params({name: words}) == from_params({})
            assert is_usual or re.search(rf"\b{name}\b", said), name
