"""What bodies of 2xx answers hold: decoded as what was asked for, or refused as something else.

Every function here raises msgspec's errors, UnicodeError or RecursionError where a body is
not what it should be; the transport asks again then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec

T = TypeVar("T")


class Job(msgspec.Struct, rename="camel"):
    """An asynchronous query that was started."""

    job_id: Annotated[str, msgspec.Meta(pattern=r"\w")]


class Retention(msgspec.Struct, rename="camel"):
    """For how many days figures are kept."""

    retention_days: int | None = None


class Page(msgspec.Struct, rename="camel"):
    """A page of a list, and what it says of the whole; none of it is certain."""

    entities: list[msgspec.Raw] | None = None
    page_number: object = None
    page_count: object = None
    total: object = None
    next_uri: object = None


class _Figures(msgspec.Struct):
    """An answer with figures, which are not looked into; an error's body has the other fields."""

    results: msgspec.Raw = msgspec.Raw()
    cursor: object = None
    code: object = None
    error: object = None
    errors: object = None
    message: object = None
    status: object = None


class _Fields(msgspec.Struct):
    """The fields of an error's body; whatever else there is is read over."""

    code: object = None
    error: object = None
    errors: object = None
    message: object = None
    status: object = None


def as_a(kind: type[T]) -> Callable[[bytes], T]:
    """Decodes a body as an object of that kind."""
    decode = msgspec.json.Decoder(kind).decode

    def decoded(body: bytes) -> T:
        _require_no_error(_FIELDS.decode(body))
        return decode(body)

    return decoded


def figures(body: bytes) -> bytes:
    """The body of an aggregate query; the results are missing where nothing matches."""
    _require_no_error(_FIGURES.decode(body))
    return body


def page_of_figures(body: bytes) -> tuple[bytes, str | None]:
    """A page of a job's results and the cursor of the next one; None on the last.

    Unlike a whole answer it must have results, though there may be none in them.
    """
    page = _FIGURES.decode(body)
    _require_no_error(page)
    if bytes(memoryview(page.results)[:1]) != b"[":
        raise msgspec.ValidationError("A page of an asynchronous query has no results")
    if page.cursor is not None and not isinstance(page.cursor, str):
        raise msgspec.ValidationError("The cursor of an asynchronous query is no text")
    return body, page.cursor or None


_FIGURES = msgspec.json.Decoder(_Figures)
_FIELDS = msgspec.json.Decoder(_Fields)


def _require_no_error(body: _Figures | _Fields) -> None:
    says: Any = body.message or body.error or body.code or body.errors
    is_bad = isinstance(body.status, int) and body.status >= 400
    if says or is_bad:
        raise msgspec.ValidationError(f"It came as a success, but says: {says or body.status}")
