"""How long the demo organization takes for a month, cold and warm; run it from the root."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

import requests

from genesys.demo import DemoOptions, serve

METRICS = (
    "nOffered nConnected nOverSla nOutbound nTransferred nBlindTransferred nConsult oServiceLevel"
    " tAbandon tAcw tAnswered tContacting tDialing tFlowOut tHandle tHeldComplete tTalkComplete"
    " tWait tShortAbandon tNotResponding"
).split()
CASES = ((24, "P1D"), (24, "PT30M"), (2_000, "P1D"))
CLOCK = datetime(2026, 11, 1, tzinfo=UTC)


def measure(queues: int, granularity: str) -> tuple[list[float], float]:
    """Seconds of a first and a second answer over HTTP, and its megabytes."""
    body = {
        "interval": "2026-10-01T00:00:00Z/2026-10-31T00:00:00Z",
        "granularity": granularity,
        "metrics": METRICS,
        "groupBy": ["queueId", "mediaType"],
    }
    options = DemoOptions(queues=queues, result_limit=1_000_000, clock=lambda: CLOCK)
    seconds = []
    with serve(options) as server, requests.Session() as session:
        auth = (server.client_id, server.client_secret)
        form = {"grant_type": "client_credentials"}
        answer = session.post(f"{server.url}/oauth/token", data=form, auth=auth, timeout=60)
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        url = f"{server.url}/api/v2/analytics/conversations/aggregates/query"
        for _ in range(2):
            start = perf_counter()
            answer = session.post(url, json=body, timeout=600)
            seconds.append(perf_counter() - start)
    return seconds, len(answer.content) / 1e6


def main() -> None:
    for queues, granularity in CASES:
        (cold, warm), megabytes = measure(queues, granularity)
        print(
            f"{queues:5d} queues, 30 days by {granularity:5}: cold {cold:5.2f} s,"
            f" warm {warm:5.2f} s, {megabytes:5.1f} MB"
        )


if __name__ == "__main__":
    main()
