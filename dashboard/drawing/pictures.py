"""What the camera of a chart saves: a slide in light inks, whatever the page looks like.

`document/slides.js` lets it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.notes import picture_lines
from reports.charts.slide import SCALE, WIDTH, slide, slide_height


def camera(view: View, figure: go.Figure, title: str, caption: str) -> dict[str, Any]:
    """The settings of a chart's camera: what stands on its slide, its size and its file name."""
    lines = picture_lines(view, caption)
    return {
        "format": "png",
        "width": WIDTH,
        "height": slide_height(figure, lines),
        "scale": SCALE,
        "filename": Path(tables.download_name(view, [title], "png")).stem,
        "slide": slide(figure, title, lines),
    }
