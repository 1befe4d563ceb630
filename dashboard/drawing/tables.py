"""Drawing tables, with their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing.files import file
from dashboard.drawing.notes import notes
from dashboard.markdown import plain
from dashboard.selecting import menu
from dashboard.selecting.page_words import SHOW
from dashboard.selecting.selection import Selection
from genesys.kpis.catalogue import KPI_BY_KEY
from genesys.names import did_you_mean
from genesys.safe_csv import COMMA, SEMICOLON
from genesys.words import counted
from reports.browser_table import SCRIPT, Look, packed, style
from reports.csv import file_name, table_to_csv
from reports.data.groups import not_of_today
from reports.table import Column, Sort, Table, ordered
from reports.xlsx import to_xlsx

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

QUEUES: Final = "queues"

_component: Final = st.components.v2.component(
    "figures_table", html='<div class="figures"></div>', css=style(), js=SCRIPT
)


def draw(
    view: View,
    table: Table,
    key: str,
    *,
    alt: str = "",
    bars: tuple[str, ...] = (),
    opens: Selection | None = None,
    show: str = "",
    find: str = "",
) -> None:
    """A table as people read it, sort it and copy from it.

    Names of queues lead to their views under the selection that it `opens`, with the KPI to
    `show`. `bars` are columns with bars; `find` stands in a field that finds queues.
    """
    look = Look(
        key,
        alt or table.title,
        noun=_noun(table),
        find=find,
        href=_address(opens, show) if opens else "",
        bars=bars,
        ends=not_of_today(table, view.figures.directory),
        durations=view.selection.durations,
    )
    _draw(table, look)


def draw_sentences(
    title: str, labels: tuple[str, ...], rows: Iterable[tuple[str, ...]], key: str
) -> None:
    """A table of sentences, which no selection changes."""
    _draw(_of_sentences(title, labels, tuple(rows)), Look(key, title, sentences=True))


@lru_cache(maxsize=16)
def _of_sentences(title: str, labels: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    columns = tuple(Column(label.casefold().replace(" ", "-"), label) for label in labels)
    return Table(title, columns, pd.DataFrame(rows, columns=[each.key for each in columns]))


def _draw(table: Table, look: Look) -> None:
    key = look.key
    if said := sort_misread(f"sort-{key}", st.query_params.get(f"sort-{key}", ""), table):
        st.caption(f"Not understood in the link: {plain(said)}")
    _component(key=_state(key), data=_packed(table, look), on_sort_change=partial(_sort, key))


def _noun(table: Table) -> str:
    """What its rows are: queues where each has one."""
    labels = [column.label for column in table.columns]
    return QUEUES if labels[0] == "Queue" and "Media type" not in labels else "rows"


def sort_misread(name: str, text: str, table: Table) -> str:
    """What an order in an address says in vain; nothing of a KPI that is not chosen any more."""
    column = text.removeprefix("-")
    if not text or Sort.of(text, table) or column in KPI_BY_KEY:
        return ""
    return f"{name}={text}. {did_you_mean(column, [each.key for each in table.columns])}".strip()


def _state(key: str) -> str:
    return f"{key}-sheet"


def _sort(key: str) -> None:
    """The order that somebody chose goes into the address, as the browser has written it."""
    name, text = f"sort-{key}", st.session_state[_state(key)].get("sort")
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]


def _address(selection: Selection, show: str) -> str:
    """The address of a queue's view without its id."""
    more = {SHOW: show} if show else {}
    return f"{QUEUES}?{urlencode({**menu.address(selection, **more), 'pick': ''}, doseq=True)}"


@lru_cache(maxsize=64)
def _packed(table: Table, look: Look) -> bytes:
    """What is sent; a table is never changed, so one is packed once."""
    return packed(table, look)


def downloads(view: View, tables: Sequence[Table], key: str, words: Sequence[str] = ()) -> None:
    """The files of what is shown, in its order: CSV of the first table, a workbook of all."""
    first = tables[0]
    sort = Sort.of(st.query_params.get(f"sort-{key}", ""), first)

    def noted() -> list[Table]:
        shown = ordered(first, sort, not_of_today(first, view.figures.directory))
        return [replace(table, notes=notes(view)) for table in (shown, *tables[1:])]

    def name(ending: str) -> str:
        return download_name(view, words or [first.title], ending)

    with st.popover("Download", icon=":material/download:", key=f"{key}-files"):
        for dialect in (COMMA, SEMICOLON):
            st.download_button(
                dialect.label,
                data=file(
                    view, name("csv"), partial(lambda each: table_to_csv(noted()[0], each), dialect)
                ),
                file_name=name("csv"),
                mime="text/csv",
                on_click="ignore",
                key=f"{key}-{dialect.label}",
                type="tertiary",
            )
        st.download_button(
            "Excel workbook",
            data=file(view, name("xlsx"), lambda: to_xlsx(noted())),
            file_name=name("xlsx"),
            mime=XLSX,
            on_click="ignore",
            key=f"{key}-xlsx",
            type="tertiary",
        )


def download_name(view: View, words: Sequence[str], ending: str) -> str:
    """The name of a file of this view: organization, days, filters and the words."""
    chosen, figures = view.selection, view.figures
    filters = [*words, *chosen.media_types]
    if figures.wanted is not None:
        filters.append(counted(len(figures.wanted), "queue").replace(",", ""))
    return file_name(figures.source.organization, figures.interval, figures.zone, filters, ending)
