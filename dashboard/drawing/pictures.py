"""What the camera of a chart saves: a slide in light inks, whatever the page looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from dashboard.data.view import View
from dashboard.drawing import tables
from dashboard.drawing.notes import picture_lines
from reports.charts.slide import BACKGROUND, SCALE, WIDTH, slide, slide_height

_SCRIPT: Final = """<script>
(() => {
  if (window.chartSlides) return;
  window.chartSlides = true;
  const background = BACKGROUND;
  document.addEventListener("click", event => {
    const camera = event.target.closest?.('.modebar-btn[data-title^="Download"]');
    const chart = camera?.closest(".js-plotly-plot");
    const slide = chart?._context?.toImageButtonOptions?.slide;
    if (!slide) return;
    const drawn = chart.layout;
    chart.layout = {...drawn, ...background, ...slide};
    setTimeout(() => { chart.layout = drawn; });
  }, true);
})();
</script>"""

_HIDDEN: Final = "<style>[data-testid=stLayoutWrapper]:has(> .st-key-slides){display:none}</style>"


def install() -> None:
    """Let the cameras of the page's charts take slides.

    Plotly draws a picture anew, from the layout that the chart has when its camera is clicked;
    it has read it when the click is over. No frame, no other host and no browser on the server
    is needed for it.
    """
    script = _SCRIPT.replace("BACKGROUND", json.dumps(BACKGROUND))
    with st.container(key="slides"):
        st.html(f"{_HIDDEN}{script}", unsafe_allow_javascript=True)


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
