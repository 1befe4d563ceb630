"""The body of an answer, read as it comes and within bounds."""

from __future__ import annotations

import io
import re
from typing import Final

import requests

from genesys.client.budget import Budget

_CHUNK: Final = 1 << 20

_CLAIM: Final = re.compile("0*([0-9]+)")

_MOST_UNPACKED: Final = 200
"""Bytes for each packed one. The most repetitive answer makes 40, a zip bomb a thousand."""

_UNSUSPECTED: Final = 16 << 20
"""Bytes from which on the packing is looked at."""


class TooMuch(Exception):
    """The body is larger than what is allowed."""


class Bomb(Exception):
    """The body unpacks to so many times its size that it cannot be an answer."""


def read_body(response: requests.Response, budget: Budget, largest: int) -> bytes:
    """The whole body; urllib3 raises where it is shorter than its Content-Length.

    Read as it comes, so that a body that drips in does not outlast the budget, and one that
    is too large, in `largest` bytes unpacked, is left as soon as that shows.
    """
    claimed = _CLAIM.fullmatch(response.headers.get("Content-Length", ""))
    if claimed and (len(claimed[1]) > 18 or int(claimed[1]) > largest):
        raise TooMuch
    body, read = io.BytesIO(), 0
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        budget.check()
        body.write(chunk)
        read += len(chunk)
        if read > _UNSUSPECTED and read > _MOST_UNPACKED * response.raw.tell():
            raise Bomb
        if read > largest:
            raise TooMuch
    return body.getvalue()
