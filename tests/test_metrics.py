"""The API's words: the same as in the contract, and none of them foreign."""

from __future__ import annotations

import pytest

from genesys.metrics import (
    API_METRICS,
    FILTER_DIMENSIONS,
    FOREIGN_BY_NAME,
    FOREIGN_NAMES,
    GROUP_BY,
    MEDIA_TYPES,
    stats_of,
)
from tests.contract import OPENAPI, SCHEMAS

QUERY = SCHEMAS["ConversationAggregationQuery"]["properties"]


def test_metrics_dimensions_and_media_types_are_those_of_the_contract():
    predicate = SCHEMAS["ConversationAggregateQueryPredicate"]["properties"]

    assert sorted(API_METRICS) == sorted(QUERY["metrics"]["items"]["enum"])
    assert sorted(GROUP_BY) == sorted(QUERY["groupBy"]["items"]["enum"])
    assert sorted(FILTER_DIMENSIONS) == sorted(predicate["dimension"]["enum"])
    assert sorted(MEDIA_TYPES) == sorted(OPENAPI["x-media-types"])


@pytest.mark.parametrize(
    ("metric", "stats"),
    [
        ("nOffered", ("count",)),
        ("tWait", ("count", "sum", "min", "max")),
        ("oMessageCount", ("count",)),
        ("oServiceLevel", ("ratio", "numerator", "denominator", "target")),
        ("oCallbackServiceLevel", ("ratio", "numerator", "denominator", "target")),
        ("oServiceTarget", ("target",)),
    ],
)
def test_a_metric_carries_the_statistics_of_its_family(metric, stats):
    assert stats_of(metric) == stats


def test_no_foreign_name_is_one_of_the_apis():
    words = {*API_METRICS, *FILTER_DIMENSIONS, *MEDIA_TYPES}

    assert not words & {row.wrong for row in FOREIGN_NAMES}
    assert len(FOREIGN_BY_NAME) == len(FOREIGN_NAMES)
