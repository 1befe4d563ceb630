"""Where the days of an organization are kept, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec
from platformdirs import user_data_path

from genesys.days.layout import VERSION, Layout
from genesys.settings import KEEP_NOTHING


class Owner(msgspec.Struct, frozen=True):
    """Whose days they are. Another OAuth client may see other divisions, so it has its own."""

    region: str
    organization_id: str
    client_id: str
    version: int = VERSION

    def words(self) -> str:
        """As it stands in a table's description."""
        return msgspec.json.encode(self).decode()


@dataclass(frozen=True)
class Place:
    """A folder or a URL, with the tables of one owner."""

    root: str
    owner: Owner

    @property
    def folder(self) -> str:
        names = (self.owner.region, self.owner.organization_id, self.owner.client_id)
        return "/".join((self.root, *(quote(name, safe="") or "-" for name in names)))

    @property
    def is_remote(self) -> bool:
        return "://" in self.root

    def table(self, layout: Layout) -> str:
        """The folder or URL of one of the tables."""
        return f"{self.folder}/{layout.name}"


def for_demo(setting: str, organization_id: str) -> Place | None:
    """Where days of a demo organization are kept: nowhere, unless the setting names a place."""
    return place(setting or KEEP_NOTHING, Owner("demo", organization_id, "demo"))


def place(setting: str, owner: Owner) -> Place | None:
    """The place that the setting names; the user's data folder without one; None for no keeping."""
    if setting == KEEP_NOTHING:
        return None
    if "://" in setting:
        return Place(setting.rstrip("/"), owner)
    path = Path(setting).expanduser() if setting else default_folder()
    return Place(path.absolute().as_posix(), owner)


def default_folder() -> Path:
    """The folder in which this user's programs keep their data."""
    return user_data_path("queue-dashboard-genesys-cloud", appauthor=False) / "days"
