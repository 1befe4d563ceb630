"""What the API tells a person about themselves, asked with their own token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from genesys.client.answers import Page, as_a
from genesys.client.auth import Token
from genesys.client.budget import Budget
from genesys.client.entities import Division, Organization
from genesys.client.exchange import Call
from genesys.client.lists import read_list
from genesys.client.transport import Transport
from genesys.errors import ApiError, BadAnswer

T = TypeVar("T")

VIEW: Final = "analytics:conversationAggregate:view"
"""The permission whose divisions are those whose figures somebody may see."""

_SCOPE: Final = re.compile(r"scopes?\s*\[([^]]+)\]", re.IGNORECASE)


class ScopeMissing(ApiError):
    """The OAuth client that people sign in by lacks a scope; the text names it."""


class Me(msgspec.Struct, frozen=True):
    """Who signed in. The organization is missing where the API leaves it out."""

    id: str
    name: str | None = None
    organization: Organization | None = None


@dataclass(frozen=True)
class Permitted:
    """The ids of the divisions that somebody may see, or that these are all there are."""

    division_ids: frozenset[str]
    is_all: bool


class _PermittedPage(Page, rename="camel"):
    all_divs_permitted: bool | None = None


class PersonApi:
    """The API as one person may ask it; safe to use from several threads.

    Every method raises the errors of `genesys.errors`, ScopeMissing among them.
    """

    def __init__(self, api_url: str, token: str, transport: Transport) -> None:
        self._url = api_url
        self._token = Token(token, renew_at=0)
        self._transport = transport

    def me(self, budget: Budget) -> Me:
        """Who the token is of; needs the scope user-basic-info."""
        return self._get("/api/v2/users/me", {"expand": "organization"}, budget, Me)

    def permitted(self, budget: Budget) -> Permitted:
        """The divisions whose figures the person may see; needs no permission.

        Raises BadAnswer where the list is not whole, as nothing follows from a part of it.
        """
        says_all: list[bool] = []

        def page(number: int) -> Page:
            params: dict[str, str | int] = {"permission": VIEW, "pageSize": 100}
            params["pageNumber"] = number
            path = "/api/v2/authorization/divisionspermitted/paged/me"
            got = self._get(path, params, budget, _PermittedPage)
            says_all.append(got.all_divs_permitted is True)
            return got

        listed = read_list(page, msgspec.json.Decoder(Division).decode)
        if listed.lacks:
            raise BadAnswer(
                f"Genesys Cloud's list of your divisions is not whole: {listed.lacks}.",
                "Try again later.",
            )
        ids = frozenset(each.id for each in listed.entities if each.id)
        return Permitted(ids, is_all=all(says_all))

    def _get(self, path: str, params: Mapping[str, str | int], budget: Budget, kind: type[T]) -> T:
        call = Call("GET", self._url + path, params)
        try:
            return self._transport.send(call, budget, self._token, as_a(kind))
        except ApiError as error:
            found = _SCOPE.search(error.what) if error.facts.status == 403 else None
            if not found:
                raise
            raise ScopeMissing(
                f"The OAuth client that people sign in by lacks the scope {found[1]}.",
                "Add it: Admin > Integrations > OAuth > the client > Scope.",
                error.facts,
            ) from None
