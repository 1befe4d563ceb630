"""What a failed exchange means: the error to raise, with its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from genesys.client.exchange import Call, NoReply, Reply, as_id
from genesys.client.retry import retry_after
from genesys.errors import (
    ApiError,
    Facts,
    GenesysError,
    PermissionMissing,
    RateLimited,
    SignOnError,
    TooLarge,
    Unavailable,
)
from genesys.moments import dated
from genesys.words import one_line

ADDRESS_REJECTED: Final = "ip.not.authorized"


@dataclass(frozen=True)
class Failure:
    """What a status or code means, and what to do about it."""

    kind: type[GenesysError]
    what: str
    todo: str


_TOO_LARGE: Final = Failure(
    TooLarge,
    "{host} cannot take or give so much at once.",
    "Ask for a shorter interval, a coarser granularity or fewer queues.",
)
_UNAVAILABLE: Final = Failure(
    Unavailable,
    "{host} is in trouble and gives no answer.",
    "Try again in some minutes.",
)

BY_CODE: Final = {
    ADDRESS_REJECTED: Failure(
        SignOnError,
        "Genesys Cloud refuses requests from the network address of this machine.",
        "An administrator can add it to the allowed IP addresses of the organization or of the"
        " OAuth client.",
    ),
    "response.entity.too.large": _TOO_LARGE,
    "request.entity.too.large": _TOO_LARGE,
}

BY_STATUS: Final = {
    401: Failure(
        SignOnError,
        "Genesys Cloud does not take the access token.",
        "Check in Admin > Integrations > OAuth that the client is still active and belongs to"
        " the organization of this region.",
    ),
    403: Failure(
        PermissionMissing,
        "The OAuth client lacks the permission {permissions}.",
        "Add it to a role of the client, with the divisions wanted: Admin > Roles/Permissions,"
        " and Admin > Integrations > OAuth > the client > Roles.",
    ),
    404: Failure(
        ApiError,
        "{host} does not know what was asked for.",
        "Check GENESYS_CLOUD_REGION and GENESYS_CLOUD_API_URL.",
    ),
    408: _UNAVAILABLE,
    413: _TOO_LARGE,
    429: Failure(
        RateLimited,
        "{host} takes no further requests for now.",
        "Try again at {retry_at:%H:%M:%S} UTC on {retry_on}. Other programs that use"
        " the organization's API count as well.",
    ),
}

REDIRECT: Final = Failure(
    ApiError,
    "{host} sends requests on to another address, which is not followed.",
    "Check GENESYS_CLOUD_API_URL and GENESYS_CLOUD_LOGIN_URL, and the proxy between.",
)
OTHER: Final = Failure(
    ApiError,
    "{host} refused the request.",
    "If it stays so, give the correlation id to Genesys support.",
)


class ErrorBody(msgspec.Struct, frozen=True, rename="camel"):
    """The error body of the API or, in the last three fields, of the login host.

    Nothing in it is certain, so any value is taken.
    """

    message: object = None
    code: object = None
    context_id: object = None
    message_params: object = None
    error: object = None
    description: object = None
    error_description: object = msgspec.field(default=None, name="error_description")


def error_of(call: Call, outcome: Reply | NoReply, tries: int, now: datetime) -> GenesysError:
    """The error that says what came of a call after so many tries."""
    if isinstance(outcome, NoReply):
        return _of_fault(call, outcome, tries)
    body = _body(outcome.body)
    facts = _facts(call, outcome, body, tries, now)
    failure = _failure(outcome.status, facts.code)
    known = {
        "host": call.host,
        "permissions": " or ".join(map(wording, facts.permissions)) or "for this request",
        "retry_at": facts.retry_at,
        "retry_on": dated(facts.retry_at) if facts.retry_at else "",
    }
    what = failure.what.format(**known)
    if message := _text(body.message) or _text(body.description) or _text(body.error_description):
        what = f'{what} It says: "{message}"'
    return failure.kind(what, failure.todo.format(**known), facts)


def wordings(permissions: str) -> str:
    """Permissions joined by "or" in the words of Genesys Cloud Admin, and as the API has them."""
    words = " or ".join(map(wording, permissions.split(" or ")))
    return f"{words} ({permissions})"


def wording(permission: str) -> str:
    """A permission as Genesys Cloud Admin shows it, such as Routing > Queue > View."""
    words = (re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part) for part in permission.split(":"))
    return " > ".join(word[:1].upper() + word[1:] for word in words)


def _of_fault(call: Call, outcome: NoReply, tries: int) -> GenesysError:
    fault = outcome.fault
    detail = f": {_text(outcome.detail)}" if outcome.detail else ""
    facts = Facts(correlation_id=outcome.correlation_id, request=call.name, tries=tries)
    return fault.kind(f"{fault.what.format(host=call.host)}{detail}.", fault.todo, facts)


def _facts(call: Call, answer: Reply, body: ErrorBody, tries: int, now: datetime) -> Facts:
    wait = timedelta(seconds=retry_after(answer.headers, now)) if answer.status == 429 else None
    return Facts(
        status=answer.status,
        code=_text(body.code) or _text(body.error),
        correlation_id=answer.correlation_id or as_id(_text(body.context_id)),
        permissions=_permissions(body) if answer.status == 403 else (),
        retry_at=now + wait if wait is not None else None,
        request=call.name,
        tries=tries,
    )


def _failure(status: int, code: str) -> Failure:
    failure = BY_CODE.get(code) or BY_STATUS.get(status)
    if failure:
        return failure
    if status >= 500:
        return _UNAVAILABLE
    return REDIRECT if 300 <= status < 400 else OTHER


def _body(body: bytes) -> ErrorBody:
    """An empty one where it is no JSON object, as from a gateway."""
    try:
        return msgspec.json.decode(body, type=ErrorBody)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ErrorBody()


def _permissions(body: ErrorBody) -> tuple[str, ...]:
    params = body.message_params if isinstance(body.message_params, Mapping) else {}
    for text in (str(params.get("permissions", "")), _text(body.message)):
        if found := re.findall(r"\b\w+:\w+:[\w*]+", text):
            return tuple(dict.fromkeys(found))
    return ()


def _text(value: object) -> str:
    """A server's text, fit to be shown; empty where it is no text."""
    return one_line(value) if isinstance(value, str) else ""
