"""Refused metrics: those that an organization does not answer although the API lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from threading import Lock

from genesys.analytics.queries import AggregateQuery
from genesys.errors import ApiError


class RefusedMetrics:
    """The metrics that one organization has refused; safe to use from several threads.

    One for each organization, kept as long as its client: what is in it is not asked again.
    """

    def __init__(self) -> None:
        self._metrics: frozenset[str] = frozenset()
        self._lock = Lock()

    @property
    def metrics(self) -> frozenset[str]:
        with self._lock:
            return self._metrics

    def add(self, metrics: Iterable[str]) -> None:
        with self._lock:
            self._metrics = self._metrics.union(metrics)

    def known_for(self, queries: Iterable[AggregateQuery]) -> frozenset[str]:
        """What need not be asked; nothing where that would leave a query without a metric."""
        known = self.metrics
        return frozenset() if any(known.issuperset(each.metrics) for each in queries) else known


def is_refused_value(error: ApiError) -> bool:
    """Whether the API refused a value of the query, which may be one of its metrics."""
    return error.facts.status == 400 and error.facts.code == "invalid.value"


def first_named(error: ApiError, metrics: Sequence[str]) -> str:
    """The metric that the error's message names first; empty where it names none.

    It is a suspect and no more: messages list accepted values too.
    """
    found = (word for word in re.findall(r"\w+", error.what) if word in metrics)
    return next(found, "")
