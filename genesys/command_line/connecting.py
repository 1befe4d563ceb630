"""The organization that a command asks, live or demo, and its days that are kept."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing

from genesys.client.api import Api
from genesys.command_line.command import Command
from genesys.errors import ConfigurationError, QueryError
from genesys.settings import (
    CLIENT_ID,
    CLIENT_SECRET,
    DATA,
    KEEP_NOTHING,
    Connection,
    Settings,
    names_elsewhere,
    read,
)


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


def with_kept_days(
    command: Command, settings: Settings, connection: Connection, stack: ExitStack
) -> Command:
    """The command, looking into kept days first where there are any."""
    is_demo = connection is not settings.connection
    if settings.data == KEEP_NOTHING or (is_demo and not settings.data):
        if command.request.as_of:
            raise QueryError(
                "No days are kept here, so what was known on another day is not known.",
                f"Leave --as-of out, or name a folder in {DATA.name} and keep days in it.",
            )
        return command
    from genesys.command_line import keeping  # noqa: PLC0415 - half a second that others spare

    days = keeping.days_of(settings, connection, command.api, command.budget)
    return keeping.with_days(command, stack.enter_context(closing(days))) if days else command
