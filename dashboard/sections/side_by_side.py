"""Queues side by side, and against the average of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.data import organization
from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.sections import kpi_row, queue_trends, queues_compared
from dashboard.sections.queue_average import alike, average
from dashboard.selecting.page_words import CHANGE, DIFFERENCE
from genesys.kpis.applicability import time_words
from genesys.kpis.catalogue import Kpi
from genesys.organization.directory import Directory
from genesys.targets import Targets
from genesys.words import counted
from reports.charts import AVERAGE
from reports.data import verdicts
from reports.data.figures import Figures
from reports.data.groups import values_of, with_contacts
from reports.data.kept import kept
from reports.data.parts import parts_of
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.sections.trend import targets_of
from reports.table import Column, Table

NAME: Final = Column("queue_name", "Queue")
TARGET: Final = "Target of all of them"


def draw(view: View, seen: View) -> None:
    """The queues of `seen` in a table and over time, with the average of all queues of `view`."""
    kpis = seen.selection.kpi_rows()
    against = st.segmented_control(
        "Beside each value",
        [CHANGE, DIFFERENCE],
        default=CHANGE,
        required=True,
        key="beside",
        bind="query-params",
    )
    table = compared(view, seen, kpis, differences=against == DIFFERENCE)
    tables.draw(
        seen,
        table,
        "side-by-side",
        alt="Figures of the queues, the average of all queues and the target first",
        opens=view.selection,
    )
    st.caption(legend(view, seen, kpis))
    tables.downloads(seen, [table], "side-by-side")
    kpi = kpi_row.focus(seen)
    st.header(f"{kpi.label} over time")
    queue_trends.draw(view, seen, kpi)
    st.header(queues_compared.MEDIA)
    table = queues_compared.by_media(
        seen.figures,
        kpis,
        organization.targets(),
        blended=view.selection.blended,
        fewest=view.selection.fewest,
    )
    tables.draw(seen, table, "side-by-side-media", opens=view.selection)
    tables.downloads(seen, [table], "side-by-side-media")


def compared(view: View, seen: View, kpis: tuple[Kpi, ...], *, differences: bool) -> Table:
    """The average of all queues of `view` and the target, then each queue of `seen`.

    Behind a value stands its difference to the average or, without `differences`, its change.
    """
    chosen = seen.selection
    return _compared(
        view.figures,
        seen.figures,
        chosen.queue_ids,
        kpis,
        organization.targets(),
        differences=differences,
        blended=chosen.blended,
        fewest=chosen.fewest,
    )


@kept
def _compared(
    every: Figures,
    seen: Figures,
    queue_ids: tuple[str, ...],
    kpis: tuple[Kpi, ...],
    targets: Targets,
    *,
    differences: bool,
    blended: bool,
    fewest: int,
) -> Table:
    title, by = "Queues side by side", ("queue_id",)
    table = values_of(seen, title, by, kpis, targets, blended=blended, fewest=fewest)
    rows = table.rows.iloc[table.totals :]
    mean = average(every, seen, kpis, blended=blended)
    mean = mean.assign(queue_id="", queue_name=AVERAGE, division="")
    shared = _shared(seen, kpis, targets, blended=blended)
    silent = _silent(queue_ids, rows, every.directory)
    parts = [part for part in (mean, shared, rows, silent) if len(part)]
    whole = pd.concat(parts, ignore_index=True)
    values = Table(table.title, table.columns, whole, totals=1 + len(shared))
    if differences:
        return queues_compared.with_differences(values, kpis)
    earlier = verdicts.changes(seen, by, kpis, blended=blended)
    return queues_compared.with_changes(values, earlier, by, kpis)


def _shared(
    seen: Figures, kpis: tuple[Kpi, ...], targets: Targets, *, blended: bool
) -> pd.DataFrame:
    """A row of the targets that all of the queues share; none where there is no such target."""
    row: dict[str, float] = {}
    for kpi in kpis:
        values = {target for _, target in targets_of(seen, kpi, "queue_id", targets)}
        many = len(targets_of(seen, kpi, "queue_id", targets))
        if len(values) == 1 and many == len(with_contacts(seen)) and not (blended and kpi.is_time):
            row[kpi.key] = values.pop()
    names = {"queue_id": "", "queue_name": TARGET, "division": ""}
    return pd.DataFrame([names | row] if row else [])


def _silent(ids: tuple[str, ...], rows: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    """Rows of the queues that have no figures."""
    silent = [each for each in ids if each not in set(rows["queue_id"])]
    return pd.DataFrame(
        {
            "queue_id": silent,
            "queue_name": [directory.label(each) for each in silent],
            "division": [directory.division(each) for each in silent],
        }
    )


def legend(view: View, seen: View, kpis: Sequence[Kpi]) -> str:
    """How the average is made, and what the signs mean."""
    many, blended = len(with_contacts(view.figures)), view.selection.blended
    queues = f"{counted(many, 'queue')} with contacts"
    words = [
        f"{AVERAGE}: rates and average times are those of all contacts together;",
        f"counts and total times are the total divided by the {queues}.",
    ]
    if any(kpi.is_maximum for kpi in kpis):
        words.append("A maximum has no average.")
    if any(kpi.is_time for kpi in kpis):
        like = alike(parts_of(view.figures.now), seen.figures)
        words.append(f"{time_words(like, blended=blended)}.")
    return " ".join((*words, f"{VALUES_LEGEND}. {CHANGES_LEGEND}."))
