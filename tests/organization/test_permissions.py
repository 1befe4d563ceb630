"""The permission doctor: each need tried, each lack named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.transport import Transport
from genesys.errors import Cancelled
from genesys.organization.permissions import NEEDS, Finding, check
from tests.hostile import EMPTY_503, HostileServer, Seen, Sent, ok, refuse, refuse_token

NOW = datetime(2026, 6, 15, 12, 7, 30, tzinfo=UTC)
NAMES = ["Sign-on", "Organization", "Figures", "Queue names", "Targets", "Retention"]


def findings(
    denied: tuple[str, ...] = (), tokens: list[Sent] | None = None, fault: Sent | None = None
) -> tuple[tuple[Finding, ...], list[Seen]]:
    def answer(seen: Seen) -> Sent:
        if any(part in seen.path for part in denied):
            return fault or refuse(403, "missing.any.permissions", permissions="a:b:c")
        return ok({"id": "o", "entities": [], "retentionDays": 1095})

    budget = Budget(600, wait=lambda seconds: None, now=lambda: NOW)
    with HostileServer(answer, tokens) as server:
        api = Api(server.connection, Transport(random=lambda: 0.0))
        found = check(api, budget)
        api.close()
        return found, server.requests


def test_all_is_well_where_nothing_is_denied():
    found, _ = findings()

    assert [(one.need.name, one.ok, one.detail) for one in found] == [(n, True, "") for n in NAMES]


@pytest.mark.parametrize(
    ("denied", "missing"),
    [
        (("/aggregates/query",), ["Figures"]),
        (("/divisionviews",), []),
        (("/routing/queues",), ["Queue names", "Targets"]),
        (("/dataretention",), ["Retention"]),
        (("/aggregates", "/routing"), ["Figures", "Queue names", "Targets"]),
    ],
)
def test_what_is_denied_is_missing(denied: tuple[str, ...], missing: list[str]):
    found, _ = findings(denied)

    assert [one.need.name for one in found if one.is_missing] == missing
    assert [one.need.name for one in found if not one.ok] == missing
    assert all(bool(one.detail) is not one.ok for one in found)


def test_a_missing_permission_is_named_in_the_words_of_the_admin_pages():
    found, _ = findings(("/routing/queues",))

    missing, _ = (one for one in found if one.is_missing)
    assert "lacks the permission Routing > Queue > Search or Routing > Queue > View." in (
        missing.detail
    )


def test_a_failed_sign_on_is_the_last_finding():
    (found,), seen = findings(tokens=[refuse_token(401)])

    assert not found.ok
    assert not found.is_missing
    assert "GENESYS_CLOUD_CLIENT_SECRET" in found.detail
    assert seen == []


def test_other_trouble_is_no_missing_permission():
    found, _ = findings(("/aggregates",), fault=EMPTY_503)

    (failed,) = (one for one in found if not one.ok)
    assert not failed.is_missing
    assert "503" in failed.detail


def test_a_stop_ends_it():
    budget = Budget(600)
    budget.cancel()
    with HostileServer() as server, pytest.raises(Cancelled):
        check(Api(server.connection), budget)


def test_the_query_it_asks_is_small_and_as_the_api_describes():
    _, seen = findings()
    body = next(one.json for one in seen if one.path.endswith("/aggregates/query"))
    document = json.loads((Path(__file__).parents[1] / "openapi.json").read_text())
    schema = {"$ref": "#/components/schemas/ConversationAggregationQuery", **document}

    jsonschema.validate(body, schema)
    assert body["interval"] == "2026-06-15T11:37:30.000+00:00/2026-06-15T12:07:30.000+00:00"
    assert body["metrics"] == ["nOffered"]


def test_needs_are_worded_as_in_the_admin_pages():
    assert [(need.name, need.wording, need.required) for need in NEEDS] == [
        ("Sign-on", "", True),
        ("Organization", "", False),
        ("Figures", "Analytics > Conversation Aggregate > View", True),
        ("Queue names", "Routing > Queue > Search or Routing > Queue > View", True),
        ("Targets", "Routing > Queue > View", False),
        ("Retention", "Analytics > Data Retention > View", False),
    ]
