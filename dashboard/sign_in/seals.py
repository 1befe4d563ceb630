"""Sealed texts for cookies: nobody without the key can read, change or make one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final, TypeVar

import msgspec
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

T = TypeVar("T")

_ALGORITHMS: Final = ("dir", "A256GCM", "DEF")
"""The key itself seals, by AES-256 in Galois/Counter mode; what may be long is packed before."""

MOST_LETTERS: Final = 3800
"""What a cookie holds, its name and attributes left room."""


class TooLong(ValueError):
    """What is to be sealed has no room in a cookie."""


class Seals:
    """Seals with the first key and opens with each, so that a key can be changed in use.

    A key is 32 bytes in URL-safe Base64; without any one is made, good until the process ends.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        made = [OctKey.import_key({"kty": "oct", "k": key}) for key in keys or [random_key()]]
        for key in made:
            key.ensure_kid()
        self._first = made[0]
        self._all = KeySet([*made])

    def seal(self, value: msgspec.Struct, *, pack: bool = False) -> str:
        """The value, sealed; raises TooLong where no cookie could hold it.

        Pack only what is sealed once: how long a packed text is tells something of it.
        """
        header = {"alg": "dir", "enc": "A256GCM", "kid": self._first.kid}
        header |= {"zip": "DEF"} if pack else {}
        text = jwe.encrypt_compact(header, msgspec.json.encode(value), self._first)
        if len(text) > MOST_LETTERS:
            raise TooLong(f"{len(text)} letters are more than the {MOST_LETTERS} of a cookie")
        return text

    def open(self, text: str, kind: type[T]) -> T | None:
        """What was sealed; None where it was not, by another key, or is of another kind."""
        try:
            opened = jwe.decrypt_compact(text, self._all, algorithms=[*_ALGORITHMS])
            return msgspec.json.decode(opened.plaintext or b"", type=kind)
        except (JoseError, ValueError, msgspec.MsgspecError):
            return None


def random_key() -> str:
    """A new key."""
    return secrets.token_urlsafe(32)
