"""Any figure explained: its formula in words and with its own figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from genesys.kpis.applicability import time_words, why_no_value
from genesys.kpis.catalogue import Better, Kpi, Unit
from genesys.kpis.formats import duration, exact, half_up, limit, signed, spoken, value_text
from genesys.kpis.parts import Parts
from genesys.targets import JUDGED, Across, Status, Target, Targets, across_each, standing
from genesys.targets.rows import SERVICE_LEVEL
from genesys.targets.status import columns_of
from genesys.words import counted

_RULE: Final = "rule"
_ACROSS: Final = "across"
_TIMES: Final = "times"
_REFUSED: Final = "refused"


def facts(
    parts: Parts,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    targets: Targets | None = None,
    baseline: Parts | None = None,
    *,
    blended: bool = False,
    refused: Collection[str] = (),
) -> pd.DataFrame:
    """What `explain` tells of, in the rows of `Parts.by`.

    The columns are `by`, the numerator and denominator of each KPI, the measures as they were
    sent and, with targets, those of `judge`; then further ones for `explain` alone.
    """
    kpis = tuple(kpis)
    across = across_each(parts, kpis, targets, baseline) if targets is not None and not by else {}
    columns = _facts(parts, by, kpis, targets, baseline, across, blended=blended)
    columns[_REFUSED] = ",".join(refused)
    table = parts.by(by, blended=blended).labels()
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis="columns")


def facts_of_total(
    parts: Parts,
    kpis: Iterable[Kpi],
    targets: Targets,
    baseline: Parts,
    across: Mapping[str, Across],
    *,
    blended: bool = False,
    refused: Collection[str] = (),
) -> dict[str, Any]:
    """The one row of `facts` of everything; `across` is what `across_each` tells."""
    columns = _facts(parts, (), tuple(kpis), targets, baseline, across, blended=blended)
    row = {name: each if isinstance(each, str) else each[0] for name, each in columns.items()}
    return {**row, _REFUSED: ",".join(refused)}


def _facts(
    parts: Parts,
    by: Sequence[str],
    kpis: tuple[Kpi, ...],
    targets: Targets | None,
    baseline: Parts | None,
    across: Mapping[str, Across],
    *,
    blended: bool,
) -> dict[str, Any]:
    """Columns of `facts` beside those of the groups; what holds for all of these is one text."""
    groups = parts.by(by, blended=blended)
    columns: dict[str, Any] = {name: groups.measure(name) for name in groups.names}
    for kpi in kpis:
        columns |= dict(zip(_part_names(kpi), (groups.top(kpi), groups.bottom(kpi)), strict=True))
        if targets is None or kpi.key not in JUDGED or (blended and kpi.is_time):
            continue
        stands = standing(parts, by, kpi, targets, baseline)
        columns |= columns_of(kpi, stands)
        columns[f"{kpi.key} {_RULE}"] = np.array([*stands.common.rows, None], dtype=object)[:-1]
        if kpi.key in across:
            columns[f"{kpi.key} {_ACROSS}"] = across[kpi.key].words(kpi)
    if "media_type" not in by:
        columns[_TIMES] = time_words(parts, blended=blended)
    return columns


def _part_names(kpi: Kpi) -> tuple[str, str]:
    """The columns of a KPI's numerator and denominator."""
    return f"{kpi.key} top", f"{kpi.key} bottom"


def explain(kpi: Kpi, row: Mapping[str, Any] | pd.Series[Any]) -> str:
    """A KPI's value with what it is made of, its target, the API's metrics and the source.

    `row` is one of `facts`.
    """
    known = dict(row)
    made_of = "; ".join([_equation(kpi, known), *_target_words(kpi, known)])
    return _sentences(made_of, *_scope(kpi, known), *_origins(kpi, known))


def help_text(kpi: Kpi, row: Mapping[str, Any] | pd.Series[Any], *more: str) -> str:
    """What a KPI is, whether it is good, what it is made of; then more, and the API's metrics.

    `row` is one of `facts`.
    """
    known = dict(row)
    standing = "; ".join(_target_words(kpi, known))
    said = kpi.long, kpi.better.words, standing[:1].upper() + standing[1:], _equation(kpi, known)
    return _sentences(*said, *_scope(kpi, known), *more, *_origins(kpi, known))


def target_text(kpi: Kpi, row: Mapping[str, Any] | pd.Series[Any]) -> str:
    """The target that a figure is held against, as short as can be; empty without one.

    `row` is one of `facts`.
    """
    rule = _rule(kpi, dict(row))
    if rule is None:
        return ""
    return f"within {exact(rule.target)} %" if kpi.better is Better.BASELINE else _limit(kpi, rule)


