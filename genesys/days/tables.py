"""The Delta tables: opened, made, set aside where they are damaged or somebody else's."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
from deltalake import ColumnProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError
from deltalake.schema import Schema
from msgspec.structs import replace

from genesys.days.layout import MILLISECONDS, VERSION, Layout
from genesys.days.migration import migrate
from genesys.days.place import Owner, Place
from genesys.words import one_line

TRIES: Final = 5
"""Of a write that another writer came before."""

_NEAR: Final = ColumnProperties(dictionary_enabled=False, encoding="DELTA_BINARY_PACKED")
"""For times, which hardly ever repeat: a third smaller than by a dictionary."""

_SETTINGS: Final = {
    "delta.logRetentionDuration": "interval 7 days",
    "delta.dataSkippingStatsColumns": "day,asked",
}


class Unusable(Exception):
    """A table that cannot be read or written; the text says which one and why, in a sentence."""


class Table:
    """One of an owner's tables. `on_aside` is told what was set aside, in a sentence."""

    def __init__(
        self,
        place: Place,
        layout: Layout,
        on_aside: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.layout = layout
        self.uri = place.table(layout)
        self._place = place
        self._on_aside = on_aside
        self._pause = pause
        self._opened: DeltaTable | None = None
        times = [name for name in MILLISECONDS if name in layout.schema.names]
        self._compression = WriterProperties(
            compression="ZSTD",
            compression_level=3,
            column_properties=dict.fromkeys(times, _NEAR) or None,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self.layout.schema.names)

    def open(self) -> DeltaTable | None:
        """The table as it is now; None where there is none, or none that is of use any more.

        Raises Unusable where it must not be touched.
        """
        try:
            if DeltaTable.is_deltatable(self.uri):
                if self._opened is not None:
                    self._opened.update_incremental()
                    return self._opened
                table = DeltaTable(self.uri)
                owner = msgspec.json.decode(table.metadata().description or "{}", type=Owner)
            else:
                self.forget()
                if self._has_figures():
                    raise ValueError("no log leads to its files")
                return None
        except (DeltaError, msgspec.MsgspecError, ValueError) as error:
            self.forget()
            self._aside(f"is damaged ({one_line(str(error))[:100]})")
            return None
        if owner.version > VERSION:
            raise Unusable(f"{self.uri} was made by a later version of this program.")
        if replace(owner, version=VERSION) != self._place.owner:
            self._aside("belongs to another organization or client")
        elif owner.version < VERSION:
            return self._migrated(table)
        elif self._fits(table):
            self._opened = table
            return table
        else:
            self._aside("has columns of another kind")
        return None

    def forget(self) -> None:
        """Open it anew when it is next asked for."""
        self._opened = None

    def leave(self, paths: Sequence[str]) -> None:
        """Rename damaged files, and go on without them."""
        if not paths or self._place.is_remote:
            return
        for path in map(Path, paths):
            if path.exists():
                path.rename(path.with_name(f"{path.name}.damaged"))
            self._on_aside(f"{path} is damaged. It was set aside; its days are not kept any more.")
        DeltaTable(self.uri).repair()

    def replace(self, rows: pa.Table, predicate: str) -> None:
        """Put rows in the place of those that the predicate is true of, all or none of it.

        Raises CommitFailedError where others keep coming before.
        """
        for _ in range(TRIES - 1):
            try:
                self._write(rows, predicate)
                return
            except CommitFailedError:
                self._pause(0.1)
        self._write(rows, predicate)

    def rewrite(self, rows: pa.RecordBatchReader, predicate: str) -> None:
        """Put the same rows in another order and other files, unless anybody wrote in between.

        Raises CommitFailedError where somebody did since the table was opened.
        """
        if self._opened is not None:
            self._put(self._opened, rows, predicate)

    def sweep(self) -> None:
        """Remove files that no row stands in any more; few small ones become one."""
        if opened := self.open():
            if not self.layout.is_by_month:
                opened.optimize.compact()
            opened.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)

    def _write(self, rows: pa.Table, predicate: str) -> None:
        self._put(self.open() or self._create(), rows, predicate)

    def _put(
        self, table: DeltaTable, rows: pa.Table | pa.RecordBatchReader, predicate: str
    ) -> None:
        write_deltalake(
            table,
            rows,
            mode="overwrite",
            predicate=predicate,
            writer_properties=self._compression,
        )

    def _create(self) -> DeltaTable:
        if not self._place.is_remote:
            Path(self.uri).parent.mkdir(parents=True, exist_ok=True)
        return DeltaTable.create(
            self.uri,
            self.layout.schema,
            mode="ignore",
            partition_by=["month"] if self.layout.is_by_month else None,
            name=self.layout.name,
            description=self._place.owner.words(),
            configuration=_SETTINGS,
        )

    def _has_figures(self) -> bool:
        return not self._place.is_remote and any(Path(self.uri).rglob("*.parquet"))

    def _fits(self, table: DeltaTable) -> bool:
        """Whether it has our columns; those that an earlier program did not know are added."""
        ours = Schema.from_arrow(self.layout.schema)
        theirs = {field.name: field.type for field in table.schema().fields}
        if any(theirs.get(field.name, field.type) != field.type for field in ours.fields):
            return False
        if new := [field for field in ours.fields if field.name not in theirs]:
            table.alter.add_columns(new)
        return True

    def _migrated(self, table: DeltaTable) -> DeltaTable | None:
        try:
            migrate(table, self.layout, self._place.owner.words(), self._compression)
        except CommitFailedError:
            return self.open()
        except (DeltaError, pa.ArrowInvalid) as error:
            self._aside(f"cannot be brought to this version ({one_line(str(error))[:100]})")
            return None
        self._opened = table
        return table

    def _aside(self, why: str) -> None:
        """Rename a folder that is of no use, so that nothing of it is lost or written over."""
        if self._place.is_remote:
            raise Unusable(f"{self.uri} {why}: move it away, and days are kept again.")
        folder = Path(self.uri)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise Unusable(f"{self.uri} may not be read and written.")
        names = (folder.with_name(f"{folder.name}.aside-{number}") for number in count(1))
        to = next(path for path in names if not path.exists())
        folder.rename(to)
        self._on_aside(f"{self.uri} {why}. It was set aside as {to.name}.")
