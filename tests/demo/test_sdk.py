"""The official SDK, pointed at the demo organization, gets the same totals as our client."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from importlib import import_module
from typing import Any

import pandas as pd

from genesys.analytics.fetch import fetch
from genesys.analytics.frames import NONE
from genesys.analytics.queries import AggregateQuery
from genesys.demo import DemoServer
from genesys.intervals import Granularity, whole_days
from tests.asking import LONDON, api_on, budget, week

MAY = whole_days(date(2026, 5, 1), date(2026, 5, 31), LONDON)
QUERY = week(interval=MAY, granularity=Granularity.DAY)

Totals = dict[tuple[str, str], dict[str, float]]
ADDED = ("count", "sum", "numerator", "denominator")


def by_the_sdk(demo: DemoServer, query: AggregateQuery) -> Totals:
    """Counts and sums added, the greatest kept, by queue and media type."""
    sdk = import_module("PureCloudPlatformClientV2")
    sdk.configuration.host = demo.url
    client = sdk.api_client.ApiClient().get_client_credentials_token(
        demo.client_id, demo.client_secret
    )
    body = sdk.ConversationAggregationQuery()
    body.interval, body.time_zone = query.interval.text(query.zone), query.zone.key
    body.granularity = query.granularity.value if query.granularity else None
    body.metrics, body.group_by = list(query.metrics), list(query.group_by)
    answer: Any = sdk.AnalyticsApi(client).post_analytics_conversations_aggregates_query(body)
    totals: Totals = defaultdict(lambda: defaultdict(float))
    for group in answer.results:
        into = totals[group.group.get("queueId", NONE), group.group["mediaType"]]
        for metric in (metric for bucket in group.data for metric in bucket.metrics):
            for stat in ADDED:
                if (value := getattr(metric.stats, stat)) is not None:
                    into[f"{metric.metric}_{stat}"] += value
            if (value := metric.stats.max) is not None:
                name = f"{metric.metric}_max"
                into[name] = max(into[name], value)
    return totals


def by_our_client(demo: DemoServer, query: AggregateQuery) -> Totals:
    """The same from our frame, summed by pandas alone."""
    with api_on(demo) as api:
        frame = fetch(api, query, budget()).frame
    how = {
        name: "max" if name.endswith("_max") else "sum"
        for name in frame.columns
        if name.rpartition("_")[2] in (*ADDED, "max")
    }
    whole = frame.groupby(["queue_id", "media_type"], observed=True).agg(how)
    seen = frame[list(how)].notna().groupby([frame["queue_id"], frame["media_type"]], observed=True)
    whole = whole.where(seen.any())
    return {key: row[pd.notna(row)].to_dict() for key, row in whole.iterrows()}


def test_a_month_by_queue_and_media_type(demo: DemoServer) -> None:
    theirs, ours = by_the_sdk(demo, QUERY), by_our_client(demo, QUERY)

    assert ours == theirs
    assert len(theirs) > 50
    assert sum(each.get("nOffered_count", 0) for each in theirs.values()) > 50_000
    assert any(queue == NONE for queue, _ in theirs)
