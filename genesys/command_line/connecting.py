"""The organization that a command asks: the live one, or the demo where that is wanted."""

from __future__ import annotations

import os
from contextlib import ExitStack

from genesys.client.api import Api
from genesys.errors import ConfigurationError
from genesys.settings import CLIENT_ID, CLIENT_SECRET, Connection, Settings, names_elsewhere, read


def connected(settings: Settings, stack: ExitStack, *, demo: bool) -> tuple[Api, Connection]:
    """The API, until the stack closes it; raises ConfigurationError without credentials."""
    connection = settings.connection
    if demo:
        from genesys.demo import serve  # noqa: PLC0415 - a live report needs no demo server

        connection = read(stack.enter_context(serve()).env).connection
    if connection is None:
        raise ConfigurationError(
            f"{CLIENT_ID.name} and {CLIENT_SECRET.name} are empty.",
            "Set both in the environment or in .env beside app.py, or ask the demo"
            f" organization with --demo. {names_elsewhere(os.environ)}".rstrip(),
        )
    api = Api(connection)
    stack.callback(api.close)
    return api, connection
