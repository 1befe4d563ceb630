"""Plain calls to the demo organization, as anybody could make them: no code of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
import requests

from genesys.demo import DemoServer
from tests.contract import validate

AGGREGATES = "/api/v2/analytics/conversations/aggregates"
QUERY = f"{AGGREGATES}/query"
JOBS = f"{AGGREGATES}/jobs"
QUEUES = "/api/v2/routing/queues"
BY_QUEUE_AND_MEDIA = ["queueId", "mediaType"]
VOICE_IN_QUEUES = {
    "type": "and",
    "predicates": [
        {"dimension": "mediaType", "value": "voice"},
        {"dimension": "queueId", "operator": "exists"},
    ],
}

Stats = dict[str, Any]
Rows = dict[tuple[str, ...], dict[str, Stats]]


@dataclass
class Caller:
    """Signed on to one demo organization."""

    server: DemoServer
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _token(self) -> str:
        answer = requests.post(
            f"{self.server.url}/oauth/token",
            auth=(self.server.client_id, self.server.client_secret),
            data={"grant_type": "client_credentials"},
            timeout=30,
        )
        return str(answer.json()["access_token"])

    def send(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token}", **more.pop("headers", {})}
        url = self.server.url + path
        return requests.request(method, url, headers=headers, timeout=60, **more)

    def get(self, path: str, **parameters: Any) -> Any:
        answer = self.send("GET", path, params=parameters)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content)

    def query(self, interval: str, metrics: list[str], **more: Any) -> Any:
        body = {"interval": interval, "metrics": metrics, **more}
        answer = self.send("POST", QUERY, json=body)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content)

    def refused(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        """Status and code of a refusal; its body is as openapi.json has it."""
        answer = self.send(method, path, **more)
        body = answer.json()
        validate("ErrorBody", body)
        assert body["status"] == answer.status_code
        assert body["contextId"] == answer.headers["ININ-Correlation-Id"]
        return answer.status_code, body["code"]

    def fulfilled(self, body: dict[str, Any]) -> str:
        """The id of a job that has come to its end."""
        job_id = str(self.send("POST", JOBS, json=body).json()["jobId"])
        while self.get(f"{JOBS}/{job_id}")["state"] in ("QUEUED", "PENDING"):
            pass
        return job_id

    def pages(self, job_id: str) -> Iterator[Any]:
        page = self.get(f"{JOBS}/{job_id}/results")
        yield page
        while cursor := page.get("cursor"):
            page = self.get(f"{JOBS}/{job_id}/results", cursor=cursor)
            yield page


def rows(answer: Any, *dimensions: str) -> Rows:
    """The statistics of each metric by interval and the dimensions named."""
    found: Rows = {}
    for group in answer["results"]:
        names = tuple(group["group"].get(name, "") for name in dimensions)
        for bucket in group["data"]:
            assert (bucket["interval"], *names) not in found
            metrics = {metric["metric"]: metric["stats"] for metric in bucket["metrics"]}
            found[bucket["interval"], *names] = metrics
    return found


def totals(answer: Any) -> dict[str, Stats]:
    """All rows as one: counts and sums added, least and greatest kept."""
    combine: dict[str, Callable[[Any, Any], Any]] = {"min": min, "max": max}
    whole: dict[str, Stats] = {}
    metrics = (
        metric
        for group in answer["results"]
        for bucket in group["data"]
        for metric in bucket["metrics"]
    )
    for metric in metrics:
        into = whole.setdefault(metric["metric"], {})
        for name in metric["stats"].keys() - {"ratio", "target"}:
            value = metric["stats"][name]
            both = combine.get(name, lambda one, other: one + other)
            into[name] = both(into[name], value) if name in into else value
    return whole
