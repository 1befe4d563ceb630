"""How people sign in: the dashboard's own settings, and why a server with them does not start."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from genesys import env_files
from genesys.errors import ConfigurationError
from genesys.names import did_you_mean
from genesys.settings import DATA, ENV_FILE, HOME, HoldsSecret, Key, is_loopback
from genesys.units import coarser


class Way(StrEnum):
    """How people sign in."""

    NONE = "none"
    GENESYS = "genesys"
    OIDC = "oidc"


SIGN_IN: Final = Key("DASHBOARD_SIGN_IN", "none", "How people sign in: none, genesys or oidc")
OPEN: Final = Key("DASHBOARD_OPEN", "no", "yes lets others in where nobody signs in")
ADDRESS: Final = Key(
    "DASHBOARD_URL", "http://localhost:8501", "Address that people type, without a path"
)
CLIENT_ID: Final = Key("DASHBOARD_SIGN_IN_CLIENT_ID", "", "Id of the client that people sign in by")
CLIENT_SECRET: Final = Key(
    "DASHBOARD_SIGN_IN_CLIENT_SECRET", "", "Its secret; a client with PKCE alone has none"
)
METADATA: Final = Key(
    "DASHBOARD_OIDC_METADATA_URL", "", "The provider's .well-known/openid-configuration, for oidc"
)
ACCESS: Final = Key("DASHBOARD_ACCESS", "access.toml", "File that says who sees what, for oidc")
SECRET: Final = Key(
    "DASHBOARD_SECRET", "made anew at each start", "Key that sessions are sealed with"
)
HOURS: Final = Key("DASHBOARD_SESSION_HOURS", "8", "Hours after which a session ends")
IDLE: Final = Key("DASHBOARD_IDLE_MINUTES", "30", "Minutes without use after which it ends")
AUDIT: Final = Key("DASHBOARD_AUDIT", "stderr", "File that takes the audit lines")
REDIS: Final = Key(
    "DASHBOARD_REDIS_URL", "", "Redis or Valkey by which several servers share what they know"
)
METRICS: Final = Key("DASHBOARD_METRICS_PORT", "", "Port of this machine that tells what to watch")

KEYS: Final = (
    SIGN_IN, OPEN, ADDRESS, CLIENT_ID, CLIENT_SECRET, METADATA, ACCESS,
    SECRET, HOURS, IDLE, AUDIT, REDIS, METRICS
)  # fmt: skip
_NAMES: Final = tuple(key.name for key in KEYS)
_PREFIX: Final = "DASHBOARD_"

_SECRET_FORM: Final = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""32 bytes, as `secrets.token_urlsafe(32)` writes them."""

HOW_TO_MAKE: Final = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'


@dataclass(frozen=True)
class Limits:
    """When a session ends by itself."""

    life: timedelta = timedelta(hours=8)
    idle: timedelta = timedelta(minutes=30)


@dataclass(frozen=True)
class SignInSettings(HoldsSecret):
    """All of it. `secrets` open what was sealed; the first one seals. None are the demo's client.

    `address` has no slash at the end.
    """

    way: Way = Way.NONE
    is_open: bool = False
    address: str = ADDRESS.default
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    metadata_url: str = ""
    access: Path = HOME / ACCESS.default
    secrets: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = Limits()
    audit: Path | None = None
    redis_url: str = field(default="", repr=False)
    metrics_port: int = 0

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https:")


def load(
    environ: Mapping[str, str] = os.environ, env_file: Path | None = ENV_FILE
) -> SignInSettings:
    """The settings of the environment and, under it, of the `.env` file where there is one.

    Raises ConfigurationError naming the key, its value and what is allowed.
    """
    return read(env_files.both(environ, env_file, (*_NAMES, DATA.name), _PREFIX))


def read(environ: Mapping[str, str]) -> SignInSettings:
    """The settings in a mapping."""
    values = env_files.filled(environ, _NAMES)
    settings = SignInSettings(
        way=Way(_one_of(SIGN_IN, values, tuple(Way))),
        is_open=_one_of(OPEN, values, ("no", "yes")) == "yes",
        address=_address(values),
        client_id=values.get(CLIENT_ID.name, ""),
        client_secret=values.get(CLIENT_SECRET.name, ""),
        metadata_url=_url(METADATA, values.get(METADATA.name, "")),
        access=HOME / values.get(ACCESS.name, ACCESS.default),
        secrets=_secrets(values.get(SECRET.name, "")),
        limits=Limits(
            timedelta(hours=_number(HOURS, values, 24, "hours", "minutes")),
            timedelta(minutes=_number(IDLE, values, 24 * 60, "minutes", "seconds")),
        ),
        audit=_audit(values.get(AUDIT.name, AUDIT.default)),
        redis_url=_redis(values.get(REDIS.name, "")),
        metrics_port=_number(METRICS, values, 65_535) if METRICS.name in values else 0,
    )
    _require_whole(settings)
    return settings


