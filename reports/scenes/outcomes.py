"""Where the offered went: answered in time or late, abandoned, handed on."""

from __future__ import annotations

from typing import Final

from genesys.insights.reconciliation import sentences
from genesys.moments import span
from reports.data.groups import OFFERED
from reports.scenes.choice import Choice
from reports.scenes.meeting import Fetched, Meeting
from reports.scenes.scene import Body, Chart, Lines
from reports.sections.drivers import in_queues
from reports.sections.outcomes import base_words, chart, outcomes_table, reconciled

TITLE: Final = "Where the offered went"
SAID: Final = 4


def outcomes(meeting: Meeting, _: Choice) -> Body | str:
    """Each outcome as a share of the offered, the earlier interval's paler."""
    made = outcomes_of(meeting.all)
    if isinstance(made, str) or meeting.all.outcomes is None:
        return str(made)
    offered, first, *others = sentences(reconciled(meeting.all.outcomes[0]))
    headline = f"{offered} {first}"
    notes = (*others[SAID:], made.caption, OFFERED.help)
    return Body(headline, (made, Lines(tuple(others[:SAID]))), columns=2, notes=notes)


def outcomes_of(fetched: Fetched, *, low: bool = False) -> Chart | str:
    """The chart of the outcomes, or why there is none."""
    if fetched.outcomes is None:
        return f"These counts could not be had. {fetched.no_outcomes}".rstrip()
    here, there = fetched.outcomes
    now, before = reconciled(here), reconciled(there)
    if now.empty:
        return "No queue of this selection has such counts."
    has_before = in_queues(fetched.figures.before) and not before.empty
    earlier = span(fetched.figures.comparison.earlier, fetched.figures.zone)
    pale = f"Pale bars: {earlier}." if has_before else "The comparison interval has no figures."
    return Chart(
        TITLE,
        chart(here, there if has_before else None, low=low),
        outcomes_table(now, before),
        alt=f"{TITLE}: the share of each outcome, in this and the earlier interval",
        caption=f"{base_words(now)} {pale}",
    )
