"""Settings in few words."""

from __future__ import annotations

import pytest

from genesys.errors import ConfigurationError
from genesys.settings import Connection, read

SECRET = "pa$$word-$HOME-42"


LIVE = {"GENESYS_CLOUD_CLIENT_ID": "my-id", "GENESYS_CLOUD_CLIENT_SECRET": SECRET}


def connection(**more: str) -> Connection:
    settings = read({**LIVE, **{f"GENESYS_CLOUD_{key}": value for key, value in more.items()}})
    assert settings.connection is not None
    return settings.connection


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as caught:
        read(environ)
    return str(caught.value)
