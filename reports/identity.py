"""The organization's own look of a meeting and its files: title, subtitle, logo, template."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genesys import env_files
from genesys.errors import ConfigurationError
from genesys.settings import ENV_FILE, HOME, Key

TITLE: Final = Key("MEETING_TITLE", "the organization's name", "Title of meetings and their files")
SUBTITLE: Final = Key("MEETING_SUBTITLE", "the days", "What stands beside the title")
LOGO: Final = Key("MEETING_LOGO", "", "PNG or JPEG for the scenes, in the folder of app.py")
TEMPLATE: Final = Key("MEETING_TEMPLATE", "", "The .pptx whose design decks have, in that folder")

KEYS: Final = (TITLE, SUBTITLE, LOGO, TEMPLATE)
_NAMES: Final = tuple(key.name for key in KEYS)
_PREFIX: Final = "MEETING_"

LARGEST_LOGO: Final = 500_000
"""Bytes: it stands in every file, which is to go by mail."""

_PICTURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True)
class Identity:
    """What an organization has set; an empty title or subtitle is that of the figures."""

    title: str = ""
    subtitle: str = ""
    logo: Path | None = None
    template: Path | None = None


def load(environ: Mapping[str, str] = os.environ, env_file: Path | None = ENV_FILE) -> Identity:
    """The settings of the environment and, under it, of the `.env` file where there is one.

    Raises ConfigurationError naming the key, its value and what is allowed.
    """
    values = env_files.both(environ, env_file, _NAMES, _PREFIX)
    logo, template = (_file(key, values.get(key.name)) for key in (LOGO, TEMPLATE))
    if logo:
        _require_picture(logo)
    return Identity(values.get(TITLE.name, ""), values.get(SUBTITLE.name, ""), logo, template)


def media_type(picture: bytes) -> str:
    """What kind of picture these bytes are; empty where they are neither PNG nor JPEG."""
    return next((kind for start, kind in _PICTURES.items() if picture.startswith(start)), "")


def _file(key: Key, text: str | None) -> Path | None:
    if text is None:
        return None
    path = HOME / text
    if path.is_file():
        return path
    raise ConfigurationError(
        f"{key.name} is {text!r}, but there is no file {path}.",
        "Name it by its whole path or as seen from the folder of app.py, or leave the key empty.",
    )


def _require_picture(logo: Path) -> None:
    picture = logo.read_bytes()
    if not media_type(picture):
        raise ConfigurationError(
            f"{LOGO.name} names {logo}, which is neither a PNG nor a JPEG.",
            "Save the picture as one of them.",
        )
    if len(picture) > LARGEST_LOGO:
        raise ConfigurationError(
            f"{LOGO.name} names {logo}, which has {len(picture):,} bytes.",
            f"Save it smaller: the most is {LARGEST_LOGO:,}, as it stands in every file.",
        )
