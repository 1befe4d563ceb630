"""A meeting of the demo organization, made once."""

from __future__ import annotations

import pytest

from genesys.demo import DemoServer
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.scenes.show import show as show_of
from tests.reports.meetings import demo_meeting


@pytest.fixture(scope="session")
def meeting(demo: DemoServer) -> Meeting:
    return demo_meeting(demo)


@pytest.fixture(scope="session")
def show(meeting: Meeting) -> Show:
    return show_of(meeting, Choice())
