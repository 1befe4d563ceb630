"""What totals of KPIs hold, and what no order, piece or grouping changes."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.analytics.frames import END, NONE, START, merge, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY, KPIS, Unit, metrics_of
from genesys.kpis.rollup import rollup
from tests.by_frame import time_basis
from tests.contacts import Contact, answer
from tests.examples import examples
from tests.kpis.few_rows import FIRST, QUERY, frame_of, n, said, t, total


class TestTotals:
    FRAME = frame_of(
        ("q1", "voice", {"nOffered": n(10), "tAnswered": t(10), "tHandle": t(100)}),
        ("q1", "email", {"nOffered": n(20), "tAnswered": t(90_000), "tHandle": t(9_000)}),
        ("q2", "chat", {"nOffered": n(30), "tAnswered": t(30), "tHandle": t(300)}),
        ("q3", "message", {"nOffered": n(5), "tAnswered": t(50), "tHandle": t(700)}),
        (None, "voice", {"nOffered": n(1000), "tHandle": t(5_000)}),
    )

    def test_hold_counts_of_all_media_and_times_of_voice_like_ones(self):
        assert total(self.FRAME, "offered", "answered", "handled") == (65, 4, 4)
        assert total(self.FRAME, "asa_sec", "aht_sec", "total_handle_sec") == (20, 200, 400)
        assert time_basis(self.FRAME) == {"voice", "chat"}

    def test_of_queues_hold_times_of_voice_like_media_only(self):
        rolled = rollup(self.FRAME, ("queue_id",))

        assert said(rolled, "queue_id", "offered", "asa_sec") == [
            (NONE, 1000, None),
            ("q1", 30, 10),
            ("q2", 30, 30),
            ("q3", 5, None),
        ]

    def test_of_media_types_hold_their_own_times(self):
        rolled = rollup(self.FRAME, ("media_type",))

        assert said(rolled, "media_type", "offered", "asa_sec", "total_handle_sec") == [
            ("chat", 30, 30, 300),
            ("email", 20, 90_000, 9_000),
            ("message", 5, 50, 700),
            ("voice", 10, 10, 100),
        ]

    def test_are_over_deferred_media_where_there_is_nothing_else(self):
        frame = self.FRAME[self.FRAME["media_type"].isin(["email", "message"])]

        assert total(frame, "asa_sec", "total_handle_sec") == (45_025, 9_700)
        assert time_basis(frame) == {"email", "message"}

    def test_work_outside_any_queue_does_not_make_a_total_voice_like(self):
        frame = frame_of(
            ("q1", "email", {"nOffered": n(1), "tHandle": t(60)}),
            (None, "voice", {"tHandle": t(5)}),
        )

        assert time_basis(frame) == {"email"}
        assert total(frame, "handled", "total_handle_sec") == (1, 60)

    def test_are_over_the_media_types_that_had_work_whatever_else_was_sent(self):
        frame = frame_of(
            ("q1", "message", {"nOffered": n(1), "tHandle": t(60)}),
            ("q1", "voice", {"tNotResponding": t(15)}),
        )

        assert time_basis(frame) == {"message"}
        assert total(frame, "aht_sec", "not_responding") == (60, 1)

    def test_without_any_work_are_over_what_was_sent(self):
        assert time_basis(frame_of(("q1", "email", {"tWait": t(60)}))) == {"email"}

    def test_leave_out_work_without_a_queue_which_has_rows_of_its_own(self):
        rolled = rollup(self.FRAME, ("queue_id", "media_type"))

        assert said(rolled, "queue_id", "media_type", "offered", "total_handle_sec")[0] == (
            NONE, "voice", 1000, 5_000,
        )  # fmt: skip
        assert said(rollup(self.FRAME, (START,)), "offered") == [(65,)]

    @pytest.mark.parametrize("frame", [to_frame(b"{}"), to_frame(b"{}", QUERY)])
    def test_of_an_empty_frame_are_one_row_without_values(self, frame):
        rolled = rollup(frame, ())

        assert said(rolled, *KPI_BY_KEY) == [(None,) * len(KPIS)]
        assert rolled.dtypes.astype(str).equals(rollup(self.FRAME, ()).dtypes.astype(str))

    @pytest.mark.parametrize("by", [("queue_id",), ("media_type", "queue_id"), (START,)])
    @pytest.mark.parametrize("frame", [to_frame(b"{}"), to_frame(b"{}", QUERY)])
    def test_of_groups_of_an_empty_frame_are_no_rows(self, frame, by):
        rolled = rollup(frame, by)

        assert rolled.empty
        assert set(KPI_BY_KEY) <= set(rolled.columns)

    def test_have_the_ends_of_buckets_behind_their_starts(self):
        rolled = rollup(self.FRAME, ("media_type", START), [KPI_BY_KEY["offered"]])

        assert list(rolled.columns) == ["media_type", START, END, "offered"]


MEASURED = ("nOffered", "tAnswered", "tAbandon", "tHandle", "tWait", "oServiceLevel",
            "nTransferred", "tFirstResponse", "tNotResponding", "tVoicemail")  # fmt: skip


CASES = examples(10)


GROUPINGS = st.sampled_from([(), ("queue_id",), ("queue_id", "media_type"), (START, "media_type")])


COUNTS = [kpi for kpi in KPIS if kpi.unit is Unit.COUNT]


def some_contacts(metrics=MEASURED):
    """Contacts of three days, of two queues or none, as the API would aggregate them."""
    one = st.builds(
        Contact,
        st.integers(0, 3 * 24 - 1).map(lambda hour: FIRST + timedelta(hours=hour)),
        st.sampled_from(metrics),
        st.integers(0, 1),
        st.sampled_from(["q1", "q2", None]),
        st.sampled_from(["voice", "email", "callback", "message"]),
    )
    return st.lists(one, max_size=25)


def rows(rolled: pd.DataFrame, *by: str) -> dict[tuple, dict[str, float | None]]:
    keys = [key for key in rolled.columns if key in KPI_BY_KEY]
    names = [*by, *keys]
    return {
        row[: len(by)]: dict(zip(keys, row[len(by) :], strict=True)) for row in said(rolled, *names)
    }


class TestInvariants:
    @CASES
    @given(some_contacts(), GROUPINGS, st.randoms(use_true_random=False))
    def test_the_order_of_rows_and_the_split_into_pieces_change_nothing(self, contacts, by, dice):
        frame = to_frame(answer(contacts, QUERY), QUERY)
        shuffled = frame.sample(frac=1, random_state=dice.randrange(2**32))
        first = [contact for contact in contacts if contact.queue == "q1"]
        others = [contact for contact in contacts if contact.queue != "q1"]
        halves = [to_frame(answer(part, QUERY), QUERY) for part in (first, others)]

        expected = rollup(frame, by)

        pd.testing.assert_frame_equal(rollup(shuffled, by), expected)
        pd.testing.assert_frame_equal(
            rollup(merge(halves, QUERY), by), expected, check_categorical=False
        )

    @CASES
    @given(some_contacts(), GROUPINGS.filter(lambda by: START not in by))
    def test_days_added_up_have_the_totals_of_the_whole_interval(self, contacts, by):
        whole = AggregateQuery(interval=QUERY.interval, metrics=CATALOGUE_METRICS)

        by_day = to_frame(answer(contacts, QUERY), QUERY)
        at_once = to_frame(answer(contacts, whole), whole)

        assert rows(rollup(by_day, by), *by) == rows(rollup(at_once, by), *by)

    @CASES
    @given(some_contacts(), GROUPINGS)
    def test_counts_of_any_grouping_add_up_to_the_total(self, contacts, by):
        frame = to_frame(answer(contacts, QUERY), QUERY)
        keys = [kpi.key for kpi in COUNTS]

        rolled = rollup(frame, by, COUNTS)
        if "queue_id" in by:
            rolled = rolled[rolled["queue_id"] != NONE]

        added = rolled[keys].sum(min_count=1).astype("Int64").to_frame().T
        assert said(added, *keys) == said(rollup(frame, (), COUNTS), *keys)

    @CASES
    @given(some_contacts())
    def test_the_total_is_what_was_counted(self, contacts):
        in_queues = [contact for contact in contacts if contact.queue]
        worked = {c.media for c in in_queues if c.metric in ("nOffered", "tHandle")}
        basis = worked & {"voice", "callback"} or worked
        offers = sum(contact.metric == "nOffered" for contact in in_queues)
        waits = [c.value for c in in_queues if c.metric == "tWait" and c.media in basis]
        levels = [contact.value for contact in in_queues if contact.metric == "oServiceLevel"]

        frame = to_frame(answer(contacts, QUERY), QUERY)
        offered, longest, met = total(frame, "offered", "max_wait_sec", "met_target")

        assert offered == (offers or None)
        assert met == (sum(levels) if levels else None)
        if worked:
            assert longest == (max(waits) / 1000 if waits else None)

    @examples(15)
    @given(some_contacts(), GROUPINGS, st.lists(st.sampled_from(KPIS), min_size=3, max_size=3))
    def test_a_kpi_asked_alone_has_the_value_it_has_among_all(self, contacts, by, kpis):
        work = Contact(FIRST, "tHandle", media="email")  # else any metric may tell the media types
        frame = to_frame(answer([*contacts, work], QUERY), QUERY)
        everything = rows(rollup(frame, by), *by)

        for kpi in kpis:
            alone = AggregateQuery(
                interval=QUERY.interval, metrics=metrics_of([kpi]), granularity=Granularity.DAY
            )
            asked = to_frame(answer([*contacts, work], alone), alone)
            values = rows(rollup(asked, by, [kpi]), *by)
            for group, row in everything.items():
                if group in values:
                    assert values[group][kpi.key] == row[kpi.key]
                else:  # what other metrics alone tell of is not in the answer: nothing happened
                    assert row[kpi.key] in (None, 0)
