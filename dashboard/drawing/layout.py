"""How pages lie: what stands beside what, at which width."""

from __future__ import annotations

from typing import Final

import streamlit as st

_PAGE: Final = """
[data-testid=stMainBlockContainer] {
  padding: 4.25rem clamp(1rem, 2.5vw, 2rem) 4rem;
}
.st-key-head { gap: 0; }
"""

_TILES: Final = """
[data-testid=stMetric] > div:first-child { padding: 0.5rem 0.75rem 0; }
[data-testid=stMetricValue] { font-size: 1.5rem; padding-bottom: 0; }
[data-testid=stMetric] div:has(> [data-testid=stMetricDeltaDescription]) {
  display: block; overflow: visible; line-height: 1.3; min-height: 3.5rem; padding: 0;
}
[data-testid=stMetric] [data-testid=stMetricDelta] { margin-right: 0.35em; }
[data-testid=stMetric] [data-testid=stMetricDeltaDescription],
[data-testid=stMetric] [data-testid=stMetricDeltaDescription] * {
  display: inline; overflow: visible; white-space: normal !important; font-size: 0.8125rem;
  word-break: normal; overflow-wrap: normal;
}
[data-testid=stMetric] [data-testid=stMetricChart] {
  height: 2rem; min-height: 0; margin-bottom: 0.25rem;
}
.st-key-kpis [data-testid=stElementContainer]:has(> [data-testid=stSkeleton]) {
  min-height: 10.5rem;
}
[data-testid=stMetricChart] svg { transform: scaleY(0.55); transform-origin: top; }
"""
"""All that a tile says, on as many lines as it takes, and its course low below it.

The room of a tile is kept until it is drawn, so that what stands below does not jump.
"""

_OVERVIEW: Final = """
.st-key-overview { flex-direction: row; flex-wrap: wrap; gap: 0.5rem 1rem; }
.st-key-overview > div { min-width: 0; width: auto; }
.st-key-overview > div:has(> .st-key-overview-points) { flex: 1 1 250px; }
.st-key-overview > div:has(> .st-key-overview-matrix) { flex: 4 1 760px; }
.st-key-overview > div:has(> .st-key-overview-trend) { flex: 3 1 500px; }
.st-key-overview-matrix { flex-direction: row; flex-wrap: wrap; gap: 0.5rem; }
.st-key-overview-matrix > div { flex: 1 1 100%; width: 100%; }
.st-key-overview-matrix > div:has([data-testid=stHeading]) { flex: 1 1 240px; width: auto; }
.st-key-overview-matrix > div:has(.st-key-matrix-files) { flex: 0 1 auto; width: auto; }
.st-key-overview h2 { font-size: 1.125rem; line-height: 1.25; padding: 0 0 1rem; }
.st-key-points { padding: 0.75rem; }
.st-key-points p { font-size: 0.875rem; line-height: 1.4; }
@media print { .st-key-overview { display: block; } }
"""
"""Beside one another as far as the window goes: what to see first, the matrix, the trend."""


_QUEUE: Final = """
.st-key-queue { flex-direction: row; flex-wrap: wrap; gap: 0.5rem 1rem; }
.st-key-queue > div { min-width: 0; width: auto; flex: 1 1 440px; }
.st-key-queue > div:has(> .st-key-queue-media), .st-key-queue > div:has(> .st-key-queue-week) {
  flex: 1 1 560px;
}
.st-key-queue h2 { font-size: 1.125rem; line-height: 1.25; padding: 0 0 0.5rem; }
@media print { .st-key-queue { display: block; } }
"""
"""One queue as two by two: media types and the trend, the week and where the offered went."""

_WEEK: Final = """
@media (max-width: 1899px) { .st-key-queue-week .heatmap-label { display: none; } }
@media (max-width: 1279px) { .st-key-week .heatmap-label { display: none; } }
"""
"""In a narrow window the cells of the heat map have no room for their values."""


def install() -> None:
    """The styles of all pages; what only sets styles takes no room on them."""
    st.html(f"<style>{_PAGE}{_TILES}{_OVERVIEW}{_QUEUE}{_WEEK}</style>")
