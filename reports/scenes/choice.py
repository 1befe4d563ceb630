"""The presenter's choice: which scenes, in which order, with which words of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_LETTERS: Final = 300
"""Of a title, a subtitle or a sentence: it stands in a link and on one screen."""

_TITLE: Final = "title"
_SUBTITLE: Final = "subtitle"
_SCENES: Final = "scenes"
_HIDE: Final = "hide"
_NONE: Final = "none"
_SAY: Final = "say-"


@dataclass(frozen=True)
class Choice:
    """What is shown of a meeting; no `scenes` are all of them in their own order.

    `said` are keys of scenes and a sentence for each. `hides_none` leaves rows out that belong
    to no queue of today, "No queue" and deleted ones; totals hold them still.
    """

    title: str = ""
    subtitle: str = ""
    scenes: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    hides_none: bool = False

    def to_params(self) -> dict[str, str]:
        """The parameters of a link: only what differs from no choice."""
        found = {
            _TITLE: self.title,
            _SUBTITLE: self.subtitle,
            _SCENES: ",".join(self.scenes),
            _HIDE: _NONE if self.hides_none else "",
            **{f"{_SAY}{key}": text for key, text in self.said},
        }
        return {name: text for name, text in found.items() if text}


def from_params(params: Mapping[str, Sequence[str]], keys: Sequence[str]) -> Choice:
    """The choice that a link names, of scenes with these keys; what else it says is not taken."""

    def one(name: str) -> str:
        return next(iter(params.get(name, ())), "").strip()[:MOST_LETTERS]

    wanted = dict.fromkeys(one(_SCENES).split(","))
    return Choice(
        one(_TITLE),
        one(_SUBTITLE),
        tuple(key for key in wanted if key in keys),
        tuple((key, text) for key in keys if (text := one(f"{_SAY}{key}"))),
        one(_HIDE) == _NONE,
    )
