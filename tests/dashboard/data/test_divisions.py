"""What a person may not see is cut before anything is made of it, however it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.data import fetching, organization
from dashboard.selecting.selection import CUSTOM, Selection
from dashboard.sign_in import present
from dashboard.sign_in.present import Present
from genesys.analytics.cut import cut
from genesys.analytics.frames import ALL as TOGETHER
from genesys.analytics.frames import NONE
from genesys.errors import ConfigurationError, QueryError, Unavailable
from genesys.organization.scope import ALL, NOTHING, Scope
from reports.data.figures import Figures
from tests.dashboard.world import CLAIMS, FIRST_WEEK, World, figures, offered

HALF_HOURS = Selection(period="last-30-days", step="half-hour")
"""Too many rows for one answer by queue: the course is asked for by media type alone."""

LONG = replace(FIRST_WEEK, period=CUSTOM, first=datetime(2026, 3, 1, tzinfo=UTC).date(), step="day")

Look = Callable[[str | None], None]


@pytest.fixture
def look_as(world: World, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Look as somebody who sees the divisions of these names, joined by commas; None is all."""

    def look(names: str | None) -> None:
        scope = ALL if names is None else Scope(division_names=frozenset(names.split(",")))
        monkeypatch.setattr(present, "present", lambda: Present(None, scope))

    return look


def queues_of(world: World, *divisions: str) -> set[str]:
    """The ids of the listed queues of these divisions, as the organization itself has them."""
    listed = world.server.people.organization.queues
    return {each.id for each in listed if each.division.name in divisions}


def queues_in(seen: Figures) -> set[str]:
    frames = (seen.frame, seen.earlier, seen.trend, seen.whole)
    return {each for frame in frames for each in frame["queue_id"].cat.categories}


def test_only_queues_of_ones_divisions_are_in_any_frame(world: World, look_as: Look):
    look_as("Sales,Partners")
    seen = figures(FIRST_WEEK)

    assert queues_in(seen) <= queues_of(world, "Sales", "Partners")
    assert set(seen.directory.queues) == queues_of(world, "Sales", "Partners")
    assert [*seen.directory.divisions().values()] == ["Partners", "Sales"]
    assert seen.sight.words == "2 of 4 divisions"


def test_who_sees_all_sees_work_without_a_queue_and_deleted_queues_too(world: World, look_as: Look):
    look_as(None)
    every = figures(FIRST_WEEK)
    look_as("Sales,Partners,Claims,Customer Service")
    four = figures(FIRST_WEEK)

    (deleted,) = world.server.people.organization.deleted
    assert {NONE, deleted.id} <= queues_in(every)
    assert not {NONE, deleted.id} & queues_in(four)
    assert (every.sight.words, four.sight.words) == ("", "4 of 4 divisions")


def test_parts_add_up_to_the_whole_and_ask_nothing_more(world: World, look_as: Look):
    look_as(None)
    every = figures(FIRST_WEEK)
    world.asked()
    parts = []
    for name in ("Sales", "Partners", "Claims", "Customer Service"):
        look_as(name)
        parts.append(offered(figures(FIRST_WEEK).frame))

    listed = every.frame[every.frame["queue_id"].isin(set(every.directory.queues))]
    assert sum(parts) == offered(listed)
    assert world.asked() == []


def test_what_is_not_by_queue_is_asked_for_ones_own_queues(world: World, look_as: Look):
    most = "Sales", "Claims", "Customer Service"
    look_as(",".join(most))
    seen = figures(HALF_HOURS)

    assert set(seen.trend["queue_id"]) == {TOGETHER}
    assert set(seen.course.answers[0].query.queue_ids) == queues_of(world, *most)
    assert offered(seen.trend) == offered(seen.frame)


