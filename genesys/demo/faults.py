"""Refusals, as the API words them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field


class Detail(Struct, rename="camel"):
    error_code: str = ""
    field_name: str = ""


class ErrorBody(Struct, rename="camel", kw_only=True):
    """What the API answers where it refuses."""

    message: str
    code: str
    status: int
    context_id: str
    message_params: dict[str, str] = field(default_factory=dict)
    details: list[Detail] = field(default_factory=list)
    errors: list[ErrorBody] = field(default_factory=list)


class Fault(Exception):
    """An answer other than the one asked for, with the API's own code."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.params = params or {}
        self.headers = headers or {}

    def body(self, context_id: str) -> ErrorBody:
        """The answer's body; the context id is also in the correlation header."""
        return ErrorBody(
            message=self.message,
            code=self.code,
            status=self.status,
            context_id=context_id,
            message_params=self.params,
        )


def bad_request(message: str) -> Fault:
    return Fault(400, "bad.request", message)


def invalid_value(what: str, value: str, accepted: Iterable[str]) -> Fault:
    """A word that is none of the accepted ones, which the message names."""
    return Fault(
        400, "invalid.value", f"{what} {value!r} is not accepted. One of: {', '.join(accepted)}."
    )


def invalid_parameter(message: str) -> Fault:
    """A query parameter out of its range."""
    return Fault(400, "invalid.query.param.value", message)


def too_large(message: str) -> Fault:
    """An answer above the size that is given at once."""
    return Fault(400, "response.entity.too.large", message)


def not_found(what: str) -> Fault:
    return Fault(404, "not.found", f"There is no {what}.")
