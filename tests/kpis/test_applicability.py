"""Why a cell is empty, and what a total says of itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from genesys.analytics.fetch import fetch
from genesys.analytics.frames import NONE, combine
from genesys.kpis.applicability import TRANSFERS_HELP, unavailable, why_no_value
from genesys.kpis.catalogue import CATALOGUE_METRICS, KPI_BY_KEY, KPIS
from genesys.kpis.parts import GROUP
from genesys.kpis.rollup import rollup
from tests.asking import api_on, budget, week
from tests.by_frame import time_words
from tests.cells import cells, handled


def why(key: str, media: str, refused: tuple[str, ...] = (), **figures: float) -> str:
    """The reason, in a frame where all metrics of the catalogue were asked for."""
    row: dict[str, Any] = cells(("q1", media or "voice", figures)).iloc[0].to_dict()
    return why_no_value(KPI_BY_KEY[key], media, row, refused)


class TestTheReason:
    @pytest.mark.parametrize("key", ["answered", "answer_pct", "asa_sec"])
    def test_of_customer_first_callbacks_is_that_answered_is_on_the_voice_row(self, key):
        words = why(key, "callback", nOffered_count=150, tWait_count=150)

        assert words.startswith("Customer-first callback: ")
        assert words.endswith(" appears on the voice row.")
        assert "answered" in words

    def test_of_other_callbacks_is_another_one(self):
        words = why("service_level_pct", "callback", nOffered_count=150, tAnswered_count=150)

        assert words == "No denominator: the API sent no oServiceLevel."

    @pytest.mark.parametrize(
        "key", ["abandoned", "abandon_pct", "short_abandoned", "avg_abandon_sec"]
    )
    def test_of_abandons_is_that_web_messaging_has_none(self, key):
        assert why(key, "message", nOffered_count=9) == "Web messaging has no abandon."
        assert why(key, "email", nOffered_count=9) == "The API sent no abandon for email."

    @pytest.mark.parametrize(
        ("key", "media", "figures", "words"),
        [
            ("voicemail", "email", {"nOffered_count": 9}, "Voicemail applies to voice alone."),
            ("answered", "voice", {"tHandle_count": 9}, "Nothing was offered."),
            ("answer_pct", "voice", {"nOffered_count": 0}, "Nothing was offered."),
            (
                "transfer_pct",
                "voice",
                {"nOffered_count": 9},
                "No denominator: the API sent no tHandle.",
            ),
            (
                "service_level_pct",
                "voice",
                {"nOffered_count": 9, "oServiceLevel_denominator": 0},
                "No denominator: 0 answered or abandoned.",
            ),
            ("max_wait_sec", "voice", {"nOffered_count": 9}, "The API sent no tWait."),
            ("met_target", "voice", {"nOffered_count": 9}, "The API sent no oServiceLevel."),
        ],
    )
    def test_names_what_is_wanting(self, key, media, figures, words):
        assert why(key, media, **figures) == words

    def test_is_first_of_all_that_the_organization_refuses_the_metric(self):
        words = why("voicemail", "email", ("tVoicemail", "nOffered"))

        assert words == "Not available in this organization: tVoicemail is refused."

    def test_is_that_a_metric_was_not_asked_for(self):
        row = {"nOffered_count": 9.0}

        assert why_no_value(KPI_BY_KEY["asa_sec"], "voice", row) == "tAnswered was not asked for."

    def test_is_that_none_and_no_such_thing_cannot_be_told_apart_without_the_offered(self):
        row = {"tAnswered_count": float("nan")}

        words = why_no_value(KPI_BY_KEY["answered"], "voice", row)

        assert words == "The API sent no tAnswered; only nOffered would tell whether that means 0."

    def test_of_a_time_total_is_that_it_holds_other_media_types(self):
        words = why("aht_sec", "", **handled(9, 900))

        assert words.startswith("Times are totalled over other media types here")

    def test_is_there_for_every_blank_of_the_demo(self, demo):
        with api_on(demo) as api:
            frame = fetch(api, week(metrics=CATALOGUE_METRICS), budget()).frame
        rows = combine(frame, GROUP).to_dict("records")

        said = {
            (row["media_type"], why_no_value(kpi, row["media_type"], row))
            for row, figures in zip(rows, rollup(frame).to_dict("records"), strict=True)
            for kpi in KPIS
            if pd.isna(figures[kpi.key])
        }

        assert ("message", "Web messaging has no abandon.") in said
        assert ("callback", "Customer-first callback: answered appears on the voice row.") in said
        assert ("email", "Voicemail applies to voice alone.") in said
        assert ("voice", "Nothing was offered.") in said
        assert not any("was not asked for" in words or "would tell" in words for _, words in said)


class TestTotals:
    FRAME = cells(
        ("q1", "voice", {**handled(10, 3000), "nOffered_count": 10}),
        ("q2", "chat", {**handled(10, 1000), "nOffered_count": 10}),
        ("q1", "email", {**handled(20, 40_000), "nOffered_count": 20}),
        (NONE, "video", handled(1, 1)),
    )

    @pytest.mark.parametrize(
        ("blended", "aht", "words"),
        [
            (False, 200.0, "Times over voice and chat"),
            (True, 1100.0, "Times blended over all media types: voice, chat and email"),
        ],
    )
    def test_are_over_voice_like_media_unless_blended_and_say_so(self, blended, aht, words):
        total = rollup(self.FRAME, (), [KPI_BY_KEY["aht_sec"]], blended=blended)

        assert total["aht_sec"].tolist() == [aht]
        assert time_words(self.FRAME, blended=blended) == words

    def test_of_counts_and_rates_are_the_same_blended_or_not(self):
        kpis = [kpi for kpi in KPIS if not kpi.is_time]

        plain, blended = (rollup(self.FRAME, (), kpis, blended=each) for each in (False, True))

        assert plain.equals(blended)

    def test_of_deferred_media_alone_say_so(self):
        frame = cells(("q1", "message", handled(1, 9)), ("q1", "email", handled(1, 9)))

        assert time_words(frame) == "Times over email and message"

    def test_of_nothing_say_so(self):
        assert time_words(cells()) == "Times over no media type"

    def test_over_queues_say_that_transferred_conversations_count_in_each(self):
        assert "counts in each" in TRANSFERS_HELP


def test_a_kpi_says_which_metric_stands_in_its_way():
    voicemail, answer, transfer = map(KPI_BY_KEY.get, ("voicemail", "answer_pct", "transfer_pct"))
    gone = ("tVoicemail", "tHandle", "nTransferred")

    assert unavailable(voicemail, gone) == (
        "Not available in this organization: tVoicemail is refused."
    )
    assert unavailable(transfer, gone) == (
        "Not available in this organization: nTransferred and tHandle are refused."
    )
    assert unavailable(answer, gone) == ""
