"""KPIs at any grain: the rules of zero and no value, of totals, and of what is divided last."""

from __future__ import annotations

from pathlib import Path

import pytest

from genesys.analytics.frames import START, to_frame
from genesys.analytics.queries import AggregateQuery
from genesys.intervals import Granularity
from genesys.kpis.catalogue import KPIS, Unit
from genesys.kpis.rollup import rollup
from tests.kpis.few_rows import QUERY, frame_of, n, said, t, total

SAMPLE = (Path(__file__).parents[1] / "samples" / "tenant_week.json").read_bytes()


def level(met: int, of: int) -> dict[str, float]:
    return {"ratio": met / of, "numerator": met, "denominator": of, "target": 0.8}


class TestTheSample:
    def test_says_what_a_supervisor_must_see(self):
        rolled = rollup(to_frame(SAMPLE), ("media_type", "queue_id"))

        keys = ("offered", "answered", "answer_pct", "asa_sec", "avg_wait_sec", "aht_sec")
        rounded = [
            (media, queue[-3:], *(None if value is None else round(value, 1) for value in values))
            for media, queue, *values in said(rolled, "media_type", "queue_id", *keys)
        ]
        assert rounded == [
            ("callback", "001", 150, None, None, None, 1315.8, None),
            ("callback", "002", 27, None, None, None, 1126.9, None),
            ("email", "003", None, None, None, None, None, 328.2),
            ("email", "004", 116, 120, 103.4, 198251.2, 198251.2, 6389.1),
            ("email", "005", 13, 11, 84.6, 16822.8, 16822.8, 348.9),
            ("message", "001", 339, 277, 81.7, 140.8, 188.6, 976.4),
            ("message", "002", 124, 103, 83.1, 158.4, 198.6, 735.1),
        ]

    def test_has_a_total_that_holds_times_of_voice_like_media_alone(self):
        frame = to_frame(SAMPLE)

        # 116 + 13 + 339 + 124 offered where answering applies, 120 + 11 + 277 + 103 answered
        assert total(frame, "offered", "answered") == (769, 511)
        assert total(frame, "answer_pct") == (511 / 592 * 100,)
        assert total(frame, "avg_wait_sec") == ((197365.205 + 30427.461) / 177,)
        assert total(frame, "max_wait_sec") == (4864.058,)
        assert total(frame, "asa_sec", "aht_sec") == (None, None)


LEVEL = {"oServiceLevel": level(6, 8)}


