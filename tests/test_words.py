"""Numbers of things and lists as people read them."""

from __future__ import annotations

import pytest

from genesys.words import counted, listed, plural


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 queues"), (1, "1 queue"), (2, "2 queues"), (1234, "1,234 queues")],
)
def test_one_thing_is_told_from_none_and_many(number: int, text: str):
    assert counted(number, "queue") == text


def test_other_words_agree_with_the_number():
    assert [plural(number, "was", "were") for number in (0, 1, 2)] == ["were", "was", "were"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["voice"], "voice"),
        (["voice", "chat"], "voice and chat"),
        (["voice", "chat", "email"], "voice, chat and email"),
    ],
)
def test_the_last_of_several_names_comes_after_a_word(names: list[str], text: str):
    assert listed(names) == text


def test_the_word_before_the_last_can_be_another():
    assert listed(["Sales", "Sails", "Sale"], "or") == "Sales, Sails or Sale"
