"""The organization of the process: what is asked of it once, and the budget of a run."""

from __future__ import annotations

import pytest

from dashboard.data import facts, fetching
from dashboard.data import organization as at_work
from genesys.client.budget import RequestRecord
from genesys.errors import ConnectionFailed, GenesysError, PermissionMissing
from tests.conftest import DEMO_NOW
from tests.dashboard.world import World


def test_targets_and_retention_are_asked_once_an_hour(world: World):
    for seconds in (3599, 1):
        at_work.targets()
        assert at_work.retention_days() == 1096
        world.pass_by(seconds)
    assert (asked := world.asked()).count("queues") == asked.count("settings") == 1

    at_work.targets()
    at_work.retention_days()

    assert (asked := world.asked()).count("queues") == asked.count("settings") == 1


def test_without_credentials_the_demo_organization_answers(
    monkeypatch: pytest.MonkeyPatch,
):
    source = at_work.source()

    assert (source.is_demo, source.region, source.zone.key) == (True, "demo", "UTC")
    assert not source.zone_is_set
    server = at_work._demo_server()
    fetching.clear()
    at_work.source()
    assert at_work._demo_server() is server


@pytest.mark.parametrize(
    ("error", "told"),
    [(PermissionMissing("May not.", "Ask."), ""), (ConnectionFailed("Away.", "Wait."), None)],
    ids=["may not", "away"],
)
def test_whose_accounts_may_sign_in_is_not_guessed_while_it_cannot_be_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch, error: GenesysError, told: str | None
):
    def fail(*_) -> None:
        raise error

    assert at_work.hosts().organization_id() == world.server.people.organization.id
    fetching.clear()
    monkeypatch.setattr(facts, "organization", fail)
    if told is None:
        with pytest.raises(ConnectionFailed):
            at_work.hosts().organization_id()
    else:
        assert at_work.hosts().organization_id() == told


def test_all_requests_of_a_run_share_one_time_budget():
    at_work.begin(lambda: DEMO_NOW)
    first = at_work.budget()

    assert at_work.budget() is first
    assert first.left() <= at_work.BUDGET_SECONDS

    at_work.begin(lambda: DEMO_NOW)

    assert at_work.budget() is not first
    at_work._run.set(None)


def test_a_request_that_ends_when_its_client_is_gone_makes_no_other_one():
    at_work.clear()

    at_work._note(RequestRecord("GET", "/api/v2/routing/queues", None, 5, 1, "", DEMO_NOW))

    assert at_work._client.cache_info().currsize == 0
