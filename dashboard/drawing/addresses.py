"""Addresses of what is seen: with its period by name, or with its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.data.view import View

Params = Mapping[str, Sequence[str]]


def params() -> Params:
    """What the address says."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def with_days(view: View, said: Params) -> Params:
    """The same with the days of a view, so that whoever opens it later sees these."""
    figures = view.figures
    last = (figures.interval.end - timedelta.resolution).astimezone(figures.zone).date()
    first = figures.interval.start.astimezone(figures.zone).date()
    others = {name: words for name, words in said.items() if name != "period"}
    return {**others, "from": [str(first)], "to": [str(last)]}


def address(said: Params) -> str:
    """The page's address that says this; "" where nobody knows where the page is."""
    if not st.context.url:
        return ""
    here, query = urlsplit(st.context.url), urlencode(said, doseq=True)
    return urlunsplit(here._replace(path=here.path or "/", query=query, fragment=""))
