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

    def ids(self, directory: Directory) -> frozenset[str]:
        """The ids of the divisions of a whole directory that are meant."""
        named = {each.casefold() for each in self.division_names}
        return frozenset(
            key
            for key, name in directory.divisions().items()
            if self.is_all or key in self.division_ids or name.casefold() in named
        )


ALL: Final = Scope(is_all=True)
NOTHING: Final = Scope()


def within(directory: Directory, scope: Scope) -> Directory:
    """The directory as far as the scope reaches: no other queue, and no other division."""
    if scope.is_all:
        return directory
    ids = scope.ids(directory)
    return Directory(
        {key: each for key, each in directory.queues.items() if directory.division_id(key) in ids},
        directory.missing_permission,
        directory.complete,
        directory.lacks,
    )


def words(directory: Directory, scope: Scope) -> str:
    """How much of a whole directory somebody sees, as “2 of 4 divisions”; empty where all."""
    if scope.is_all:
        return ""
    return f"{len(scope.ids(directory))} of {counted(len(directory.divisions()), 'division')}"
