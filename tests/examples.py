"""How many examples a property is tried on, and how large: more of both in `make test-deep`."""

from __future__ import annotations

from typing import Final

from hypothesis import settings

DEEP: Final = "deep"
"""The profile of `make test-deep`; tests/conftest.py registers it."""

DEEP_TIMES: Final = 50
LARGER_TIMES: Final = 5


def examples(few: int) -> settings:
    """So many examples, the same in each run; with the profile `deep` 50 times as many, drawn anew.

    pytest loads the profile before it imports the tests, which is when this is called.
    """
    deep = _is_deep()
    return settings(
        max_examples=few * DEEP_TIMES if deep else few,
        deadline=None,
        derandomize=not deep,
        print_blob=deep,
    )


def larger(size: int) -> int:
    """The most that an example has of something; with the profile `deep` 5 times as many."""
    return size * LARGER_TIMES if _is_deep() else size


def _is_deep() -> bool:
    return settings.get_current_profile_name() == DEEP
