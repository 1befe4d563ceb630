"""Charts of rows: a label for each row, a bar in it, and words at the bar's end."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from genesys.organization.directory import Directory
from reports.charts.axes import TRANSPARENT, beside, harmless
from reports.theme import NEUTRAL

_HOVER_LENGTH: Final = 56

_LOW: Final = 40
_HIGH: Final = 52


def rows_layout(
    labels: Sequence[str], row_height: int, right: int, title: str = ""
) -> dict[str, Any]:
    """The layout of a chart with these rows, the first on top, and a line at zero.

    `right` is the room for words beyond the longest bar, in pixels; `title` stands below.
    """
    return TRANSPARENT | {
        "height": (48 if title else 24) + row_height * len(labels),
        "margin": {"l": 8, "r": right, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": {
            "title": {"text": title, "font": {"size": 12}},
            "showgrid": False,
            "showticklabels": False,
            "zeroline": True,
            "zerolinecolor": NEUTRAL,
            "zerolinewidth": 1,
            "automargin": True,
        },
        "yaxis": {
            "range": [len(labels) - 0.5, -0.5],
            "tickvals": np.arange(len(labels)),
            "ticktext": labels,
            "ticklabelstandoff": 6,
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
    }


def height_for(labels: Sequence[str]) -> int:
    """How high rows are, in pixels, where the names of some take two lines."""
    return _HIGH if any(label.count("<br>") > 1 for label in labels) else _LOW


def group_label(queue_id: str, media_type: str, directory: Directory, kind: str = "") -> str:
    """The queue, and below it in small letters its media type and the kind."""
    name = beside(directory.label(queue_id))
    below = harmless(" · ".join(filter(None, (media_type, kind))))
    return f'{name}<br><span style="font-size:11px">{below}</span>'


def wrapped(text: str, length: int = _HOVER_LENGTH) -> str:
    """A text in harmless lines of at most so many characters."""
    return "<br>".join(map(harmless, textwrap.wrap(text, length)))
