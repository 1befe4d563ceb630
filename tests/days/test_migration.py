"""Tables of an earlier version: brought to this one without a loss, or set aside and named."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from msgspec.structs import replace

from genesys.analytics.frames import to_frame
from genesys.days.layout import DAILY, DAYS, HALF_HOURS, Layout
from genesys.days.store import Days
from tests.contacts import answer, figures
from tests.days.week import CONTACTS, WEEK
from tests.days.world import day_query, here, keep_day


def as_version_1(days: Days, layout: Layout, more: float = 0.0) -> None:
    """Write a table as version 1 did: times as floating numbers, those of single contacts too."""
    uri = days.place.table(layout)
    rows = pa.table(DeltaTable(uri).to_pyarrow_table())
    if layout is DAYS:
        rows = rows.drop_columns(["changed", "moved"])
    for index, name in enumerate(layout.schema.names):
        metric, _, stat = name.rpartition("_")
        if stat in ("sum", "min", "max"):
            values = rows[name].to_pylist()
            if stat != "sum":
                sums, counts = (rows[f"{metric}_{each}"].to_pylist() for each in ("sum", "count"))
                values = [
                    one if one is not None or count != 1 else whole
                    for one, whole, count in zip(values, sums, counts, strict=True)
                ]
            floats = pa.array([None if each is None else each + more for each in values])
            rows = rows.set_column(index, name, floats.cast(pa.float64()))
    write_deltalake(
        uri,
        rows,
        mode="overwrite",
        schema_mode="overwrite",
        partition_by=["month"] if layout.is_by_month else None,
    )
    owner = replace(days.place.owner, version=1)
    DeltaTable(uri).alter.set_table_description(owner.words())


def test_version_1_is_brought_to_whole_numbers_without_a_loss(tmp_path, days):
    for layout in (HALF_HOURS, DAILY, DAYS):
        as_version_1(days, layout)
    seen = Days(here(tmp_path))

    for day in WEEK[:3]:
        query = day_query(day)
        (frame,) = seen.held(query).frames
        alone = to_frame(answer(CONTACTS, query), query).drop(columns="oServiceLevel_ratio")
        assert figures(frame) == figures(alone)
    assert seen.trouble == ()
    seen.close()
    table = DeltaTable(days.place.table(HALF_HOURS))
    kinds = {field.name: str(field.type) for field in table.schema().fields}
    assert kinds["tHandle_sum"] == 'PrimitiveType("long")'
    assert '"version":2' in table.metadata().description


def test_one_whose_values_have_no_place_in_new_columns_is_set_aside_and_named(tmp_path, days):
    as_version_1(days, HALF_HOURS, more=0.5)
    seen = Days(here(tmp_path))

    assert seen.held(day_query(WEEK[0])).spans == ()
    assert "half_hours cannot be brought to this version" in seen.trouble[0]
    assert Path(days.place.folder, "half_hours.aside-1").is_dir()
    assert keep_day(seen, CONTACTS, WEEK[0])
    assert len(seen.held(day_query(WEEK[0])).spans) == 1
    seen.close()
