"""A result with odd statistics, such as a text for a number: they are lost, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final

NULL: Final = float("-inf")
"""Stands for a statistic that was sent as null."""

ODD: Final = float("inf")
"""Stands for a statistic that is no number, or none that can be."""


def mended(raw: bytes, stats: Collection[str]) -> Any:
    """The JSON of a result with ODD in the place of what is no number.

    Whatever else is wrong with it stays as it is. Numbers past all bounds are infinite here,
    where msgspec refuses them.
    """
    result = json.loads(raw, parse_int=float, parse_float=float)
    for bucket in _lists(result, "data"):
        for metric in _lists(bucket, "metrics"):
            if isinstance(metric, dict) and "stats" in metric:
                metric["stats"] = _mended_stats(metric["stats"], stats)
    return result


def _lists(value: Any, name: str) -> list[Any]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, list) else []


def _mended_stats(sent: Any, stats: Collection[str]) -> dict[str, Any]:
    if not isinstance(sent, dict):
        return dict.fromkeys(stats, ODD)
    return {
        stat: value if value is None or isinstance(value, float) else ODD
        for stat, value in sent.items()
        if stat in stats
    }
