"""The API: each endpoint as the contract has it, and the renewal of the token."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest

from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import (
    Division,
    JobState,
    MediaSetting,
    Organization,
    Queue,
    ServiceLevel,
)
from genesys.client.lists import Listed
from genesys.client.transport import Transport
from genesys.errors import ApiError, BadAnswer, ConnectionFailed, SignOnError
from tests.hostile import NOT_JSON, HostileServer, Seen, Sent, cut, ok, refuse

JOBS = "/api/v2/analytics/conversations/aggregates/jobs"
ALL_QUEUES = "/api/v2/routing/queues/divisionviews/all"


@pytest.fixture
def budget() -> Budget:
    return Budget(600, wait=lambda seconds: None)


@contextmanager
def api_on(server: HostileServer) -> Iterator[Api]:
    api = Api(server.connection, Transport(random=lambda: 0.0, timeout=(5.0, 5.0)))
    yield api
    api.close()


@pytest.fixture
def asked(budget: Budget) -> Callable[..., tuple[object, list[Seen]]]:
    """What a method returns on a script of answers, and what it sent."""

    def ask(method: Callable[..., object], *args: object, answers) -> tuple[object, list[Seen]]:
        with HostileServer(answers) as server, api_on(server) as api:
            return method(api, *args, budget), server.requests

    return ask


def test_the_organization(asked):
    answer = ok({"id": "org-1", "name": "Northwind", "state": "active", "features": {"x": True}})

    found, (seen,) = asked(Api.organization, answers=[answer])

    assert found == Organization("org-1", "Northwind")
    assert (seen.method, seen.path) == ("GET", "/api/v2/organizations/me")
    assert seen.headers["authorization"] == "Bearer token-1"


def test_an_aggregate_query_comes_back_as_it_was_sent(asked):
    body = {"interval": "a/b", "metrics": ["nOffered"]}

    found, (seen,) = asked(Api.aggregate, body, answers=[Sent(200, b'{"results": [] }')])

    assert found == b'{"results": [] }'
    assert seen.path == "/api/v2/analytics/conversations/aggregates/query"
    assert seen.json == body


@pytest.mark.parametrize(
    "fault",
    [NOT_JSON, cut({"results": [1, 2, 3]}), Sent(200, b'{"results": [1'), Sent(200), ok([])],
    ids=["html", "cut off", "truncated", "empty", "no object"],
)
def test_an_answer_that_is_no_whole_object_is_asked_for_again_and_never_kept(asked, fault: Sent):
    found, seen = asked(Api.aggregate, {}, answers=[fault, fault, fault, ok({})])
    assert (found, len(seen)) == (b"{}", 4)

    with pytest.raises((BadAnswer, ConnectionFailed)) as caught:
        asked(Api.aggregate, {}, answers=itertools.repeat(fault))
    assert caught.value.facts.tries == 4


class TestJobs:
    """Asynchronous queries."""

    def test_are_started_with_a_page_size(self, asked):
        found, (seen,) = asked(Api.start_job, {"a": 1}, 500, answers=[ok({"jobId": "j-1"}, 202)])

        assert found == "j-1"
        assert (seen.method, seen.path) == ("POST", JOBS)
        assert seen.json == {"a": 1, "pageSize": 500}

    @pytest.mark.parametrize("answer", [{}, {"jobId": ""}, {"jobId": ".."}, {"jobId": None}])
    def test_without_a_usable_id_are_no_jobs(self, asked, answer):
        with pytest.raises(BadAnswer):
            asked(Api.start_job, {}, 500, answers=itertools.repeat(ok(answer)))

    def test_tell_their_state(self, asked):
        answer = ok({"state": "FAILED", "errorMessage": "too old", "completionDate": "x"})

        found, (seen,) = asked(Api.job_state, "j-1", answers=[answer])

        assert found == JobState("FAILED", "too old")
        assert (seen.method, seen.path) == ("GET", f"{JOBS}/j-1")

    def test_come_in_pages(self, asked):
        first, (seen,) = asked(
            Api.job_page, "j-1", None, answers=[ok({"results": [], "cursor": "c&=/é"})]
        )
        assert first[1] == "c&=/é"
        assert (seen.path, seen.params) == (f"{JOBS}/j-1/results", {})

        last, (seen,) = asked(Api.job_page, "j-1", "c&=/é", answers=[Sent(200, b'{"results":[]}')])
        assert last == (b'{"results":[]}', None)
        assert seen.params == {"cursor": "c&=/é"}

    def test_with_odd_ids_stay_inside_their_path(self, asked):
        _, (seen,) = asked(Api.job_state, "../a?b#c", answers=[ok({"state": "QUEUED"})])

        assert seen.path == f"{JOBS}/..%2Fa%3Fb%23c"

    @pytest.mark.parametrize("answer", [Sent(204), Sent(200), refuse(404, "not.found")])
    def test_are_deleted_also_when_they_are_gone(self, asked, answer: Sent):
        found, (seen,) = asked(Api.delete_job, "j-1", answers=[answer])

        assert found is None
        assert (seen.method, seen.path) == ("DELETE", f"{JOBS}/j-1")

    def test_that_may_not_be_deleted_say_so(self, asked):
        with pytest.raises(ApiError):
            asked(Api.delete_job, "j-1", answers=[refuse(403, "not.authorized")])


def page(*ids: str, number: int | None = None, of: int | None = None) -> Sent:
    entities = [{"id": key, "name": key.upper()} for key in ids]
    return ok({"entities": entities, "pageNumber": number, "pageCount": of})


class TestLists:
    """Lists in pages."""

    def test_are_read_to_the_last_page(self, asked):
        answers = [page("a", "b", of=2), page("c", of=2)]

        found, seen = asked(Api.division_view_queues, answers=answers)

        assert found == Listed((Queue("a", "A"), Queue("b", "B"), Queue("c", "C")))
        assert [one.path for one in seen] == [ALL_QUEUES] * 2
        assert [one.params for one in seen] == [
            {"pageSize": "500", "pageNumber": "1"},
            {"pageSize": "500", "pageNumber": "2"},
        ]

    def test_without_a_page_count_end_at_the_first_empty_page(self, asked):
        found, seen = asked(Api.division_view_queues, answers=[page("a"), page("b"), page()])

        assert [queue.id for queue in found.entities] == ["a", "b"]
        assert found.lacks == ""
        assert len(seen) == 3

    @pytest.mark.parametrize("answer", [page(), page(of=0)])
    def test_may_be_empty(self, asked, answer: Sent):
        assert asked(Api.queues, answers=[answer])[0] == Listed(())

    def test_of_queues_carry_divisions_and_targets(self, asked):
        entity = {
            "id": "q",
            "name": None,
            "division": {"id": "d", "name": "East", "selfUri": "/x"},
            "mediaSettings": {
                "call": {"serviceLevel": {"percentage": 0.8, "durationMs": 20000}},
                "email": {},
                "chat": None,
            },
            "memberCount": 7,
        }

        found, (seen,) = asked(Api.queues, answers=[ok({"entities": [entity], "pageCount": 1})])

        (queue,) = found.entities
        assert queue.division == Division("d", "East")
        assert queue.media_settings == {
            "call": MediaSetting(ServiceLevel(0.8, 20000)),
            "email": MediaSetting(),
            "chat": None,
        }
        assert seen.path == "/api/v2/routing/queues"
        assert seen.params == {"pageSize": "100", "pageNumber": "1"}

    def test_of_divisions(self, asked):
        answer = ok({"entities": [{"id": "d", "name": "East", "homeDivision": True}]})

        found, seen = asked(Api.divisions, answers=[answer, page()])

        assert found == Listed((Division("d", "East"),))
        assert seen[0].path == "/api/v2/authorization/divisions"


@pytest.mark.parametrize(("answer", "days"), [({"retentionDays": 1095}, 1095), ({}, None)])
def test_the_retention(asked, answer: dict[str, int], days: int | None):
    found, (seen,) = asked(Api.retention_days, answers=[ok(answer)])

    assert found == days
    assert seen.path == "/api/v2/analytics/dataretention/settings"


class TestToken:
    """A token that the API does not take."""

    def test_is_renewed_once(self, budget: Budget):
        answers = [refuse(401, "bad.credentials"), ok({"id": "o"})]
        with HostileServer(answers) as server, api_on(server) as api:
            assert api.organization(budget).id == "o"

        assert [seen.headers["authorization"] for seen in server.requests] == [
            "Bearer token-1",
            "Bearer token-2",
        ]

    def test_that_is_refused_twice_is_a_sign_on_error(self, budget: Budget):
        always = itertools.repeat(refuse(401, "authentication.required"))
        with HostileServer(always) as server, api_on(server) as api:
            with pytest.raises(SignOnError, match="does not take the access token"):
                api.organization(budget)
            assert len(server.requests) == 2
            assert len(server.sign_ons) == 2

    def test_is_not_renewed_where_the_address_is_refused(self, budget: Budget):
        with HostileServer([refuse(401, "ip.not.authorized")]) as server, api_on(server) as api:
            with pytest.raises(SignOnError, match="network address"):
                api.organization(budget)
            assert len(server.sign_ons) == 1

    def test_is_renewed_once_by_many_threads_that_failed_together(self, budget: Budget):
        together = Barrier(6)

        def answer(seen: Seen) -> Sent:
            if seen.headers["authorization"] == "Bearer token-1":
                return refuse(401, "bad.credentials")
            return ok({"id": "o"})

        def ask(api: Api) -> str:
            together.wait(5)
            return api.organization(budget).id

        with (
            HostileServer(answer) as server,
            api_on(server) as api,
            ThreadPoolExecutor(6) as pool,
        ):
            assert list(pool.map(ask, [api] * 6)) == ["o"] * 6

        assert len(server.sign_ons) == 2


def test_the_pressure_is_the_transports(budget: Budget):
    headers = {"inin-ratelimit-count": "270", "inin-ratelimit-allowed": "300"}
    with HostileServer([Sent(200, b'{"id":"o"}', headers)]) as server, api_on(server) as api:
        assert api.pressure == 0
        api.organization(budget)
        assert api.pressure == 0.9
