"""Facts of an organization, each asked for by one server for all; `share` begins their keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final, TypeVar

from dashboard.together import packing
from dashboard.together.sharing import Kind, shared, shared_value
from dashboard.together.standing import store
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Organization, Queue
from genesys.errors import PermissionMissing
from genesys.organization import directory as directories
from genesys.organization.directory import Directory
from genesys.organization.retention import read_retention_days
from reports.data import lives
from reports.data.keeping import Lasting
from reports.data.waiting import aside, waits

T = TypeVar("T")

_DIRECTORY: Final = "directory"
_QUEUES: Final = "queues"


def organization(api: Api, share: str, budget: Budget) -> Lasting[Organization]:
    """Who is signed on."""
    read = partial(api.organization, budget)
    return _shared(share, "organization", lives.SOURCE, Organization, read, budget)


def directory(api: Api, share: str, budget: Budget) -> Lasting[Directory]:
    """The queues by name."""
    kind = Kind[str, Directory](
        key=lambda name: f"{share}:{name}",
        life=lambda _: lives.DIRECTORY,
        write=packing.write_directory,
        read=lambda _, packed: packing.read_directory(packed),
    )
    read = partial(directories.read_directory, api, budget)
    with waits() as on_wait:
        return shared(store(), kind, _DIRECTORY, partial(aside, read, budget), on_wait=on_wait)


def queues(api: Api, share: str, budget: Budget) -> Lasting[tuple[Queue, ...] | None]:
    """The queues with their settings; None where those may not be read."""

    def read() -> tuple[Queue, ...] | None:
        try:
            return api.queues(budget).entities
        except PermissionMissing:
            return None

    return _shared(share, _QUEUES, lives.QUEUES, tuple[Queue, ...] | None, read, budget)


def retention_days(api: Api, share: str, budget: Budget) -> Lasting[int | None]:
    """For how many days figures are kept; None where that may not be read."""
    read = partial(read_retention_days, api, budget)
    return _shared(share, "retention", lives.RETENTION, int | None, read, budget)


def forget(share: str) -> None:
    """Let the queues be read anew by whoever wants them next."""
    store().drop([f"{share}:{name}" for name in (_DIRECTORY, _QUEUES)])


def _shared(
    share: str, name: str, life: timedelta, kind: Any, read: Callable[[], T], budget: Budget
) -> Lasting[T]:
    make = partial(aside, read, budget)
    with waits() as on_wait:
        return shared_value(store(), f"{share}:{name}", life, kind, make, on_wait=on_wait)
