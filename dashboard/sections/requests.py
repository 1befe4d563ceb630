"""What was asked for a view: the bodies that were sent, and what came of each request."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
import pandas as pd
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.markdown import plain
from genesys.analytics.plan import name, pieces, without
from genesys.analytics.queries import AggregateQuery
from genesys.insights.origin import origin
from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import NO_VALUE
from reports.data.figures import Figures
from reports.table import Column, Table

PATH: Final = "/api/v2/analytics/conversations/aggregates/query"

ROLES: Final = (
    "This interval",
    "Comparison interval",
    "This interval over time",
    "Comparison interval over time",
)
"""What the answers of a view are for, in their order."""


@dataclass(frozen=True)
class Part:
    """One body that a view asked, and what for."""

    role: str
    piece: AggregateQuery
    host: str

    @property
    def label(self) -> str:
        return f"{self.role}: {name(self.piece)}"

    @property
    def body(self) -> Mapping[str, object]:
        return self.piece.body()


def draw(view: View) -> None:
    """The bodies one by one, as JSON and for curl; below them the requests."""
    asked = parts(view.figures)
    st.header("What was asked")
    for words in origins(view.figures):
        st.markdown(words)
    chosen = 0
    if len(asked) > 1:
        chosen = st.selectbox(
            "Part",
            range(len(asked)),
            format_func=lambda at: f"{at + 1} of {len(asked)} · {asked[at].label}",
            help="The API takes 31 days, 50 queues and 20 metrics at once, so that a longer"
            " question is asked in parts; one whose answer is too large is halved once more.",
            key="part",
        )
    part = asked[chosen]
    st.caption(f"POST {PATH}")
    st.code(pretty(part.body), language="json", wrap_lines=True)
    st.subheader("The same with curl")
    st.code(curl(part), language=None, wrap_lines=True)
    st.caption("Set TOKEN to an access token first; this page never shows one.")


def draw_requests(view: View) -> None:
    """Each try of each request that the figures took, with its files."""
    st.header("Requests")
    table = requests(view.figures)
    if table.rows.empty:
        st.caption("None was sent for these figures: all of them were kept.")
        return
    st.caption(
        "Sent when these figures were fetched, the sign-on and the queue names among them where"
        " they were not kept. Genesys Cloud support finds a request by its correlation id."
    )
    tables.draw(view, table, "requests")
    tables.downloads(view, [table], "requests")


def origins(figures: Figures) -> tuple[str, ...]:
    """Which days came from kept ones, in Markdown; the bodies give the same figures anew."""
    known = zip(ROLES, map(origin, figures.answers), strict=False)
    lines = [f"{role}: {words[:1].lower()}{words[1:]}" for role, words in known if words]
    return (*map(plain, lines), "The bodies ask for all of it anew.") if lines else ()


def parts(figures: Figures) -> tuple[Part, ...]:
    """The bodies of all answers, without the metrics that the organization refuses."""
    return tuple(
        Part(role, piece, answer.source)
        for role, answer in zip(ROLES, figures.answers, strict=False)
        for whole in pieces(answer.equivalent)
        if (piece := without(whole, answer.refused))
    )


def pretty(body: Mapping[str, object]) -> str:
    """A body as people read JSON."""
    return msgspec.json.format(msgspec.json.encode(body), indent=2).decode()


def curl(part: Part) -> str:
    """A line for a shell, whatever the names in it; it takes the token from TOKEN."""
    return " \\\n  ".join(
        (
            f"curl -X POST {shlex.quote(part.host + PATH)}",
            '-H "Authorization: Bearer $TOKEN"',
            f"-H {shlex.quote('Content-Type: application/json')}",
            f"-d {shlex.quote(msgspec.json.encode(part.body).decode())}",
        )
    )


def requests(figures: Figures) -> Table:
    """Each try of a request once, the first first; times are of the figures' zone."""
    records = dict.fromkeys(record for answer in figures.answers for record in answer.requests)
    columns = (
        Column("at", "Sent"),
        Column("method", "Method"),
        Column("path", "Path"),
        Column("status", "Status"),
        Column("ms", "ms", Unit.COUNT, "Milliseconds until the whole answer was there"),
        Column("tries", "Try", Unit.COUNT, "1 is the first; more where it was asked again"),
        Column("correlation_id", "Correlation id"),
    )
    rows = pd.DataFrame(
        [
            {
                "at": f"{record.at.astimezone(figures.zone):%Y-%m-%d %H:%M:%S}",
                "method": record.method,
                "path": record.path,
                "status": "no answer" if record.status is None else str(record.status),
                "ms": record.ms,
                "tries": record.tries,
                "correlation_id": record.correlation_id or NO_VALUE,
            }
            for record in sorted(records, key=lambda each: each.at)
        ],
        columns=[column.key for column in columns],
    )
    return Table("Requests", columns, rows)
