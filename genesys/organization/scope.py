"""What somebody may see of an organization: all of it, or the queues of some divisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from genesys.organization.directory import Directory
from genesys.words import counted


@dataclass(frozen=True)
class Scope:
    """The divisions that somebody may see, by their ids and their names.

    Work without a queue and deleted queues are in no division: only who sees all sees them.
    """

    division_ids: frozenset[str] = frozenset()
    division_names: frozenset[str] = frozenset()
    is_all: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether no division is named at all."""
        return not (self.is_all or self.division_ids or self.division_names)

    @property
    def words(self) -> str | list[str]:
        """As it stands in a line for the record: `all`, or ids and names."""
        return "all" if self.is_all else sorted(self.division_ids | self.division_names)

    def ids(self, directory: Directory) -> frozenset[str]:
        """The ids of the divisions of a whole directory that are meant."""
        named = {each.casefold() for each in self.division_names}
        return frozenset(
            key
            for key, name in directory.divisions().items()
            if self.is_all or key in self.division_ids or name.casefold() in named
        )


@dataclass(frozen=True)
class Sight:
    """What figures were cut to: the ids of divisions, and how much that is; None is everything."""

    division_ids: frozenset[str] | None = None
    words: str = ""


EVERYTHING: Final = Sight()

ALL: Final = Scope(is_all=True)
NOTHING: Final = Scope()


def sight(directory: Directory, scope: Scope) -> Sight:
    """What somebody sees of a whole directory, in words as “2 of 4 divisions”."""
    if scope.is_all:
        return EVERYTHING
    ids = scope.ids(directory)
    return Sight(ids, f"{len(ids)} of {counted(len(directory.divisions()), 'division')}")


def within(directory: Directory, division_ids: frozenset[str]) -> Directory:
    """The directory of these divisions: no other queue, and no other division."""
    return Directory(
        {
            key: each
            for key, each in directory.queues.items()
            if directory.division_id(key) in division_ids
        },
        directory.missing_permission,
        directory.complete,
        directory.lacks,
    )
