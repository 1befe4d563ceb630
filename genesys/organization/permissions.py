"""The permission doctor: tries everything that this product needs and says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from genesys.analytics.queries import AggregateQuery
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.failures import wording
from genesys.errors import (
    BadAnswer,
    Cancelled,
    ConnectionFailed,
    Facts,
    GenesysError,
    OutOfTime,
    PermissionMissing,
    SignOnError,
)
from genesys.intervals import Interval
from genesys.organization.directory import QUEUE_PERMISSIONS, read_directory


@dataclass(frozen=True)
class Need:
    """Something the OAuth client must, or should, be able to do. Some need no permission."""

    name: str
    permission: str
    purpose: str
    probe: Callable[[Api, Budget], object]
    required: bool = True

    @property
    def wording(self) -> str:
        """The permission as Genesys Cloud Admin shows it; empty where none is needed."""
        return " or ".join(map(wording, self.permission.split(" or "))) if self.permission else ""


@dataclass(frozen=True)
class Finding:
    """What came of trying: no error is good."""

    need: Need
    error: GenesysError | None

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def is_missing(self) -> bool:
        """Whether the permission is missing; other errors leave that open."""
        return isinstance(self.error, PermissionMissing)

    @property
    def detail(self) -> str:
        """The error in full; empty where it worked."""
        return str(self.error or "")


def _half_an_hour(api: Api, budget: Budget) -> object:
    end = budget.now().astimezone(UTC)
    query = AggregateQuery(
        interval=Interval(end - timedelta(minutes=30), end),
        metrics=("nOffered",),
        zone=ZoneInfo("UTC"),
        group_by=(),
    )
    return api.aggregate(query.body(), budget)


def _queue_names(api: Api, budget: Budget) -> object:
    directory = read_directory(api, budget)
    if directory.missing_permission:
        permissions = tuple(directory.missing_permission.split(" or "))
        raise PermissionMissing(
            f"The OAuth client lacks the permission {' or '.join(map(wording, permissions))}.",
            "Add one of the two to a role of the client; until then queues show as ids.",
            Facts(permissions=permissions),
        )
    _require_whole("queues", directory.lacks)
    return directory


def _own_targets(api: Api, budget: Budget) -> object:
    listed = api.queues(budget)
    _require_whole("queues with their targets", listed.lacks)
    return listed


def _require_whole(what: str, lacks: str) -> None:
    if lacks:
        raise BadAnswer(
            f"The list of {what} is incomplete: {lacks}.",
            "Figures come all the same; queues that are not in it show as ids.",
        )


NEEDS: Final = (
    Need("Sign-on", "", "a token for the client id and secret", Api.sign_on),
    Need("Organization", "", "the name of the organization", Api.organization, required=False),
    Need(
        "Figures",
        "analytics:conversationAggregate:view",
        "all figures",
        _half_an_hour,
    ),
    Need("Queue names", QUEUE_PERMISSIONS, "the names and divisions of queues", _queue_names),
    Need(
        "Targets",
        "routing:queue:view",
        "the queues' own service level targets; without it the defaults hold",
        _own_targets,
        required=False,
    ),
    Need(
        "Retention",
        "analytics:dataRetention:view",
        "saying how far back figures reach",
        Api.retention_days,
        required=False,
    ),
)


def check(api: Api, budget: Budget) -> tuple[Finding, ...]:
    """What came of each need, in order; a failed sign-on or connection is the last one.

    Raises Cancelled or OutOfTime of the budget.
    """
    findings: list[Finding] = []
    for need in NEEDS:
        findings.append(Finding(need, _error(need, api, budget)))
        if isinstance(findings[-1].error, (ConnectionFailed, SignOnError)):
            break
    return tuple(findings)


def _error(need: Need, api: Api, budget: Budget) -> GenesysError | None:
    try:
        need.probe(api, budget)
    except (Cancelled, OutOfTime):
        raise
    except GenesysError as error:
        return error
    return None
