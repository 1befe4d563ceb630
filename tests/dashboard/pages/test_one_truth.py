"""One truth: the Overview, When and `review` tell of an interval in the same words."""

from __future__ import annotations

from genesys.demo import DemoServer
from tests.command_line.conftest import run as run  # noqa: PLC0414 - a fixture of this module
from tests.dashboard.reading import FIRST_WEEK, Open, words

WEEK = "review --from 2026-06-01 --to 2026-06-07 --quiet --format json"


def test_points_are_told_word_for_word_and_in_one_order(demo: DemoServer, open_page: Open, run):
    overview, when = (words(open_page(demo.env, key, **FIRST_WEEK)) for key in ("", "when"))
    points = {point["rule"]: point["text"] for point in run(WEEK).json["talking_points"]}

    told = list(points.values())[:3]
    assert [line for line in overview.splitlines() if line in points.values()] == told
    assert points["weak hours"] in when
    assert points["worst buckets"] in when
    assert when.index(points["weak hours"]) < when.index(points["worst buckets"])
