"""The permissions of the OAuth client: what each is for, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import streamlit as st

from dashboard.data import fetching, organization
from dashboard.data.client import Client
from dashboard.drawing import tables
from dashboard.markdown import plain
from genesys.organization.permissions import NEEDS, Finding, Need, check
from genesys.targets import Status
from reports.data import lives
from reports.data.kept import kept_for
from reports.data.waiting import aside
from reports.theme import STATUS_SIGNS

NEEDED: Final = ("Needed for", "Permission", "What it is for", "Result")
NOT_CHECKED: Final = "not checked"
"""Also of what comes after a failed sign-on, which the check ends at."""


@dataclass(frozen=True)
class Checkup:
    """What came of each need, and when it was tried."""

    findings: tuple[Finding, ...]
    at: datetime


def draw(of: Client) -> None:
    """A row for each need; the check runs when somebody asks for it, and is kept for a while."""
    st.header("Permissions")
    asked = st.button("Check now", icon=":material/stethoscope:", type="primary", key="check")
    checkup = _known(of, anew=asked)
    if checkup is None:
        st.caption("Tries everything that this product needs, without changing anything.")
    else:
        st.caption(f"Checked at {checkup.at.astimezone(of.zone):%H:%M:%S} ({of.zone.key}).")
    findings = {each.need.name: each for each in checkup.findings} if checkup else {}
    tables.draw_sentences("Permissions", NEEDED, rows(findings), "permissions")
    for finding in findings.values():
        _draw_error(finding)


def rows(findings: Mapping[str, Finding]) -> Iterator[tuple[str, ...]]:
    """Each need with its permission in the words of Genesys Cloud, its purpose and its result."""
    for need in NEEDS:
        yield (
            need.name,
            need.wording or "none needed",
            need.purpose if need.required else f"optional: {need.purpose}",
            result(need, findings.get(need.name)),
        )


def result(need: Need, finding: Finding | None) -> str:
    """How a need stands, with a sign."""
    if finding is None:
        return NOT_CHECKED
    if finding.ok:
        return f"{STATUS_SIGNS[Status.MET]} found"
    sign = STATUS_SIGNS[Status.MISSED if need.required else Status.NEAR]
    return f"{sign} {'missing' if finding.is_missing else 'failed'}"


def _known(of: Client, *, anew: bool) -> Checkup | None:
    """The kept check, or a new one; None where nobody asked for any."""
    if anew:
        _checkup.forget(of)
    elif not _checkup.holds(of):
        return None
    return _checkup(of)


@kept_for(lives.CHECKUP)
def _checkup(of: Client) -> Checkup:
    budget = organization.budget(fetching.now)
    return Checkup(aside(lambda: check(of.api, budget), budget), fetching.now())


def _draw_error(finding: Finding) -> None:
    if finding.error is None:
        return
    error = finding.error
    facts = "; ".join(f"{name}: {text}" for name, text in error.facts.lines())
    words = f"**{finding.need.name}.** {plain(error.what)} {plain(error.todo)}"
    if finding.need.required:
        st.error(f"{words}\n\n{plain(facts)}", icon=":material/error:")
    else:
        st.info(f"{words} It is not required.\n\n{plain(facts)}", icon=":material/info:")
