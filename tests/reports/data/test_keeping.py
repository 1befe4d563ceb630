"""Keeping values: for how long, how many, made once, and what a failure leaves behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from reports.data import keeping
from reports.data.keeping import Keep, Lasting

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Maker:
    """Makes 1, 2, 3, ..."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keep(clock: Clock) -> Keep:
    return Keep(most_bytes=3000, monotonic=clock)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits looks again after a millisecond."""
    monkeypatch.setattr(keeping, "_LOOK_AGAIN", 0.001)


def fail() -> int:
    raise LookupError("no answer")


def test_a_value_is_made_once_within_its_life(keep: Keep, clock: Clock):
    make = Maker()

    first = keep.get("a", MINUTE, make)
    clock.seconds += 59.9
    again = keep.get("a", MINUTE, make)
    clock.seconds += 0.1
    later = keep.get("a", MINUTE, make)

    assert (first, again, later) == (1, 1, 2)


def test_each_value_has_a_life_of_its_own(keep: Keep, clock: Clock):
    short, long = Maker(), Maker()
    for _ in range(2):
        keep.get("short", MINUTE, short)
        keep.get("long", HOUR, long)
        clock.seconds += 61

    assert (short.made, long.made) == (2, 1)


def test_a_value_that_was_made_elsewhere_is_kept_for_what_is_left_of_its_life(
    keep: Keep, clock: Clock
):
    def get(life: timedelta) -> int:
        return keep.get_lasting("a", lambda: Lasting(make(), life))

    make = Maker()
    values = [get(timedelta(seconds=10))]
    clock.seconds += 9
    values.append(get(timedelta(0)))
    clock.seconds += 1
    values += [get(timedelta(0)), get(MINUTE), get(MINUTE)]

    assert values == [1, 1, 2, 3, 3]


def test_what_is_held_is_what_would_not_be_made_anew(keep: Keep, clock: Clock):
    assert not keep.holds("a")

    keep.get("a", MINUTE, Maker())
    clock.seconds += 59.9
    assert keep.holds("a")
    clock.seconds += 0.1

    assert not keep.holds("a")


def test_a_value_that_is_put_is_seen_for_its_life_and_none_is_made(keep: Keep, clock: Clock):
    assert keep.look("a") is None

    keep.put("a", MINUTE, 7, 1000)
    keep.put("large", MINUTE, 8, 3001)

    assert (keep.look("a"), keep.look("large"), keep.get("a", MINUTE, fail)) == (7, None, 7)
    clock.seconds += 60
    assert keep.look("a") is None


def test_looking_at_a_value_does_not_lengthen_its_life(keep: Keep, clock: Clock):
    make = Maker()
    values = []
    for _ in range(4):
        values.append(keep.get("a", MINUTE, make))
        clock.seconds += 20

    assert values == [1, 1, 1, 2]


def test_no_value_at_all_is_kept_as_well(keep: Keep):
    asked: list[None] = []

    for _ in range(2):
        assert keep.get("a", MINUTE, lambda: asked.append(None)) is None

    assert len(asked) == 1


def test_the_value_unused_longest_makes_room(keep: Keep):
    makers = {name: Maker() for name in "abcd"}

    def get(name: str) -> int:
        return keep.get(name, HOUR, makers[name], size=lambda _: 1000)

    for name in "abcadabc":
        get(name)

    # d drove out b, which was asked for longest ago; then b drove out c, and c drove out d.
    assert {name: maker.made for name, maker in makers.items()} == {"a": 1, "b": 2, "c": 2, "d": 1}


def test_a_value_larger_than_all_the_room_is_given_but_not_kept(keep: Keep):
    small, large = Maker(), Maker()
    keep.get("small", HOUR, small)

    values = [keep.get("large", HOUR, large, size=lambda _: 3001) for _ in range(2)]

    assert values == [1, 2]
    assert keep.get("small", HOUR, small) == 1


def test_many_who_ask_at_once_share_one_making(keep: Keep, impatient: None):
    make, go_on, waiting = Maker(), threading.Event(), threading.Semaphore(0)

    def slowly() -> int:
        assert go_on.wait(10)
        return make()

    def ask(_: int) -> int:
        return keep.get("a", MINUTE, slowly, on_wait=waiting.release)

    with ThreadPoolExecutor(8) as pool:
        values = pool.map(ask, range(8))
        for _ in range(20):
            assert waiting.acquire(timeout=10)
        go_on.set()

    assert list(values) == [1] * 8


def test_different_values_are_made_side_by_side(keep: Keep):
    both = threading.Barrier(2, timeout=10)

    def ask(key: str) -> int:
        return keep.get(key, MINUTE, both.wait)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, "ab")) == [0, 1]


def test_whoever_waits_may_leave_and_nothing_stays_locked(keep: Keep, impatient: None):
    go_on, begun = threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        assert go_on.wait(10)
        return "made"

    def leave() -> None:
        raise InterruptedError("left")

    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(keep.get, "a", MINUTE, slowly)
        assert begun.wait(10)
        with pytest.raises(InterruptedError, match="left"):
            keep.get("a", MINUTE, fail, on_wait=leave)
        go_on.set()

        assert maker.result(10) == "made"
    assert keep.get("a", MINUTE, fail, on_wait=leave) == "made"


def test_a_failure_is_raised_and_nothing_is_kept(keep: Keep):
    for _ in range(2):
        with pytest.raises(LookupError, match="no answer"):
            keep.get("a", MINUTE, fail)

    assert keep.get("a", MINUTE, Maker()) == 1


def test_after_a_failure_the_next_in_line_tries_for_itself(keep: Keep, impatient: None):
    go_on, waiting = threading.Event(), threading.Event()

    def fail_later() -> int:
        assert go_on.wait(10)
        return fail()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keep.get, "a", MINUTE, fail_later)
        while not first.running():
            pass
        second = pool.submit(keep.get, "a", MINUTE, Maker(), on_wait=waiting.set)
        assert waiting.wait(10)
        go_on.set()

        assert isinstance(first.exception(10), LookupError)
        assert second.result(10) == 1


@pytest.mark.parametrize(
    ("drop", "left"),
    [(lambda keep: keep.forget(lambda key: key[0] == "a"), ["b"]), (Keep.clear, [])],
    ids=["forget", "clear"],
)
def test_dropped_values_are_made_anew(keep: Keep, drop: Callable[[Keep], None], left: list[str]):
    makers = {name: Maker() for name in "ab"}
    for name, make in makers.items():
        keep.get((name, 1), HOUR, make)

    drop(keep)

    for name, make in makers.items():
        assert keep.get((name, 1), HOUR, make) == (1 if name in left else 2)
