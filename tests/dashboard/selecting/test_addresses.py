"""A selection and the address that holds it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selecting.selection import (
    CUSTOM,
    DEFAULT,
    DEFAULT_KPIS,
    FIRST_DAY,
    MOST_CONTACTS,
    MOST_QUEUES,
    OWN,
    PARAMETERS,
    Selection,
    from_params,
)
from genesys.errors import QueryError
from genesys.insights.earlier import Way
from genesys.intervals import PRESET_BY_KEY
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.kpis.formats import Durations
from genesys.kpis.sets import KPI_SETS
from genesys.kpis.trend import STEP_BY_KEY
from genesys.metrics import MEDIA_TYPES
from tests.dashboard.selecting.selections import LONDON, NOW, custom
from tests.examples import examples


def subset(words) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(list(words))).map(
        lambda chosen: tuple(word for word in words if word in chosen)
    )


CASES = examples(30)


DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


PERIODS = st.sampled_from(list(PRESET_BY_KEY)).map(lambda key: (key, None, None)) | st.tuples(
    DAYS, DAYS
).map(lambda days: (CUSTOM, min(days), max(days)))


SELECTIONS = st.builds(
    lambda period, **more: Selection(period=period[0], first=period[1], last=period[2], **more),
    PERIODS,
    media_types=subset(MEDIA_TYPES),
    queue_ids=st.lists(st.text(min_size=1), unique=True, max_size=5).map(tuple),
    find=st.text(max_size=150).map(lambda text: text.strip()[:100].rstrip()),
    step=st.sampled_from(["auto", *STEP_BY_KEY]),
    kpis=subset(KPI_BY_KEY).map(lambda keys: keys or DEFAULT_KPIS),
    compare=st.sampled_from(Way),
    divisions=st.lists(st.text(min_size=1), unique=True, max_size=5).map(tuple),
    blended=st.booleans(),
    fewest=st.integers(0, MOST_CONTACTS),
    durations=st.sampled_from(Durations),
    zone=st.sampled_from(["", "UTC", "Asia/Kathmandu"]),
    as_of=st.none() | st.dates(FIRST_DAY),
)


PARAMS = st.dictionaries(
    st.sampled_from([*PARAMETERS, "other"]),
    st.lists(
        st.text(max_size=120)
        | st.sampled_from(["custom", "today", "voice", "hour", "aht_sec", "year", "2026-06-31"])
        | st.sampled_from(["handling", "own", "yes", "20", "²", "-1", "mm:ss"])
        | st.dates().map(str)
    ),
)


@CASES
@given(SELECTIONS)
def test_a_url_gives_back_the_selection_it_was_made_of(selection: Selection):
    assert from_params(selection.to_params()) == selection


@CASES
@given(PARAMS)
def test_whatever_stands_in_a_url_is_a_selection_that_a_url_gives_back(params):
    selection = from_params(params)

    assert from_params(selection.to_params()) == selection


def refusal(selection: Selection, zone: ZoneInfo) -> QueryError | None:
    try:
        assert selection.interval(NOW, zone).end <= NOW
    except QueryError as error:
        return error
    return None


@CASES
@given(PARAMS)
def test_whatever_stands_in_a_url_has_an_interval_or_an_error_in_words(params):
    for zone in (LONDON, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")):
        refused = refusal(from_params(params), zone)

        assert refused is None or (refused.what.startswith("The dates ") and refused.todo)


def test_the_default_needs_no_parameters():
    assert from_params({}) == DEFAULT
    assert DEFAULT.to_params() == {}


def test_only_what_differs_from_the_default_stands_in_the_url():
    assert Selection(step="hour").to_params() == {"step": ["hour"]}


def test_all_of_it_in_a_url():
    selection = Selection(
        period=CUSTOM,
        first=date(2026, 6, 1),
        last=date(2026, 6, 7),
        media_types=("voice", "email"),
        queue_ids=("a1", "gone"),
        find="sal",
        step="day",
        kpis=("offered", "max_wait_sec"),
        compare=Way.ELAPSED,
    )

    assert selection.to_params() == {
        "period": ["custom"],
        "from": ["2026-06-01"],
        "to": ["2026-06-07"],
        "compare": ["elapsed"],
        "media": ["voice", "email"],
        "queue": ["a1", "gone"],
        "find": ["sal"],
        "step": ["day"],
        "kpi": ["offered", "max_wait_sec"],
    }


@pytest.mark.parametrize(
    "params",
    [
        {"period": ["fortnight"]},
        {"period": ["custom"]},
        {"period": ["custom"], "from": ["2026-06-01"]},
        {"from": ["2026-06-07"], "to": ["2026-06-01"]},
        {"from": ["2026-06-31"], "to": ["2026-07-01"]},
        {"from": ["0001-01-01"], "to": ["0001-01-07"]},
        {"media": ["fax", "Voice", ""]},
        {"queue": [""]},
        {"find": ["   "]},
        {"step": ["second"]},
        {"compare": ["yesteryear"]},
        {"compare": ["previous"]},
        {"compare": ["YEAR"]},
        {"kpi": ["nOffered"]},
        {"kpi": list(DEFAULT_KPIS)},
        {"kpi": list(reversed(DEFAULT_KPIS))},
        {"set": ["service"]},
        {"set": ["own"]},
        {"set": ["Handling"]},
        {"division": [""]},
        {"blend": ["no"]},
        {"blend": ["Yes"]},
        {"min": ["-5"]},
        {"min": ["many"]},
        {"min": ["²"]},
        {"min": ["1e3"]},
        {"min": ["0000000020"]},
        {"times": ["minutes"]},
        {"zone": ["EST"]},
        {"zone": ["europe/london"]},
        {"zone": ["../../etc/passwd"]},
        {"nothing": ["known"]},
    ],
    ids=str,
)
def test_what_is_not_understood_is_the_default(params):
    assert from_params(params) == DEFAULT


@pytest.mark.parametrize(
    ("text", "way"),
    [("weekdays", Way.WEEKDAYS), ("elapsed", Way.ELAPSED), ("year", Way.YEAR)],
)
def test_what_to_compare_with_stands_in_the_url_by_name(text: str, way: Way):
    assert from_params({"compare": [text]}) == Selection(compare=way)
    assert Selection(compare=way).to_params() == {"compare": [text]}


@pytest.mark.parametrize(
    ("params", "selection"),
    [
        ({"division": ["d1", "gone"]}, Selection(divisions=("d1", "gone"))),
        ({"set": ["handling"]}, Selection(kpis=KPI_SETS[1].kpis)),
        ({"blend": ["yes"]}, Selection(blended=True)),
        ({"min": ["20"]}, Selection(fewest=20)),
        ({"times": ["mm:ss"]}, Selection(durations=Durations.MINUTES)),
        ({"zone": ["Asia/Kathmandu"]}, Selection(zone="Asia/Kathmandu")),
    ],
    ids=str,
)
def test_what_else_a_page_is_to_show_stands_in_the_url(params, selection: Selection):
    assert from_params(params) == selection
    assert selection.to_params() == params


def test_no_minimum_is_above_all_queues():
    assert from_params({"min": ["999999999"]}).fewest == MOST_CONTACTS == 1_000_000


def test_metrics_that_are_a_set_are_named_as_the_set():
    handling = [*KPI_SETS[1].kpis]

    assert from_params({"kpi": handling}).to_params() == {"set": ["handling"]}
    assert from_params({"set": ["handling"], "kpi": ["asa_sec"]}) == Selection(kpis=("asa_sec",))
    assert [Selection(kpis=each.kpis).kpi_set() for each in KPI_SETS] == [
        *("service", "handling", "volume")
    ]
    assert Selection(kpis=("asa_sec",)).kpi_set() == OWN


def test_what_is_understood_stays_beside_what_is_not():
    selection = from_params({"media": ["fax", "email"], "kpi": ["x", "aht_sec"], "step": ["?"]})

    assert selection == Selection(media_types=("email",), kpis=("aht_sec",))


def test_a_preset_stays_a_preset_whatever_the_dates():
    params = {"period": ["today"], "from": ["2026-06-01"], "to": ["2026-06-07"]}

    assert from_params(params) == Selection(period="today")


def test_dates_alone_are_a_custom_range():
    assert from_params({"from": ["2026-06-01"], "to": ["2026-06-07"]}) == custom(
        "2026-06-01", "2026-06-07"
    )


def test_the_order_in_which_things_were_picked_makes_no_other_selection():
    one = from_params({"media": ["email", "voice"], "kpi": ["aht_sec", "offered"]})
    other = from_params({"media": ["voice", "email"], "kpi": ["offered", "aht_sec"]})

    assert one == other


def test_queue_ids_that_nobody_knows_are_kept_once():
    assert from_params({"queue": ["gone", "a1", "gone"]}).queue_ids == ("gone", "a1")


def test_no_more_queues_than_a_url_holds():
    ids = [f"queue-{number}" for number in range(150)]

    assert from_params({"queue": ids}).queue_ids == tuple(ids[:MOST_QUEUES])
    assert MOST_QUEUES == 100


def test_a_search_is_cut_to_a_hundred_letters():
    assert from_params({"find": [" " + "x" * 99 + " y"]}).find == "x" * 99
