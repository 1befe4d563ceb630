"""What a meeting shows, and what it leaves out with a reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genesys.analytics.frames import NONE
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.scenes.choice import Choice, from_params
from reports.scenes.definitions import KEYS, SCENES
from reports.scenes.matrix import MOST_ROWS
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Chart, Grid, Lines, Scene, Show, Tiles
from reports.scenes.show import show as show_of


def scene(show: Show, key: str) -> Scene:
    return next(each for each in show.scenes if each.key == key)


def reasons(show: Show) -> dict[str, str]:
    return {each.key: each.reason for each in show.left_out}


def test_a_week_of_the_demo_organization_is_told_in_all_scenes(show: Show):
    assert [each.key for each in show.scenes] == list(KEYS)
    assert show.left_out == ()
    assert (show.title, show.subtitle) == ("Northwind Mutual (demo)", "Mon 8 – Sun 14 Jun 2026")


def test_the_first_scene_is_the_point_that_hurts_most_and_six_kpis(show: Show):
    body = scene(show, "headline").body
    (tiles, more) = body.pieces

    assert body.headline == (
        "Technical Support voice had Service Level 60.0 % of 623, after 61.9 % of 632, against a"
        " target of 80.0 %; 125 more in time would have met it."
    )
    assert isinstance(tiles, Tiles)
    assert [(each.kpi.key, each.text, each.change) for each in tiles.tiles] == [
        ("offered", "19,929", "+151"),
        ("answer_pct", "93.7 %", "−0.2"),
        ("abandon_pct", "5.0 %", "+0.4"),
        ("service_level_pct", "79.4 %", "−0.4"),
        ("asa_sec", "0:20", "−0.9 s"),
        ("aht_sec", "6:31", "+3.3 s"),
    ]
    assert tiles.tiles[1].below == ("worse than 93.9 %", "target 95 %: near")
    assert isinstance(more, Lines)
    assert len(more.lines) == 2


def test_the_matrix_has_the_total_the_ten_worst_queues_and_says_how_many_more(show: Show):
    (grid,) = scene(show, "matrix").body.pieces

    assert isinstance(grid, Grid)
    names = grid.table.rows["queue_name"].tolist()
    assert names[:3] == ["All queues", "Technical Support", "Motor Claims"]
    assert len(names) == grid.table.totals + MOST_ROWS
    assert grid.more == "and 16 more queues"
    assert grid.table.columns[1].beneath == ("no single target", "before 79.8 %")


def test_only_a_service_level_is_missed_by_contacts(meeting: Meeting):
    asked = replace(meeting, focus=KPI_BY_KEY["asa_sec"])

    assert scene(show_of(meeting, Choice()), "matrix").body.headline == (
        "24 of 48 groups met the Service Level target;"
        " Technical Support missed it by most, 178 contacts."
    )
    assert scene(show_of(asked, Choice()), "matrix").body.headline == (
        "20 of 22 groups met the ASA target."
    )


def test_work_without_a_queue_is_hidden_where_that_is_chosen_and_told(meeting: Meeting):
    few = replace(meeting, fewest=0)
    chosen = show_of(few, Choice(scenes=("matrix",), hides_none=True))
    (grid,) = scene(chosen, "matrix").body.pieces

    assert isinstance(grid, Grid)
    assert NONE not in grid.table.rows["queue_id"].tolist()
    assert grid.more == (
        "and 14 more queues; 2 rows without a queue of today hidden, in the total still"
    )


def test_both_intervals_stand_side_by_side_in_what_came_in(show: Show):
    body = scene(show, "offered").body
    (chart,) = body.pieces

    assert body.headline == "Offer rose by 151 to 19,929 from 19,778."
    assert isinstance(chart, Chart)
    sums = dict.fromkeys(("x", "x2"), 0.0)
    for trace in chart.figure.data:
        sums[trace.xaxis] += float(np.nansum(trace.y))
    assert sums == {"x": 19_778.0, "x2": 19_929.0}
    assert chart.table.rows["offered"].sum() == 19_778 + 19_929


def test_a_queue_in_trouble_has_its_media_types_course_hours_and_outcomes(show: Show):
    body = scene(show, "queue-1").body

    assert scene(show, "queue-1").title == "Technical Support"
    assert [type(each) for each in body.pieces] == [Grid, Chart, Chart, Chart]
    assert body.columns == 2
    days = body.pieces[1]
    assert isinstance(days, Chart)
    assert days.figure.layout.xaxis.tickformat == "%a<br>%-d"


def test_media_types_of_unlike_scales_have_two_panels_in_a_queues_scene(meeting: Meeting):
    asked = replace(meeting, focus=KPI_BY_KEY["asa_sec"])
    course = scene(show_of(asked, Choice()), "queue-1").body.pieces[1]

    assert isinstance(course, Chart)
    assert {trace.yaxis for trace in course.figure.data} == {"y", "y2"}
    assert course.caption.endswith("Left to the table: email and message.")


def test_the_method_defines_as_many_kpis_as_have_room_and_all_in_its_notes(meeting: Meeting):
    kpis = tuple(KPI_BY_KEY.values())
    body = scene(show_of(replace(meeting, kpis=kpis), Choice()), "method").body
    _, definitions = body.pieces

    assert isinstance(definitions, Lines)
    assert definitions.lines[0].startswith("Offer: ")
    assert definitions.lines[8:] == (
        f"And {len(kpis) - 8} more KPIs: defined in the notes and the files.",
    )
    assert len(body.notes) == len(kpis)


@pytest.mark.parametrize("key", KEYS)
def test_every_scene_has_notes_that_explain_its_values_and_alt_texts(show: Show, key: str):
    body = scene(show, key).body

    assert body.headline.endswith(".")
    assert all(each.alt for each in body.pieces if isinstance(each, Chart))
    assert body.notes
    explained = [each for each in body.notes if each.startswith("Service Level %: ")]
    assert len(explained) == key.startswith(("queue-", "headline", "matrix", "method"))


def test_what_is_not_chosen_is_left_out_and_said_so(meeting: Meeting):
    made = show_of(meeting, Choice(scenes=("when", "matrix"), said=(("when", "Look at Monday."),)))

    assert [each.key for each in made.scenes] == ["when", "matrix"]
    assert made.scenes[0].said == "Look at Monday."
    assert reasons(made) == {
        key: "Left out by choice." for key in KEYS if key not in ("when", "matrix")
    }


def test_scenes_without_data_are_left_out_with_the_reason(meeting: Meeting):
    bare = replace(meeting.all, fine=None, outcomes=None, no_fine="It was refused.")
    longest = KPI_BY_KEY["max_handle_sec"]
    made = show_of(
        replace(meeting, all=bare, queues=(), kpis=(longest,), focus=longest),
        Choice(),
    )

    assert reasons(made) == {
        "changed": "Max Handle is the longest of all, which no queue moves by a part.",
        "when": "The half-hours could not be had. It was refused.",
        "queue-1": "No queue missed a Service Level target.",
        "queue-2": "No queue missed a Service Level target.",
        "queue-3": "No queue missed a Service Level target.",
        "outcomes": "These counts could not be had.",
    }


def test_a_queue_says_which_of_its_charts_could_not_be_had_and_why(meeting: Meeting):
    first, *_ = meeting.queues
    bare = replace(first, fine=None, outcomes=None, no_fine="A.", no_outcomes="B.")
    made = show_of(replace(meeting, queues=(bare,)), Choice(scenes=("queue-1",)))
    (grid, chart, told) = scene(made, "queue-1").body.pieces

    assert (type(grid), type(chart)) == (Grid, Chart)
    assert told == Lines(
        ("The half-hours could not be had. A.", "These counts could not be had. B."), "Not shown"
    )


def test_a_choice_comes_back_from_its_link():
    choice = Choice(
        "Monday", "Week 24", ("matrix", "when"), (("matrix", "Claims & co."),), hides_none=True
    )
    params = {name: [text] for name, text in choice.to_params().items()}

    assert params == {
        "title": ["Monday"],
        "subtitle": ["Week 24"],
        "scenes": ["matrix,when"],
        "hide": ["none"],
        "say-matrix": ["Claims & co."],
    }
    assert from_params(params, KEYS) == choice


def test_every_definition_says_what_it_needs_and_asks_a_question():
    assert all(each.needs and each.question.endswith("?") for each in SCENES)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("https://example/meeting?from=2026-06-08", "https://example/meeting?from=2026-06-08"),
        ("x" * 3000, "of 3,000 letters, in the notes of the slides and in the workbook"),
        ("", ""),
    ],
)
def test_the_method_has_the_link_as_far_as_a_wall_has_room(meeting: Meeting, link: str, told: str):
    basis = scene(show_of(replace(meeting, link=link), Choice()), "method").body.pieces[0]

    assert isinstance(basis, Lines)
    shown = [each.removeprefix("Link: ") for each in basis.lines if each.startswith("Link: ")]
    assert shown == ([told] if told else [])
