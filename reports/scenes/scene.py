"""A scene: what stands on one screen of a meeting, one slide, one section of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from reports.sections.tiles import Tile
from reports.table import Table


@dataclass(frozen=True)
class Tiles:
    """KPIs over the whole selection, side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """A table that is read as one: the rows to show, and what is said of those left out.

    `whole` has these too, where there are any.
    """

    table: Table
    more: str = ""
    whole: Table | None = None


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart, the table behind it, and what it shows in words.

    `dark` is another figure for a dark page where the colours themselves differ; else the
    page's inks do.
    """

    title: str
    figure: go.Figure
    table: Table
    alt: str
    caption: str = ""
    dark: go.Figure | None = None


@dataclass(frozen=True)
class Lines:
    """Sentences, one below the other; of definitions each begins with its name and a colon."""

    lines: tuple[str, ...]
    title: str = ""


Piece: TypeAlias = Tiles | Grid | Chart | Lines


@dataclass(frozen=True, eq=False)
class Body:
    """What a scene's builder gives: its sentence, its pieces in `columns` beside each other.

    `notes` are for who speaks: talking points, and what each value is made of.
    """

    headline: str
    pieces: tuple[Piece, ...]
    columns: int = 1
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Scene:
    """A scene as it is shown; `said` is the presenter's own sentence, "" where there is none."""

    key: str
    title: str
    question: str
    body: Body
    said: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A scene that is not shown, and why."""

    key: str
    title: str
    reason: str


@dataclass(frozen=True, eq=False)
class Show:
    """All that is presented: the scenes in their order, and whose values they are, as of when.

    `footer` are the words below every scene: filters, zone, as of. `about` are names and texts
    of the whole: organization, interval, filters, definitions. `link` opens the same, "" where
    no page is known; `logo` is a picture of the organization's, PNG or JPEG.
    """

    title: str
    subtitle: str
    scenes: tuple[Scene, ...]
    left_out: tuple[LeftOut, ...]
    footer: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    as_of: datetime
    zone: ZoneInfo
    link: str = ""
    logo: Path | None = None
    is_demo: bool = False
