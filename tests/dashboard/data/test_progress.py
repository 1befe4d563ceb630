"""What is said while figures are fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.data.progress import asking_words, words
from genesys.analytics.fetch import Progress
from genesys.client.budget import Pending
from tests.asking import LONDON

NOW = datetime(2026, 6, 15, 12, 3, 19, tzinfo=UTC)


def since(seconds: float) -> Pending:
    return Pending("POST", "/api/v2/x/query", NOW - timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(0, 0), "Fetching figures: waiting"),
        (Progress(1, 4), "Fetching figures: 1 of 4 parts"),
        (Progress(1, 4, since(2)), "Fetching figures: 1 of 4 parts"),
        (
            Progress(1, 4, since(14)),
            (
                "Fetching figures: 1 of 4 parts · POST /api/v2/x/query has not been answered"
                " since 13:03:05, for 14 seconds"
            ),
        ),
    ],
)
def test_a_request_that_hangs_is_named_with_the_time_since_when(progress: Progress, said: str):
    assert words(progress, NOW, LONDON) == said


def test_what_is_asked_about_the_organization_is_named_when_it_hangs():
    assert asking_words(None, NOW, LONDON) == "Asking about the organization"
    assert asking_words(since(4), NOW, LONDON) == (
        "Asking about the organization · POST /api/v2/x/query has not been answered since"
        " 13:03:15, for 4 seconds"
    )
