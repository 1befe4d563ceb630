"""The few pages outside the dashboard: signed out, refused, and the way in again."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from starlette.responses import HTMLResponse

from dashboard.sign_in.sessions import Over
from reports.theme import DARK, LIGHT, PAPER

SIGN_IN: Final = "/sign-in"
SIGN_OUT: Final = "/sign-out"

WORDS: Final[Mapping[Over, tuple[str, str]]] = {
    Over.NEVER_BEGAN: ("You are signed out", ""),
    Over.SIGNED_OUT: ("You are signed out", ""),
    Over.ENDED: ("Your session has ended", "Sessions end after some hours, however much in use."),
    Over.IDLE: ("Your session has ended", "Nothing was done in it for a while."),
    Over.TOKEN: ("Your session has ended", "The word of who you are was good until now."),
    Over.TAKEN_AWAY: ("Your session has ended", "You may no longer see these figures."),
    Over.UNCONFIRMED: (
        "What you may see cannot be confirmed",
        "Nobody could be asked for five minutes; figures are shown again when that goes.",
    ),
}
"""What is said where a session is over: a title and a sentence."""

NEVER_KEPT: Final = {"Cache-Control": "no-store"}

_STYLE: Final = (
    "body{font:1rem/1.5 sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}"
    f"body{{color:{LIGHT.ink};background:{LIGHT.ground}}}"
    f"a,button{{display:inline-block;font:inherit;color:{PAPER};background:{LIGHT.accent};"
    "border:0;border-radius:.5rem;padding:.5rem 1rem;text-decoration:none;cursor:pointer}"
    f"@media(prefers-color-scheme:dark){{body{{color:{DARK.ink};background:{DARK.ground}}}"
    f"a,button{{background:{DARK.accent}}}}}"
)


def leaf(
    title: str,
    *sentences: str,
    status: int = HTTPStatus.OK,
    back: str = "/",
    way_in: str = "Sign in",
) -> HTMLResponse:
    """A page with a title, sentences and a way in that leads back to where somebody was."""
    link = f'<p><a href="{SIGN_IN}?back={escape(quote(back, safe=""))}">{escape(way_in)}</a></p>'
    return _page(title, sentences, link, status)


def sign_out(name: str) -> HTMLResponse:
    """The page that asks before it signs out: a link alone, which others can set, does not."""
    form = f'<form method="post" action="{SIGN_OUT}"><button>Sign out</button></form>'
    return _page(f"Signed in as {name}", (), form, HTTPStatus.OK)


def _page(title: str, sentences: tuple[str, ...], action: str, status: int) -> HTMLResponse:
    told = "".join(f"<p>{escape(each)}</p>" for each in sentences if each)
    return HTMLResponse(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{told}{action}</main></body></html>",
        status,
        NEVER_KEPT,
    )


def safe_back(text: str) -> str:
    """A path of this dashboard alone, and its first page for everything else."""
    fits = (
        text.startswith("/")
        and not text.startswith(("//", "/\\", SIGN_IN, SIGN_OUT, "/_stcore", "/media/"))
        and "\\" not in text
        and text.isprintable()
        and len(text) <= MOST_BACK
    )
    return text if fits else "/"


MOST_BACK: Final = 8000
"""Letters of an address that are carried through the sign-in; a hundred queues take half."""
