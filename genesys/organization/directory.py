"""The queues of an organization by name: labels that tell them apart, and how to find one."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from genesys.analytics.frames import NONE
from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.entities import Queue
from genesys.errors import PermissionMissing, SignOnError
from genesys.organization.extras import extra

NO_QUEUE: Final = "No queue"
"""Label of the rows without a queue, whose queue id is `results.NONE`."""

QUEUE_PERMISSIONS: Final = "routing:queue:search or routing:queue:view"
"""Either lets queue names be read."""

_OF_ROWS: Final = frozenset({"no queue", "total", "all queues"})
"""What rows are called that are no queue: a queue of that name is told apart from them."""

LIST_SECONDS: Final = 120.0
"""How long a list of queues is waited for."""

_MOST_LETTERS: Final = 40

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Directory:
    """The queues by id.

    Not `complete` where no list may be read, see `missing_permission`, or none is known to be
    whole: `lacks` says why. Then nothing follows from a queue that is not among them.
    """

    queues: Mapping[str, Queue] = field(default_factory=dict)
    missing_permission: str = ""
    complete: bool = True
    lacks: str = ""

    def __hash__(self) -> int:
        """Worked out once, since queues may be thousands."""
        return self._hash

    def labels(self) -> Mapping[str, str]:
        """A label for each queue in the list; no two are alike."""
        return self._labels

    def label(self, queue_id: str) -> str:
        """The label of any queue id, also of one in no list."""
        if queue_id == NONE:
            return NO_QUEUE
        if queue_id in self._labels:
            return self._labels[queue_id]
        if not is_id(queue_id):
            return f"Unknown queue “{shortened(queue_id)}”"
        return f"{'Deleted queue' if self.complete else 'Queue'} ({_short(queue_id)})"

    def division(self, queue_id: str) -> str:
        """The name of a queue's division; empty where it is not known."""
        queue = self.queues.get(queue_id)
        return _division(queue) if queue else ""

    def divisions(self) -> Mapping[str, str]:
        """The names of the divisions that have queues, by their ids and in order."""
        found = {
            queue.division.id: _division(queue)
            for queue in self.queues.values()
            if queue.division and queue.division.id
        }
        return dict(sorted(found.items(), key=lambda each: each[1].casefold()))

    def division_id(self, queue_id: str) -> str:
        """The id of a queue's division; empty where it is not known."""
        queue = self.queues.get(queue_id)
        return (queue.division.id if queue and queue.division else None) or ""

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that a user may mean: by id, else by label, else by name in any case.

        Anything of an id's form is taken as one, since deleted queues are in no list.
        """
        text = " ".join(text.split())
        if text in self.queues or _UUID.fullmatch(text):
            return (text if text in self.queues else text.lower(),)
        folded = text.casefold()
        by_label = [key for key, label in self._labels.items() if label == text]
        return tuple(by_label) or tuple(
            key
            for key, label in self._labels.items()
            if folded in (label.casefold(), _name(self.queues[key]).casefold())
        )

    def found(self, texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of all queues that the texts may mean, and the texts that mean none."""
        meant = {text: self.find(text) for text in texts if text.strip()}
        ids = dict.fromkeys(key for keys in meant.values() for key in keys)
        return tuple(ids), tuple(text.strip() for text, keys in meant.items() if not keys)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Up to 5 labels that resemble the text or contain it, for an error message."""
        folded = {label.casefold(): label for label in self._labels.values()}
        near = difflib.get_close_matches(text.casefold(), folded, n=5)
        within = [key for key in folded if text.casefold() in key]
        return tuple(folded[key] for key in dict.fromkeys([*near, *within]))[:5]

    @cached_property
    def _hash(self) -> int:
        named = frozenset((key, queue.name, queue.division) for key, queue in self.queues.items())
        return hash((named, self.missing_permission, self.complete, self.lacks))

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Each queue by the first of its possible labels that it shares with no other."""
        choices = {key: tuple(_choices(queue)) for key, queue in self.queues.items()}
        level = dict.fromkeys(choices, 0)
        while True:
            labels = {key: choices[key][level[key]] for key in choices}
            owners = Counter(label.casefold() for label in labels.values())
            alike = [
                key
                for key, label in labels.items()
                if owners[label.casefold()] > 1 and level[key] + 1 < len(choices[key])
            ]
            if not alike:
                return labels
            for key in alike:
                level[key] += 1


def read_directory(api: Api, budget: Budget) -> Directory:
    """The directory from the first list of queues that is whole, else what the lists hold.

    Raises SignOnError, since without a token there will be no figures either.
    """
    queues: dict[str, Queue] = {}
    lacks: list[str] = []
    for read in (api.division_view_queues, api.queues):
        listed = extra(read, budget, LIST_SECONDS)
        if listed.value:
            queues = {queue.id: queue for queue in listed.value.entities} | queues
            if not listed.value.lacks:
                return Directory({queue.id: queue for queue in listed.value.entities})
            lacks.append(listed.value.lacks)
        elif isinstance(listed.error, SignOnError):
            raise listed.error
        elif listed.error and not isinstance(listed.error, PermissionMissing):
            lacks.append(listed.error.what)
    if lacks:
        return Directory(queues, complete=False, lacks=lacks[0])
    return Directory(missing_permission=QUEUE_PERMISSIONS, complete=False)


def is_id(text: str) -> bool:
    """Whether a text has the form of a queue's id."""
    return bool(_UUID.fullmatch(text))


def shortened(text: str) -> str:
    """A text from outside, cut where it is longer than a name."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def _choices(queue: Queue) -> Iterator[str]:
    """The labels a queue may have, from the plainest to the one that is certainly its own."""
    name, division, short = _name(queue), _division(queue), _short(queue.id)
    if not name:
        yield f"Queue ({short})"
    else:
        if name.casefold() not in _OF_ROWS:
            yield name
        if division:
            yield f"{name} ({division})"
        yield f"{name} ({', '.join(filter(None, (division, short)))})"
    yield f"{name or 'Queue'} ({queue.id})"


def _name(queue: Queue) -> str:
    return " ".join((queue.name or "").split())


def _division(queue: Queue) -> str:
    return (queue.division.name if queue.division else None) or ""


def _short(queue_id: str) -> str:
    return queue_id[:8]
