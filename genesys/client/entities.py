"""What the API speaks of: its entities, as far as they are in use."""

from __future__ import annotations

import msgspec


class Organization(msgspec.Struct, frozen=True, gc=False):
    """Who is signed on."""

    id: str
    name: str | None = None


class Division(msgspec.Struct, frozen=True, gc=False):
    """A division, which access is granted by."""

    id: str | None = None
    name: str | None = None


class ServiceLevel(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A target: the share (0 to 1) that is to be answered within so many ms."""

    percentage: float | None = None
    duration_ms: float | None = None


class MediaSetting(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """What a queue sets for one media type."""

    service_level: ServiceLevel | None = None


class Queue(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A queue. Only `queues` fills `media_settings`; there voice goes by `call`."""

    id: str
    name: str | None = None
    division: Division | None = None
    media_settings: dict[str, MediaSetting | None] | None = None


class JobState(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """How far an asynchronous query is."""

    state: str
    error_message: str | None = None
