"""The one place that sends: sessions, time-outs, retries, and the log of requests."""

from __future__ import annotations

import base64
import logging
import random as dice
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

import msgspec
import requests
import urllib3
from requests.auth import AuthBase
from tenacity import RetryCallState, Retrying

from genesys.client.body import Bomb, TooMuch, read_body
from genesys.client.budget import Budget, Pending, RequestRecord
from genesys.client.exchange import PARTIAL, UNREADABLE, Call, NoReply, Reply, no_reply
from genesys.client.failures import error_of
from genesys.client.retry import decide
from genesys.settings import LARGEST_BYTES, is_loopback

T = TypeVar("T")

_LOG: Final = logging.getLogger("genesys")
_LONG_WAIT: Final = 10.0
"""Seconds from which on a wait is told, even where nothing else is."""

ALLOWED: Final = 300
"""Requests in a minute, as Genesys Cloud allows each token, until an answer says otherwise."""

_SHORTEST_TIMEOUT: Final = 0.001
_NUMBER: Final = re.compile("[0-9]{1,9}")
_FAULTY: Final = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, TooMuch, Bomb)


@dataclass(frozen=True)
class _Done(Generic[T]):
    value: T


@dataclass(frozen=True)
class _Failed:
    outcome: Reply | NoReply
    wait: float | None


