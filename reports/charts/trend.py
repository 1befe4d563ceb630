"""The trend: a line for each media type over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from genesys.figures import bucket, figure
from genesys.kpis import Kpi
from genesys.results import END, START
from reports.charts.axes import HEADROOM, Values, harmless, value_axis
from reports.charts.axes import values as values_of
from reports.theme import MEDIA_DASHES, in_order, media_colour

HEIGHT: Final = 340
PANEL_HEIGHT: Final = 125
FEW_POINTS: Final = 45
"""Up to so many buckets the markers are large."""

HOURS_ON_AXIS: Final = pd.Timedelta(days=2, hours=1)
"""Up to this length the axis names hours, not only days."""

_LABEL_GAP: Final = 0.075
"""Least distance of two labels, as a share of the plot's height."""


def trend_chart(trend: pd.DataFrame, kpi: Kpi, zone: ZoneInfo) -> go.Figure:
    """A line for each media type over local time, named at its end.

    `trend` has rows for every bucket and `media_type`, as `genesys.trend` gives them. A
    bucket without a value is a gap. Media types that have no value at all are left out.
    Times have a panel for each media type: seconds, minutes and days on one axis would show
    the days alone.
    """
    series = {
        str(media): rows
        for media, rows in trend.groupby("media_type", observed=True)
        if rows[kpi.key].notna().any()
    }
    panels = _panels(series, kpi)
    chart = make_subplots(rows=len(panels), shared_xaxes=True, vertical_spacing=0.16 / len(panels))
    for row, medias in enumerate(panels, start=1):
        values = {media: values_of(series[media], kpi) for media in medias}
        top = max((float(np.nanmax(each)) for each in values.values()), default=0.0) or 1.0
        for media in medias:
            line = _line(media, series[media], values[media], kpi, zone)
            line.line.dash = MEDIA_DASHES.get(media) if len(medias) > 1 else None
            chart.add_trace(line, row=row, col=1)
        chart.update_yaxes(value_axis(kpi, top, 5 if len(panels) == 1 else 3), row=row, col=1)
        for label in _end_labels(values, top):
            chart.add_annotation(label, yref="y domain" if row == 1 else f"y{row} domain")
    hours = trend[END].max() - trend[START].min() <= HOURS_ON_AXIS
    chart.update_xaxes(
        showgrid=False,
        automargin=True,
        hoverformat=" ",
        nticks=7,
        tickformat="%H:%M\n%a %-d %b" if hours else "%a %-d %b",
    )
    return chart.update_layout(
        height=max(HEIGHT, PANEL_HEIGHT * len(panels)),
        margin={"l": 8, "r": 90, "t": 12, "b": 8},
        showlegend=False,
        colorway=[media_colour(media) for media in series] or None,
        hovermode="x unified",
    )


def _panels(media_types: Iterable[str], kpi: Kpi) -> list[list[str]]:
    ordered = in_order(media_types)
    return [[media] for media in ordered] if kpi.is_time and ordered else [ordered]


def _line(media: str, rows: pd.DataFrame, values: Values, kpi: Kpi, zone: ZoneInfo) -> go.Scatter:
    names = [
        bucket(start, end - start, zone) for start, end in zip(rows[START], rows[END], strict=True)
    ]
    words = [figure(value, kpi.unit) for value in values]
    return go.Scatter(
        name=harmless(media),
        x=rows[START].dt.tz_convert(zone).dt.tz_localize(None).to_numpy(),
        y=values,
        mode="lines+markers",
        line={"color": media_colour(media), "width": 2},
        marker={"color": media_colour(media), "size": 5 if len(rows) <= FEW_POINTS else 3},
        connectgaps=False,
        customdata=np.array([names, words, [harmless(media)] * len(rows)]).T,
        hovertemplate="%{customdata[0]}<br><b>%{customdata[2]} %{customdata[1]}</b><extra></extra>",
    )


def _end_labels(series: Mapping[str, Values], top: float) -> list[go.layout.Annotation]:
    """The media types' names at the right edge, moved apart where lines end close together."""
    ends = {
        media: float(values[np.flatnonzero(~np.isnan(values))[-1]]) / (top * HEADROOM)
        for media, values in series.items()
    }
    downwards = list(reversed(in_order(ends)))
    order = sorted(ends, key=lambda media: (ends[media], downwards.index(media)))
    places = [ends[media] for media in order]
    for lower, upper in pairwise(range(len(places))):
        places[upper] = max(places[upper], places[lower] + _LABEL_GAP)
    over = max(0.0, places[-1] - 1.0) if places else 0.0
    return [
        go.layout.Annotation(
            text=f'<span style="color:{media_colour(media)}">●</span> {harmless(media)}',
            x=1.0,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=place - over,
            yanchor="middle",
            showarrow=False,
            font={"size": 13},
        )
        for media, place in zip(order, places, strict=True)
    ]
