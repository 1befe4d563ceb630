"""A store that is gone, slow, full or speaks nonsense is gone on without."""

from __future__ import annotations

import time

import pytest

from dashboard.together.redis_store import RedisStore
from tests.dashboard.together.servers import (
    StoreServer,
    babbler,
    store_server,
)
from tests.dashboard.together.stores import MINUTE, TEXT, other, value, within


def test_a_store_that_was_killed_is_gone_on_without_and_taken_up_again(
    store: RedisStore, server: StoreServer
):
    value(store, TEXT, "a", lambda: "value, old")
    server.kill()
    began = time.monotonic()
    alone = [value(store, TEXT, name, lambda: "value, own") for name in ("a", "b")]
    took = time.monotonic() - began
    standing = store.standing()
    server.start()

    assert alone == ["value, own"] * 2
    assert took < 1
    assert "is away: this server goes on alone" in standing
    assert within(5, lambda: "away" not in store.standing())
    assert value(store, TEXT, "a", lambda: "value, new") == "value, new"
    assert value(other(server), TEXT, "a", lambda: "value, own") == "value, new"


def test_a_frozen_store_is_gone_on_without_within_a_second(
    store: RedisStore, server: StoreServer, caplog: pytest.LogCaptureFixture
):
    server.freeze()
    began = time.monotonic()
    try:
        values = [value(store, TEXT, f"{at}", lambda: "value, own") for at in range(5)]
        took = time.monotonic() - began
    finally:
        server.thaw()

    assert values == ["value, own"] * 5
    assert took < 1
    assert "this server goes on alone" in caplog.text
    assert within(5, lambda: "away" not in store.standing())


def test_a_store_that_takes_two_seconds_is_gone_on_without_and_taken_up_again(
    store: RedisStore, server: StoreServer
):
    store._client.client_pause(2000)
    began = time.monotonic()
    alone = [value(store, TEXT, name, lambda: "value, own") for name in ("a", "b")]
    took = time.monotonic() - began

    assert alone == ["value, own"] * 2
    assert took < 1
    assert within(5, lambda: "away" not in store.standing())
    assert value(store, TEXT, "c", lambda: "value") == "value"
    assert value(other(server), TEXT, "c", lambda: "value, own") == "value"


def test_a_full_store_is_read_and_not_relied_on(server: StoreServer):
    with store_server(server.executable, "--maxmemory", "1mb") as full:
        store = RedisStore(full.url)
        assert value(store, TEXT, "a", lambda: "value") == "value"
        assert "refuses" in store.standing()


def test_one_that_speaks_nonsense_is_none(server: StoreServer):
    with store_server(server.executable) as started:
        port, url = started.port, started.url
    with babbler(port):
        store = RedisStore(url, look_again_seconds=60)
        assert value(store, TEXT, "a", lambda: "value") == "value"
        assert store.noted("test:list") == {}
        assert "away" in store.standing()


@pytest.mark.parametrize(
    "nonsense",
    [b"+OK\r\n", b"$5\r\nhello\r\n", b"*-1\r\n", b"*2\r\n:1\r\n:2\r\n", b",nan\r\n", b"_\r\n",
     b"%1\r\n:1\r\n:2\r\n", b"%1\r\n*1\r\n:1\r\n:2\r\n", b"*1\r\n" * 3000, b"\xff\xfe\r\n"],
)  # fmt: skip
def test_whatever_nonsense_it_speaks_each_goes_on_alone_and_takes_it_up_again(
    server: StoreServer, nonsense: bytes
):
    back = StoreServer(server.executable)
    store = RedisStore(back.url, look_again_seconds=0.05)
    with babbler(back.port, nonsense):
        assert value(store, TEXT, "a", lambda: "value, own") == "value, own"
        assert store.noted("test:list") == {}
        assert store.first("test:moment", b"10:00", MINUTE) == b"10:00"
        store.tell("test:told", b"x", MINUTE)
        store.note("test:list", {"a": b"x"})
        store.drop(["test:a"])
        assert "away" in store.standing()
    back.start()
    try:
        assert within(5, lambda: "away" not in store.standing())
        assert value(store, TEXT, "a", lambda: "value, new") == "value, new"
    finally:
        back.kill()


def test_answers_of_other_kinds_than_were_asked_for_are_none(store: RedisStore):
    store._client.rpush("test:a", "a list")
    store._client.hset("test:list", mapping={b"\xff": b"x"})
    assert store.get(["test:a", "test:b"]) == [None, None]
    assert store.noted("test:list") == {"\ufffd": b"x"}
    assert store.first("test:list", b"10:00", MINUTE) == b"10:00"
    assert store.tally("test:list", MINUTE) == 0
