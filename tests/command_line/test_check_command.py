"""The permission doctor on the command line."""

from __future__ import annotations

import re

import pytest

from genesys.command_line.ending import DONE, FAILED, USAGE
from genesys.demo import DemoOptions, serve
from tests.command_line.running import Done
from tests.conftest import DEMO_NOW

DELETED = "2cca10b1-ebf1-5bae-87a7-5cf120d02367"


class TestCheck:
    """The permission doctor."""

    def check(self, run, monkeypatch, *deny: str) -> Done:
        options = DemoOptions(queues=2, rate_limit=0, deny=deny, clock=lambda: DEMO_NOW)
        with serve(options) as server:
            for name, value in server.env.items():
                monkeypatch.setenv(name, value)
            return run("check")

    def test_all_is_well_with_every_permission(self, run, live):
        done = run("check")
        assert done.code == DONE
        lines = done.out.decode().splitlines()
        assert [line[:8].strip() for line in lines] == ["ok"] * 6

    @pytest.mark.parametrize(
        ("deny", "says", "code"),
        [
            (
                ("analytics:conversationAggregate:view",),
                "Analytics > Conversation Aggregate > View",
                FAILED,
            ),
            (("routing:queue:search", "routing:queue:view"), "Routing > Queue > Search", FAILED),
            (("routing:queue:search",), "", DONE),
            (("routing:queue:view",), "It is not required.", DONE),
            (("analytics:dataRetention:view",), "It is not required.", DONE),
        ],
    )
    def test_a_missing_permission_is_named(self, run, monkeypatch, deny, says, code):
        done = self.check(run, monkeypatch, *deny)
        assert done.code == code
        text = done.out.decode()
        assert ("MISSING" in text) is bool(says)
        assert says in text

    def test_a_report_without_queue_names_shows_ids_and_says_why(self, run, monkeypatch):
        deny = ("routing:queue:search", "routing:queue:view")
        options = DemoOptions(queues=2, rate_limit=0, deny=deny, clock=lambda: DEMO_NOW)
        with serve(options) as server:
            for name, value in server.env.items():
                monkeypatch.setenv(name, value)
            done = run("report --format json --kpis offered")
            named = run("report --queue Billing")
        assert done.code == DONE
        assert all(re.fullmatch(r"Queue \(.{8}\)|No queue", row["queue_name"]) for row in done.json)
        assert "the client lacks Routing > Queue > Search or Routing > Queue > View" in done.err
        assert (named.code, named.out) == (USAGE, b"")
        assert "use an id" in named.err
