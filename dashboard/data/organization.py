"""The one organization of this process, live or demo: its client, and what is known of it."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.data import facts
from dashboard.data.client import Client
from dashboard.data.last_good import else_last_good
from dashboard.sign_in import present
from dashboard.sign_in import settings as sign_in_settings
from dashboard.sign_in.provider import DONE, Hosts
from dashboard.together.counting import RERUNS, count
from dashboard.together.standing import share_of
from genesys import settings
from genesys.analytics.refusals import RefusedMetrics
from genesys.client.api import Api
from genesys.client.budget import Budget, RequestRecord, utc_now
from genesys.client.entities import Organization, Queue
from genesys.demo import DemoOptions, DemoServer, serve
from genesys.errors import ConfigurationError, PermissionMissing, QueryError, SignOnError
from genesys.organization.directory import Directory
from genesys.organization.extras import SECONDS, Extra, extra
from genesys.organization.scope import EVERYTHING, Scope, Sight, within
from genesys.organization.scope import sight as sight_of
from genesys.targets import Targets, read_targets
from genesys.targets import targets as targets_of
from genesys.unusual import NONE_UNUSUAL, OF_DEMO
from reports.data import lives
from reports.data.keeping import Lasting
from reports.data.kept import kept_for, kept_lasting
from reports.data.source import Source

_LOG: Final = logging.getLogger("genesys")

BUDGET_SECONDS: Final = 120

_starting: Final = threading.Lock()

_run: Final[ContextVar[Budget | None]] = ContextVar("budget of this run", default=None)


def begin(now: Callable[[], datetime]) -> None:
    """Begin a run of a page: all that it asks shares one time budget."""
    count(RERUNS)
    _run.set(_budget(now))


def ask_no_more() -> None:
    """Let this run of a page show what is kept, and raise Cancelled for all else."""
    budget().cancel()


def budget(now: Callable[[], datetime] = utc_now) -> Budget:
    """The budget of this run of a page; one of its own where no page runs."""
    return _run.get() or _budget(now)


def _budget(now: Callable[[], datetime]) -> Budget:
    return Budget(BUDGET_SECONDS, now=now, on_request=_note)


def _note(_: RequestRecord) -> None:
    """Count a request, unless the client that sent it is gone: one that hung may end later."""
    if _client.cache_info().currsize:
        _client().note_request()


def pressure() -> float:
    """The share of the rate limit that is used up; 0 while nothing is known."""
    return _client().api.pressure if _client.cache_info().currsize else 0.0


@functools.cache
def _demo_server() -> DemoServer:
    address = sign_in_settings.load().address
    return serve(DemoOptions(redirect_uris=(f"{address}{DONE}",)))


@functools.cache
def _client() -> Client:
    chosen = settings.load()
    is_demo = chosen.connection is None
    connection = chosen.connection or settings.read(_demo_server().env).connection
    if connection is None:
        raise AssertionError("the demo organization gave no credentials")
    return Client(
        Api(connection),
        connection.login_url,
        is_demo,
        "demo" if is_demo else connection.region,
        chosen.time_zone,
        chosen.time_zone_is_set,
        chosen.week_begins,
        chosen.unusual or (OF_DEMO if is_demo else NONE_UNUSUAL),
        None if is_demo else chosen.targets,
        RefusedMetrics(),
        share_of(connection.region, connection.api_url, connection.client_id),
        connection.client_id,
        chosen.data,
    )


def client() -> Client:
    """The client of this process; the settings are read when it is first asked for."""
    with _starting:
        return _client()


def hosts() -> Hosts:
    """Where people of the organization sign in."""
    of = client()
    demo = _demo_server().people.client_id if of.is_demo else ""
    return Hosts(of.api.url, of.login_url, demo, own_id)


def own_id() -> str:
    """The id that accounts are held against; empty where nobody may read it."""
    try:
        return named_source().organization_id
    except PermissionMissing:
        return ""


def zone_of(name: str) -> ZoneInfo:
    """The zone of this IANA name; without one, that of the settings."""
    return ZoneInfo(name) if name else client().zone


def clear() -> None:
    """Close and forget the client; the demo organization goes on."""
    if _client.cache_info().currsize:
        _client().api.close()
    _client.cache_clear()


def source(zone: str = "", as_of: date | None = None) -> Source:
    """Who is signed on, without a name where it cannot be had; raises SignOnError.

    Days are those of the `zone`, an IANA name; without one, of the setting's. Kept ones are as
    they were known at the end of the day `as_of`; without one, as they are now.
    """
    of = client()
    tried = _tried(of)
    if isinstance(tried.error, SignOnError):
        raise tried.error
    name = tried.value and tried.value.name
    return Source(
        tried.value.id if tried.value else "",
        name or "Organization without a name",
        of.is_demo,
        of.region,
        zone_of(zone),
        of.zone_is_set or bool(zone),
        tried.error.what if tried.error else "",
        of.week_begins,
        of.unusual,
        as_of,
    )


def named_source() -> Source:
    """As `source`, but raises GenesysError where there is no name."""
    if error := _tried(client()).error:
        raise error
    return source()


@kept_for(lives.RUNNING)
def _tried(of: Client) -> Extra[Organization]:
    """A failure is kept for a while, since no page is to wait for a name each time."""
    return extra(lambda _: _organization(of), budget())


@kept_lasting
@else_last_good(lives.SOURCE)
def _organization(of: Client) -> Lasting[Organization]:
    return facts.organization(of.api, of.share, budget().part(SECONDS))


def try_again() -> None:
    """Forget what could not be had, so that it is asked for at once."""
    _tried.forget(client())


def whole_directory() -> Directory:
    """All queues by name: to plan by what is asked for everybody, never to show."""
    return _directory(client())


def sight() -> Sight:
    """What the person who looks may see."""
    scope = present.present().scope
    return EVERYTHING if scope.is_all else _sight(whole_directory(), scope)


def directory() -> Directory:
    """The queues by name, as far as the person who looks may see them."""
    return _directory_of(whole_directory(), sight().division_ids)


def permitted() -> frozenset[str] | None:
    """The ids of the queues that the person who looks may see; None is all, and work without one.

    Raises QueryError where there is none.
    """
    seen, queues = sight(), directory()
    if seen.division_ids is None:
        return None
    if not queues.queues:
        raise QueryError(
            "There is no queue in the divisions that you may see.",
            "Ask who gives access to this dashboard.",
        )
    return frozenset(queues.queues)


@kept_for(lives.DIRECTORY)
def _sight(whole: Directory, scope: Scope) -> Sight:
    return sight_of(whole, scope)


@kept_for(lives.DIRECTORY)
def _directory_of(whole: Directory, division_ids: frozenset[str] | None) -> Directory:
    return whole if division_ids is None else within(whole, division_ids)


@kept_lasting
@else_last_good(lives.DIRECTORY)
def _directory(of: Client) -> Lasting[Directory]:
    return facts.directory(of.api, of.share, budget())


def targets() -> Targets:
    """The targets of the file, of the queues where they may be read, else the defaults.

    Of queues that the person who looks may see alone, and so are the errors.
    """
    may_see = permitted()
    if may_see is None:
        return _targets(client())
    try:
        return _targets_within(_targets(client()), may_see)
    except ConfigurationError as error:
        _LOG.warning("The targets are not set up rightly: %s", error)
        raise ConfigurationError(
            "The targets are not set up rightly.",
            "Whoever runs this dashboard finds the reason in its log.",
        ) from None


@kept_for(lives.TARGETS)
def _targets_within(whole: Targets, queue_ids: frozenset[str]) -> Targets:
    return whole.within(queue_ids)


@kept_for(lives.TARGETS)
def _targets(of: Client) -> Targets:
    names = _directory(of)
    rows = read_targets(of.targets_file, names) if of.targets_file else ()
    return targets_of(_queues(of) or (), names, rows)


def lacks_targets() -> bool:
    """Whether the queues' own targets may not be read, so that the defaults hold."""
    return _queues(client()) is None


@kept_lasting
@else_last_good(lives.QUEUES)
def _queues(of: Client) -> Lasting[tuple[Queue, ...] | None]:
    """The queues with their settings; None where those may not be read."""
    return facts.queues(of.api, of.share, budget())


def retention_days() -> int | None:
    """For how many days figures are kept; None where that may not be read."""
    return _retention_days(client())


@kept_lasting
@else_last_good(lives.RETENTION)
def _retention_days(of: Client) -> Lasting[int | None]:
    return facts.retention_days(of.api, of.share, budget())


def refresh() -> None:
    """Read the queues and their targets anew when they are next asked for."""
    of = client()
    for read in (_directory, _queues, _targets, _tried):
        read.forget(of)
    facts.forget(of.share)
