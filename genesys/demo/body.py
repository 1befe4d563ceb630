"""The bodies of aggregates queries as they come over the wire; unknown fields are refused."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from .faults import bad_request


class _Strict(Struct, rename="camel", forbid_unknown_fields=True):
    pass


class NumericRange(_Strict):
    gt: float | None = None
    gte: float | None = None
    lt: float | None = None
    lte: float | None = None


class Predicate(_Strict):
    """`matches` (left out too) takes a value; `exists` and `notExists` take none."""

    dimension: str
    type: str = "dimension"
    operator: str = "matches"
    value: str | UnsetType = UNSET
    range: NumericRange | UnsetType = UNSET


class Clause(_Strict):
    type: str
    predicates: list[Predicate]


class Filter(_Strict):
    type: str
    clauses: list[Clause] = []
    predicates: list[Predicate] = []


class ViewRange(_Strict):
    gte: float | None = None
    lt: float | None = None


class View(_Strict):
    """A count of one timer's values within a range."""

    target: str
    name: str
    function: str
    range: ViewRange = msgspec.field(default_factory=ViewRange)


class SortMetric(_Strict):
    name: str
    function: str


class Body(_Strict):
    """The synchronous body."""

    interval: str
    metrics: list[str]
    granularity: str | UnsetType = UNSET
    time_zone: str = "UTC"
    group_by: list[str] = []
    filter: Filter | UnsetType = UNSET
    flatten_multivalued_dimensions: bool = False
    views: list[View] = []
    alternate_time_dimension: str = "eventTime"
    query_type: str = "groupBy"
    sort_metric: SortMetric | UnsetType = UNSET
    limit: int | UnsetType = UNSET


class JobBody(Body):
    """The body that starts a job."""

    page_size: int = 1000


BodyType = TypeVar("BodyType", bound=Body)


def read(body: bytes, kind: type[BodyType]) -> BodyType:
    """The JSON body as a structure; raises Fault on unknown, missing and mistyped fields."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise bad_request(f"The body cannot be read: {error}.") from error
