"""Settings: which organization, with which credentials, in which time zone, with which targets.

The environment wins over `.env`; in both an empty value is the same as none at all.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn, TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from genesys import env_files
from genesys.errors import ConfigurationError
from genesys.names import did_you_mean
from genesys.regions import BY_NAME, DEFAULT_REGION, REGIONS, Region
from genesys.units import coarser
from genesys.unusual import NONE_UNUSUAL, UnusualDays, days_listed, place_named
from genesys.weeks import WEEKDAY_BY_LABEL, Weekday
from genesys.zones import zone_named

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """One setting: its name, what holds without it, and what it is for."""

    name: str
    default: str
    help: str


REGION: Final = Key(
    "GENESYS_CLOUD_REGION",
    DEFAULT_REGION.name,
    "AWS region of the organization, or its domain such as mypurecloud.ie",
)
CLIENT_ID: Final = Key("GENESYS_CLOUD_CLIENT_ID", "", "Id of an OAuth client (client credentials)")
CLIENT_SECRET: Final = Key("GENESYS_CLOUD_CLIENT_SECRET", "", "Secret of that OAuth client")
TIME_ZONE: Final = Key("GENESYS_CLOUD_TIME_ZONE", "UTC", "IANA time zone that days follow")
FIRST_WEEKDAY: Final = Key(
    "GENESYS_CLOUD_FIRST_WEEKDAY", Weekday.MONDAY.label, "Day that weeks begin on, such as Sunday"
)
API_URL: Final = Key(
    "GENESYS_CLOUD_API_URL", "the region's", "Replaces the API host, for a gateway or a test"
)
LOGIN_URL: Final = Key(
    "GENESYS_CLOUD_LOGIN_URL", "the region's", "Replaces the login host, for a gateway or a test"
)
TARGETS: Final = Key(
    "GENESYS_CLOUD_TARGETS", "targets.toml", "File with targets of your own; beside app.py"
)

LARGEST: Final = Key(
    "GENESYS_CLOUD_LARGEST_ANSWER_MB", "512", "Megabytes that one answer may have when unpacked"
)

DATA: Final = Key(
    "DASHBOARD_DATA", "your data folder", "Folder or URL that closed days are kept in; none: not"
)

HOLIDAYS: Final = Key(
    "GENESYS_CLOUD_HOLIDAYS", "", "Country whose holidays are unusual days, such as GB-ENG"
)
UNUSUAL: Final = Key(
    "GENESYS_CLOUD_UNUSUAL_DAYS",
    "",
    "Other unusual days, such as 2026-03-12, 2026-07-01/2026-07-03",
)

KEEP_NOTHING: Final = "none"

KEYS: Final = (
    REGION,
    CLIENT_ID,
    CLIENT_SECRET,
    TIME_ZONE,
    FIRST_WEEKDAY,
    API_URL,
    LOGIN_URL,
    TARGETS,
    LARGEST,
    DATA,
    HOLIDAYS,
    UNUSUAL,
)

_ELSEWHERE: Final = {
    "GENESYSCLOUD_OAUTHCLIENT_ID": CLIENT_ID,
    "GENESYSCLOUD_OAUTHCLIENT_SECRET": CLIENT_SECRET,
    "GENESYSCLOUD_CLIENT_ID": CLIENT_ID,
    "GENESYSCLOUD_CLIENT_SECRET": CLIENT_SECRET,
    "GENESYSCLOUD_REGION": REGION,
    "PURECLOUD_CLIENT_ID": CLIENT_ID,
    "PURECLOUD_CLIENT_SECRET": CLIENT_SECRET,
    "PURECLOUD_REGION": REGION,
}
"""What Terraform and the SDKs' examples call the same."""

_PREFIX: Final = "GENESYS_CLOUD_"
_NAMES: Final = tuple(key.name for key in KEYS)

LARGEST_BYTES: Final = int(LARGEST.default) << 20
"""The bytes of `LARGEST`, where it is not set."""

_MOST_MEGABYTES: Final = 100_000

HOME: Final = Path(__file__).resolve().parent.parent
"""The folder of app.py, which files are looked for in, whatever the working directory."""

ENV_FILE: Final = HOME / ".env"


class HoldsSecret:
    """Something that must not be written down: copying and pickling it are refused."""

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"A {type(self).__name__} holds a secret and is not pickled.")


@dataclass(frozen=True)
class Connection(HoldsSecret):
    """Where an organization answers, and who asks. The URLs have no slash at the end.

    `largest` are the bytes that an answer may have when it is unpacked.
    """

    api_url: str
    login_url: str
    client_id: str
    client_secret: str = field(repr=False)
    region: str
    largest: int = LARGEST_BYTES


@dataclass(frozen=True)
class Settings:
    """All settings. No connection means that no credentials were given: the demo.

    `targets` is a file that is there, or None where nobody named one and none lies ready.
    Weeks begin on `week_begins`.
    `data` is where closed days are kept, as it was set; empty is the user's data folder.
    What is usual is told without the `unusual` days.
    """

    connection: Connection | None
    time_zone: ZoneInfo
    time_zone_is_set: bool
    targets: Path | None = None
    week_begins: Weekday = Weekday.MONDAY
    data: str = ""
    unusual: UnusualDays = NONE_UNUSUAL


