"""A whole query: cut, halved, asked in parallel, put together; the same figures in every way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Lock
from threading import enumerate as all_threads
from typing import Any

import pandas as pd
import pytest

from genesys.analytics.fetch import Mode, Progress, fetch
from genesys.analytics.frames import NONE
from genesys.analytics.queries import AggregateQuery
from genesys.client.entities import JobState
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errors import ApiError, GenesysError, PermissionMissing, TooLarge
from genesys.intervals import Granularity, whole_days
from genesys.kpis.catalogue import CATALOGUE_METRICS
from tests.asking import LONDON, METRICS, api_on, budget, sent, week
from tests.conftest import DEMO_NOW
from tests.contacts import figures

BILLING, SALES = "44422bcf-e3c0-5d84-92a0-1e41b6084efd", "57b38875-7a98-5195-bd3e-5bb90bc073df"
DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"
QUARTER = whole_days(date(2026, 3, 1), date(2026, 5, 31), LONDON)


@contextmanager
def limited(rows: int, **more: Any) -> Iterator[DemoServer]:
    """A demo organization that answers so many rows at once."""
    options = DemoOptions(rate_limit=0, result_limit=rows, clock=lambda: DEMO_NOW, **more)
    with serve(options) as server:
        yield server


def ask(server: DemoServer, query: AggregateQuery, mode: Mode = Mode.AUTO) -> pd.DataFrame:
    with api_on(server) as api:
        return fetch(api, query, budget(), mode=mode).frame


class TestCutting:
    """However a query is answered, the figures are the same to the unit."""

    @pytest.mark.parametrize("granularity", [None, Granularity.DAY, Granularity.HOUR])
    def test_by_time_alone_where_no_queue_is_named(self, demo: DemoServer, granularity):
        query = week(granularity=granularity)
        whole = figures(ask(demo, query))

        with limited(60 if granularity is not Granularity.HOUR else 400) as server:
            cut = figures(ask(server, query))
            requests = sent(server)

        assert cut == whole
        if granularity is None:
            assert requests == {"POST/query": 1}
        else:
            assert requests["POST/query"] > 10
            assert requests.keys() == {"POST/query"}

    def test_a_query_without_buckets_is_halved_by_days_and_added_up(self, demo: DemoServer):
        query = week()
        with limited(45) as server:
            cut, requests = ask(server, query), sent(server)

        assert figures(cut) == figures(ask(demo, query))
        assert set(cut["interval_start"]) == {pd.Timestamp(query.interval.start)}
        assert requests["POST/query"] > 1

    def test_then_by_the_queues_that_are_named(self, demo: DemoServer):
        day = whole_days(date(2026, 5, 12), date(2026, 5, 12), LONDON)
        query = week(interval=day, queue_ids=(BILLING, SALES), granularity=Granularity.DAY)
        whole = ask(demo, query)
        assert whole.groupby("queue_id", observed=True).size().tolist() == [4, 4]

        with limited(4) as server:
            assert figures(ask(server, query)) == figures(whole)
            assert sent(server) == {"POST/query": 3}

    def test_then_as_a_job_that_is_deleted_in_the_end(self, demo: DemoServer):
        day = whole_days(date(2026, 5, 12), date(2026, 5, 12), LONDON)
        query = week(interval=day, queue_ids=(BILLING, SALES), granularity=Granularity.DAY)

        with limited(2) as server:
            assert figures(ask(server, query)) == figures(ask(demo, query))
            requests = sent(server)

        assert requests["POST/query"] == 3
        assert requests["POST/jobs"] == requests["DELETE/job"] == 2

    def test_without_a_job_where_that_was_asked_the_error_names_the_piece(self):
        with limited(2) as server, pytest.raises(TooLarge) as caught:
            ask(server, week(queue_ids=(BILLING,), granularity=Granularity.DAY), Mode.SYNC)
        assert "(Europe/London), 1 queue, 5 metrics" in caught.value.piece

    @pytest.mark.parametrize("granularity", [None, Granularity.HOUR])
    def test_a_job_gives_what_the_query_gives(self, demo: DemoServer, granularity):
        before = len(demo.requests)
        by_job = ask(demo, week(granularity=granularity), Mode.JOB)
        requests = sent(demo, before)

        assert figures(by_job) == figures(ask(demo, week(granularity=granularity), Mode.SYNC))
        assert requests["POST/jobs"] == requests["DELETE/job"] == 1
        assert "POST/query" not in requests
        assert len(by_job) > 500 or granularity is None

    def test_deleted_queues_and_work_without_a_queue_outlast_every_cut(self):
        with limited(45) as server:
            cut = ask(server, week(granularity=Granularity.DAY))
        assert {DELETED, NONE} <= set(cut["queue_id"])

    def test_more_than_20_metrics_are_joined_on_group_and_bucket(self, demo: DemoServer):
        metrics = (*CATALOGUE_METRICS, "nConnected", "tAcd", "tIvr")
        before = len(demo.requests)
        joined = ask(demo, week(metrics=metrics))

        assert sent(demo, before) == {"POST/query": 2}
        some = ask(demo, week(metrics=("tAcd", *CATALOGUE_METRICS[:3])))
        assert joined["tAcd_sum"].sum() == some["tAcd_sum"].sum() > 0
        assert not joined.duplicated(["interval_start", "queue_id", "media_type"]).any()

    def test_three_months_are_asked_31_days_at_a_time(self, demo: DemoServer):
        before = len(demo.requests)
        query = week(interval=QUARTER, granularity=Granularity.DAY)
        with api_on(demo) as api:
            answer = fetch(api, query, budget())

        assert sent(demo, before) == {"POST/query": 3}
        assert answer.frame["interval_start"].nunique() == 92
        assert (answer.query, len(answer.requests)) == (query, 4)


PATIENCE = 60
"""Seconds after which what should have happened has not."""


def opened() -> Event:
    gate = Event()
    gate.set()
    return gate


def pass_through(gate: Event) -> None:
    assert gate.wait(PATIENCE), "nobody opened the gate"


def wait_for_threads() -> None:
    """Until no thread of any fetch runs any more."""
    for thread in all_threads():
        if thread.name.startswith("genesys_"):
            thread.join(PATIENCE)
            assert not thread.is_alive()


@dataclass
class FakeApi:
    """Answers by a function of the body once the gate is open, and counts who is inside."""

    answer: Callable[[dict[str, Any]], bytes] = lambda _: b"{}"
    pressure: float = 0.0
    url: str = "http://127.0.0.1"
    bodies: list[dict[str, Any]] = field(default_factory=list)
    gate: Event = field(default_factory=opened)
    inside: int = 0
    most: int = 0
    lock: Any = field(default_factory=Lock)

    def aggregate(self, body, budget) -> bytes:
        budget.check()
        with self.lock:
            self.bodies.append(body)
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            pass_through(self.gate)
            return self.answer(body)
        finally:
            with self.lock:
                self.inside -= 1

    def start_job(self, body, page_size, budget) -> str:
        return json.dumps(body)

    def job_state(self, job_id, budget) -> JobState:
        return JobState("FULFILLED")

    def job_page(self, job_id, cursor, budget) -> tuple[bytes, str | None]:
        return self.aggregate(json.loads(job_id), budget), None

    def delete_job(self, job_id, budget) -> None:
        pass


YEAR = whole_days(date(2025, 6, 1), date(2026, 5, 31), LONDON)
A_YEAR = AggregateQuery(interval=YEAR, metrics=METRICS, zone=LONDON)


class TestPace:
    """Four pieces at a time, fewer near the rate limit, none after the end."""

    @pytest.mark.parametrize(("pressure", "most"), [(0.0, 4), (0.9, 4), (0.91, 1)])
    @pytest.mark.parametrize("mode", [Mode.SYNC, Mode.JOB])
    def test_pieces_go_four_at_a_time_and_one_near_the_rate_limit(self, pressure, most, mode):
        api = FakeApi(pressure=pressure, gate=Event())

        def open_when_full(_: Progress) -> None:
            if api.inside >= most:
                api.gate.set()

        fetch(api, A_YEAR, budget(), mode=mode, on_progress=open_when_full)
        assert (api.most, len(api.bodies)) == (most, 12)

    def test_progress_grows_to_all_pieces_halves_included(self):
        seen: list[Progress] = []
        first = iter([True])

        def answer(body) -> bytes:
            if next(first, False):
                raise TooLarge("too large")
            return b"{}"

        fetch(FakeApi(answer), A_YEAR, budget(), on_progress=seen.append)

        assert [each.done for each in seen] == sorted(each.done for each in seen)
        assert seen[0].total in (12, 13)
        assert seen[-1] == Progress(13, 13)

    def test_what_the_progress_raises_ends_the_fetch_and_nothing_more_is_sent(self):
        class Left(Exception):
            pass

        def leave(progress: Progress) -> None:
            if api.inside == 4:
                api.gate.set()
            if progress.done:
                raise Left

        api, undertaking = FakeApi(gate=Event()), budget()
        with pytest.raises(Left):
            fetch(api, A_YEAR, undertaking, on_progress=leave)
        wait_for_threads()
        assert len(api.bodies) == 4
        with pytest.raises(GenesysError, match="stopped"):
            undertaking.check()

    def test_one_failing_piece_fails_all_and_is_named(self):
        over = Event()

        def answer(body) -> bytes:
            if body["interval"].startswith("2025-09-02"):
                raise ApiError("Refused.")
            pass_through(over)
            return b"{}"

        api = FakeApi(answer)
        with pytest.raises(ApiError) as caught:
            fetch(api, A_YEAR, budget())
        assert caught.value.piece == (
            "Tue 2 Sep – Thu 2 Oct 2025 (Europe/London), all queues, 5 metrics"
        )
        assert "Part that failed: Tue 2 Sep – Thu 2 Oct 2025" in str(caught.value)
        over.set()
        wait_for_threads()
        assert len(api.bodies) <= 4

    def test_a_denied_permission_is_told_and_asked_for_once(self):
        with (
            limited(9, deny=("analytics:conversationAggregate:view",)) as server,
            pytest.raises(PermissionMissing) as caught,
        ):
            ask(server, week())
        assert caught.value.facts.permissions == ("analytics:conversationAggregate:view",)
        assert caught.value.piece.startswith("Mon 11 – Sun 17 May 2026 (")
