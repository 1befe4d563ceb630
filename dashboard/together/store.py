"""The interface of what servers share, and a server that shares nothing with anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Found:
    """A value that is there, and for how long it is."""

    value: bytes
    left: timedelta


class Store(Protocol):
    """Values by key for a while, and leases on keys. No method raises: without others one is alone.

    A lease lets one server make a value. It ends by itself where its holder dies, and who held
    it too long can no longer write.
    """

    def get(self, keys: Sequence[str]) -> Sequence[Found | None]:
        """The values; None for each that is not there."""

    def lease(self, key: str, life: timedelta) -> str | None:
        """The right to make the value; None while another server has it, empty where one is alone.

        What was made in that right is for this server only: nobody needs to write it.
        """

    def renew(self, leases: Mapping[str, str], life: timedelta) -> None:
        """Hold leases longer."""

    def put(self, key: str, value: bytes, life: timedelta, lease: str) -> bool:
        """Put a value where the lease still holds, and end the lease; whether it was put."""

    def release(self, leases: Mapping[str, str]) -> None:
        """End leases without a value."""

    def first(self, key: str, value: bytes, life: timedelta) -> bytes:
        """The value that stands there: this one, or the one that another server was first with."""

    def tally(self, key: str, life: timedelta) -> int:
        """One more of it: how many there are since the first of so long; 0 where nobody counts."""

    def tell(self, key: str, value: bytes, life: timedelta) -> None:
        """Put a value that every server may put; the last one stands."""

    def drop(self, keys: Sequence[str]) -> None:
        """Forget values, so that the next who wants one makes it anew."""

    def note(self, key: str, names: Mapping[str, bytes]) -> None:
        """Add to a list of names that all servers know."""

    def noted(self, key: str) -> Mapping[str, bytes]:
        """The list; empty where it is not to be had."""

    def standing(self) -> str:
        """How it stands, for people: empty for a server that shares nothing."""


class Alone:
    """A server that shares nothing: what it wants to make, it may."""

    def get(self, keys: Sequence[str]) -> Sequence[Found | None]:
        return [None] * len(keys)

    def lease(self, key: str, life: timedelta) -> str | None:  # noqa: ARG002
        return ""

    def renew(self, leases: Mapping[str, str], life: timedelta) -> None: ...

    def put(self, key: str, value: bytes, life: timedelta, lease: str) -> bool:  # noqa: ARG002
        return False

    def release(self, leases: Mapping[str, str]) -> None: ...

    def first(self, key: str, value: bytes, life: timedelta) -> bytes:  # noqa: ARG002
        return value

    def tally(self, key: str, life: timedelta) -> int:  # noqa: ARG002
        return 0

    def tell(self, key: str, value: bytes, life: timedelta) -> None: ...

    def drop(self, keys: Sequence[str]) -> None: ...

    def note(self, key: str, names: Mapping[str, bytes]) -> None: ...

    def noted(self, key: str) -> Mapping[str, bytes]:  # noqa: ARG002
        return {}

    def standing(self) -> str:
        return ""