def test_half_hours_and_outcomes_are_cut_too(world: World, look_as: Look):
    look_as("Sales")
    own = queues_of(world, "Sales") | {TOGETHER}
    for chosen in (FIRST_WEEK, LONG):
        seen = figures(chosen)
        made = (
            fetching.half_hours(seen, lambda _: None),
            fetching.trouble(seen, lambda _: None),
            *fetching.outcomes(seen, lambda _: None),
            *fetching.day_and_usual(seen, seen.interval.start.date(), lambda _: None),
        )
        for rows in made:
            for answer in rows.answers:
                assert set(answer.frame["queue_id"].cat.categories) <= own
                assert set(answer.equivalent.queue_ids) <= own


def test_the_queries_that_are_shown_name_ones_own_queues(world: World, look_as: Look):
    look_as("Sales")
    for answer in figures(FIRST_WEEK).answers:
        assert set(answer.equivalent.queue_ids) == queues_of(world, "Sales")


def test_a_queue_of_others_is_not_had_by_its_id(world: World, look_as: Look):
    look_as("Sales")
    with pytest.raises(QueryError, match="There is no queue that is chosen"):
        figures(replace(FIRST_WEEK, queue_ids=(CLAIMS,)))
    with pytest.raises(QueryError):
        figures(replace(FIRST_WEEK, find="Roadside"))
    with pytest.raises(QueryError):
        figures(replace(HALF_HOURS, queue_ids=(CLAIMS,)))


def test_what_is_kept_for_one_is_never_shown_to_another(world: World, look_as: Look):
    look_as(None)
    every = figures(FIRST_WEEK)
    look_as("Sales")
    sales = figures(FIRST_WEEK)
    look_as("Claims")
    claims = figures(FIRST_WEEK)

    keys = {each.key for each in (every, sales, claims)}
    rows = {each.now.key for each in (every, sales, claims)}
    assert len(keys) == len(rows) == 3


def test_the_last_good_figures_are_ones_own(world: World, look_as: Look, start_demo, monkeypatch):
    look_as(None)
    figures(FIRST_WEEK)
    look_as("Sales")
    kept = figures(FIRST_WEEK)
    world.pass_by(2 * 3600)
    monkeypatch.setattr(fetching, "ask", _fails)

    assert offered(figures(FIRST_WEEK).frame) == offered(kept.frame)


def test_targets_are_those_of_ones_own_queues(world: World, look_as: Look):
    look_as("Sales")
    assert {key for key, _ in organization.targets().organization} <= queues_of(world, "Sales")


def test_what_is_wrong_with_the_targets_names_nothing_of_others(
    world: World, look_as: Look, monkeypatch, tmp_path, caplog
):
    file = tmp_path / "targets.toml"
    file.write_text('[[target]]\nqueue = "Roadside Asistance"\n')
    whole = organization.client()
    monkeypatch.setattr(organization, "client", lambda: replace(whole, targets_file=file))
    look_as("Sales")
    with pytest.raises(ConfigurationError) as told:
        organization.targets()
    assert "Roadside" not in str(told.value)
    assert str(file) in caplog.text
    look_as(None)
    with pytest.raises(ConfigurationError, match="line 1"):
        organization.targets()


def test_who_sees_no_division_of_the_organization_sees_nothing(world: World, look_as: Look):
    for scope in ("Another organization's", ""):
        look_as(scope)
        with pytest.raises(QueryError, match="no queue in the divisions that you may see"):
            figures(FIRST_WEEK)
    assert NOTHING.is_nothing


def test_a_division_named_like_anothers_id_opens_nothing(world: World, monkeypatch):
    sales = next(
        each for each in world.server.people.organization.divisions if each.name == "Sales"
    )
    scope = Scope(division_ids=frozenset({"Claims", sales.id}))
    monkeypatch.setattr(present, "present", lambda: Present(None, scope))
    assert set(organization.directory().queues) == queues_of(world, "Sales")


def test_an_answer_of_others_that_is_not_by_queue_is_no_answer(world: World, look_as: Look):
    look_as(None)
    (answer,) = figures(HALF_HOURS).course.answers
    with pytest.raises(ValueError, match="asked for others too"):
        cut(answer, {CLAIMS})


def _fails(*_: object, **__: object) -> None:
    raise Unavailable("It is in trouble.", "Try again.")
