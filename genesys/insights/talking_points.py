"""Talking points: three to eight sentences that an interval's figures say by themselves.

Each rule of `RULES` looks for one thing and makes one sentence of it, or none. A sentence
rests on 20 contacts or more and carries its KPI, group and figures. Pain comes first: what
lacks most contacts to a target, then bad news before good, then by how many contacts each is
about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from genesys.analytics.frames import END, START
from genesys.insights.evidence import Evidence, first_row
from genesys.insights.hotspots import half_of_it, weak_hours, worst_sentence
from genesys.insights.levels import LEVEL, against_target, level_figures, weak_sentence
from genesys.insights.longest import longest
from genesys.insights.offered import unlike_usual, volume
from genesys.insights.point import FEWEST, Point, in_order, of_all
from genesys.insights.running_day import DayCourse
from genesys.insights.stretches import Stretch
from genesys.insights.turns import contacts_of
from genesys.intervals import Interval
from genesys.kpis.catalogue import KPI_BY_KEY, Kpi, Unit
from genesys.kpis.formats import moves, rise_or_fall, spoken, value_text
from genesys.kpis.parts import GROUP, Parts
from genesys.organization.directory import Directory
from genesys.words import counted

CHANGES: Final = tuple(
    KPI_BY_KEY[key] for key in ("service_level_pct", "abandon_pct", "asa_sec", "aht_sec")
)
"""The KPIs whose changes are looked at; the greatest is told."""

_STATUS: Final = "service_level_pct_status"
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Rule:
    """One thing to look for; `point` gives None where there is nothing to say.

    What `is_aside` explains a figure, and leads nowhere.
    """

    name: str
    point: Callable[[Evidence], Point | None]
    is_good: bool = False
    is_aside: bool = False


def points(
    current: Parts,
    earlier: Parts | None,
    interval: Interval,
    zone: ZoneInfo,
    directory: Directory,
    statuses: pd.DataFrame | None = None,
    words: str = "",
    fine: Parts | None = None,
    unlike: Stretch | None = None,
    course: DayCourse | None = None,
) -> tuple[Point, ...]:
    """The talking points of a frame, what hurts most first.

    `earlier` is the frame it is compared with and `words` says which two intervals those
    are. `statuses` is the table of `targets.judge` by queue and media type. `fine` is the frame
    in half-hours, as far as `current` is not. `unlike` and `course` are as in `Evidence`. There
    are fewer than three where too few contacts leave too little to say.
    """
    fine = current if fine is None else fine
    evidence = Evidence(
        current, earlier, fine, interval, zone, directory, statuses, words, unlike, course
    )
    found: list[Point] = []
    for rule in RULES:
        point = rule.point(evidence)
        if point and all(point.figures != each.figures for each in found):
            found.append(replace(point, rule=rule.name))
    for rule in FILLERS:
        told = {point.subject for point in found}
        point = rule.point(evidence) if len(told) < FEWEST else None
        if point and point.subject not in told:
            found.append(replace(point, rule=rule.name))
    return in_order(found, _GOOD, _ASIDE)


def _level(evidence: Evidence) -> Point | None:
    """Service level of all, and how many groups met their own target."""
    value, n = evidence.total(LEVEL)
    levels = evidence.levels
    if not n or list(levels["of"]) == [n]:
        return None
    text, figures = _said(LEVEL, value, n), {"value": value, "n": n}
    before, m = evidence.total_before(LEVEL)
    if m:
        text += f", after {value_text(before, LEVEL.unit)} of {m:,.0f}"
        figures |= {"earlier": before, "n_earlier": m}
    if levels.empty:
        return of_all(LEVEL, f"{text}.", figures, n * (1 - LEVEL.unit.raw(value)))
    met, short = int((levels[_STATUS] == "met").sum()), int(levels["contacts_to_target"].sum())
    text += f"; {met} of {len(levels)} queues by media type met their target"
    text += f", with {counted(short, 'contact')} short in all." if short else "."
    figures |= {"met": met, "groups": len(levels), "contacts_to_target": short}
    return of_all(LEVEL, text, figures, abs(levels["missing"].sum()))


def _missed(evidence: Evidence) -> Point | None:
    """The group that lacks most to its target."""
    levels = evidence.levels
    missed = levels[levels[_STATUS].isin(("near", "missed"))]
    if missed.empty:
        return None
    row = first_row(missed.sort_values("missing", ascending=False, kind="stable"))
    short = int(row["contacts_to_target"])
    text = f"{against_target(row, evidence.name(row))}; {short:,} more in time would have met it."
    figures = {**level_figures(row), "contacts_to_target": short}
    return _of(row, LEVEL, text, figures, short, short)


def _hours(evidence: Evidence) -> Point | None:
    """The group that meets its target but for some hours of the day."""
    if evidence.levels.empty or evidence.fine.longest > _HOUR:
        return None
    for weak in weak_hours(evidence.fine, evidence.levels, evidence.zone):
        row = asdict(weak)
        text = weak_sentence(weak, evidence.name(row))
        figures = {key: value for key, value in row.items() if key not in GROUP}
        return _of(row, LEVEL, text, figures, weak.short, weak.short)
    return None


def _change(evidence: Evidence) -> Point | None:
    """The KPI that changed for most contacts, and what drove it: no one interaction did.

    Where the service level of all is told with what it was, only what drove it is new.
    """
    changes = []
    is_told = _level(evidence) is not None
    handle_sec = evidence.total(KPI_BY_KEY["aht_sec"])[0]
    for kpi in CHANGES:
        (value, n), (before, m) = evidence.total(kpi), evidence.total_before(kpi)
        if n and m and moves(value, before, kpi.unit):
            impact = contacts_of(kpi, value - before, n, handle_sec)
            row = evidence.driver(kpi, value - before)
            is_new = row is not None or kpi is not LEVEL or not is_told
            if impact and is_new and not evidence.is_made_by_one(kpi, row):
                changes.append((impact, kpi, value, before, n, m, row))
    if not changes:
        return None
    impact, kpi, value, before, n, m, row = max(changes, key=lambda change: change[0])
    if row is not None and kpi is LEVEL and is_told:
        return _driver(row, impact)
    delta = value - before
    figures = {"value": value, "earlier": before, "delta": delta, "n": n, "n_earlier": m}
    text = f"{spoken(kpi)} {rise_or_fall(value, before, kpi.unit)}{evidence.against}"
    if row is None:
        return of_all(kpi, f"{text}.", figures, impact)
    driver = {f"driver_{name}": row[name] for name in (*GROUP, "kind", "contribution")}
    return of_all(kpi, f"{text}: {row['sentence']}", {**figures, **driver}, impact)


def _driver(row: Mapping[str, Any], impact: float) -> Point:
    """The group that moved the service level most."""
    return _of(row, LEVEL, row["sentence"], _contribution(row), impact)


def _contribution(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("kind", "contribution", "value_earlier", "value")
    return {name: row[name] for name in names if pd.notna(row[name])}


def _worst(evidence: Evidence) -> Point | None:
    """The buckets that most of the trouble fell into."""
    table = evidence.worst
    sentence = worst_sentence(table, evidence.zone)
    if not sentence:
        return None
    first, few = table.iloc[0], half_of_it(table)
    figures: dict[str, float | int | str] = {
        "worst_start": first[START].isoformat(),
        "worst_end": first[END].isoformat(),
        "worst": int(first["trouble"]),
        "trouble": int(table["trouble"].sum()),
        "buckets": few,
        "of_buckets": len(table),
        "share": float(table["cumulative"].iloc[few - 1]),
    }
    beyond_mean = first["trouble"] - table["trouble"].mean()
    return of_all(KPI_BY_KEY["missed_target"], sentence, figures, beyond_mean)


def _good(evidence: Evidence) -> Point | None:
    """The group that has most in hand, or else the greatest gain in service level."""
    levels = evidence.levels
    met = levels[levels[_STATUS] == "met"]
    if not met.empty and (hand := int((row := _least(met))["contacts_in_hand"])) > 0:
        text = (
            f"{against_target(row, evidence.name(row))}, with {counted(hand, 'contact')} in hand."
        )
        return _of(row, LEVEL, text, {**level_figures(row), "contacts_in_hand": hand}, hand)
    gain = evidence.driver(LEVEL, 1.0)
    if gain is None:
        return None
    n = evidence.total(LEVEL)[1]
    impact = LEVEL.unit.raw(gain["contribution"]) * n
    return _of(gain, LEVEL, gain["sentence"], _contribution(gain), impact)


def _one(evidence: Evidence) -> Point | None:
    """The longest interaction that makes most of a mean."""
    found = [(each, kpi) for kpi in CHANGES for each in longest(evidence.current, kpi)]
    if not found:
        return None
    most, kpi = max(found, key=lambda pair: pair[0].longest)
    row = asdict(most)
    name = f"{evidence.name(row)} had" if most.queue_id else ""
    text = f"{_said(kpi, most.value, most.n, name)}: {most.words}."
    figures = {key: value for key, value in row.items() if key not in GROUP}
    return _of(row, kpi, text, figures, 0.0)


def _filler(kpi: Kpi) -> Callable[[Evidence], Point | None]:
    def point(evidence: Evidence) -> Point | None:
        value, n = evidence.total(kpi)
        text = f"{_said(kpi, value, n)}."
        return of_all(kpi, text, {"value": value, "n": n}, 0.0) if n else None

    return point


def _least(levels: pd.DataFrame) -> dict[str, Any]:
    return first_row(levels.sort_values("missing", kind="stable"))


def _said(kpi: Kpi, value: float, n: float, whose: str = "") -> str:
    of = "of" if kpi.unit is Unit.PERCENT else "over"
    subject = f"{whose} {spoken(kpi)}" if whose else f"{spoken(kpi)} was"
    return f"{subject} {value_text(value, kpi.unit)} {of} {n:,.0f} interactions"


def _of(
    row: Mapping[str, Any],
    kpi: Kpi,
    text: str,
    figures: Mapping[str, float | int | str],
    impact: float,
    short: float = 0.0,
) -> Point:
    pair = row["queue_id"], row["media_type"]
    return Point(kpi.key, *pair, text, figures, float(impact), float(short))


RULES: Final = (
    Rule("level against target", _level),
    Rule("greatest lack", _missed),
    Rule("weak hours", _hours),
    Rule("greatest change", _change),
    Rule("worst buckets", _worst),
    Rule("volume", volume),
    Rule("hours unlike usual", unlike_usual),
    Rule("something good", _good, is_good=True),
    Rule("one interaction", _one, is_aside=True),
)
"""What is looked for: a sentence each at most."""

_GOOD: Final = frozenset(rule.name for rule in RULES if rule.is_good)
_ASIDE: Final = frozenset(rule.name for rule in RULES if rule.is_aside)

FILLERS: Final = tuple(
    Rule(kpi.label, _filler(kpi))
    for kpi in (KPI_BY_KEY[key] for key in ("answer_pct", "abandon_pct", "aht_sec"))
)
"""What is told as well where the rules find fewer than three."""
