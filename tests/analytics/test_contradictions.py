"""Answers that contradict the question or themselves: exact, or an error that names the part."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.fetch import Mode, fetch
from genesys.analytics.frames import to_frame
from genesys.client.budget import Budget
from genesys.errors import BadAnswer
from genesys.intervals import Granularity
from genesys.kpis.rollup import rollup
from tests.analytics.hostile_results import (
    ANSWERED,
    BILLING,
    CLAIMS,
    LEVEL,
    METRICS,
    MONDAY,
    OFFERED,
    QUERY,
    TUESDAY,
    asked,
    day,
    metric,
    of,
)
from tests.asking import api_on, budget, week
from tests.examples import examples, larger
from tests.hostile import HostileServer, Seen, Sent, ok

WHOLE = week(metrics=METRICS)


WEEK = "2026-05-10T23:00:00.000Z/2026-05-17T23:00:00.000Z"


SOUND = of(day(OFFERED, ANSWERED, LEVEL), day(OFFERED, interval=TUESDAY))


CONTRADICTIONS = {
    "a bucket before the interval": (
        [of(day(OFFERED, interval="2026-05-09T23:00:00Z/2026-05-10T23:00:00Z"))],
        "the bucket 2026-05-10T00:00:00.000+01:00/2026-05-11T00:00:00.000+01:00 lies outside",
    ),
    "a bucket after the interval": (
        [of(day(OFFERED, interval="2026-05-17T23:00:00Z/2026-05-18T23:00:00Z"))],
        "lies outside the asked interval",
    ),
    "a bucket off the edges": (
        [of(day(OFFERED, interval="2026-05-11T00:00:00Z/2026-05-12T00:00:00Z"))],
        "is none of the asked buckets",
    ),
    "a bucket of another length": (
        [of(day(OFFERED, interval="2026-05-10T23:00:00Z/2026-05-12T23:00:00Z"))],
        "is none of the asked buckets",
    ),
    "a bucket of no length": (
        [of(day(OFFERED, interval="2026-05-10T23:00:00Z/2026-05-10T23:00:00Z"))],
        "The interval is empty",
    ),
    "a bucket in the year 10000": (
        [of(day(OFFERED, interval="9999-12-31T23:00:00Z/10000-01-01T23:00:00Z"))],
        "cannot be read",
    ),
    "a bucket before the calendar": (
        [of(day(OFFERED, interval="0001-01-01T00:00:00+14:00/0001-01-02T00:00:00+14:00"))],
        "cannot be read",
    ),
    "a bucket twice": (
        [of(day(OFFERED), day(OFFERED))],
        "nOffered comes twice: interval_start 2026-05-10 23:00:00+00:00, queue_id q1",
    ),
    "a group twice": ([of(day(OFFERED)), of(day(OFFERED))], "nOffered comes twice"),
    "a metric twice": (
        [of(day(OFFERED, OFFERED))],
        f"nOffered of queueId q1, mediaType voice, {MONDAY} comes twice",
    ),
    "a metric twice of one qualifier": (
        [of(day({**OFFERED, "qualifier": "a"}, {**OFFERED, "qualifier": "a"}))],
        "comes twice",
    ),
    "a count below 0": (
        [of(day(metric("nOffered", count=-1)))],
        f"nOffered of queueId q1, mediaType voice, {MONDAY}: its count is -1",
    ),
    "a count with a fraction": (
        [SOUND, of(day(metric("tAnswered", count=2.5, sum=1)), group=CLAIMS)],
        f"tAnswered of queueId q2, mediaType voice, {MONDAY}: its count is 2.5",
    ),
    "more met than there were": (
        [of(day(metric("oServiceLevel", numerator=11, denominator=10)))],
        "its numerator 11 is above its denominator 10",
    ),
    "a numerator below 0": (
        [of(day(metric("oServiceLevel", numerator=-1, denominator=10)))],
        "its numerator is -1",
    ),
    "a metric that was not asked for": (
        [of(day(OFFERED, metric("tHandle", count=1)))],
        "it holds tHandle, not asked for",
    ),
    "a grouping that was not asked for": (
        [of(day(OFFERED), group={**BILLING, "userId": "u1"})],
        "it groups by userId, too",
    ),
}


@pytest.mark.parametrize(("results", "says"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_an_error_that_names_the_part(results: list[Any], says: str):
    with pytest.raises(BadAnswer) as caught:
        asked(*results)
    assert says in caught.value.what
    assert caught.value.piece.startswith("Mon 11 – Sun 17 May 2026")


@pytest.mark.parametrize(
    "group", [{"mediaType": "voice"}, CLAIMS, {**BILLING, "mediaType": "chat"}]
)
def test_groups_that_the_filters_leave_out_are_an_error(group: Any):
    query = week(
        granularity=Granularity.DAY, metrics=METRICS, queue_ids=("Q1",), media_types=("voice",)
    )
    assert asked(of(day(OFFERED)), query=query)["nOffered_count"].sum() == 10
    with pytest.raises(BadAnswer, match="not asked for"):
        asked(of(day(OFFERED), group=group), query=query)


class TestWithoutBuckets:
    """A query for one bucket takes several that lie apart, and adds them up."""

    def test_that_lie_apart(self):
        frame = asked(of(day(OFFERED), day(OFFERED, interval=TUESDAY)), query=WHOLE)
        assert frame["nOffered_count"].tolist() == [20]

    def test_that_overlap_is_an_error(self):
        with pytest.raises(BadAnswer, match=r"buckets overlap: .* queue_id q1"):
            asked(of(day(OFFERED, interval=WEEK), day(OFFERED, interval=TUESDAY)), query=WHOLE)

    def test_that_overlap_in_other_groups_alone_is_none(self):
        frame = asked(
            of(day(OFFERED, interval=WEEK)),
            of(day(OFFERED, interval=TUESDAY), group=CLAIMS),
            query=WHOLE,
        )
        assert frame["nOffered_count"].tolist() == [10, 10]

    def test_that_reach_out_of_the_interval_is_an_error(self):
        beyond = "2026-05-16T23:00:00.000Z/2026-05-18T23:00:00.000Z"
        with pytest.raises(BadAnswer, match="none of the asked buckets"):
            asked(of(day(OFFERED, interval=beyond)), query=WHOLE)


def test_the_last_bucket_ends_with_the_interval_or_has_its_whole_length():
    interval = type(QUERY.interval)(QUERY.interval.start, QUERY.interval.end - pd.Timedelta("5h"))
    query = week(granularity=Granularity.DAY, metrics=METRICS, interval=interval)
    for end in ("2026-05-17T18:00:00Z", "2026-05-17T23:00:00Z"):
        last = day(OFFERED, interval=f"2026-05-16T23:00:00Z/{end}")
        assert asked(of(last), query=query)["nOffered_count"].tolist() == [10]


def job(*pages: Any) -> HostileServer:
    rest = iter(pages)

    def answer(seen: Seen) -> Sent:
        if seen.method != "GET":
            return ok({"jobId": "job-1"}, 202) if seen.method == "POST" else Sent(204)
        return ok(next(rest)) if seen.path.endswith("/results") else ok({"state": "FULFILLED"})

    return HostileServer(answer)


class TestJobs:
    """Pages of a job are one answer."""

    def ask(self, *pages: Any, query: Any = QUERY) -> pd.DataFrame:
        with job(*pages) as server, api_on(server) as api:
            return fetch(api, query, Budget(600, wait=lambda _: None), mode=Mode.JOB).frame

    @pytest.mark.parametrize("query", [QUERY, WHOLE], ids=["days", "whole"])
    def test_that_repeat_a_bucket_are_an_error(self, query: Any):
        with pytest.raises(BadAnswer, match="nOffered comes twice"):
            self.ask(
                {"results": [of(day(OFFERED))], "cursor": "2"},
                {"results": [of(day(OFFERED))]},
                query=query,
            )

    def test_that_split_a_bucket_by_metric_are_joined(self):
        frame = self.ask(
            {"results": [of(day(OFFERED))], "cursor": "2"}, {"results": [of(day(ANSWERED))]}
        )
        assert frame[["nOffered_count", "tAnswered_count"]].to_numpy().tolist() == [[10, 8]]

    @pytest.mark.parametrize("page", [{}, {"results": None}, {"cursor": "3"}, {"results": {}}])
    def test_without_results_are_an_error(self, page: Any):
        with pytest.raises(BadAnswer):
            self.ask({"results": [of(day(OFFERED))], "cursor": "2"}, *[page] * 4)

    def test_in_a_state_that_there_is_not_are_an_error(self):
        def answer(seen: Seen) -> Sent:
            return ok({"jobId": "job-1"}, 202) if seen.method == "POST" else ok({"state": "LOST"})

        with (
            HostileServer(answer) as server,
            api_on(server) as api,
            pytest.raises(BadAnswer, match="LOST"),
        ):
            fetch(api, QUERY, budget(), mode=Mode.JOB)


ODD_INTERVALS = [
    "x",
    "x/y",
    "",
    "2026-05-10T23:00:00.000Z",
    "2026-05-10T23:00/2026-05-11T23:00",
    "2026-05-11T23:00:00.000Z/2026-05-10T23:00:00.000Z",
    "9999-12-31T23:59:59.999Z/10000-01-01T23:00:00.000Z",
    "0001-01-01T00:00:00.000+23:59/2026-05-11T23:00:00.000Z",
    f"{'9' * 5000}-01-01T00:00:00.000Z/{'9' * 5000}-01-02T00:00:00.000Z",
]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just("x"),
    st.just([]),
    st.just({}),
)


STATS = st.dictionaries(st.sampled_from(["count", "sum", "min", "max", "numerator"]), SCALARS)


METRIC = st.fixed_dictionaries({"metric": st.sampled_from(METRICS), "stats": STATS | SCALARS})


BUCKET = st.fixed_dictionaries(
    {
        "interval": st.sampled_from([*ODD_INTERVALS, MONDAY, TUESDAY, WEEK]),
        "metrics": st.lists(METRIC, max_size=larger(3)) | SCALARS,
    }
)


RESULT = st.fixed_dictionaries(
    {
        "group": st.sampled_from([BILLING, CLAIMS, {}, None, {"queueId": 7}]),
        "data": st.lists(BUCKET, max_size=larger(3)) | SCALARS,
    }
)


@examples(60)
@given(st.lists(RESULT, max_size=larger(3)) | SCALARS, st.sampled_from([QUERY, WHOLE]))
def test_whatever_the_shape_it_is_figures_or_a_clear_error(results: Any, query: Any):
    try:
        frame = to_frame(json.dumps({"results": results}).encode(), query)
    except BadAnswer:
        return
    counts = frame["nOffered_count"].dropna()
    assert ((counts >= 0) & (counts % 1 == 0)).all()
    rollup(frame)
