"""What a server tells whoever watches it."""

from __future__ import annotations

from contextvars import copy_context

import pytest
import requests

from dashboard.data import organization, watching
from dashboard.data.fetching import now
from tests.browser.app_server import free_port
from tests.dashboard.world import FIRST_WEEK, World, figures


def told() -> dict[str, float]:
    lines = (line.split() for line in watching.text().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def test_it_counts_what_was_asked_kept_and_run(world: World):
    # In a context of its own: the budget of a run is nobody else's.
    before, first, second = copy_context().run(_told_of_two_views)

    assert first["dashboard_requests_total"] - before["dashboard_requests_total"] == 5
    assert first["dashboard_reruns_total"] - before["dashboard_reruns_total"] == 1
    assert second["dashboard_requests_total"] == first["dashboard_requests_total"]
    assert second["dashboard_kept_hits_total"] > first["dashboard_kept_hits_total"]
    assert second["dashboard_kept_made_total"] == first["dashboard_kept_made_total"]
    assert second["dashboard_store_away"] == second["dashboard_sessions"] == 0


def _told_of_two_views() -> tuple[dict[str, float], ...]:
    before = told()
    organization.begin(now)
    figures(FIRST_WEEK)
    first = told()
    figures(FIRST_WEEK)
    return before, first, told()


def test_it_is_told_at_a_port_where_one_is_set(monkeypatch: pytest.MonkeyPatch):
    port = free_port()
    monkeypatch.setenv("DASHBOARD_METRICS_PORT", str(port))
    watching.watch()
    answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5)

    assert "# TYPE dashboard_sessions gauge" in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert requests.get(f"http://127.0.0.1:{port}/", timeout=5).status_code == 404
