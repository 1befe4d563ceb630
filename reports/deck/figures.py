"""Figures: plotly's charts, trace by trace, as plots of a slide."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from genesys.kpis.catalogue import Unit
from genesys.kpis.formats import shows
from genesys.moments import clock, dated, day_of_month
from reports.deck.plot import Axis, Kind, Plot, Series, axis_to, number_of
from reports.table import Table
from reports.theme import NEUTRAL, PAPER

_BELOW: Final = re.compile(r"<br><span")
_BREAK: Final = re.compile(r"<br>")
_TAG: Final = re.compile(r"<[^>]*>")

_HEADROOM: Final = 1.08
"""Plotly's axes go so much beyond the greatest value."""

_FEW_DAYS: Final = 8

_WORDS_ROOM: Final = 0.3
"""What the words at the ends of steps take, as a share of the axis."""

_WORDS_BOTH: Final = 0.42
"""The same where there are words at the left too."""

_HARDLY: Final = 0.12
"""Bars that go left by less than this share of those to the right have no words at the left."""

Trace = Mapping[str, Any]


def plots_of(figure: go.Figure, table: Table) -> tuple[Plot, ...]:
    """A plot for each pair of axes of the figure; `table` is the one behind it."""
    traces, layout = parts_of(figure)
    bars = [each for each in traces if each["type"] == "bar"]
    if not traces:
        return ()
    if not bars:
        return tuple(_lines(traces, layout, unit_of(table)))
    if bars[0].get("orientation") != "h":
        return tuple(_columns(bars, layout, unit_of(table)))
    if bars[0].get("base") is not None:
        return (_steps(traces, layout, unit_of(table)),)
    return (_bars(traces, layout, table),)


def parts_of(figure: go.Figure) -> tuple[list[Trace], Trace]:
    """The traces and the layout as plain values, arrays as they are."""
    return [each.to_plotly_json() for each in figure.data], figure.layout.to_plotly_json()


def unit_of(table: Table) -> Unit:
    """That of what is drawn: of changes if the table has some, else of its shares or times."""
    units = [column.unit for column in table.columns if column.unit]
    changes = [column.unit for column in table.columns if column.unit and column.is_change]
    others = [unit for unit in units if unit is not Unit.COUNT]
    return next(iter((*changes, *others)), Unit.COUNT)


def words_of(text: object) -> str:
    """A text of plotly's without its tags; what stands below is behind a dot."""
    lines = _BREAK.sub(" ", _BELOW.sub(" · <span", str(text)))
    return " ".join(html.unescape(_TAG.sub("", lines)).split())


def numbers(values: object) -> tuple[float | None, ...]:
    """Values as charts hold them, None where there is none."""
    found = np.asarray(values, dtype=np.float64).tolist()
    return tuple(None if np.isnan(each) else each for each in found)


