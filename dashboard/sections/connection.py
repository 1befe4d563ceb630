"""The connection: which organization, by which host, how far it reaches, and what is installed."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Final, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.data import organization
from dashboard.data.client import Client
from dashboard.data.kept_days import kept_days
from dashboard.drawing import messages, tables
from dashboard.sections import permissions
from dashboard.together.standing import store
from genesys import VERSION
from genesys.days.store import Days
from genesys.days.told import movements
from genesys.errors import GenesysError
from genesys.insights.usual import WEEKS
from genesys.kpis.catalogue import Unit
from genesys.moments import dated
from genesys.organization.symptoms import SYMPTOMS
from genesys.unusual import UnusualDays
from genesys.words import counted, listed
from reports.data.source import Source

T = TypeVar("T")

NOT_KNOWN: Final = "not known yet"
SEEN: Final = ("You see", "It means", "Do this")
PACKAGES: Final = {"Streamlit": "streamlit", "pandas": "pandas", "Plotly": "plotly"}


def draw() -> None:
    """All of it, as far as it is known: what cannot be reached is said and left out."""
    of = _reached(organization.client)
    if of:
        source = _reached(organization.named_source)
        facts = connection(of, source)
        tables.draw_sentences("The connection", ("What", "Value"), facts, "connection")
        permissions.draw(of)
    st.header("If something is wrong")
    tables.draw_sentences("If something is wrong", SEEN, symptoms(), "symptoms")
    st.caption("The sections named here are in README. More about each error stands beside it.")
    st.header("Versions")
    st.caption(" · ".join(versions()))


def connection(of: Client, source: Source | None) -> Iterator[tuple[str, str]]:
    """Names and values; without a source, what is known without asking."""
    yield "Organization", source.organization if source else NOT_KNOWN
    yield "Region", "demo organization on this machine" if of.is_demo else of.region
    yield "API host", urlsplit(of.api.url).netloc
    yield "Rate limit", rate_limit(of.api.pressure)
    if standing := store().standing():
        yield "Shared with other servers", standing
    if source:
        yield "Queues", _or_unknown(_queues)
        yield "Figures are kept for", _or_unknown(_retention)
        yield "Kept days", _kept_days(kept_days(of, source), of.zone)
        yield "What is usual", what_is_usual(source.unusual)
    set_by = "" if of.zone_is_set else " (GENESYS_CLOUD_TIME_ZONE sets another)"
    yield "Time zone", f"{of.zone.key}{set_by}"


def rate_limit(pressure: float) -> str:
    """How much of the requests of a minute was left at the last answer that told."""
    if not pressure:
        return NOT_KNOWN
    return f"{max(0.0, Unit.PERCENT.scaled(1 - pressure)):.0f} % left at the last answer"


def symptoms() -> Iterator[tuple[str, ...]]:
    """README's table of what people see, what it means, and what to do, without its Markdown."""
    for each in SYMPTOMS:
        yield tuple(text.replace("`", "") for text in (each.seen, each.meaning, each.todo))


def versions() -> list[str]:
    """The versions of this product and of what it stands on."""
    packages = [f"{label} {version(name)}" for label, name in PACKAGES.items()]
    return [f"This dashboard {VERSION}", *packages, f"Python {platform.python_version()}"]


def _reached(ask: Callable[[], T]) -> T | None:
    """What is asked for; the error is drawn where that fails."""
    try:
        return ask()
    except GenesysError as error:
        messages.show_error(error)
        return None


def _or_unknown(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except GenesysError as error:
        return f"not known: {error.what}"


def _queues() -> str:
    directory = organization.directory()
    if directory.missing_permission:
        return "names may not be read; see the permissions below"
    divisions = len(directory.divisions())
    return f"{counted(len(directory.queues), 'queue')} in {counted(divisions, 'division')}"


def _kept_days(days: Days | None, zone: ZoneInfo) -> str:
    """How many there are, which of them moved, and what hinders keeping them."""
    if days is None:
        return "none are kept here; DASHBOARD_DATA names where to"
    asked = days.asked()
    ends = f", {dated(min(asked))} to {dated(max(asked))}" if asked else ""
    words = f"{counted(len(asked), 'day')}{ends}, in {days.place.folder}."
    return " ".join([words, *movements(asked.values(), zone), *days.trouble])


def what_is_usual(unusual: UnusualDays) -> str:
    """Where it is told, and which days are left out."""
    left_out = [f"the holidays of {unusual.place}"] if unusual.place else []
    left_out += [counted(len(unusual.marked), "marked day")] if unusual.marked else []
    without = listed(left_out) or "no days: GENESYS_CLOUD_HOLIDAYS names a country with holidays"
    return f"told where kept days hold the {WEEKS} weeks before; left out are {without}"


def _retention() -> str:
    days = organization.retention_days()
    return counted(days, "day") if days else "not known: this may not be read"
