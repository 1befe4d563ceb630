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


def days(view: View) -> Params:
    """The days of a view, as an address says them."""
    figures = view.figures
    last = (figures.interval.end - timedelta.resolution).astimezone(figures.zone).date()
    first = figures.interval.start.astimezone(figures.zone).date()
    return {"from": [str(first)], "to": [str(last)]}


def with_days(said: Params, named: Params) -> Params:
    """The same with these days, so that whoever opens it later sees them."""
    return {**{name: words for name, words in said.items() if name != "period"}, **named}


def address(said: Params) -> str:
    """The page's address that says this; its path alone where nobody knows where the page is."""
    here, query = urlsplit(st.context.url or ""), urlencode(said, doseq=True)
    return urlunsplit(here._replace(path=here.path or "/", query=query, fragment=""))
