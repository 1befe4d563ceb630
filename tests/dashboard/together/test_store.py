"""What servers share, by real stores: leases with fencing, and going on alone without one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dashboard.together.packing import SCHEMA
from dashboard.together.redis_store import RedisStore
from dashboard.together.sharing import Kind, shared, shared_each, shared_value
from dashboard.together.standing import share_of
from dashboard.together.store import Alone, Store
from reports.data.keeping import Lasting
from tests.browser.app_server import free_port
from tests.dashboard.together.servers import (
    StoreServer,
    babbler,
    certificate,
    executables,
    store_server,
)

MINUTE = timedelta(minutes=1)
TEXT = Kind[str, str](
    key=lambda name: f"test:{name}",
    life=lambda _: MINUTE,
    write=str.encode,
    read=lambda _, packed: packed.decode() if packed.startswith(b"value") else None,
)


@pytest.fixture(scope="module", params=executables())
def server(request: pytest.FixtureRequest) -> Iterator[StoreServer]:
    with store_server(executables()[request.param]) as started:
        yield started


@pytest.fixture
def store(server: StoreServer) -> RedisStore:
    made = RedisStore(server.url, look_again_seconds=0.05)
    made._client.flushall()
    return made


def other(server: StoreServer) -> RedisStore:
    return RedisStore(server.url, look_again_seconds=0.05)


def value(at: Store, kind: Kind[str, str], name: str, make: Callable[[], str]) -> str:
    return shared(at, kind, name, make).value


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def test_one_server_makes_and_the_other_has_it(store: RedisStore, server: StoreServer):
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "value"

    assert value(store, TEXT, "a", make) == value(other(server), TEXT, "a", make) == "value"
    assert made == ["made"]


def test_what_another_made_lasts_no_longer_than_there(store: RedisStore, server: StoreServer):
    own = shared(store, TEXT, "a", lambda: "value")
    store._client.pexpire("test:a", 20_000)
    theirs = shared(other(server), TEXT, "a", lambda: "value, own")
    store._client.persist("test:a")
    for_good = shared(other(server), TEXT, "a", lambda: "value, own")

    assert own == Lasting("value", MINUTE)
    assert theirs.value == for_good.value == "value"
    assert timedelta(seconds=10) < theirs.life <= timedelta(seconds=20)
    assert for_good.life == timedelta(0)


def test_many_who_ask_for_the_same_at_once_make_it_once(store: RedisStore, server: StoreServer):
    made: list[str] = []
    servers = [store, *(other(server) for _ in range(3))]

    def make(questions, alive):
        made.extend(questions)
        time.sleep(0.1)
        return [f"value of {each}" for each in questions]

    def ask(at: int) -> list[str]:
        order = ["a", "b", "c"] if at % 2 else ["c", "b", "a"]
        return sorted(each.value for each in shared_each(servers[at % 4], TEXT, order, make))

    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(ask, range(8))]

    assert answers == [["value of a", "value of b", "value of c"]] * 8
    assert sorted(made) == ["a", "b", "c"]


def test_a_holder_that_slept_is_overtaken_and_writes_nothing_any_more(
    store: RedisStore, server: StoreServer
):
    late = store.lease("test:a", MINUTE)
    assert other(server).lease("test:a", MINUTE) is None
    assert store._client.pexpire("test:a:lease", 1)
    assert within(5, lambda: not store._client.exists("test:a:lease"))
    second = other(server).lease("test:a", MINUTE)

    assert second
    assert not store.put("test:a", b"value, late", MINUTE, late)
    assert other(server).put("test:a", b"value, new", MINUTE, second)
    assert not store.put("test:a", b"value, late", MINUTE, late)
    assert [each.value for each in store.get(["test:a"])] == [b"value, new"]


def test_a_holder_that_lives_keeps_its_lease(store: RedisStore, server: StoreServer):
    lease = store.lease("test:a", timedelta(seconds=30))
    store.renew({"test:a": lease}, MINUTE)
    other(server).renew({"test:a": "of somebody else"}, timedelta(milliseconds=1))
    assert store._client.pttl("test:a:lease") > 30_000
    assert other(server).lease("test:a", MINUTE) is None
    other(server).release({"test:a": "of somebody else"})
    assert other(server).lease("test:a", MINUTE) is None
    store.release({"test:a": lease})
    assert other(server).lease("test:a", MINUTE)


def test_what_fails_leaves_no_lease(store: RedisStore, server: StoreServer):
    def fail() -> str:
        raise KeyError("a")

    with pytest.raises(KeyError):
        value(store, TEXT, "a", fail)
    assert value(other(server), TEXT, "a", lambda: "value") == "value"


def test_a_value_that_is_none_is_made_anew(store: RedisStore):
    store._client.set("test:a", b"\x80 nonsense")
    assert value(store, TEXT, "a", lambda: "value") == "value"


def test_values_of_json_are_shared_and_none_among_them(store: RedisStore, server: StoreServer):
    for it in (30, None):
        key = f"test:{it}"
        assert shared_value(store, key, MINUTE, int | None, lambda it=it: it).value == it
        assert shared_value(other(server), key, MINUTE, int | None, lambda: 99).value == it


def test_the_first_moment_stands_for_all(store: RedisStore, server: StoreServer):
    assert store.first("test:moment", b"10:00", MINUTE) == b"10:00"
    assert other(server).first("test:moment", b"10:01", MINUTE) == b"10:00"
    store.drop(["test:moment"])
    assert other(server).first("test:moment", b"10:02", MINUTE) == b"10:02"


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


def test_what_one_client_may_ask_of_one_organization_is_kept_apart_from_all_else():
    asked = {
        share_of(*each)
        for each in (
            ("us-east-1", "https://api.mypurecloud.com", "client"),
            ("eu-west-1", "https://api.mypurecloud.com", "client"),
            ("us-east-1", "https://api.mypurecloud.ie", "client"),
            ("us-east-1", "https://api.mypurecloud.com", "another"),
        )
    }
    assert len(asked) == 4
    assert all(each.startswith(f"dashboard:{SCHEMA}:") for each in asked)
    assert not any("client" in each for each in asked)


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


@pytest.mark.skipif("redis" not in executables(), reason="Redis is not installed")
def test_over_tls_only_a_store_that_proves_who_it_is_is_taken(tmp_path):
    own, key = certificate(tmp_path)
    port = free_port()
    tls = ["--tls-port", f"{port}", "--tls-cert-file", f"{own}", "--tls-key-file", f"{key}"]
    tls += ["--tls-ca-cert-file", f"{own}", "--tls-auth-clients", "no"]
    with store_server(executables()["redis"], *tls):
        trusted = RedisStore(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={own}")
        strange = RedisStore(f"rediss://127.0.0.1:{port}/0")
        plain = RedisStore(f"redis://127.0.0.1:{port}/0")
        assert value(trusted, TEXT, "a", lambda: "value") == "value"
        assert "away" not in trusted.standing()
        for each in (strange, plain):
            assert value(each, TEXT, "a", lambda: "value, own") == "value, own"
            assert "away" in each.standing()


def test_a_password_is_in_no_text():
    store = RedisStore("redis://:hunter2@localhost:1/0")
    store.get(["a"])
    assert "hunter2" not in f"{store!r} {store.standing()}"


def test_alone_nothing_is_shared():
    made: list[int] = []
    for _ in range(2):
        value(Alone(), TEXT, "a", lambda: made.append(1) or "value")
    assert made == [1, 1]
    assert Alone().standing() == ""
