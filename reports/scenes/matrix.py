"""The matrix at wall size: the queues that lack most, by media type."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from genesys.insights.levels import LEVEL
from genesys.kpis.formats import spoken
from genesys.kpis.parts import GROUP
from genesys.targets import JUDGED, Status
from genesys.words import counted
from reports.data.groups import SHORT, not_of_today
from reports.data.verdicts import stands
from reports.legends import CHANGES_LEGEND, VALUES_LEGEND
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Body, Grid
from reports.sections.drivers import headline
from reports.sections.matrix import matrix_of
from reports.table import Table

MOST_ROWS: Final = 10
"""As many queues as are read from afar."""


def matrix(meeting: Meeting, choice: Choice) -> Body | str:
    """The total and the queues with most contacts short of target, each by media type."""
    table = matrix_of(
        meeting.figures,
        meeting.focus,
        meeting.targets,
        by_division=False,
        blended=meeting.blended,
        fewest=meeting.fewest,
    )
    values = [column.key for column in table.columns if column.unit]
    if table.rows[values].isna().all(axis=None):
        return f"{meeting.focus.label} has no value here."
    shown = _of_today(meeting, table) if choice.hides_none else table
    rows = shown.rows.iloc[: shown.totals + MOST_ROWS].reset_index(drop=True)
    return Body(
        _headline(meeting, shown),
        (Grid(replace(shown, rows=rows), _more(table, shown, len(rows)), shown),),
        notes=(
            f"{VALUES_LEGEND}. {CHANGES_LEGEND}.",
            f"{meeting.focus.label}: {meeting.focus.help}",
            f"{meeting.figures.comparison.words}.",
        ),
    )


def _of_today(meeting: Meeting, table: Table) -> Table:
    gone = not_of_today(table, meeting.figures.directory)
    rows = table.rows[~table.rows["queue_id"].isin(gone)].reset_index(drop=True)
    return replace(table, rows=rows)


def _more(table: Table, shown: Table, rows: int) -> str:
    """What of the matrix is not on the wall."""
    more, hidden = len(shown.rows) - rows, len(table.rows) - len(shown.rows)
    words = [f"and {counted(more, 'more queue')}"] if more else []
    if hidden:
        words.append(
            f"{counted(hidden, 'row')} without a queue of today hidden, in the total still"
        )
    return "; ".join(words)


def _headline(meeting: Meeting, shown: Table) -> str:
    kpi = meeting.focus
    if kpi.key not in JUDGED:
        return headline(meeting.figures, kpi, meeting.durations)
    found = stands(meeting.figures, GROUP, kpi, meeting.targets).status
    met, missed = (int((found == each).sum()) for each in (Status.MET, Status.MISSED))
    near = int((found == Status.NEAR).sum())
    judged = met + near + missed
    if not judged:
        return headline(meeting.figures, kpi, meeting.durations)
    first = shown.rows.iloc[shown.totals :].head(1)
    words = f"{met} of {counted(judged, 'group')} met the {spoken(kpi)} target"
    # Contacts are short of their service level, and of no other target.
    if kpi is not LEVEL or first.empty or not float(first[SHORT].iloc[0]) > 0:
        return f"{words}."
    short = counted(round(float(first[SHORT].iloc[0])), "contact")
    name = meeting.figures.directory.label(str(first["queue_id"].iloc[0]))
    return f"{words}; {name} missed it by most, {short}."
