"""Targets: the organization's own, the defaults, and which row of the file wins."""

from __future__ import annotations

from decimal import Decimal

import pytest

from genesys.analytics.frames import ALL, NONE
from genesys.client.entities import MediaSetting, Queue, ServiceLevel
from genesys.organization.directory import Directory
from genesys.targets import JUDGED, Target, Targets, targets
from tests.asking import api_on, budget

UUID = "3f2b8c1a-0000-4000-8000-0123456789ab"


def queue(key: str, name: str, **levels: tuple[float | None, float | None]) -> Queue:
    settings = {
        media: MediaSetting(service_level=ServiceLevel(percentage, ms))
        for media, (percentage, ms) in levels.items()
    }
    return Queue(id=key, name=name, media_settings=settings)


QUEUES = (
    queue("q1", "Claims North", call=(0.8, 20_000), email=(0.9, 14_400_000)),
    queue("q2", "Claims South", call=(0.725, 30_500)),
    queue("q3", "Sales", call=(None, 20_000)),
    queue(UUID, "Sales  [DE]"),
)
DIRECTORY = Directory({each.id: each for each in QUEUES})


def row(queue: str = "*", media_type: str = "*", target: int = 50, kpi="service_level_pct"):
    return Target(kpi, queue, media_type, Decimal(target), Decimal(0), source="targets.toml")


def of(*overrides: Target) -> Targets:
    return targets(QUEUES, DIRECTORY, overrides)


def limits(found: Target | None) -> tuple | None:
    return found and (found.target, found.amber, found.seconds, found.source)


class TestTheOrganization:
    def test_sets_service_levels_by_queue_and_media_type_where_call_is_voice(self):
        rows = of()

        own = "the queue's settings"
        assert limits(rows.of("service_level_pct", "q1", "voice")) == (80, 70, 20, own)
        assert limits(rows.of("service_level_pct", "q1", "email")) == (90, 80, 14_400, own)
        assert limits(rows.of("service_level_pct", "q2", "voice")) == (
            Decimal("72.5"),
            Decimal("62.5"),
            Decimal("30.5"),
            own,
        )

    def test_that_sets_no_share_leaves_the_default(self):
        found = of().of("service_level_pct", "q3", "voice")

        assert limits(found) == (80, 70, 20, "the product's defaults")

    def test_of_the_demo_has_a_service_level_for_every_queue_and_media_type(self, demo):
        with api_on(demo) as api:
            queues = api.queues(budget()).entities

        rows = targets(queues, Directory({each.id: each for each in queues}))

        named = rows.organization
        assert {media for _, media in named} == {"voice", "callback", "chat", "email", "message"}
        assert {key for key, _ in named} == {each.id for each in queues}


class TestDefaults:
    @pytest.mark.parametrize(
        ("kpi", "media", "expected"),
        [
            ("service_level_pct", "voice", (80, 70, 20)),
            ("abandon_pct", "chat", (5, 8, None)),
            ("answer_pct", "email", (95, 90, None)),
            ("asa_sec", "voice", (20, 60, None)),
            ("transfer_pct", "message", (10, 15, None)),
            ("aht_sec", "voice", (10, 20, None)),
        ],
    )
    def test_are_those_of_the_product(self, kpi, media, expected):
        assert limits(Targets({}).of(kpi, "q9", media)) == (*expected, "the product's defaults")

    @pytest.mark.parametrize(
        ("kpi", "media"),
        [("service_level_pct", "email"), ("asa_sec", "chat"), ("offered", "voice")],
    )
    def test_are_not_made_up_elsewhere(self, kpi, media):
        assert Targets({}).of(kpi, "q9", media) is None

    def test_are_not_for_work_without_a_queue(self):
        assert of(row()).of("service_level_pct", NONE, "voice") is None

    def test_of_the_service_level_are_not_for_all_queues_together(self):
        assert Targets({}).of("service_level_pct", ALL, "voice") is None
        assert of(row()).of("service_level_pct", ALL, "voice") is not None


class TestOverrides:
    def test_win_over_the_organization_and_keep_its_seconds(self):
        found = of(row(target=85)).of("service_level_pct", "q1", "voice")

        assert limits(found) == (85, 0, 20, "targets.toml")
        assert (found.queue, found.media_type) == ("q1", "voice")

    def test_leave_what_they_do_not_name(self):
        rows = of(row("Claims*", "voice"))

        assert rows.of("service_level_pct", "q1", "email").target == 90
        assert rows.of("abandon_pct", "q1", "voice").target == 5
        assert rows.of("service_level_pct", "q3", "voice").target == 80

    @pytest.mark.parametrize("text", ["q1", "Claims North", "claims  north", "*north", "C*s*th"])
    def test_name_a_queue_by_id_name_or_wildcard(self, text):
        assert of(row(text)).of("service_level_pct", "q1", "voice").target == 50

    def test_take_brackets_and_dots_in_names_as_they_are(self):
        rows = of(row("Sales [DE]", target=1), row("Sale.", target=2))

        assert rows.of("service_level_pct", UUID, "voice").target == 1
        assert rows.of("service_level_pct", "q3", "voice").target == 80

    def test_may_name_a_queue_that_is_in_no_list_by_its_id(self):
        deleted = UUID.replace("3f", "4f")

        assert of(row(deleted)).of("service_level_pct", deleted, "voice").target == 50

    @pytest.mark.parametrize("backwards", [False, True])
    def test_the_most_specific_row_wins_in_any_order(self, backwards):
        rows = [
            row("*", "*", 1),
            row("*", "voice", 2),
            row("C*", "voice", 3),
            row("Claims*", "*", 4),
            row("Claims North", "*", 5),
            row("q1", "*", 6),
            row("q1", "voice", 7),
        ]
        rows = of(*(rows[::-1] if backwards else rows))

        def target(queue_id, media):
            return rows.of("service_level_pct", queue_id, media).target

        assert target("q1", "voice") == 7
        assert target("q1", "email") == 6
        assert target("q2", "voice") == 4
        assert target("q3", "voice") == 2
        assert target("q3", "chat") == 1

    def test_of_rows_alike_the_first_one_wins(self):
        rows = of(row("Claims*", target=1), row("* North", target=2))

        assert rows.of("service_level_pct", "q1", "voice").target == 1


def test_targets_are_for_rates_and_means_that_are_better_high_low_or_steady():
    assert JUDGED == (
        "answer_pct",
        "abandon_pct",
        "service_level_pct",
        "asa_sec",
        "avg_wait_sec",
        "aht_sec",
        "transfer_pct",
        "first_response_sec",
        "agent_response_sec",
    )


@pytest.mark.parametrize(
    ("share", "why"),
    [(80, "8000 %."), (0.008, "0.8, which is 0.8 %."), (0, "0 %, which is always met.")],
)
def test_a_queues_own_setting_that_cannot_be_meant_is_told_and_the_default_holds(share, why):
    odd = queue("q9", "Odd", call=(share, 20_000), chat=(0.9, 20_000))
    found = targets((odd,), Directory({"q9": odd}))

    assert found.of("service_level_pct", "q9", "voice").source == "the product's defaults"
    assert found.of("service_level_pct", "q9", "chat").target == 90
    (said,) = found.unmeant
    assert said.startswith("A queue's own service level target is not taken, the default holds:")
    assert f"Odd, voice, {why}" in said
