"""The review: its parts put together, as plain values and as text to read aloud."""

from __future__ import annotations

import json

import pytest

from genesys.insights.review import DRIVEN, REVIEWED, as_json
from tests.group_frames import level
from tests.insights.reviews import (
    CURRENT,
    EARLIER,
    made,
    usual,
)

KEYS = "intervals kpis talking_points reconciliation drivers worst stability".split()


YOUNG = "Younger than 72 hours, so the nightly correction has not passed yet: Mon 11 May 2026."


class TestFigures:
    """A row for each reviewed KPI, over everything."""

    @pytest.mark.parametrize(
        ("kpi", "value", "earlier", "delta", "change", "verdict", "target", "status"),
        [
            ("offered", 200, 160, 40, 0.25, "neutral", None, ""),
            ("answer_pct", 80.0, 95.0, -15.0, -15 / 95, "worse", 95.0, "missed"),
            ("abandon_pct", 15.0, 5.0, 10.0, 2.0, "worse", 5.0, "missed"),
            ("service_level_pct", 1300 / 19, 80.0, -220 / 19, -2.75 / 19, "worse", 80.0, "missed"),
            ("asa_sec", 30.0, 20.0, 10.0, 0.5, "worse", 20.0, "near"),
            ("aht_sec", 300.0, 250.0, 50.0, 0.2, "neutral", 250.0, "near"),
            ("transfer_pct", 10.0, 12.5, -2.5, -0.2, "better", 10.0, "met"),
        ],
    )
    def test_value_change_target_and_status(
        self, kpi, value, earlier, delta, change, verdict, target, status
    ):
        row = next(row for row in as_json(usual())["kpis"] if row["kpi"] == kpi)
        numbers = [row[name] for name in ("value", "earlier", "delta", "change", "target")]
        assert numbers == [
            None if each is None else pytest.approx(each)
            for each in (value, earlier, delta, change, target)
        ]
        assert (row["verdict"], row["status"]) == (verdict, status)

    def test_counts_are_whole_numbers_and_each_row_is_explained(self):
        rows = as_json(usual())["kpis"]
        assert [row["kpi"] for row in rows] == [kpi.key for kpi in REVIEWED]
        assert [type(rows[0][name]) for name in ("value", "earlier", "delta")] == [int, int, int]
        assert rows[3]["explanation"].startswith(
            "Service Level 68.4 % = 130 in time / 190 answered or abandoned;"
            " target 80 % in 20 s; 22 contacts short. "
        )

    def test_a_refused_metric_is_named(self):
        bare = [each.drop(columns=list(level(0, 0))) for each in (CURRENT, EARLIER)]
        rows = as_json(made(*bare, refused=("oServiceLevel",)))["kpis"]
        assert rows[3]["value"] is None
        assert "Not available in this organization: oServiceLevel" in rows[3]["explanation"]


class TestJson:
    """Plain values with fixed keys."""

    def test_the_keys(self):
        assert list(as_json(usual())) == KEYS

    @pytest.mark.parametrize("frame", [CURRENT, CURRENT.iloc[:0]])
    def test_json_itself_takes_all_of_it(self, frame):
        said = as_json(made(frame))
        assert json.loads(json.dumps(said, allow_nan=False)) == said

    def test_the_intervals_are_in_the_zone_and_in_words(self):
        assert as_json(usual())["intervals"] == {
            "way": "previous",
            "current": ["2026-05-11T00:00:00+01:00", "2026-05-12T00:00:00+01:00"],
            "earlier": ["2026-05-10T00:00:00+01:00", "2026-05-11T00:00:00+01:00"],
            "time_zone": "Europe/London",
            "words": "Mon 11 May 2026 against Sun 10 May 2026",
            "note": "",
        }

    def test_the_offered_add_up(self):
        parts = as_json(usual())["reconciliation"]
        assert {row["key"]: row["count"] for row in parts["lines"]} == {
            "offered": 200,
            "in_target": 130,
            "late": 30,
            "short": 5,
            "abandoned": 25,
            "flow_out": 10,
            "carried_over": 0,
        }
        assert parts["sentences"][0] == "200 were offered to queues."

    def test_the_drivers_of_each_kpi_add_up_to_its_delta(self):
        said = as_json(usual())
        deltas = {row["kpi"]: row["delta"] for row in said["kpis"]}
        assert list(said["drivers"]) == [kpi.key for kpi in DRIVEN]
        for key, rows in said["drivers"].items():
            assert sum(row["contribution"] for row in rows) == pytest.approx(deltas[key])

    def test_the_worst_bucket_comes_first_with_its_offset(self):
        first, second = as_json(usual())["worst"]["buckets"]
        assert first == {
            "interval_start": "2026-05-11T09:00:00+01:00",
            "interval_end": "2026-05-11T10:00:00+01:00",
            "missed": 20,
            "abandoned": 30,
            "trouble": 50,
            "share": pytest.approx(500 / 6),
            "cumulative": pytest.approx(500 / 6),
        }
        assert (second["trouble"], second["cumulative"]) == (10, pytest.approx(100))

    def test_what_can_still_move(self):
        assert as_json(usual())["stability"] == {
            "as_of": "2026-05-12T10:00:00+01:00",
            "running": None,
            "provisional": None,
            "younger_than_72_hours": ["2026-05-11T00:00:00+01:00", "2026-05-12T00:00:00+01:00"],
            "sentences": [
                "As of Tue 12 May 2026, 10:00 (Europe/London).",
                YOUNG,
            ],
        }

    def test_a_talking_point_carries_what_it_rests_on(self):
        point = next(
            point
            for point in as_json(usual())["talking_points"]
            if "contacts_to_target" in point["figures"]
        )
        assert (point["kpi"], point["queue_id"]) == ("service_level_pct", "q1")
        assert point["figures"]["contacts_to_target"] == 22
