"""Answers and lists as bytes and back, and bytes that are none of these."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pandas as pd
import pytest

from dashboard.selecting.selection import Selection
from dashboard.together.packing import (
    query_name,
    read_answer,
    read_directory,
    write_answer,
    write_directory,
)
from genesys.analytics.fetch import Answer
from genesys.intervals import Granularity, Interval
from tests.dashboard.world import FIRST_WEEK, World, figures

TUESDAY = datetime(2026, 6, 2, tzinfo=UTC)


@pytest.fixture
def answers(world: World) -> tuple[Answer, ...]:
    by_queue = figures(FIRST_WEEK).now.answers
    by_media = figures(Selection(period="last-30-days", step="half-hour")).course.answers
    return (*by_queue, *by_media)


def test_an_answer_comes_back_as_it_was(answers: tuple[Answer, ...]):
    for answer in answers:
        back = read_answer(write_answer(answer), answer.query, answer.source)
        pd.testing.assert_frame_equal(back.frame, answer.frame)
        assert replace(back, frame=answer.frame) == answer


def test_what_came_from_kept_days_and_what_was_asked_comes_back(answers: tuple[Answer, ...]):
    query = answers[0].query
    day = replace(query, interval=Interval(query.interval.start, TUESDAY), metrics=("nOffered",))
    answer = replace(answers[0], held=(Interval(TUESDAY, query.interval.end),), asked=(day,))
    back = read_answer(write_answer(answer), query, answer.source)

    assert (back.held, back.asked) == (answer.held, (day,))


def test_bytes_that_are_no_answer_to_the_query_are_none(answers: tuple[Answer, ...]):
    answer, other = answers
    packed = write_answer(answer)
    wrong = [
        b"",
        b"nonsense",
        packed[:-1],
        packed[:40],
        packed[:-100] + bytes(100),
        pickle.dumps(answer.frame),
        write_answer(other),
        write_answer(replace(answer, frame=answer.frame.iloc[:, :5])),
        write_answer(replace(answer, frame=answer.frame.astype({"nOffered_count": str}))),
        _signed(b"\xff\xff\xff\xff"),
        _signed((2).to_bytes(4, "big") + b"{}"),
    ]
    early = answer.frame.assign(interval_start=answer.frame["interval_start"] - timedelta(days=9))
    wrong.append(write_answer(replace(answer, frame=early)))

    assert [read_answer(each, answer.query, answer.source) for each in wrong] == [None] * len(wrong)
    assert read_answer(packed, answer.query, "https://another.example") is None


def test_each_query_has_a_name_of_its_own(answers: tuple[Answer, ...]):
    query = answers[0].query
    others = (
        query,
        replace(query, metrics=query.metrics[:3]),
        replace(query, granularity=Granularity.HALF_HOUR),
        replace(query, queue_ids=("a",)),
        replace(query, interval=answers[1].query.interval),
    )
    assert len({query_name(each) for each in others}) == len(others)
    assert query_name(replace(query)) == query_name(query)


def test_a_list_of_queues_comes_back_and_nonsense_does_not(world: World):
    directory = figures(FIRST_WEEK).directory
    assert read_directory(write_directory(directory)) == directory
    for wrong in (b"", b"[]", b'{"queues": 1}', pickle.dumps({}), b"\xff"):
        assert read_directory(wrong) is None


def _signed(content: bytes) -> bytes:
    return sha256(content).digest() + content
