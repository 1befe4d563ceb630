"""The review: everything a meeting asks of an interval, put together from its figures."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import END, START
from genesys.insights.comparison import Comparison, Verdict, compare
from genesys.insights.contributions import contributions
from genesys.insights.explanation import explain, facts
from genesys.insights.hotspots import worst_buckets, worst_sentence
from genesys.insights.offered import NOTHING_UNLIKE, Unlike
from genesys.insights.point import Point, as_rows
from genesys.insights.reconciliation import reconcile, sentences
from genesys.insights.stability import Stability
from genesys.insights.talking_points import points
from genesys.intervals import Interval
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi, metrics_of
from genesys.kpis.formats import moves, rise_or_fall, shows, spoken
from genesys.kpis.parts import GROUP, Parts
from genesys.moments import span
from genesys.organization.directory import Directory
from genesys.targets import Targets, judge

REVIEWED: Final = tuple(
    KPI_BY_KEY[key]
    for key in (
        "offered",
        "answer_pct",
        "abandon_pct",
        "service_level_pct",
        "asa_sec",
        "aht_sec",
        "transfer_pct",
    )
)

DRIVEN: Final = tuple(
    KPI_BY_KEY[key] for key in ("service_level_pct", "abandon_pct", "offered", "aht_sec")
)
"""The KPIs whose change is taken apart."""

OUTCOMES: Final = tuple(KPI_BY_KEY[key] for key in ("short_abandoned", "flow_out"))
"""What the reconciliation needs beside the reviewed KPIs."""

REVIEW_METRICS: Final = (*metrics_of((*REVIEWED, *OUTCOMES)), "nOverSla")
"""Few enough for one request."""

WORST_SHOWN: Final = 10
DRIVERS_SAID: Final = 3


@dataclass(frozen=True, eq=False)
class Review:
    """All parts of a review; see `review` for the frames."""

    comparison: Comparison
    zone: ZoneInfo
    kpis: pd.DataFrame
    points: tuple[Point, ...]
    reconciliation: pd.DataFrame
    drivers: Mapping[str, pd.DataFrame]
    worst: pd.DataFrame
    stability: Stability
    notes: tuple[str, ...] = ()


def review(
    current: Parts,
    earlier: Parts,
    comparison: Comparison,
    zone: ZoneInfo,
    directory: Directory,
    targets: Targets,
    stability: Stability,
    refused: Collection[str] = (),
    notes: tuple[str, ...] = (),
    fine: Parts | None = None,
    unlike: Unlike = NOTHING_UNLIKE,
) -> Review:
    """Put a review together of two intervals' parts; `fine` are the current ones in half-hours.

    Without them `current` is in half-hours itself. `unlike` is what is known to be unlike the
    usual.
    """
    fine = current if fine is None else fine
    statuses = judge(current, GROUP, REVIEWED, targets, earlier)
    return Review(
        comparison=comparison,
        zone=zone,
        kpis=_kpis(current, earlier, targets, refused),
        points=points(
            current,
            earlier,
            comparison.current,
            zone,
            directory,
            statuses,
            span(comparison.earlier, zone),
            fine,
            unlike.stretch,
            unlike.course,
        ),
        reconciliation=reconcile(current),
        drivers={kpi.key: contributions(current, earlier, kpi, directory) for kpi in DRIVEN},
        worst=worst_buckets(fine, zone),
        stability=stability,
        notes=notes,
    )


def _kpis(
    current: Parts, earlier: Parts, targets: Targets, refused: Collection[str]
) -> pd.DataFrame:
    """A row for each KPI over everything: its value, change, target and explanation."""
    both = compare(current, earlier, (), REVIEWED).iloc[0]
    told = facts(current, (), REVIEWED, targets, earlier, refused=refused).iloc[0]
    rows = [
        {
            "kpi": kpi.key,
            "label": kpi.label,
            "unit": kpi.unit.value,
            "value": both[kpi.key],
            "earlier": both[f"{kpi.key}_earlier"],
            "delta": both[f"{kpi.key}_delta"],
            "change": both[f"{kpi.key}_change"],
            "verdict": both[f"{kpi.key}_verdict"],
            "target": told.get(f"{kpi.key}_target"),
            "status": told.get(f"{kpi.key}_status", ""),
            "explanation": explain(kpi, told),
        }
        for kpi in REVIEWED
    ]
    return pd.DataFrame(rows, dtype=object)


def as_json(made: Review) -> dict[str, object]:
    """The review as plain values; what has no value is None, moments carry the zone's offset."""
    comparison, stability = made.comparison, made.stability
    return {
        "intervals": {
            "way": comparison.way.value,
            "current": _span(comparison.current, made.zone),
            "earlier": _span(comparison.earlier, made.zone),
            "time_zone": made.zone.key,
            "words": comparison.words,
            "note": comparison.note,
        },
        "kpis": _records(made.kpis, made.zone),
        "talking_points": _plain(as_rows(made.points)),
        "reconciliation": {
            "lines": _records(made.reconciliation, made.zone),
            "sentences": list(sentences(made.reconciliation)),
        },
        "drivers": {key: _records(table, made.zone) for key, table in made.drivers.items()},
        "worst": {
            "buckets": _records(made.worst.head(WORST_SHOWN), made.zone),
            "sentence": worst_sentence(made.worst, made.zone),
        },
        "stability": {
            "as_of": stability.as_of.astimezone(made.zone).isoformat(timespec="seconds"),
            "running": _span(stability.running, made.zone),
            "provisional": _span(stability.provisional, made.zone),
            "younger_than_72_hours": _span(stability.young, made.zone),
            "sentences": [*stability.sentences(made.zone), *made.notes],
        },
    }


