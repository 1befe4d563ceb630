"""How fast and how large: response bytes to a frame, against other ways to get there.

Prints ratios of times taken in one run, with the ratio required beside; the machine's own
speed drops out. Peak memory is that of a process of its own for each way.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from types import SimpleNamespace
from typing import Final

import msgspec
import pandas as pd

from genesys.analytics.decoding import STATS, Result
from genesys.analytics.frames import to_frame
from genesys.metrics import stats_of

METRICS: Final = tuple(
    """
    nBlindTransferred nConnected nOffered nOutbound nOverSla nTransferred oServiceLevel tAbandon
    tAcw tAgentResponseTime tAnswered tFlowOut tHandle tHeldComplete tTalkComplete tWait
    """.split()
)
MEDIA_TYPES: Final = ("callback", "email", "message", "voice")
DAYS: Final = 31


def body(megabytes: int) -> bytes:
    """An answer by queue, media type and day, of about this size."""
    dice = random.Random("decode")
    start = datetime(2026, 5, 1, tzinfo=UTC)
    edges = [f"{start + timedelta(days=n):%Y-%m-%dT%H:%M:%S.000Z}" for n in range(DAYS + 1)]
    content = BytesIO()
    content.write(b'{"results":[')
    for number in count():
        queue, media = divmod(number, len(MEDIA_TYPES))
        group = {
            "mediaType": MEDIA_TYPES[media],
            "queueId": f"00000000-0000-4000-8000-{queue:012}",
        }
        data = [
            {"interval": f"{edges[day]}/{edges[day + 1]}", "metrics": list(_metrics(dice))}
            for day in range(DAYS)
        ]
        result = {"group": group, "data": data}
        content.write(json.dumps(result, separators=(",", ":")).encode())
        if content.tell() >= megabytes * 1_000_000:
            break
        content.write(b",")
    content.write(b"]}")
    return content.getvalue()


def _metrics(dice: random.Random) -> Iterator[dict[str, object]]:
    for name in METRICS:
        yield {"metric": name, "stats": _stats(dice, name)}


def _stats(dice: random.Random, metric: str) -> dict[str, float]:
    count = dice.randrange(1, 500)
    if "target" in stats_of(metric):
        met = dice.randrange(count + 1)
        return {"ratio": met / count, "numerator": met, "denominator": count, "target": 0.8}
    if metric.startswith("n"):
        return {"count": count}
    least, most = dice.randrange(5_000), dice.randrange(300_000, 90_000_000)
    total = float(count * (least + most) // 2)
    return {"max": float(most), "min": float(least), "count": count, "sum": total}


def ours(content: bytes) -> None:
    to_frame(content)


class Response(msgspec.Struct, gc=False):
    """The whole answer in the structs that to_frame takes piece by piece."""

    results: list[Result] | None = None


DECODER: Final = msgspec.json.Decoder(Response)


def bare_msgspec(content: bytes) -> None:
    DECODER.decode(content)


def json_and_dicts(content: bytes) -> None:
    rows = []
    for result in json.loads(content)["results"]:
        for bucket in result["data"]:
            row = {"interval": bucket["interval"], **result["group"]}
            for metric in bucket["metrics"]:
                for stat, value in metric["stats"].items():
                    row[f"{metric['metric']}_{stat}"] = value
            rows.append(row)
    pd.DataFrame(rows)


def official_sdk(content: bytes) -> None:
    from PureCloudPlatformClientV2.api_client import ApiClient  # noqa: PLC0415

    answer = SimpleNamespace(data=content, getheader=lambda _: "application/json")
    response = ApiClient("http://localhost").deserialize(
        answer, "ConversationAggregateQueryResponse"
    )
    rows = []
    for result in response.results:
        for bucket in result.data:
            row = {"interval": bucket.interval, **result.group}
            for metric in bucket.metrics:
                for stat in STATS:
                    value = getattr(metric.stats, stat)
                    if value is not None:
                        row[f"{metric.metric}_{stat}"] = value
            rows.append(row)
    pd.DataFrame(rows)


@dataclass(frozen=True)
class Rival:
    """Another way with the bytes: to_frame is to be at least `required` times as fast."""

    run: Callable[[bytes], None]
    label: str
    required: float


LIGHT: Final = (
    Rival(json_and_dicts, "json.loads, list of dicts", 4),
    Rival(bare_msgspec, "bare msgspec decode", 0.35),
)
HEAVY: Final = Rival(official_sdk, "official SDK, loop", 40)
SIZES: Final = {16: 9, 80: 3}
"""Megabytes of the body, and rounds."""


def seconds(run: Callable[[bytes], None], content: bytes) -> float:
    start = time.perf_counter()
    run(content)
    return time.perf_counter() - start


def medians(ways: Sequence[Callable[[bytes], None]], content: bytes, rounds: int) -> list[float]:
    """Median seconds of each way, taken in turns."""
    times = [[seconds(way, content) for way in ways] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def print_ratio(rival: Rival, size: int, mine: float, theirs: float) -> None:
    ratio = theirs / mine
    verdict = "met" if ratio >= rival.required else "missed"
    print(
        f"{rival.label:<28}{size:>4} MB{mine:>7.3f} s{theirs:>7.3f} s"
        f"{ratio:>8.2f}{rival.required:>10}  {verdict}",
        flush=True,
    )


def print_ratios() -> None:
    print(f"{'time against':<28}{'body':>7}{'ours':>9}{'theirs':>9}{'ratio':>8}{'required':>10}")
    bodies = {size: body(size) for size in SIZES}
    mine = {}
    for size, rounds in SIZES.items():
        ways = (ours, *(rival.run for rival in LIGHT))
        mine[size], *theirs = medians(ways, bodies[size], rounds)
        for rival, taken in zip(LIGHT, theirs, strict=True):
            print_ratio(rival, size, mine[size], taken)
    # Last and once: slow, and what it imports would burden the garbage collection of others.
    official_sdk(b'{"results":[]}')
    print_ratio(HEAVY, 16, mine[16], seconds(official_sdk, bodies[16]))


def print_peaks() -> None:
    print(f"{'peak memory above the body':<28}{'16 MB':>10}{'80 MB':>10}")
    for way in (ours, *(rival.run for rival in LIGHT), official_sdk):
        sizes = (16,) if way is official_sdk else SIZES
        peaks = [f"{peak_megabytes(way.__name__, size):>7} MB" for size in sizes]
        print(f"{way.__name__:<28}{''.join(peaks)}", flush=True)
    print()


def peak_megabytes(name: str, size: int) -> int:
    """What a way needs at most above the body itself, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.decode", name, str(size)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_peak(name: str, size: int) -> None:
    run = globals()[name]
    run(b'{"results":[]}')
    content = body(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run(content)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print_peak(sys.argv[1], int(sys.argv[2]))
    else:
        print_peaks()  # first: a process inherits the peak of the one that starts it
        print_ratios()