def paler(colour: str, opacity: float) -> str:
    """The colour as it looks on paper at this opacity."""
    mixed = (
        round(int(colour[at : at + 2], 16) * opacity + int(PAPER[at : at + 2], 16) * (1 - opacity))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{each:02X}" for each in mixed)


def _moments(values: object) -> tuple[str, ...]:
    """Local moments as categories: days, or hours where there are any.

    Few days that stand one beside the other name a month once.
    """
    moments = pd.DatetimeIndex(np.asarray(values, dtype="datetime64[ns]"))
    if (moments == moments.normalize()).all():
        months = [each.month for each in moments]
        is_told = [
            len(months) > _FEW_DAYS or place == 0 or months[place - 1] != month
            for place, month in enumerate(months)
        ]
        return tuple(
            dated(each, with_year=False) if told else day_of_month(each)
            for each, told in zip(moments, is_told, strict=True)
        )
    return tuple(
        f"{dated(each, with_year=False)} {clock(each.hour, each.minute)}" for each in moments
    )


def _places(at: pd.Index[Any], traces: Sequence[Trace], axis: Trace) -> tuple[str, ...]:
    """The moments of an axis; by the names that hovering tells where its clock goes back."""
    shown = _moments(at)
    if axis.get("tickmode") != "array":
        return shown
    told = dict(each for trace in traces for each in _told(trace))
    return tuple(told.get(place, text) for place, text in zip(at, shown, strict=True))


def _told(trace: Trace) -> Iterator[tuple[pd.Timestamp, str]]:
    """What hovering says of the places of a line or of columns, not of those that lie beneath."""
    places = pd.DatetimeIndex(np.asarray(trace["x"]))
    if trace["type"] == "bar":
        yield from zip(
            places, (each.partition("<br>")[0] for each in trace["hovertext"]), strict=True
        )
    elif "markers" in trace["mode"]:
        yield from zip(places, (said[2] for said in trace["customdata"]), strict=True)


def _columns(bars: Sequence[Trace], layout: Trace, unit: Unit) -> Iterator[Plot]:
    axis = axis_to(layout["yaxis"]["range"][1] / _HEADROOM, unit)
    titles = [words_of(each["text"]) for each in layout.get("annotations", ())]
    for place, name in enumerate(dict.fromkeys(bar.get("xaxis", "x") for bar in bars)):
        mine = [bar for bar in bars if bar.get("xaxis", "x") == name]
        at = pd.Index(np.unique(np.concatenate([np.asarray(bar["x"]) for bar in mine])))
        series = tuple(
            Series(
                words_of(bar["name"]),
                numbers(pd.Series(np.asarray(bar["y"]), np.asarray(bar["x"])).reindex(at)),
                paler(bar["marker"]["color"], bar.get("opacity", 1.0)),
            )
            for bar in mine
        )
        title = titles[place] if place < len(titles) else ""
        number = number_of(unit, axis.high, is_change=False)
        places = _places(at, mine, layout.get(f"xaxis{name[1:]}", {}))
        yield Plot(Kind.COLUMNS, places, series, number, axis, title)


def _lines(traces: Sequence[Trace], layout: Trace, unit: Unit) -> Iterator[Plot]:
    """A plot for each panel; panels of one axis and one target share theirs."""
    panels: dict[tuple[float, float | None], list[Trace]] = {}
    for trace in traces:
        y = trace.get("yaxis", "y")
        top = layout[f"yaxis{y[1:]}"]["range"][1] / _HEADROOM
        panels.setdefault((top, _target(layout, y)), []).append(trace)
    at = pd.Index(np.unique(np.concatenate([np.asarray(each["x"]) for each in traces])))
    places = _places(at, traces, layout.get("xaxis", {}))
    for (top, target), mine in panels.items():
        axis = axis_to(top, unit, _step(layout, mine), 4 if len(panels) == 1 else 2)
        if target is not None and target >= axis.high:
            axis = replace(axis, high=axis.high + axis.step)
        series = tuple(_line(each, at) for each in mine)
        number = number_of(unit, axis.high, is_change=False)
        level = tuple(_level(layout, mine[0].get("yaxis", "y"), target, len(at)))
        named = (*(each for each in series if each.marked), *level)
        title = " · ".join(each.name for each in named) if len(panels) > 1 else ""
        yield Plot(Kind.LINES, places, (*series, *level), number, axis, title)


def _line(trace: Trace, at: pd.Index) -> Series:
    is_before = "markers" not in trace["mode"]
    line = trace["line"]
    return Series(
        words_of(trace["name"]),
        numbers(pd.Series(np.asarray(trace["y"]), np.asarray(trace["x"])).reindex(at)),
        paler(line["color"], trace.get("opacity", 1.0)),
        dash=line["dash"],
        width=1.5 if is_before else 2.5,
        marked=not is_before,
        quiet=is_before,
    )


def _target(layout: Trace, y: str) -> float | None:
    lines = (each for each in layout.get("shapes", ()) if each.get("yref") == y)
    return next((float(each["y0"]) for each in lines), None)


def _level(layout: Trace, y: str, target: float | None, many: int) -> Iterator[Series]:
    """The target as a line of the chart, so that it moves with the axis."""
    if target is not None:
        texts = [words_of(each["text"]) for each in layout["annotations"] if _is_of(each, y)]
        name = next((each for each in texts if each.startswith("target ")), "target")
        yield Series(name, (target,) * many, NEUTRAL, dash="dash", width=1.5)


def _is_of(annotation: Trace, y: str) -> bool:
    return bool(annotation.get("yref") == f"{y} domain")


def _step(layout: Trace, mine: Sequence[Trace]) -> float:
    """What lies between two ticks, of times."""
    ticks = layout[f"yaxis{mine[0].get('yaxis', 'y')[1:]}"].get("tickvals", ())
    return float(ticks[1] - ticks[0]) if len(ticks) > 1 else 0.0


def _rows(layout: Trace) -> tuple[str, ...]:
    return tuple(words_of(each) for each in layout["yaxis"]["ticktext"])


def _texts(trace: Trace) -> tuple[str, ...]:
    return tuple(words_of(each) for each in trace["text"])


def _bars(traces: Sequence[Trace], layout: Trace, table: Table) -> Plot:
    """Bars with the words behind them; the paler ones of an earlier interval come last."""
    is_change = any(column.is_change for column in table.columns)
    pairs = [
        (bar, words)
        for bar, words in pairwise(traces)
        if bar["type"] == "bar" and words["type"] == "scatter"
    ]
    series = tuple(
        _bar(bar, words, "Change" if is_change else _side(bar)) for bar, words in reversed(pairs)
    )
    sizes = [each for one in series for each in one.points if each is not None]
    low, high = min([0.0, *sizes]), max([0.0, *sizes])
    is_wide = -low > high * _HARDLY
    room = (high - low or 1.0) * (_WORDS_BOTH if is_wide else _WORDS_ROOM)
    axis = Axis(low - room if is_wide else low, high + room, hidden=True)
    unit = unit_of(table)
    if is_change and unit is not Unit.SECONDS and (is_wide or not low):
        series = tuple(_numbered(each, unit) for each in series)
    number = number_of(unit, high, is_change=is_change)
    return Plot(Kind.BARS, _rows(layout), series, number, axis)


def _numbered(series: Series, unit: Unit) -> Series:
    """Labels that follow the values, where a format writes these as the words are."""
    if not all(shows(each, unit) for each in series.points if each is not None):
        return series
    return replace(series, labels=(), numbered=True)


def _side(bar: Trace) -> str:
    return "Before" if bar.get("opacity", 1.0) < 1 else "Now"


def _bar(bar: Trace, words: Trace, name: str) -> Series:
    marker, opacity = bar["marker"], bar.get("opacity", 1.0)
    hatching = marker.get("pattern", {}).get("shape", ())
    return Series(
        name,
        numbers(bar["x"]),
        paler(NEUTRAL, opacity),
        inks=tuple(paler(each, opacity) for each in marker["color"]),
        hatched=tuple(map(bool, hatching)),
        labels=_texts(words) if opacity == 1 else (),
    )


def _steps(traces: Sequence[Trace], layout: Trace, unit: Unit) -> Plot:
    """A waterfall: each bar begins where an invisible one below it ends."""
    bar = next(each for each in traces if each["type"] == "bar")
    words = next(each for each in traces if each.get("mode") == "text")
    start, end = layout["xaxis"]["range"]
    base, size = (np.asarray(bar[each], dtype=np.float64) for each in ("base", "x"))
    # A total that the axis cuts off is held whole; only the axis begins later.
    base = np.where(base == start, 0.0, base)
    size = np.where(base == 0.0, size + start, size)
    room = (end - start or 1.0) * _WORDS_ROOM
    many = len(size)
    lowest = numbers(np.minimum(base, base + size))
    series = (
        Series("Base", lowest, ""),
        Series("Value", numbers(np.abs(size)), NEUTRAL, inks=tuple(bar["marker"]["color"])),
        Series("Room for words", (room,) * many, "", labels=_texts(words)),
    )
    number = number_of(unit, end, is_change=False)
    axis = Axis(start, end + room, hidden=True)
    return Plot(Kind.STEPS, _rows(layout), series, number, axis, note=_cut_off(layout))


def _cut_off(layout: Trace) -> str:
    """That the axis starts above zero, where it does."""
    return words_of(layout["xaxis"].get("title", {}).get("text") or "")