def as_text(made: Review) -> str:
    """The review for reading aloud: a paragraph for each part."""
    paragraphs = {
        "": [made.comparison.words, made.comparison.note],
        "Talking points": [point.text for point in made.points],
        "Figures": list(_figure_lines(made.kpis)),
        "Where the offered went": list(sentences(made.reconciliation)),
        "What changed": [
            text for key, table in made.drivers.items() for text in _said(KPI_BY_KEY[key], table)
        ],
        "When it hurts": [worst_sentence(made.worst, made.zone)],
        "How firm the figures are": [*made.stability.sentences(made.zone), *made.notes],
    }
    return "\n".join(_paragraphs(paragraphs))


def _paragraphs(paragraphs: Mapping[str, Iterable[str]]) -> Iterable[str]:
    for title, lines in paragraphs.items():
        said = [line for line in lines if line]
        if said and title:
            said = [title.upper(), *(f"  {line}" for line in said)]
        if said:
            yield from (*said, "")


def _said(kpi: Kpi, table: pd.DataFrame) -> Iterable[str]:
    """The sentences of the drivers that moved the KPI by an amount that shows."""
    seen = [shows(size, kpi.unit) for size in table["contribution"]]
    return table.loc[seen, "sentence"].head(DRIVERS_SAID)


def _figure_lines(kpis: pd.DataFrame) -> Iterable[str]:
    """Each KPI's change where it has one, then what its value is made of."""
    for row in kpis.to_dict("records"):
        kpi: Kpi = KPI_BY_KEY[row["kpi"]]
        if pd.isna(row["delta"]):
            yield row["explanation"]
        else:
            yield f"{spoken(kpi)} {_change(kpi, row)}."
            yield f"  {row['explanation']}"


def _change(kpi: Kpi, row: Mapping[Hashable, Any]) -> str:
    pair = float(row["value"]), float(row["earlier"])
    change = rise_or_fall(*pair, kpi.unit)
    if not moves(*pair, kpi.unit) or row["verdict"] == Verdict.NEUTRAL:
        return change
    is_judged = row["verdict"] in (Verdict.BETTER, Verdict.WORSE)
    return f"{change}, {'which is' if is_judged else 'not judged:'} {row['verdict']}"


def _span(interval: Interval | None, zone: ZoneInfo) -> list[str] | None:
    if interval is None:
        return None
    return [moment.astimezone(zone).isoformat() for moment in (interval.start, interval.end)]


def _records(table: pd.DataFrame, zone: ZoneInfo) -> list[dict[str, Any]]:
    local = {
        name: table[name].dt.tz_convert(zone) for name in (START, END) if name in table.columns
    }
    return [_plain(row) for row in table.assign(**local).to_dict("records")]


def _plain(value: Any) -> Any:
    """A value of the library's types as one of JSON's."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
