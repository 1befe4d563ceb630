"""Kept days on object storage: an S3 server on loopback, written by several at once."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import count

import pytest
import requests
from deltalake import DeltaTable

from genesys.days.layout import HALF_HOURS
from genesys.days.place import Owner, place
from genesys.days.store import Days
from tests.browser.chromium import in_ci
from tests.days.week import CONTACTS, LATE, NEXT_DAY, WEEK, keep_by_all_at_once, stop
from tests.days.world import LATER, OWNER, happened_of, keep_day, offered
from tests.stores import s3_server

_NAMES = count()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The URL of an S3 server; tests are skipped without one, but never in CI."""
    program = s3_server()
    if program is None:
        (pytest.fail if in_ci() else pytest.skip)("no S3 server: make stores installs one")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _answers(url) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield url
        server.kill()


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, and how it is reached, as an administrator sets it."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"kept-{next(_NAMES)}"
    assert requests.put(f"{s3}/{name}", timeout=10).ok
    return f"s3://{name}/days"


def seen(bucket: str, owner: Owner = OWNER) -> Days:
    """The days as another server sees them."""
    here = place(bucket, owner)
    assert here
    return Days(here)


def test_days_are_kept_moved_tidied_and_read_by_another_server(bucket: str):
    first = seen(bucket)
    for day in WEEK[:3]:
        assert keep_day(first, CONTACTS, day)
    assert keep_day(first, LATE, WEEK[1], asked=NEXT_DAY)
    first.tidy()
    other = seen(bucket)
    before = happened_of(CONTACTS, WEEK[1])

    assert [offered(other, day) for day in WEEK[:3]] == [
        happened_of(CONTACTS, WEEK[0]),
        before + 2,
        happened_of(CONTACTS, WEEK[2]),
    ]
    assert offered(other, WEEK[1], known=LATER) == before
    assert other.select("SELECT count(*) n FROM days")["n"].tolist() == [3]
    assert (first.trouble, other.trouble) == ((), ())


def test_two_servers_at_once_keep_every_day_once(bucket: str):
    keep_by_all_at_once([seen(bucket), seen(bucket)])
    days = seen(bucket)
    assert [offered(days, day) for day in WEEK[:3]] == [
        happened_of(CONTACTS, day) for day in WEEK[:3]
    ]
    assert days.trouble == ()


def test_a_server_that_stops_amid_a_day_leaves_it_as_not_kept(bucket: str):
    stopping = seen(bucket)
    assert keep_day(stopping, CONTACTS, WEEK[0])
    stopping._days.replace = stop  # type: ignore[method-assign]
    assert not keep_day(stopping, CONTACTS, WEEK[1])
    days = seen(bucket)

    assert offered(days, WEEK[1]) == -1
    assert offered(days, WEEK[0]) == happened_of(CONTACTS, WEEK[0])
    assert keep_day(days, CONTACTS, WEEK[1])
    assert offered(days, WEEK[1]) == happened_of(CONTACTS, WEEK[1])


def test_tables_of_others_are_left_alone_and_named(bucket: str):
    theirs = Owner(OWNER.region, "another", OWNER.client_id)
    assert keep_day(seen(bucket), CONTACTS, WEEK[0])
    table = DeltaTable(seen(bucket).place.table(HALF_HOURS))
    table.alter.set_table_description(theirs.words())
    days = seen(bucket)

    assert offered(days, WEEK[0]) == -1
    assert "belongs to another organization or client: move it away" in days.trouble[0]
    assert not keep_day(days, CONTACTS, WEEK[0])


def test_storage_that_does_not_answer_costs_the_keeping_for_a_minute_and_says_so(
    bucket: str, s3: str, monkeypatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    here = place(bucket, OWNER)
    assert here
    now = [0.0]
    days = Days(here, lambda: now[0])

    assert offered(days, WEEK[0]) == -1
    assert "Kept days cannot be read" in days.trouble[0]
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    assert not keep_day(days, CONTACTS, WEEK[0])
    now[0] = 61.0
    assert keep_day(days, CONTACTS, WEEK[0])
