"""What people may see is asked for again in time, and held no longer than it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dashboard.sign_in.provider import Refused
from dashboard.sign_in.rights import Rights
from dashboard.sign_in.sessions import Session
from genesys.errors import Unavailable
from genesys.organization.scope import ALL, Scope
from tests.conftest import DEMO_NOW
from tests.dashboard.sign_in.guarded import Clock

SESSION = Session("id", "subject", "Tom", DEMO_NOW, DEMO_NOW, DEMO_NOW, ("token",))
SALES = Scope(frozenset({"sales"}))


@dataclass
class Provider:
    """Says what a test lets it say."""

    says: Scope | Exception = SALES
    asked: int = field(default=0)

    def __call__(self, proof: tuple[str, ...]) -> Scope:
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def rights(provider: Provider, clock: Clock) -> Rights:
    return Rights(provider, clock)


def test_it_is_asked_every_two_minutes(rights: Rights, provider: Provider, clock: Clock):
    for seconds, asked in ((0, 1), (60, 1), (59, 1), (1, 2)):
        clock.pass_by(seconds=seconds)
        assert rights.of(SESSION) == SALES
        assert provider.asked == asked


def test_a_change_counts_when_it_is_asked_next(rights: Rights, provider: Provider, clock: Clock):
    rights.of(SESSION)
    provider.says = ALL
    clock.pass_by(minutes=2)
    assert rights.of(SESSION) == ALL


def test_a_right_that_nobody_confirms_is_held_for_five_minutes(
    rights: Rights, provider: Provider, clock: Clock
):
    rights.of(SESSION)
    provider.says = Unavailable("away")
    clock.pass_by(minutes=4)
    assert rights.of(SESSION) == rights.held(SESSION) == SALES
    clock.pass_by(minutes=1)
    assert rights.held(SESSION) is None
    with pytest.raises(Unavailable):
        rights.of(SESSION)
    provider.says = SALES
    assert rights.of(SESSION) == SALES


def test_one_that_was_refused_is_gone_at_once(rights: Rights, provider: Provider, clock: Clock):
    rights.of(SESSION)
    provider.says = Refused("gone")
    clock.pass_by(minutes=2)
    with pytest.raises(Refused):
        rights.of(SESSION)
    assert rights.held(SESSION) is None


def test_one_that_was_never_known_is_none(rights: Rights, provider: Provider):
    provider.says = Unavailable("away")
    with pytest.raises(Unavailable):
        rights.of(SESSION)
    assert rights.held(SESSION) is None
