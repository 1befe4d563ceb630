"""Lists of queues and divisions, and their pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from msgspec import UNSET, Struct, UnsetType, structs

from .faults import invalid_parameter
from .media import CALLBACK_AGENT_FIRST, CHAT, EMAIL, MESSAGE, VOICE, Profile
from .organization import NAME, Division, Organization, Queue
from .people import Person

DEFAULT_PAGE_SIZE = 25
T = TypeVar("T")
Entity = TypeVar("Entity")


class DivisionEntity(Struct, rename="camel"):
    id: str
    name: str
    self_uri: str


class ServiceLevel(Struct, rename="camel"):
    percentage: float
    duration_ms: int


class MediaSettings(Struct, rename="camel"):
    alerting_timeout_seconds: int
    service_level: ServiceLevel
    mode: str | UnsetType = UNSET


class QueueView(Struct, rename="camel"):
    """A queue as the division views simplify it."""

    id: str
    name: str
    division: DivisionEntity


class QueueEntity(Struct, rename="camel"):
    id: str
    name: str
    division: DivisionEntity
    date_created: str
    member_count: int
    media_settings: dict[str, MediaSettings]
    self_uri: str


class AuthzDivision(Struct, rename="camel"):
    id: str
    name: str
    home_division: bool
    self_uri: str


class OrganizationEntity(Struct, rename="camel"):
    id: str
    name: str
    domain: str
    default_language: str = "en-gb"
    default_country_code: str = "GB"
    version: int = 1
    state: str = "active"
    product_platform: str = "PureCloud"


class Named(Struct):
    id: str
    name: str


class UserEntity(Struct, rename="camel"):
    """A person, as the API tells one about oneself."""

    id: str
    name: str
    email: str
    division: Named
    organization: Named
    state: str = "active"
    version: int = 1


class Listing(Struct, Generic[Entity], rename="camel"):
    """One page of a list; `next_uri` is missing on the last one."""

    entities: list[Entity]
    page_size: int
    page_number: int
    total: int
    page_count: int
    first_uri: str
    self_uri: str
    last_uri: str
    next_uri: str | UnsetType = UNSET
    previous_uri: str | UnsetType = UNSET


class PermittedListing(Listing[AuthzDivision], rename="camel", kw_only=True):
    """The divisions that a permission of somebody holds for; all that there are, or some."""

    all_divs_permitted: bool


Parameters = dict[str, list[str]]


@dataclass(frozen=True)
class Paging:
    """A list's address, the parameters that choose from it, and its page limits; 0 is none."""

    path: str
    takes: tuple[str, ...]
    most_a_page: int = 0
    most_pages: int = 0

    def page(
        self, chosen: Sequence[T], parameters: Parameters, entity: Callable[[T], Entity]
    ) -> Listing[Entity]:
        """The page that the parameters name, an entity for each; an empty one beyond the last."""
        size = _number(parameters, "pageSize", DEFAULT_PAGE_SIZE, self.most_a_page)
        number = _number(parameters, "pageNumber", 1, self.most_pages)
        count = -(-len(chosen) // size)

        def uri(page: int) -> str:
            others = {k: v for k, v in parameters.items() if k not in ("pageSize", "pageNumber")}
            query = {**others, "pageSize": size, "pageNumber": page}
            return f"{self.path}?{urlencode(query, doseq=True)}"

        return Listing(
            entities=[entity(each) for each in chosen[(number - 1) * size : number * size]],
            page_size=size,
            page_number=number,
            total=len(chosen),
            page_count=count,
            first_uri=uri(1),
            self_uri=uri(number),
            last_uri=uri(max(count, 1)),
            next_uri=uri(number + 1) if number < count else UNSET,
            previous_uri=uri(number - 1) if number > 1 else UNSET,
        )


CHOICE = ("id", "divisionId", "name", "sortOrder")
QUEUES = Paging("/api/v2/routing/queues", CHOICE, most_a_page=500)
VIEWS = Paging(f"{QUEUES.path}/divisionviews", (*CHOICE, "sortBy"), most_a_page=100, most_pages=5)
ALL_VIEWS = Paging(f"{VIEWS.path}/all", ("sortOrder",), most_a_page=500)
DIVISIONS = Paging("/api/v2/authorization/divisions", ("id", "name"))
PERMITTED = Paging("/api/v2/authorization/divisionspermitted/paged/me", ("permission",))


def _number(parameters: Parameters, name: str, default: int, most: int) -> int:
    text = parameters.get(name, [str(default)])[-1]
    value = int(text) if text.isascii() and text.isdecimal() else 0
    if value < 1 or (most and value > most):
        limit = f" to {most}" if most else " on"
        raise invalid_parameter(f"{name} {text!r} is not a whole number from 1{limit}.")
    return value


def _word(parameters: Parameters, name: str, accepted: tuple[str, ...]) -> str:
    word = parameters.get(name, [accepted[0]])[-1]
    if word not in accepted:
        raise invalid_parameter(f"{name} {word!r} is not one of: {', '.join(accepted)}.")
    return word


def _set(parameters: Parameters, name: str) -> set[str]:
    """The values of a list parameter, repeated or joined by commas."""
    return {part for text in parameters.get(name, []) for part in text.split(",") if part}


def _named(name: str, pattern: str) -> bool:
    name, core = name.casefold(), pattern.casefold().strip("*")
    starts, ends = pattern.startswith("*"), pattern.endswith("*")
    if starts and ends:
        return core in name
    if starts:
        return name.endswith(core)
    return name.startswith(core) if ends else name == core


ORDERS: dict[str, Callable[[Queue], tuple[str, str]]] = {
    "name": lambda queue: (queue.name.casefold(), queue.id),
    "id": lambda queue: (queue.id, ""),
    "divisionId": lambda queue: (queue.division.id, queue.name.casefold()),
}


def chosen(organization: Organization, paging: Paging, given: Parameters) -> list[Queue]:
    """The listed queues that the parameters leave, in their order."""
    parameters = {name: values for name, values in given.items() if name in paging.takes}
    ids, divisions = _set(parameters, "id"), _set(parameters, "divisionId") - {"*"}
    pattern = parameters.get("name", ["*"])[-1]
    order = ORDERS[_word(parameters, "sortBy", tuple(ORDERS))]
    reverse = _word(parameters, "sortOrder", ("asc", "desc")) == "desc"
    queues = [
        queue
        for queue in organization.queues
        if (not ids or queue.id in ids)
        and (not divisions or queue.division.id in divisions)
        and _named(queue.name, pattern)
    ]
    return sorted(queues, key=order, reverse=reverse)


def _division(division: Division) -> DivisionEntity:
    return DivisionEntity(division.id, division.name, f"{DIVISIONS.path}/{division.id}")


def _settings(profile: Profile, mode: str | UnsetType = UNSET) -> MediaSettings:
    return MediaSettings(8, ServiceLevel(profile.target, int(profile.target_ms)), mode)


def view(queue: Queue) -> QueueView:
    return QueueView(queue.id, queue.name, _division(queue.division))


def entity(queue: Queue) -> QueueEntity:
    """The whole queue; settings of voice are called `call` here."""
    agent_first = "agent_first_callback" in queue.row.work
    call = _settings(VOICE)
    call.service_level.percentage = queue.row.voice_target
    return QueueEntity(
        queue.id,
        queue.name,
        _division(queue.division),
        date_created="2021-04-12T09:00:00.000Z",
        member_count=max(2, round(sum(queue.row.work.values()) / 12)),
        media_settings={
            "call": call,
            "callback": _settings(
                CALLBACK_AGENT_FIRST, "AgentFirst" if agent_first else "CustomerFirst"
            ),
            "chat": _settings(CHAT),
            "email": _settings(EMAIL),
            "message": _settings(MESSAGE),
        },
        self_uri=f"{QUEUES.path}/{queue.id}",
    )


def divisions(organization: Organization, parameters: Parameters) -> list[Division]:
    """The divisions that the parameters leave, by name."""
    ids, pattern = _set(parameters, "id"), parameters.get("name", ["*"])[-1]
    return [
        each
        for each in sorted(organization.divisions, key=lambda division: division.name)
        if (not ids or each.id in ids) and _named(each.name, pattern)
    ]


def authorized(division: Division) -> AuthzDivision:
    return AuthzDivision(
        division.id, division.name, division.home, f"{DIVISIONS.path}/{division.id}"
    )


def permitted(page: Listing[AuthzDivision], *, is_all: bool) -> PermittedListing:
    return PermittedListing(**structs.asdict(page), all_divs_permitted=is_all)


def user(person: Person, organization: Organization) -> UserEntity:
    home = next(each for each in organization.divisions if each.home)
    return UserEntity(
        person.id,
        person.name,
        person.email,
        Named(home.id, home.name),
        Named(organization.id, NAME),
    )


def about(organization: Organization) -> OrganizationEntity:
    return OrganizationEntity(organization.id, NAME, "northwind-mutual")
