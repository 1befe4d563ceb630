"""What servers share, by real stores: leases with fencing, and going on alone without one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from dashboard.together.packing import SCHEMA
from dashboard.together.redis_store import RedisStore
from dashboard.together.sharing import shared, shared_each, shared_value
from dashboard.together.standing import share_of
from dashboard.together.store import Alone
from reports.data.keeping import Lasting
from tests.browser.app_server import free_port
from tests.dashboard.together.servers import (
    StoreServer,
    certificate,
    executables,
    store_server,
)
from tests.dashboard.together.stores import MINUTE, TEXT, other, value, within


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
