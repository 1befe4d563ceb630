"""The store in Redis or Valkey; while it cannot be had, a server goes on as if it were alone."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from dashboard.together.store import Alone, Found
from genesys.settings import HoldsSecret

T = TypeVar("T")

PATIENCE_SECONDS: Final = 0.4
"""How long an answer of the store is waited for; then the server goes on alone."""

LOOK_AGAIN_SECONDS: Final = 1.0

_LONGEST: Final = 10**12
"""Milliseconds beyond which nobody keeps anything, though somebody may say so."""

NOTED_LIFE: Final = timedelta(hours=25)
"""Longer than any session lasts."""

_PUT: Final = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
"""
"""Fencing: who slept while its lease was given to another one writes nothing."""

_RENEW: Final = """
for at = 1, #KEYS do
  if redis.call('GET', KEYS[at]) == ARGV[at + 1] then redis.call('PEXPIRE', KEYS[at], ARGV[1]) end
end
"""
_RELEASE: Final = """
for at = 1, #KEYS do
  if redis.call('GET', KEYS[at]) == ARGV[at] then redis.call('DEL', KEYS[at]) end
end
"""

_TALLY: Final = """
local number = redis.call('INCR', KEYS[1])
if number == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return number
"""

_LOG: Final = logging.getLogger("genesys")
_ALONE: Final = Alone()


class RedisStore(HoldsSecret):
    """Safe to use from several threads. The URL may hold a password, so it is in no text."""

    def __init__(self, url: str, look_again_seconds: float = LOOK_AGAIN_SECONDS) -> None:
        self._where = urlsplit(url).hostname or "its socket"
        self._look_again_seconds = look_again_seconds
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._put, self._renew, self._release, self._tally = map(
            self._client.register_script, (_PUT, _RENEW, _RELEASE, _TALLY)
        )
        self._lock = threading.Lock()
        self._is_away = False
        self._refuses = ""

    def __repr__(self) -> str:
        return f"RedisStore({self._where})"

    def get(self, keys: Sequence[str]) -> Sequence[Found | None]:
        def ask() -> Any:
            with self._client.pipeline(transaction=False) as asked:
                asked.mget(keys)
                for key in keys:
                    asked.pttl(key)
                return asked.execute()

        answered: Any = self._asked(ask, None) if keys else None
        if not isinstance(answered, list):
            return _ALONE.get(keys)
        values, *left = answered
        usable = isinstance(values, list) and len(values) == len(keys)
        return [*map(_found, values, left)] if usable else _ALONE.get(keys)

    def lease(self, key: str, life: timedelta) -> str | None:
        token = secrets.token_hex(16)
        milliseconds = _milliseconds(life)
        is_ours = self._asked(
            lambda: self._client.set(_lease(key), token, nx=True, px=milliseconds) is True, None
        )
        if is_ours is None:
            return ""
        self._refuses = ""
        return token if is_ours else None

    def renew(self, leases: Mapping[str, str], life: timedelta) -> None:
        held = {_lease(key): token for key, token in leases.items() if token}
        if held:
            args: list[str | int] = [_milliseconds(life), *held.values()]
            self._asked(lambda: self._renew(keys=[*held], args=args), None)

    def put(self, key: str, value: bytes, life: timedelta, lease: str) -> bool:
        if not lease:
            return False
        keys = [key, _lease(key)]
        args: list[str | bytes | int] = [lease, value, _milliseconds(life)]
        return self._asked(lambda: self._put(keys=keys, args=args) == 1, False)

    def release(self, leases: Mapping[str, str]) -> None:
        held = {_lease(key): token for key, token in leases.items() if token}
        if held:
            args = [*held.values()]
            self._asked(lambda: self._release(keys=[*held], args=args), None)

    def first(self, key: str, value: bytes, life: timedelta) -> bytes:
        def ask() -> Any:
            if self._client.set(key, value, nx=True, px=_milliseconds(life)):
                return value
            return self._client.get(key)

        found = self._asked(ask, value)
        return found if isinstance(found, bytes) else value

    def tally(self, key: str, life: timedelta) -> int:
        args = [_milliseconds(life)]
        number = self._asked(lambda: self._tally(keys=[key], args=args), 0)
        return number if isinstance(number, int) else 0

    def tell(self, key: str, value: bytes, life: timedelta) -> None:
        self._asked(lambda: self._client.set(key, value, px=_milliseconds(life)), None)

    def drop(self, keys: Sequence[str]) -> None:
        if keys:
            self._asked(lambda: self._client.delete(*keys), None)

    def note(self, key: str, names: Mapping[str, bytes]) -> None:
        mapping: Any = dict(names)

        def ask() -> None:
            self._client.hset(key, mapping=mapping)
            self._client.pexpire(key, _milliseconds(NOTED_LIFE))

        if names:
            self._asked(ask, None)

    def noted(self, key: str) -> Mapping[str, bytes]:
        found: Any = self._asked(lambda: self._client.hgetall(key), None)
        if not isinstance(found, dict):
            return {}
        return {
            name.decode(errors="replace"): value
            for name, value in found.items()
            if isinstance(name, bytes) and isinstance(value, bytes)
        }

    def standing(self) -> str:
        if self._is_away:
            return f"{self._where} is away: this server goes on alone"
        return f"{self._where} refuses: {self._refuses}" if self._refuses else f"by {self._where}"

    def _asked(self, ask: Callable[[], T], otherwise: T) -> T:
        """What the store answers; the other value where it is away or refuses."""
        if self._is_away:
            return otherwise
        try:
            answer = ask()
        except redis.ResponseError as error:  # full, read-only, or a password that is wrong
            self._note_refusal(type(error).__name__)
            return otherwise
        except Exception as error:  # noqa: BLE001 - nonsense breaks the client anywhere in it
            self._go_on_alone(type(error).__name__)
            return otherwise
        return answer

    def _note_refusal(self, kind: str) -> None:
        if self._refuses != kind:
            _LOG.warning("%s refuses (%s): what this server makes is not shared.", self, kind)
        self._refuses = kind

    def _go_on_alone(self, kind: str) -> None:
        with self._lock:
            if self._is_away:
                return
            self._is_away = True
        _LOG.warning("%s is away (%s): this server goes on alone.", self, kind)
        threading.Thread(target=self._look_again, daemon=True, name="store").start()

    def _look_again(self) -> None:
        while self._is_away:
            time.sleep(self._look_again_seconds)
            with suppress(Exception):  # whatever it is that answers there
                self._client.connection_pool.disconnect()
                self._is_away = self._client.ping() is not True
        _LOG.warning("%s is back.", self)


def _found(value: object, left: object) -> Found | None:
    """A value with the milliseconds that Redis tells; one below 0 is that it has just ended."""
    if not isinstance(value, bytes) or not isinstance(left, int):
        return None
    return Found(value, timedelta(milliseconds=min(max(0, left), _LONGEST)))


def _lease(key: str) -> str:
    return f"{key}:lease"


def _milliseconds(life: timedelta) -> int:
    return max(1, life // timedelta(milliseconds=1))
