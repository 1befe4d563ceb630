"""The layer as the settings want it, for the application to put in front of everything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Final

from starlette.middleware import Middleware

from dashboard.sign_in.desk import Desk
from dashboard.sign_in.genesys import Genesys
from dashboard.sign_in.guard import Guard, Health, ThisMachine
from dashboard.sign_in.oidc import Oidc
from dashboard.sign_in.present import stand_at
from dashboard.sign_in.provider import Hosts, Provider
from dashboard.sign_in.settings import SECRET, SignInSettings, Way, load, refusal
from genesys.errors import ConfigurationError

_LOG: Final = logging.getLogger("genesys")

_OPEN: Final = "Nobody signs in: whoever reaches this dashboard sees all of its figures."
_ANEW: Final = f"{SECRET.name} is empty: when this server starts again, everybody signs in again."


def layer(
    address: str | None, allowed_hosts: Collection[str], hosts: Callable[[], Hosts]
) -> tuple[Middleware, ...]:
    """What stands in front of a server that listens at `address` for these host names.

    Ends the process with a sentence where it must not start.
    """
    try:
        settings = load()
    except ConfigurationError as error:
        raise SystemExit(f"The dashboard does not start: {error}") from None
    if reason := refusal(settings, address, allowed_hosts):
        raise SystemExit(reason)
    if settings.way is Way.NONE:
        stand_at(settings.way, None)
        if settings.is_open:
            _LOG.warning(_OPEN)
            return (Middleware(Health),)
        return Middleware(Health), Middleware(ThisMachine)
    if not settings.secrets:
        _LOG.warning(_ANEW)
    desk = Desk(settings, provider(settings, hosts))
    try:
        desk.audit.require_file()
    except ConfigurationError as error:
        raise SystemExit(f"The dashboard does not start: {error}") from None
    stand_at(settings.way, desk)
    return Middleware(Health), Middleware(Guard, desk=desk)


def provider(settings: SignInSettings, hosts: Callable[[], Hosts]) -> Provider:
    """The provider of identities that the settings name."""
    return Oidc(settings) if settings.way is Way.OIDC else Genesys(settings, hosts)
