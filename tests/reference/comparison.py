"""How two frames were compared before: pandas joins, slow and plain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from genesys.analytics.frames import NONE
from genesys.insights.comparison import Presence, Verdict
from genesys.kpis.catalogue import Better, Kpi
from tests.reference.rollup import of_like_media, rollup
from tests.reference.unjudged import why_unjudged


def compare(
    current: pd.DataFrame,
    earlier: pd.DataFrame,
    by: Sequence[str],
    kpis: Iterable[Kpi],
    *,
    blended: bool = False,
) -> pd.DataFrame:
    """The KPIs of both frames for each group of `by`, side by side; no `by` is the total.

    The columns are `by`, `presence`, and for each KPI `<key>`, `<key>_earlier`, `<key>_delta`
    in its unit (points for rates), `<key>_change` (0.1 is 10 % more; none where the earlier
    value is 0) and `<key>_verdict`. Where either side has no value, the last three are empty.
    """
    kpis = tuple(kpis)
    here, there = (
        _keyed(rollup(each, by, kpis, blended=blended), by) for each in (current, earlier)
    )
    times = [kpi for kpi in kpis if kpi.is_time]
    if times and "media_type" not in by and not blended:
        alike = _keyed(rollup(of_like_media(earlier, current), by, times), by)
        there = there.assign(**{kpi.key: alike[kpi.key] for kpi in times})
    both = here.join(there.add_suffix("_earlier"), how="outer")
    columns = {"presence": pd.Series(_presence(both, here, there), both.index, dtype=str)}
    if not by:
        columns["presence"][:] = _PRESENCE[_in_queues(current), _in_queues(earlier)]
    doubts = _doubts(current, here.index, by, kpis, blended=blended)
    before = _doubts(earlier, there.index, by, kpis, blended=blended)
    if times and "media_type" not in by and not blended:
        before |= _doubts(of_like_media(earlier, current), alike.index, by, times)
    for kpi in kpis:
        now, then = (each[kpi.key].reindex(both.index, fill_value="") for each in (doubts, before))
        doubt = now.where(now != "", then)
        columns |= _change(kpi, both[kpi.key], both[f"{kpi.key}_earlier"], doubt)
    table = pd.DataFrame(columns, index=both.index).reset_index(drop=not by)
    return table.astype(dict.fromkeys(by, "category"))


def _doubts(
    frame: pd.DataFrame,
    index: pd.Index[Any],
    by: Sequence[str],
    kpis: Sequence[Kpi],
    *,
    blended: bool = False,
) -> dict[str, pd.Series[Any]]:
    judged = [kpi for kpi in kpis if kpi.better in _GOOD]
    doubts = why_unjudged(frame, by, judged, blended=blended)
    doubts |= {kpi.key: [""] * len(index) for kpi in kpis if kpi not in judged}
    return {key: pd.Series(words, index, dtype=object) for key, words in doubts.items()}


_PRESENCE: Final = {
    (True, True): Presence.BOTH.value,
    (True, False): Presence.APPEARED.value,
    (False, True): Presence.VANISHED.value,
    (False, False): Presence.BOTH.value,
}

_GOOD: Final = {Better.UP: 1, Better.DOWN: -1}


def _keyed(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    return table.astype(dict.fromkeys(by, str)).set_index(list(by)) if by else table


def _in_queues(frame: pd.DataFrame) -> bool:
    return bool((frame["queue_id"] != NONE).any())


def _presence(both: pd.DataFrame, here: pd.DataFrame, there: pd.DataFrame) -> list[str]:
    sides = (both.index.isin(side.index).tolist() for side in (here, there))
    return [_PRESENCE[pair] for pair in zip(*sides, strict=True)]


def _change(
    kpi: Kpi, here: pd.Series[Any], there: pd.Series[Any], doubt: pd.Series[Any]
) -> dict[str, pd.Series[Any]]:
    delta = here - there
    base = there.astype("float64")
    verdicts = [_verdict(kpi, each, why) for each, why in zip(delta, doubt, strict=True)]
    return {
        kpi.key: here,
        f"{kpi.key}_earlier": there,
        f"{kpi.key}_delta": delta,
        f"{kpi.key}_change": delta.astype("float64") / base.where(base != 0),
        f"{kpi.key}_verdict": pd.Series(verdicts, here.index, dtype=str),
    }


def _verdict(kpi: Kpi, delta: Any, doubt: str) -> str:
    if pd.isna(delta):
        return ""
    good = delta * _GOOD.get(kpi.better, 0)
    if not good:
        return Verdict.NEUTRAL.value
    if doubt:
        return doubt
    return Verdict.BETTER.value if good > 0 else Verdict.WORSE.value