def _sentences(*said: str) -> str:
    return " ".join(f"{each.removesuffix('.')}." for each in said if each)


def _scope(kpi: Kpi, known: Mapping[str, Any]) -> Iterator[str]:
    """Why there is no value, or else what media types a time is over."""
    if _value(kpi, known) is None:
        if _REFUSED in known:
            media_type = str(known.get("media_type", ""))
            yield why_no_value(kpi, media_type, known, known[_REFUSED].split(","))
    elif kpi.is_time and _TIMES in known:
        yield known[_TIMES]


def _origins(kpi: Kpi, known: Mapping[str, Any]) -> Iterator[str]:
    yield f"Genesys Cloud metrics: {kpi.formula}"
    if rule := _rule(kpi, known):
        yield f"Target from {rule.source}"
    yield f"Source: {kpi.source}"


def _value(kpi: Kpi, known: Mapping[str, Any]) -> float | None:
    """The KPI's value in its unit."""
    top, bottom = (known.get(name) for name in _part_names(kpi))
    if top is None or pd.isna(top):
        return None
    if kpi.denominator:
        if bottom is None or pd.isna(bottom) or bottom <= 0:
            return None
        top /= bottom
    return float(kpi.unit.scaled(top))


def _rule(kpi: Kpi, known: Mapping[str, Any]) -> Target | None:
    """The target, where there is a limit or baseline to hold the value against."""
    rule = known.get(f"{kpi.key} {_RULE}")
    return rule if isinstance(rule, Target) and pd.notna(known[f"{kpi.key}_target"]) else None


def _equation(kpi: Kpi, known: Mapping[str, Any]) -> str:
    name, value = spoken(kpi), _value(kpi, known)
    if value is None:
        return f"{kpi.label} has no value"
    top, bottom = _part_names(kpi)
    words, other_words = kpi.parts
    if kpi.denominator:
        return (
            f"{name} {_shown(kpi, value)} = {_amount(kpi.numerator, known[top])} {words}"
            f" / {_amount(kpi.denominator, known[bottom])} {other_words}"
        )
    if kpi.less and kpi.less in known:
        whole, less = (_amount(column, known[column]) for column in (kpi.numerator, kpi.less))
        return f"{name} {_shown(kpi, value)} = {whole} {words} − {less} {other_words}"
    if kpi.is_time:
        return f"{name} {duration(value)} = {_amount(kpi.numerator, known[top])} {words}"
    return f"{name} = {_shown(kpi, value)}" + ("" if kpi.less else f" {words}")


def _shown(kpi: Kpi, value: float) -> str:
    """The value as it stands on the page; a time in seconds too, to be checked by hand."""
    shown = value_text(value, kpi.unit)
    return f"{shown} ({half_up(value):,.1f} s)" if kpi.is_time else shown


def _amount(column: str, value: float) -> str:
    """A frame's number, exact: seconds for milliseconds, else whole contacts."""
    if column.endswith(("_sum", "_max")):
        return f"{exact(Unit.SECONDS.scaled(Decimal(str(value))))} s"
    return f"{value:,.0f}"


def _target_words(kpi: Kpi, known: Mapping[str, Any]) -> Iterator[str]:
    value = _value(kpi, known)
    rule = _rule(kpi, known)
    if value is None:
        return
    if rule is None:
        if known.get(f"{kpi.key} {_ACROSS}"):
            yield f"targets: {known[f'{kpi.key} {_ACROSS}']}"
        return
    mark, status = known[f"{kpi.key}_target"], known[f"{kpi.key}_status"]
    if kpi.better is Better.BASELINE:
        change = "no change can be told"
        if mark:
            change = signed(Unit.PERCENT.scaled(value / mark - 1), Unit.PERCENT, points=" %")
        yield f"{change} against {_shown(kpi, mark)} in the comparison interval"
        yield f"target within {exact(rule.target)} %"
    else:
        yield f"target {_limit(kpi, rule)}"
    if pd.notna(short := known.get("contacts_to_target")) and rule.kpi == SERVICE_LEVEL:
        yield _contacts(short, known["contacts_in_hand"])
    if status and (status == Status.FEW or rule.kpi != SERVICE_LEVEL):
        yield status


def _limit(kpi: Kpi, rule: Target) -> str:
    most = "at most " if kpi.better is Better.DOWN else ""
    return f"{most}{limit(rule.target, kpi.unit, rule.seconds)}"


def _contacts(short: int, in_hand: int) -> str:
    return f"{counted(short or in_hand, 'contact')} {'short' if short else 'in hand'}"