class Transport:
    """Sends calls and asks again where that helps; safe to use from several threads.

    `timeout` holds the seconds for the connection and for each silence after it, `largest`
    the bytes that a body may have when it is unpacked.
    """

    def __init__(
        self,
        *,
        timeout: tuple[float, float] = (10.0, 60.0),
        largest: int = LARGEST_BYTES,
        random: Callable[[], float] = dice.random,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pressure = 0.0
        """The share of the rate limit that was used up at the last answer; 0 while unknown."""
        self.allowed = ALLOWED
        """The requests that the rate limit allows in a minute."""
        self._timeout = timeout
        self._largest = largest
        self._random = random
        self._monotonic = monotonic
        self._idle: list[requests.Session] = []

    def close(self) -> None:
        """Close the connections that are kept for the next call."""
        while self._idle:
            self._idle.pop().close()

    def send(self, call: Call, budget: Budget, auth: AuthBase, decode: Callable[[bytes], T]) -> T:
        """What `decode` makes of the body of a 2xx answer.

        A body it cannot read, which it tells by msgspec's errors, is asked for again like one
        that broke off. Raises the errors of the tree, and Cancelled or OutOfTime of the budget.
        """
        failed: list[Reply | NoReply] = []

        def attempt() -> _Done[T] | _Failed:
            outcome = self._exchange(call, budget, auth, len(failed) + 1)
            if isinstance(outcome, Reply) and outcome.ok:
                if outcome.status in call.whole:
                    try:
                        return _Done(decode(outcome.body))
                    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
                        outcome = NoReply(UNREADABLE, str(error), outcome.correlation_id)
                else:
                    outcome = NoReply(PARTIAL, f"status {outcome.status}", outcome.correlation_id)
            failed.append(outcome)
            wait = self._wait(failed, budget)
            if wait is not None and wait >= _LONG_WAIT:
                _LOG.warning("%s: waiting %.0f s before it is asked again.", call.host, wait)
            return _Failed(outcome, wait)

        last = Retrying(retry=_is_worth_a_try, wait=_named_wait, sleep=budget.sleep)(attempt)
        if isinstance(last, _Done):
            return last.value
        raise error_of(call, last.outcome, len(failed), budget.now())

    def _wait(self, failed: list[Reply | NoReply], budget: Budget) -> float | None:
        """The seconds before the next try, or None where there is none, also for lack of time."""
        tries = sum(not (isinstance(o, Reply) and o.status == 429) for o in failed)
        wait = decide(failed[-1], tries, self._random, budget.now())
        return wait if wait is not None and wait <= budget.left() else None

    def _exchange(self, call: Call, budget: Budget, auth: AuthBase, tries: int) -> Reply | NoReply:
        budget.check()
        at, start = budget.now(), self._monotonic()
        outcome: Reply | NoReply | None = None
        try:
            with budget.asking(Pending(call.method, call.path, at)):
                outcome = self._ask(call, budget, auth)
        except _FAULTY as error:
            outcome = no_reply(error)
        finally:
            budget.record(
                RequestRecord(
                    method=call.method,
                    path=call.path,
                    status=outcome.status if isinstance(outcome, Reply) else None,
                    ms=round(1000 * (self._monotonic() - start)),
                    tries=tries,
                    correlation_id=outcome.correlation_id if outcome else "",
                    at=at,
                )
            )
        if isinstance(outcome, NoReply):
            budget.check()
        return outcome

    def _ask(self, call: Call, budget: Budget, auth: AuthBase) -> Reply:
        left = max(budget.left(), _SHORTEST_TIMEOUT)
        connect, read = (min(seconds, left) for seconds in self._timeout)
        with self._session() as session:
            session.trust_env = not is_loopback(call.host)
            request = session.prepare_request(_request(call, auth))
            options = session.merge_environment_settings(call.url, {}, True, None, None)
            # Session.send would look where a redirect leads, and keep cookies.
            with session.get_adapter(call.url).send(
                request,
                stream=True,
                timeout=(connect, read),
                verify=True if options["verify"] is None else options["verify"],
                cert=options["cert"],
                proxies=options["proxies"],
            ) as response:
                body = read_body(response, budget, self._largest)
                return self._reply(response, body, _secrets(request))

    def _reply(self, response: requests.Response, body: bytes, secrets: tuple[str, ...]) -> Reply:
        headers = {k.lower(): _without(v, secrets) for k, v in response.headers.items()}
        count, allowed = _rate(headers)
        if allowed:
            self.pressure, self.allowed = count / allowed, allowed
        reply = Reply(response.status_code, headers, body)
        if reply.ok:
            return reply
        hidden = _without(body.decode("latin-1"), secrets).encode("latin-1")
        return replace(reply, body=hidden)

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        """A session that no other thread has at the same time."""
        try:
            session = self._idle.pop()
        except IndexError:
            session = requests.Session()
        try:
            yield session
        finally:
            self._idle.append(session)


def _request(call: Call, auth: AuthBase) -> requests.Request:
    headers = {"Accept": "application/json"}
    if call.content is not None:
        headers["Content-Type"] = call.content_type
    return requests.Request(
        call.method, call.url, headers, data=call.content, params=dict(call.params), auth=auth
    )


def _is_worth_a_try(state: RetryCallState) -> bool:
    return state.outcome is not None and not state.outcome.failed and _wait_of(state) is not None


def _named_wait(state: RetryCallState) -> float:
    return _wait_of(state) or 0.0


def _wait_of(state: RetryCallState) -> float | None:
    result = state.outcome.result() if state.outcome else None
    return result.wait if isinstance(result, _Failed) else None


def _secrets(request: requests.PreparedRequest) -> tuple[str, ...]:
    """What a host must not be quoted with: the token, or the secret in Basic credentials."""
    scheme, _, credentials = str(request.headers.get("Authorization", "")).partition(" ")
    if scheme != "Basic":
        return (credentials,)
    return (credentials, base64.b64decode(credentials).decode().partition(":")[2])


def _without(text: str, secrets: tuple[str, ...]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    return text


def _rate(headers: dict[str, str]) -> tuple[int, int]:
    """The requests of this minute and those allowed; zeros where an answer does not tell both."""
    count, allowed = (headers.get(f"inin-ratelimit-{name}", "") for name in ("count", "allowed"))
    if _NUMBER.fullmatch(count) and _NUMBER.fullmatch(allowed):
        return int(count), int(allowed)
    return 0, 0
