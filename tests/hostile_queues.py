"""An organization whose queues have names that would do harm where a page read them as code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from genesys.intervals import Interval, bucket_edges
from tests.hostile import HostileServer, Seen, Sent, ok

LONG = "Customers who " + "wait very long and " * 15 + "wait"
TURNED = "Sales \u202egnilliB"

NAMES = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "**bold** [link](javascript:alert(3)) :red[x] $x$ ![i](https://evil.example/i.png)",
    "https://evil.example/a www.evil.example someone@evil.example",
    ":material/home: :smile: `code` ~~gone~~ # head",
    '=HYPERLINK("https://evil.example","x")',
    "+1 555, -1; @here",
    "Ünïcode – 客服 قائمة",
    TURNED,
    LONG,
)

IDS = tuple(f"{number:08x}-0000-4000-8000-000000000000" for number in range(1, len(NAMES) + 1))


def organization(
    names: tuple[str, ...] = NAMES,
    only_in: Mapping[str, str] | None = None,
    odd: tuple[str, ...] = (),
) -> HostileServer:
    """Every queue is offered 10 calls in any interval asked for, and answers 9.

    Those of `only_in`, by id, have them where the interval begins with this date or month alone.
    What those of `odd` answered comes as no number.
    """
    listed = dict(zip(IDS, names, strict=False))
    return HostileServer(lambda seen: _answer(seen, listed, only_in or {}, odd))


def environment(server: HostileServer) -> dict[str, str]:
    """The settings that point at the server."""
    return {
        "GENESYS_CLOUD_CLIENT_ID": server.connection.client_id,
        "GENESYS_CLOUD_CLIENT_SECRET": server.connection.client_secret,
        "GENESYS_CLOUD_API_URL": server.url,
        "GENESYS_CLOUD_LOGIN_URL": server.url,
    }


def answered(seen: Seen) -> Sent:
    """The answers of such an organization, for a server that has others besides."""
    return _answer(seen, dict(zip(IDS, NAMES, strict=False)), {})


def _answer(
    seen: Seen,
    names: Mapping[str, str],
    only_in: Mapping[str, str],
    odd: tuple[str, ...] = (),
) -> Sent:
    if seen.path.endswith("/organizations/me"):
        return ok({"id": "org-1", "name": NAMES[0]})
    if "/routing/queues" in seen.path:
        division = {"id": "division-1", "name": NAMES[2]}
        queues = [{"id": key, "name": name, "division": division} for key, name in names.items()]
        return ok({"entities": queues, "pageCount": 1, "pageNumber": 1})
    asked: Any = seen.json
    start = str(asked["interval"])
    busy = [key for key in names if start.startswith(only_in.get(key, ""))]
    groups = [{"queueId": key, "mediaType": "voice"} for key in busy]
    times = 1
    if "queueId" not in asked["groupBy"]:
        groups, times = [{"mediaType": "voice"}], len(busy)
    counts = {
        name: times * count
        for name, count in (("nOffered", 10), ("tAnswered", 9))
        if name in asked["metrics"]
    }
    metrics = [
        {"metric": name, "stats": {"count": count, "sum": count, "max": 1, "min": 1}}
        for name, count in counts.items()
    ]
    bucket = {"interval": _first_bucket(asked), "metrics": metrics}
    unusable = bucket | {"metrics": [*map(_without_number, metrics)]}
    results = [
        {"group": group, "data": [unusable if group.get("queueId") in odd else bucket]}
        for group in groups
    ]
    return ok({"results": results})


def _without_number(metric: Mapping[str, Any]) -> dict[str, Any]:
    return {**metric, "stats": "none"} if metric["metric"] == "tAnswered" else dict(metric)


def _first_bucket(asked: Mapping[str, str]) -> str:
    whole, zone = Interval.parse(asked["interval"]), ZoneInfo(asked["timeZone"])
    if "granularity" not in asked:
        return whole.text(zone)
    return Interval(*bucket_edges(whole, asked["granularity"], zone)[:2]).text(zone)
