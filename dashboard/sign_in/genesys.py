"""Sign-in by Genesys Cloud: who somebody is, and the divisions that their roles let them see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.sign_in import oauth
from dashboard.sign_in.provider import DONE, Hosts, Identity, Refused
from dashboard.sign_in.sessions import Attempt
from dashboard.sign_in.settings import CLIENT_ID, SignInSettings
from genesys.client.budget import Budget
from genesys.client.failures import wordings
from genesys.client.people import VIEW, PersonApi
from genesys.client.transport import Transport
from genesys.errors import ConfigurationError, SignOnError
from genesys.organization.scope import ALL, Scope

ASK_SECONDS: Final = 10.0


class Genesys:
    """The organization's own accounts; nobody of another organization is let in."""

    def __init__(self, settings: SignInSettings, hosts: Callable[[], Hosts]) -> None:
        self._settings = settings
        self._hosts = hosts
        self._transport = Transport(timeout=(5.0, 10.0))

    def begin(self, attempt: Attempt) -> str:
        return oauth.begin(self._client(), attempt)

    def finish(self, attempt: Attempt, given: Mapping[str, str]) -> Identity:
        token = str(oauth.trade(self._client(), attempt, given).get("access_token", ""))
        me = self._api(token).me(Budget(ASK_SECONDS))
        own = self._hosts().organization_id()
        if own and (me.organization is None or me.organization.id != own):
            raise Refused(
                "This account belongs to another organization than the figures.",
                "Sign in with an account of this organization.",
            )
        return Identity(me.id, me.name or me.id, (token,))

    def scope(self, proof: tuple[str, ...]) -> Scope:
        try:
            permitted = self._api(proof[0]).permitted(Budget(ASK_SECONDS))
        except SignOnError:
            raise Refused("Genesys Cloud no longer takes this sign-in.", "Sign in again.") from None
        if permitted.is_all:
            return ALL
        if not permitted.division_ids:
            raise Refused(
                "You are signed in, but may see the figures of no division.",
                f"Ask who administers Genesys Cloud for {wordings(VIEW)} in your divisions.",
            )
        return Scope(permitted.division_ids)

    def _api(self, token: str) -> PersonApi:
        return PersonApi(self._hosts().api_url, token, self._transport)

    def _client(self) -> oauth.Client:
        hosts = self._hosts()
        client_id = self._settings.client_id or hosts.client_id
        if not client_id:
            raise ConfigurationError(
                f"{CLIENT_ID.name} is empty, so nobody can sign in by Genesys Cloud.",
                "Make an OAuth client of the grant type Code Authorization, and fill in its id.",
            )
        return oauth.Client(
            client_id,
            self._settings.client_secret,
            f"{self._settings.address}{DONE}",
            f"{hosts.login_url}/oauth/authorize",
            f"{hosts.login_url}/oauth/token",
        )
