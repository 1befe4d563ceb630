"""Migration: a table that an earlier version made, written anew with today's columns."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, WriterProperties, write_deltalake

from genesys.days.layout import Layout


def migrate(table: DeltaTable, layout: Layout, owner: str, writer: WriterProperties) -> None:
    """Write all rows in the layout's columns, in one commit, and then whose table it is now.

    One that is stopped between both is migrated again, to the same rows. Raises ArrowInvalid
    where a value has no place in its new column, and CommitFailedError where others came before.
    """
    batches = table.to_pyarrow_dataset().to_batches()
    rows = pa.RecordBatchReader.from_batches(layout.schema, _rows(batches, layout.schema))
    write_deltalake(
        table,
        rows,
        mode="overwrite",
        schema_mode="overwrite",
        partition_by=["month"] if layout.is_by_month else None,
        writer_properties=writer,
    )
    table.alter.set_table_description(owner)


def _rows(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        known = set(batch.schema.names)
        columns = [
            batch.column(field.name).cast(field.type)
            if field.name in known
            else pa.nulls(batch.num_rows, field.type)
            for field in schema
        ]
        yield pa.RecordBatch.from_arrays([*_without_single(columns, schema)], schema=schema)


def _without_single(columns: list[pa.Array], schema: pa.Schema) -> Iterator[pa.Array]:
    """The columns; the least and the most of single contacts are left empty, as their sum."""
    by_name = dict(zip(schema.names, columns, strict=True))
    for name, values in by_name.items():
        metric, _, stat = name.rpartition("_")
        if stat not in ("min", "max"):
            yield values
            continue
        is_one = pc.equal(by_name[f"{metric}_count"], 1)
        is_single = pc.and_(is_one, pc.equal(values, by_name[f"{metric}_sum"]))
        yield pc.if_else(pc.fill_null(is_single, False), None, values)