class TestDividing:
    ROWS = (
        ("q1", "voice", {"nOffered": n(10), "tAnswered": t(10, 20), "oServiceLevel": level(1, 2)}),
        ("q2", "voice", {"nOffered": n(30), "tAnswered": t(*[100] * 8), **LEVEL}),
    )

    def test_means_are_sums_over_counts_not_means_of_means(self):
        assert total(frame_of(*self.ROWS), "asa_sec") == (
            83,
        )  # (30 + 800) / 10, not (15 + 100) / 2

    def test_rates_are_sums_over_sums(self):
        assert total(frame_of(*self.ROWS), "answer_pct") == (25,)  # 10 / 40, not (20 + 26.7) / 2

    def test_service_level_is_its_own_numerators_over_its_own_denominators(self):
        keys = ("service_level_pct", "met_target", "missed_target")

        assert total(frame_of(*self.ROWS), *keys) == (70, 7, 3)

    def test_the_longest_wait_is_the_longest_of_all_not_their_sum(self):
        frame = frame_of(
            (0, "q1", "voice", {"tWait": t(5, 90)}),
            (1, "q1", "voice", {"tWait": t(7)}),
            (1, "q2", "voice", {"tWait": t(60)}),
        )

        assert total(frame, "max_wait_sec", "total_wait_sec") == (90, 162)
        assert said(rollup(frame, ("queue_id",)), "max_wait_sec") == [(90,), (60,)]

    def test_the_longest_handling_is_the_longest_of_all(self):
        frame = frame_of(
            (0, "q1", "voice", {"nOffered": n(2), "tHandle": t(300, 72_000)}),
            (1, "q2", "voice", {"nOffered": n(1), "tHandle": t(60)}),
        )

        assert total(frame, "max_handle_sec", "handled") == (72_000, 3)

    def test_times_are_seconds_and_counts_are_whole_numbers(self):
        rolled = rollup(frame_of(("q1", "voice", {"nOffered": n(3), "tHandle": t(2, 3)})))

        assert said(rolled, "handled", "aht_sec", "total_handle_sec") == [(2, 2.5, 5)]
        for kpi in KPIS:
            kind = "Int64" if kpi.unit is Unit.COUNT else "float64"
            assert str(rolled[kpi.key].dtype) == kind

    def test_every_kpi_of_a_full_row(self):
        frame = frame_of(
            (
                "q1",
                "voice",
                {
                    "nOffered": n(10),
                    "tAnswered": t(*[12] * 6),
                    "tAbandon": t(4, 8, 30),
                    "tShortAbandon": t(4),
                    "tFlowOut": t(50),
                    "oServiceLevel": level(5, 9),
                    "tWait": t(*[12] * 6, 4, 8, 30, 50),
                    "tHandle": t(100, 200, 300, 400, 500),
                    "tTalkComplete": t(80, 160, 240, 320, 400),
                    "tHeldComplete": t(10, 30),
                    "tAcw": t(20, 40, 60, 80),
                    "nTransferred": n(2),
                    "nBlindTransferred": n(1),
                    "nConsultTransferred": n(1),
                    "nConsult": n(3),
                    "nOutbound": n(4),
                    "tNotResponding": t(15, 15),
                    "tVoicemail": t(33),
                    "tFirstResponse": t(7, 9),
                    "tAgentResponseTime": t(1, 2, 6),
                },
            )
        )
        expected = {
            "offered": 10, "answered": 6, "answer_pct": 60, "abandoned": 3, "abandon_pct": 30,
            "short_abandoned": 1, "flow_out": 1, "flow_out_pct": 10,
            "service_level_pct": 5 / 9 * 100, "met_target": 5, "missed_target": 4, "asa_sec": 12,
            "avg_wait_sec": 16.4, "max_wait_sec": 50, "total_wait_sec": 164, "avg_abandon_sec": 14,
            "handled": 5, "aht_sec": 300, "total_handle_sec": 1500, "avg_talk_sec": 240,
            "total_talk_sec": 1200, "held": 2, "avg_hold_sec": 20, "total_hold_sec": 40, "acw": 4,
            "avg_acw_sec": 50, "total_acw_sec": 200, "transferred": 2, "transfer_pct": 40,
            "blind_transferred": 1, "consult_transferred": 1, "consulted": 3, "outbound": 4,
            "not_responding": 2, "voicemail": 1, "first_response_sec": 8, "agent_response_sec": 3,
        }  # fmt: skip

        for rolled in (rollup(frame), rollup(frame, ()), rollup(frame, (START,))):
            row = rolled.iloc[0]
            assert {key: row[key] for key in expected} == pytest.approx(expected)


ANSWERING_COUNTS = (
    "answered", "flow_out", "handled", "held", "acw", "transferred", "blind_transferred",
    "consult_transferred", "consulted", "outbound", "not_responding",
)  # fmt: skip


