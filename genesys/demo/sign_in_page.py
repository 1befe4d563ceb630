"""The login host's page: who of the demo's people signs in, and the way back with a code."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from .organization import NAME
from .people import PEOPLE, Asked, People, Person

PATH = "/oauth/authorize"


def answer(people: People, given: Mapping[str, str]) -> Response:
    """The page, or where a person was chosen the way back; 400 where nobody may be sent back."""
    asked = people.asked(given)
    if isinstance(asked, str):
        return HTMLResponse(_page(f"<p>{escape(asked)}</p>"), 400)
    if given.get("person") == "nobody":
        return _back(asked, {"error": "access_denied", "error_description": "Sign-in was refused"})
    if code := people.code(asked, given.get("person", "")):
        return _back(asked, {"code": code})
    return HTMLResponse(_page("".join(_choice(each, given) for each in PEOPLE)))


def _back(asked: Asked, more: Mapping[str, str]) -> Response:
    address = f"{asked.redirect_uri}?{urlencode({**more, 'state': asked.state})}"
    return RedirectResponse(address, 302)


def _choice(person: Person, given: Mapping[str, str]) -> str:
    address = escape(f"{PATH}?{urlencode({**given, 'person': person.key})}")
    seen = "all divisions" if person.divisions is None else ", ".join(person.divisions)
    return f'<p><a href="{address}">{person.name}</a><br>{seen or "no division"}</p>'


def _page(body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in: {NAME}</title>'
        "<style>body{font:1rem/1.5 sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}"
        f"</style><h1>{NAME}</h1><p>Who are you?</p>{body}</html>"
    )