def load(environ: Mapping[str, str] = os.environ, env_file: Path | None = ENV_FILE) -> Settings:
    """The settings of the environment and, under it, of the `.env` file where there is one.

    Raises ConfigurationError naming the key, its value and what is allowed.
    """
    return read(env_files.both(environ, env_file, _NAMES, _PREFIX))


def read(environ: Mapping[str, str]) -> Settings:
    """The settings in a mapping; without id and secret the region and hosts are not looked at."""
    values = env_files.filled(environ, _NAMES)
    return Settings(
        connection=_connection(values),
        time_zone=_parsed(TIME_ZONE, values, zone_named),
        time_zone_is_set=TIME_ZONE.name in values,
        targets=_targets(values.get(TARGETS.name)),
        week_begins=_weekday(values.get(FIRST_WEEKDAY.name, FIRST_WEEKDAY.default)),
        data=values.get(DATA.name, ""),
        unusual=UnusualDays(
            _parsed(HOLIDAYS, values, place_named), _parsed(UNUSUAL, values, days_listed)
        ),
    )


def names_elsewhere(environ: Mapping[str, str]) -> str:
    """The settings that are there under the names of Terraform or an SDK; empty without any."""
    found = [
        f"{name} is set, which is called {key.name} here."
        for name, key in _ELSEWHERE.items()
        if environ.get(name) and not environ.get(key.name)
    ]
    return " ".join(found)


def is_loopback(host: str | None) -> bool:
    """Whether a host name is this very machine: localhost, 127.0.0.0/8 or ::1."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _connection(values: Mapping[str, str]) -> Connection | None:
    if CLIENT_ID.name not in values and CLIENT_SECRET.name not in values:
        return None
    for key, other in ((CLIENT_ID, CLIENT_SECRET), (CLIENT_SECRET, CLIENT_ID)):
        if key.name not in values:
            raise ConfigurationError(
                f"{key.name} is empty, but {other.name} is set.",
                "Fill in both for a live organization, or neither for the demo.",
            )
    region = _region(values.get(REGION.name, REGION.default))
    return Connection(
        api_url=_url(API_URL, values.get(API_URL.name, region.api_url)),
        login_url=_url(LOGIN_URL, values.get(LOGIN_URL.name, region.login_url)),
        client_id=values[CLIENT_ID.name],
        client_secret=values[CLIENT_SECRET.name],
        region=region.name,
        largest=_megabytes(values.get(LARGEST.name, LARGEST.default)) << 20,
    )


def _megabytes(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= _MOST_MEGABYTES:
        meant = coarser(text, 1 << 20, _MOST_MEGABYTES, unit="megabytes", finer="bytes")
        raise ConfigurationError(
            f"{LARGEST.name} is {text!r}.",
            f"Allowed is a whole number of megabytes from 1 to {_MOST_MEGABYTES}. {meant}".strip(),
        )
    return int(text)


def _region(text: str) -> Region:
    region = BY_NAME.get(text.lower())
    if region is None:
        allowed = ", ".join(f"{region.name} ({region.domain})" for region in REGIONS)
        raise ConfigurationError(
            f"{REGION.name} is {text!r}, which is no region of Genesys Cloud.",
            f"{did_you_mean(text, BY_NAME)} Allowed are: {allowed}.".lstrip(),
        )
    return region


def _parsed(key: Key, values: Mapping[str, str], parse: Callable[[str], T]) -> T:
    text = values.get(key.name, key.default)
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigurationError(f"{key.name} is {text!r}.", str(error)) from None


def _weekday(text: str) -> Weekday:
    try:
        return WEEKDAY_BY_LABEL[text.capitalize()]
    except KeyError:
        raise ConfigurationError(
            f"{FIRST_WEEKDAY.name} is {text!r}, which is no day of the week.",
            f"Allowed are {', '.join(WEEKDAY_BY_LABEL)}.",
        ) from None


def _targets(text: str | None) -> Path | None:
    path = HOME / (text or TARGETS.default)
    if path.is_file():
        return path
    if text is None:
        return None
    raise ConfigurationError(
        f"{TARGETS.name} is {text!r}, but there is no file {path}.",
        "Name it by its whole path or as seen from the folder of app.py, or leave the key empty.",
    )


def _url(key: Key, text: str) -> str:
    try:
        parts = urlsplit(text)
        wrong = _wrong_with(parts, text)
    except ValueError:  # brackets or a port that cannot be
        wrong = f"is {text!r}, which is no URL"
    if wrong:
        raise ConfigurationError(
            f"{key.name} {wrong}.",
            "Allowed are https:// addresses, and http:// ones on this machine (localhost),"
            " without user name, query or fragment.",
        )
    return text.rstrip("/")


def _wrong_with(parts: SplitResult, text: str) -> str:
    if "@" in text:
        return "names a user or a password"
    if not parts.hostname or parts.port == 0 or any(not c.isprintable() or c == " " for c in text):
        return f"is {text!r}, which is no URL"
    if "?" in text or "#" in text:
        return f"is {text!r}, which has a query or a fragment"
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        return f"is {text!r}, which is not https"
    return ""
