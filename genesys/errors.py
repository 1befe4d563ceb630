"""What can go wrong, sorted by what the reader can do next.

GenesysError
├── ConfigurationError      put the named key right in the environment or .env
├── SignOnError             the login host rejected the client id, the secret or the address
├── QueryError              the question itself is wrong; nothing was sent
├── ConnectionFailed        no answer came: name look-up, TLS, proxy, reset, time-out
├── ApiError                the API answered and refused
│   ├── PermissionMissing   give the client's role the named permission
│   ├── RateLimited         come back at `retry_at`
│   ├── TooLarge            ask for less at once (the fetch does so by itself)
│   └── Unavailable         the API is in trouble; try again later
├── BadAnswer               an answer that cannot be read, or paging that never ends
├── JobFailed               an asynchronous query ended without figures
├── OutOfTime               the time budget of the page or the command line is spent
└── Cancelled               somebody stopped the fetch
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about a failure, for people who look into it; nothing here is secret."""

    status: int | None = None
    code: str = ""
    correlation_id: str = ""
    permissions: tuple[str, ...] = ()
    retry_at: datetime | None = None
    request: str = ""
    tries: int | None = None

    def lines(self) -> list[tuple[str, str]]:
        """The facts that are known, as (name, text)."""
        known = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [
            (name.replace("_", " "), ", ".join(value) if isinstance(value, tuple) else str(value))
            for name, value in known
            if value not in (None, "", ())
        ]


class GenesysError(Exception):
    """Base of all errors: `what` happened, what `todo` about it, and the `facts`.

    `piece` names the part of a larger query that failed, where there is one.
    """

    def __init__(self, what: str, todo: str = "", facts: Facts | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo
        self.facts = facts or Facts()
        self.piece = ""

    def __str__(self) -> str:
        parts = [self.what, self.todo]
        if self.piece:
            parts.append(f"Part that failed: {self.piece}.")
        known = "; ".join(f"{name}: {text}" for name, text in self.facts.lines())
        if known:
            parts.append(f"({known})")
        return " ".join(part for part in parts if part)


class ConfigurationError(GenesysError):
    """A setting is missing or wrong."""


class SignOnError(GenesysError):
    """The login host rejected the sign-on, or the API no longer takes its token."""


class QueryError(GenesysError):
    """The query cannot be asked: a wrong name, an empty interval, an impossible cut."""


class ConnectionFailed(GenesysError):
    """No complete answer came over the network."""


class ApiError(GenesysError):
    """The API answered with an error."""


class PermissionMissing(ApiError):
    """The client's roles lack a permission; `facts.permissions` names it."""


class RateLimited(ApiError):
    """Too many requests; `facts.retry_at` says when to come back."""


class TooLarge(ApiError):
    """The request or its answer is over the API's size limit."""


class Unavailable(ApiError):
    """The API answered with a server fault, also when asked again."""


class BadAnswer(GenesysError):
    """The answer cannot be understood."""


class JobFailed(GenesysError):
    """An asynchronous query ended as FAILED, CANCELLED or EXPIRED."""


class OutOfTime(GenesysError):
    """The time budget is spent."""


class Cancelled(GenesysError):
    """The fetch was stopped before it was complete."""
