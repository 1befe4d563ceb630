"""SQL over kept days: read-only, over views that have each day once and whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb
import pandas as pd
import pyarrow as pa

from genesys.days.asked import AskedDay, to_rows
from genesys.days.files import Files, connect
from genesys.days.layout import DAILY, EARLIER, HALF_HOURS, MEASURES, Layout
from genesys.days.snapshot import Snapshot
from genesys.errors import QueryError
from genesys.kpis.catalogue import ANSWERING_METRICS, KPIS, Applies, Kpi, Unit
from genesys.metrics import VOICE_LIKE
from genesys.words import one_line

FIGURES: Final = "figures"
"""The view with a row for each day of UTC, queue and media type, and a column for each KPI."""

_READ: Final = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


def select(snapshot: Snapshot, statement: str) -> pd.DataFrame:
    """What a SELECT gives over the views `half_hours`, `daily`, `earlier`, `days` and `figures`.

    It reaches nothing else, writes nothing, and sees whole days alone. Raises QueryError.
    """
    with connect() as database:
        for layout, files, days in _tables(snapshot):
            database.execute(_view(layout, files, days, database))
        database.register("days", to_rows(snapshot.days.values()))
        database.execute(f"CREATE VIEW {FIGURES} AS {figures()}")
        _shut(database, snapshot)
        try:
            asked = database.extract_statements(statement)
            if len(asked) != 1:
                raise QueryError("That is not one statement.", "Ask one SELECT, in one text.")
            if asked[0].type not in _READ:
                raise QueryError("That is no question.", "Kept days are only read: use SELECT.")
            return _frame(database.sql(statement).to_arrow_table())
        except (duckdb.Error, pa.ArrowInvalid) as error:
            raise QueryError(
                f"The statement cannot be run: {one_line(str(error))[:300]}",
                "README shows the tables, their columns and examples.",
            ) from error


def _frame(found: pa.Table) -> pd.DataFrame:
    """The rows, whole numbers as such though some are missing, and days as days."""
    for place, field in enumerate(found.schema):
        if pa.types.is_decimal(field.type) and field.type.scale == 0:  # sums of whole numbers
            found = found.set_column(place, field.name, found[field.name].cast(pa.int64()))
    frame: pd.DataFrame = found.to_pandas(
        types_mapper={pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int64Dtype()}.get
    )
    return frame


def _tables(snapshot: Snapshot) -> Iterator[tuple[Layout, Files, list[AskedDay]]]:
    whole = [*snapshot.days.values()]
    yield HALF_HOURS, snapshot.half_hours, whole
    yield DAILY, snapshot.daily, [day for day in whole if day.day in snapshot.rolled]
    before = [day for each in snapshot.history.values() for day in each]
    yield EARLIER, snapshot.earlier, before


def _view(
    layout: Layout, files: Files, days: list[AskedDay], database: duckdb.DuckDBPyConnection
) -> str:
    """A view of the rows of days that are whole; a writer may have left others."""
    if not files.by_month:
        database.register(f"no_{layout.name}", layout.schema.empty_table())
        return f"CREATE VIEW {layout.name} AS SELECT * FROM no_{layout.name}"
    whole = f"whole_{layout.name}"
    database.register(
        whole,
        pa.table(
            {
                "day": pa.array([day.day for day in days], pa.date32()),
                "asked": pa.array([day.asked for day in days], pa.timestamp("us", "UTC")),
            }
        ),
    )
    names = ", ".join(_column(name) for name in layout.schema.names if name != "month")
    rows = files.scan(files.by_month, database)
    return (
        f"CREATE VIEW {layout.name} AS SELECT strftime(day, '%Y-%m') AS month, {names}"
        f" FROM {rows} SEMI JOIN {whole} USING (day, asked)"
    )


def _column(name: str) -> str:
    """A column; what is left empty for a single contact is its sum."""
    metric, _, stat = name.rpartition("_")
    if name not in MEASURES or stat not in ("min", "max"):
        return f'"{name}"'
    single = f'CASE WHEN "{metric}_count" = 1 THEN "{metric}_sum" END'
    return f'coalesce("{name}", {single}) AS "{name}"'


def _shut(database: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Nothing but the files of the tables may be reached from now on."""
    tables = (snapshot.half_hours, snapshot.daily, snapshot.earlier)
    paths = [
        file.path
        for files in tables
        if files.dataset is None
        for each in files.by_month.values()
        for file in each
    ]
    database.execute("SET allowed_paths = ?", [paths])
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def figures() -> str:
    """The SELECT of the KPIs of each row of `daily`, by the rules that pages follow.

    Counts are whole numbers, times seconds, rates per cent. They are not for adding up: add the
    columns of `daily`, then divide.
    """
    columns = ", ".join(f'{_value(kpi)} AS "{kpi.key}"' for kpi in KPIS)
    return f"SELECT month, day, queue_id, media_type, {columns} FROM daily"


_OFFERED: Final = '"nOffered_count" > 0'
_ANSWERING: Final = "(media_type IS DISTINCT FROM 'callback' OR coalesce({}) IS NOT NULL)".format(
    ", ".join(f'"{metric}_count"' for metric in ANSWERING_METRICS)
)
_WAITED: Final = ", ".join(f"'{name}'" for name in sorted(VOICE_LIKE))
_ZERO_WHERE: Final = {
    Applies.EVERYWHERE: _OFFERED,
    Applies.ANSWERING: f"{_OFFERED} AND {_ANSWERING}",
    Applies.ABANDONING: (
        f"{_OFFERED} AND ((media_type IN ({_WAITED}) AND {_ANSWERING})"
        ' OR "tAbandon_count" IS NOT NULL)'
    ),
    Applies.VOICE: f"{_OFFERED} AND media_type = 'voice'",
}
"""Where an absent count is 0, as `fractions` has it."""

_COUNTED: Final = {
    kpi.numerator: kpi.applies
    for kpi in KPIS
    if kpi.unit is Unit.COUNT and kpi.applies is not Applies.SENT
}


def _measure(column: str) -> str:
    """A column of `daily`, 0 where it is absent and that means none."""
    if applies := _COUNTED.get(column):
        return f'coalesce("{column}", CASE WHEN {_ZERO_WHERE[applies]} THEN 0 END)'
    return f'"{column}"'


def _value(kpi: Kpi) -> str:
    if not {*kpi.columns} <= {*MEASURES}:
        return "NULL"
    top = _measure(kpi.numerator) + (f" - {_measure(kpi.less)}" if kpi.less else "")
    value = f"({top})::DOUBLE" if kpi.denominator else f"({top})"
    if kpi.denominator:
        bottom = _measure(kpi.denominator)
        value = f"CASE WHEN {bottom} > 0 THEN {value} / {bottom} END"
    if kpi.unit is Unit.PERCENT:
        return f"{kpi.unit.scaled(1)} * ({value})"
    return f"({value}) / {kpi.unit.raw(1.0)}" if kpi.unit is Unit.SECONDS else value
