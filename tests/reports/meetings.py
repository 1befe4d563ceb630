"""Meetings of the demo organization, for whoever shows them."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import pytest

from dashboard.data import fetching, organization
from dashboard.data.meeting import meeting
from dashboard.drawing.notes import notes, selected, whose
from dashboard.selecting.selection import Selection
from genesys.demo import DemoServer
from genesys.kpis.catalogue import KPI_BY_KEY
from reports.data import keeping
from reports.data.keeping import Keep
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.scenes.show import show
from tests.conftest import DEMO_NOW

LAST_WEEK = Selection()


def demo_meeting(server: DemoServer, selection: Selection = LAST_WEEK) -> Meeting:
    """What a meeting of the selection would show of the demo organization at DEMO_NOW."""
    return meeting_of(server.env, selection)


def meeting_of(env: Mapping[str, str], selection: Selection = LAST_WEEK) -> Meeting:
    """The same of the organization that these settings point at."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr(fetching, "now", lambda: DEMO_NOW)
        patch.setattr(keeping, "KEPT", Keep(10**9))
        patch.setattr(organization, "_client", functools.cache(organization._client.__wrapped__))
        view = fetching.view(selection, lambda _: None)
        footer = (" · ".join(selected(view)), " · ".join(whose(view)))
        focus = KPI_BY_KEY["service_level_pct"]
        made = meeting(view, focus, footer, notes(view), lambda _: None, "https://example/meeting")
        organization.clear()
        return made


def demo_show(server: DemoServer, choice: Choice = Choice()) -> Show:  # noqa: B008
    """The show of the demo organization's last week."""
    return show(demo_meeting(server), choice)