class TestZeroOrNoValue:
    @pytest.mark.parametrize("media", ["voice", "chat", "email", "message", "video"])
    def test_an_absent_count_is_zero_where_something_was_offered(self, media):
        rolled = rollup(frame_of(("q1", media, {"nOffered": n(4)})))

        assert said(rolled, "offered", *ANSWERING_COUNTS) == [(4, *[0] * len(ANSWERING_COUNTS))]
        assert said(rolled, "answer_pct", "flow_out_pct") == [(0, 0)]

    @pytest.mark.parametrize("media", ["voice", "email", "callback"])
    def test_an_absent_count_has_no_value_where_nothing_was_offered(self, media):
        rolled = rollup(frame_of(("q1", media, {"tHandle": t(5), "nOutbound": n(3)})))

        absent = ("offered", "answered", "answer_pct", "abandoned", "flow_out", "transferred")
        assert said(rolled, *absent) == [(None,) * len(absent)]
        assert said(rolled, "handled", "outbound", "aht_sec", "transfer_pct") == [(1, 3, 5, None)]

    def test_zero_offered_is_not_something_offered(self):
        rolled = rollup(frame_of(("q1", "voice", {"nOffered": n(0)})))

        assert said(rolled, "offered", "answered", "answer_pct") == [(0, None, None)]

    def test_a_mean_or_rate_without_a_denominator_has_no_value(self):
        no_level = {"oServiceLevel": {"numerator": 0, "denominator": 0}}
        rolled = rollup(frame_of(("q1", "voice", {"nOffered": n(4), **no_level})))

        assert said(rolled, "asa_sec", "aht_sec", "avg_hold_sec", "transfer_pct") == [(None,) * 4]
        assert said(rolled, "service_level_pct", "met_target", "missed_target") == [(None, 0, 0)]

    def test_times_that_were_not_sent_have_no_value(self):
        rolled = rollup(frame_of(("q1", "voice", {"nOffered": n(4)})))

        assert said(rolled, "max_wait_sec", "total_wait_sec", "total_handle_sec") == [(None,) * 3]

    @pytest.mark.parametrize("media", ["voice", "chat"])
    def test_abandons_apply_to_voice_and_chat(self, media):
        rolled = rollup(frame_of(("q1", media, {"nOffered": n(4)})))

        assert said(rolled, "abandoned", "abandon_pct", "short_abandoned") == [(0, 0, 0)]

    @pytest.mark.parametrize("media", ["email", "message"])
    def test_abandons_apply_to_email_and_message_only_where_sent(self, media):
        frame = frame_of(
            (0, "q1", media, {"nOffered": n(4)}),
            (0, "q2", media, {"nOffered": n(8), "tAbandon": t(5)}),
            (1, "q2", media, {"nOffered": n(2)}),
        )

        assert said(rollup(frame), "abandoned", "abandon_pct") == [(None, None), (1, 10)]
        assert said(rollup(frame, (START, "queue_id")), "abandoned", "abandon_pct") == [
            (None, None),
            (1, 12.5),
            (0, 0),
        ]
        assert total(frame, "offered", "abandoned", "abandon_pct") == (14, 1, 10)

    def test_customer_first_callbacks_have_offers_and_waits_alone(self):
        rolled = rollup(frame_of(("q1", "callback", {"nOffered": n(150), "tWait": t(60, 80)})))

        assert said(rolled, "offered", "avg_wait_sec") == [(150, 70)]
        absent = ("answered", "answer_pct", "abandoned", "abandon_pct", "handled", "flow_out")
        assert said(rolled, *absent) == [(None,) * len(absent)]

    @pytest.mark.parametrize("shown", ["tAnswered", "tAbandon", "tHandle"])
    def test_callbacks_that_show_one_outcome_have_them_all(self, shown):
        frame = frame_of(
            (0, "q1", "callback", {"nOffered": n(5), shown: t(6)}),
            (1, "q1", "callback", {"nOffered": n(5)}),
        )

        ((answered, abandoned, handled),) = said(rollup(frame), "answered", "abandoned", "handled")
        assert (answered, abandoned, handled) == (
            int(shown == "tAnswered"),
            int(shown == "tAbandon"),
            int(shown == "tHandle"),
        )
        assert said(rollup(frame, (START,)), "answered")[1] == (0,)

    def test_the_denominator_of_a_rate_holds_only_groups_that_it_applies_to(self):
        frame = frame_of(
            ("q1", "voice", {"nOffered": n(10), "tAnswered": t(*[1] * 8), "tAbandon": t(1, 1)}),
            ("q1", "callback", {"nOffered": n(90)}),
            ("q1", "email", {"nOffered": n(40), "tAnswered": t(*[1] * 32)}),
        )

        assert total(frame, "offered", "answered", "answer_pct") == (140, 40, 80)
        assert total(frame, "abandoned", "abandon_pct") == (2, 20)

    def test_voicemail_applies_to_voice(self):
        frame = frame_of(("q1", "voice", {"nOffered": n(4)}), ("q1", "email", {"nOffered": n(4)}))

        assert said(rollup(frame), "media_type", "voicemail") == [("email", None), ("voice", 0)]

    def test_service_level_applies_where_it_was_sent(self):
        frame = frame_of(
            ("q1", "voice", {"nOffered": n(4), "oServiceLevel": level(3, 4)}),
            ("q2", "voice", {"nOffered": n(400)}),
        )

        keys = ("service_level_pct", "met_target", "missed_target")
        assert said(rollup(frame), *keys) == [(75, 3, 1), (None, None, None)]
        assert total(frame, *keys) == (75, 3, 1)

    def test_a_metric_that_was_not_asked_has_no_value_rather_than_zero(self):
        query = AggregateQuery(
            interval=QUERY.interval, metrics=("nOffered",), granularity=Granularity.DAY
        )
        rolled = rollup(frame_of(("q1", "voice", {"nOffered": n(4)}), query=query))

        assert said(rolled, "offered", "answered", "handled", "answer_pct") == [
            (4, None, None, None)
        ]
