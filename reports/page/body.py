"""The scenes as HTML: words, tiles and places for charts and tables, which the script draws."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

import plotly.graph_objects as go

from genesys.insights.comparison import Verdict
from genesys.words import counted
from reports.browser_table import Look
from reports.charts.sparkline import sparkline
from reports.identity import media_type
from reports.scenes.scene import Chart, Grid, Lines, Piece, Scene, Show, Tiles
from reports.sections.tiles import Tile
from reports.table import Table

_TURNS: Final = {Verdict.BETTER.value: "better", Verdict.WORSE.value: "worse"}


@dataclass(frozen=True, eq=False)
class Drawing:
    """A chart's figure, and the one for a dark page where that is another."""

    figure: go.Figure
    dark: go.Figure | None


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table and how it looks."""

    table: Table
    look: Look


@dataclass(frozen=True, eq=False)
class Body:
    """The HTML of all scenes, and what the script draws into it by number."""

    html: str
    drawings: tuple[Drawing, ...]
    sheets: tuple[Sheet, ...]


def body(show: Show) -> Body:
    """The scenes in their order, the first one seen."""
    writer = _Writer()
    many = len(show.scenes)
    scenes = [writer.scene(show, each, at, many) for at, each in enumerate(show.scenes)]
    html = "".join((_logo_style(show.logo), *scenes))
    return Body(html, tuple(writer.drawings), tuple(writer.sheets))


@dataclass
class _Writer:
    """Writes scenes, and remembers what is to be drawn into them."""

    drawings: list[Drawing] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    def scene(self, show: Show, scene: Scene, at: int, many: int) -> str:
        columns = scene.body.columns if len(scene.body.pieces) > 1 else 1
        rows = -(-len(scene.body.pieces) // columns)
        pieces = "".join(self._piece(each, scene) for each in scene.body.pieces)
        said = f'<p class="said">{_text(scene.said)}</p>' if scene.said else ""
        footer = "".join(f"<span>{_text(each)}</span>" for each in show.footer)
        return (
            f'<section class="scene" id="scene-{scene.key}" data-key="{scene.key}"'
            f' aria-labelledby="title-{scene.key}" tabindex="-1">'
            f'<header><div class="top"><p class="kicker">{escape(scene.title)}</p>{_whose(show)}'
            f"</div>"
            f'<h2 id="title-{scene.key}">{_text(scene.body.headline)}</h2>{said}</header>'
            f'<div class="pieces columns-{columns} rows-{rows}">{pieces}</div>'
            f'<footer>{footer}<span class="page">{at + 1} / {many}</span></footer></section>'
        )

    def _piece(self, piece: Piece, scene: Scene) -> str:
        match piece:
            case Tiles():
                return f'<div class="tiles">{"".join(map(_tile, piece.tiles))}</div>'
            case Lines():
                return _lines(piece)
            case Grid():
                return self._grid(piece, scene)
            case Chart():
                return self._chart(piece, scene)

    def _grid(self, piece: Grid, scene: Scene) -> str:
        place = self._sheet(piece.table, scene, bare=len(scene.body.pieces) == 1)
        more = f'<p class="more-words">{_text(piece.more)}</p>' if piece.more else ""
        wall = f'<div class="figures wall" data-sheet="{place}"></div>'
        head = self._head(piece.table.title, piece.whole, scene)
        return f'<div class="grid">{head}{wall}{more}</div>'

    def _chart(self, piece: Chart, scene: Scene) -> str:
        self.drawings.append(Drawing(piece.figure, piece.dark))
        caption = f"<figcaption>{_text(piece.caption)}</figcaption>" if piece.caption else ""
        return (
            f'<figure class="chart">{self._head(piece.title, piece.table, scene)}'
            f'<div class="drawing" role="img" aria-label="{escape(piece.alt)}"'
            f' data-drawing="{len(self.drawings) - 1}"></div>{caption}</figure>'
        )

    def _head(self, title: str, behind: Table | None, scene: Scene) -> str:
        """A title, and the button that opens the table behind."""
        if behind is None:
            return f"<h3>{_text(title)}</h3>"
        rows = counted(len(behind.rows), "row")
        return (
            f'<div class="head"><h3>{_text(title)}</h3>'
            f'<button type="button" class="behind" data-opens="{self._sheet(behind, scene)}"'
            f' aria-label="Table of {rows}: {escape(behind.title)}">Table</button></div>'
        )

    def _sheet(self, table: Table, scene: Scene, *, bare: bool = False) -> int:
        look = Look(f"{scene.key}-{len(self.sheets)}", table.title, bare=bare)
        self.sheets.append(Sheet(table, look))
        return len(self.sheets) - 1


def _text(words: str) -> str:
    """Words of anybody's as HTML; a number keeps its unit beside it."""
    return escape(words).replace(" %", "\u00a0%")


def _whose(show: Show) -> str:
    """Title and subtitle where no footer says them, and the logo."""
    below = " · ".join(show.footer)
    words = [each for each in (show.title, show.subtitle) if each and each not in below]
    logo = f'<span class="logo" role="img" aria-label="{escape(show.title)}"></span>'
    named = f'<p class="whose">{_text(" · ".join(words))}</p>' if words else ""
    return named + (logo if show.logo else "")


def _logo_style(logo: Path | None) -> str:
    """The picture once for all scenes."""
    if logo is None:
        return ""
    picture = logo.read_bytes()
    address = f"data:{media_type(picture)};base64,{base64.b64encode(picture).decode()}"
    return f"<style>.show .logo{{background-image:url({address})}}</style>"


def _lines(piece: Lines) -> str:
    title = f"<h3>{_text(piece.title)}</h3>" if piece.title else ""
    named = [line.partition(": ") for line in piece.lines]
    if piece.title and all(text for _, _, text in named):
        rows = (
            f"<div><dt>{_text(name)}</dt> <dd>{_text(text)}</dd></div>" for name, _, text in named
        )
        return f'<div class="lines">{title}<dl>{"".join(rows)}</dl></div>'
    lines = "".join(f"<li>{_text(line)}</li>" for line in piece.lines)
    return f'<div class="lines">{title}<ul>{lines}</ul></div>'


def _tile(tile: Tile) -> str:
    turn = _TURNS.get(tile.verdict, "neither")
    sign = {True: "▲", False: "▼", None: ""}[tile.rises]
    change = f'<p class="change {turn}">{sign} {escape(tile.change)}</p>' if tile.change else ""
    below = "".join(f"<li>{_text(each)}</li>" for each in tile.below)
    course = sparkline(tile.course, tile.course_words) if len(tile.course) > 1 else ""
    return (
        f'<div class="tile" title="{escape(tile.help)}"><h3>{escape(tile.kpi.label)}</h3>'
        f'<p class="value">{_text(tile.text)}</p>{change}<ul>{below}</ul>{course}</div>'
    )
