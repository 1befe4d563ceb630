"""Workbooks read back."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd

from genesys.kpis.catalogue import Unit
from reports.table import Column, Table
from reports.xlsx import to_xlsx

QUEUE = Column("queue_name", "Queue")


OFFER = Column("offered", "Offer", Unit.COUNT, "Offered: nOffered.count.")


LEVEL = Column("service_level_pct", "Service Level %", Unit.PERCENT, "In time.", marks="status")


def workbook(*tables: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(to_xlsx(tables)))


def cells(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet]


def names(*texts: str, title: str = "Queues") -> Table:
    return Table(title, (QUEUE,), pd.DataFrame({"queue_name": texts}, dtype=str))
