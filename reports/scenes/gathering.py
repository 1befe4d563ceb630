"""All values of a meeting: those of the whole selection, and of each queue in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from genesys.errors import GenesysError
from genesys.targets import Targets
from reports.data import asking
from reports.data.asking import Asker
from reports.data.figures import Figures
from reports.scenes.meeting import Fetched, in_trouble

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Gathered:
    """What `Meeting.all` and `Meeting.queues` are."""

    all: Fetched
    queues: tuple[Fetched, ...]


def gathered(
    figures: Figures, targets: Targets, fewest: int, asker: Asker, *, forgiving: bool
) -> Gathered:
    """The values beside the figures, and the same of the queues that lack most contacts.

    Where it is `forgiving`, half-hours and outcomes that cannot be had are None, with the reason.
    """

    def fetched(of: Figures) -> Fetched:
        def ask(what: Callable[[Figures, Asker], T]) -> tuple[T | None, str]:
            try:
                return what(of, asker), ""
            except GenesysError as error:
                if forgiving:
                    return None, error.what
                raise

        (fine, no_fine), (outcomes, no_outcomes) = ask(asking.half_hours), ask(asking.outcomes)
        weeks = ask(asking.offered_before)[0] if of is figures else None
        return Fetched(of, fine, outcomes, no_fine, no_outcomes, weeks)

    queues = in_trouble(figures, targets, fewest)
    narrowed = (asking.figures_of(asking.of_queue(figures, each), asker) for each in queues)
    return Gathered(fetched(figures), tuple(map(fetched, narrowed)))
