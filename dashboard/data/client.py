"""The client of this process's organization, and what its requests are counted for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from dashboard.together.counting import REQUESTS, count
from dashboard.together.rate import note_request
from dashboard.together.standing import store
from genesys.analytics.refusals import RefusedMetrics
from genesys.client.api import Api
from genesys.unusual import UnusualDays
from genesys.weeks import Weekday


@dataclass(frozen=True)
class Client:
    """The API of this process's organization, live or demo."""

    api: Api
    login_url: str
    is_demo: bool
    region: str
    zone: ZoneInfo
    zone_is_set: bool
    week_begins: Weekday
    unusual: UnusualDays
    targets_file: Path | None
    refusals: RefusedMetrics
    share: str
    """What the keys begin with under which servers share what it says."""
    client_id: str
    data: str
    """Where closed days are kept, as it was set."""

    def note_request(self) -> None:
        """Count a request, for who watches this server and for all that share the rate limit."""
        count(REQUESTS)
        note_request(store(), self.api, self.share)
