"""Turns are short while anybody makes something, and as they were when all have done."""

from __future__ import annotations

import sys

import pytest

from dashboard.drawing.turns import SHORT_SECONDS, short_turns


def test_turns_are_short_until_the_last_maker_has_done() -> None:
    usual = sys.getswitchinterval()
    assert usual > SHORT_SECONDS

    with short_turns():
        with short_turns():
            assert sys.getswitchinterval() == pytest.approx(SHORT_SECONDS)
        assert sys.getswitchinterval() == pytest.approx(SHORT_SECONDS)

    assert sys.getswitchinterval() == usual


def test_what_fails_leaves_no_short_turns() -> None:
    usual = sys.getswitchinterval()

    with pytest.raises(ZeroDivisionError), short_turns():
        1 / 0  # noqa: B018

    assert sys.getswitchinterval() == usual