def refusal(settings: SignInSettings, address: str | None, allowed_hosts: Collection[str]) -> str:
    """Why a server that listens at `address` for these host names must not start; mostly empty.

    Where nobody signs in it is for this machine alone, unless somebody says that it is open.
    """
    if settings.way is not Way.NONE or settings.is_open:
        return ""
    far = [name for name in (address, *allowed_hosts) if not is_loopback((name or "").strip("[]"))]
    if not far:
        return ""
    return (
        f"The dashboard does not start: nobody signs in ({SIGN_IN.name} is none), but others than"
        f" this machine could open it ({far[0] or 'no server address'}). Set {SIGN_IN.name} to"
        f" genesys or oidc. Where a proxy in front asks who is there, set {OPEN.name}=yes."
    )


def _require_whole(settings: SignInSettings) -> None:
    if settings.way is Way.NONE:
        return
    if not settings.is_https and not is_loopback(urlsplit(settings.address).hostname):
        raise ConfigurationError(
            f"{ADDRESS.name} is {settings.address!r}, which is not https: whoever listens in"
            " could take over sessions.",
            "Put a proxy in front that speaks https, and name its https address.",
        )
    if settings.redis_url and not settings.secrets:
        raise ConfigurationError(
            f"{SECRET.name} is empty, but {REDIS.name} is set: each server would know none of the"
            " others' sessions.",
            f"Make one and give it to all of them: {HOW_TO_MAKE}",
        )
    if settings.way is Way.OIDC:
        for key, value in ((METADATA, settings.metadata_url), (CLIENT_ID, settings.client_id)):
            if not value:
                raise ConfigurationError(
                    f"{key.name} is empty, but {SIGN_IN.name} is oidc.", "Fill it in."
                )


def _one_of(key: Key, values: Mapping[str, str], words: Collection[str]) -> str:
    text = values.get(key.name, key.default)
    if text not in words:
        raise ConfigurationError(
            f"{key.name} is {text!r}.",
            f"{did_you_mean(text, words)} Allowed are {', '.join(words)}.".strip(),
        )
    return text


def _number(key: Key, values: Mapping[str, str], most: int, unit: str = "", finer: str = "") -> int:
    """A whole number from 1 on; of a time, `finer` is the unit that may have been meant."""
    text = values.get(key.name, key.default)
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= most:
        meant = coarser(text, 60, most, unit=unit, finer=finer) if unit else ""
        raise ConfigurationError(
            f"{key.name} is {text!r}.",
            f"Allowed is a whole number from 1 to {most:,}. {meant}".strip(),
        )
    return int(text)


def _address(values: Mapping[str, str]) -> str:
    address = _url(ADDRESS, values.get(ADDRESS.name, ADDRESS.default)).rstrip("/")
    if urlsplit(address).path or urlsplit(address).query:
        raise ConfigurationError(
            f"{ADDRESS.name} is {address!r}, which has a path.",
            "Name scheme, host and port alone, such as https://dashboard.example.com.",
        )
    return address


def _url(key: Key, text: str) -> str:
    try:
        parts = urlsplit(text)
        fits = not text or (
            parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        )
        safe = parts.scheme != "http" or key is ADDRESS or is_loopback(parts.hostname)
    except ValueError:
        fits = safe = False
    if not fits or not safe or "@" in text or "#" in text or not text.isprintable():
        raise ConfigurationError(
            f"{key.name} is {text!r}, which cannot be used.",
            "Allowed are https:// addresses, and http:// ones on this machine (localhost).",
        )
    return text


def _secrets(text: str) -> tuple[str, ...]:
    """The text itself is in no error, as it may hold a secret that is only mistyped."""
    found = tuple(text.split())
    if not all(map(_SECRET_FORM.fullmatch, found)):
        raise ConfigurationError(
            f"{SECRET.name} is not 43 letters and digits, as 32 random bytes are written.",
            f"Make one: {HOW_TO_MAKE}. Two, with a space between, seal with the first.",
        )
    return found


def _redis(text: str) -> str:
    """The text itself is in no error, as it may hold a password."""
    try:
        parts = urlsplit(text)
        is_there = parts.path if parts.scheme == "unix" else parts.hostname and parts.port != 0
    except ValueError:
        parts, is_there = urlsplit(""), ""
    if text and not (parts.scheme in ("redis", "rediss", "unix") and is_there):
        raise ConfigurationError(
            f"{REDIS.name} is no address of Redis or Valkey.",
            "It begins with redis://, rediss:// (TLS) or unix://, then host and port, or a path.",
        )
    return text


def _audit(text: str) -> Path | None:
    return None if text == AUDIT.default else HOME / text
