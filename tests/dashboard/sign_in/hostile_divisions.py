"""The demo organization with queues in each division whose names would do harm.

However a name is escaped on its way, its mark stays as it is and is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pytest

from genesys.demo import organization

NAMES: Final = {
    "Broker Desk": '<img src=x onerror=alert("quokka1")>',
    "Switchboard": '=HYPERLINK("https://evil.example","quokka2")',
    "Fraud Team": "**quokka3** [x](javascript:alert(3)) :red[x] $x$",
    "Retention": '</script><script>alert("quokka4")</script>',
    "Payments": 'quokka5 "quoted" & \\u003cb\\u003e',
}
"""By the names that the demo has for them."""

MARKS: Final = {
    "quokka1": "Partners",
    "quokka2": "Partners",
    "quokka3": "Claims",
    "quokka4": "Sales",
    "quokka5": "Customer Service",
}
"""The division of each."""


@contextmanager
def hostile_names() -> Iterator[None]:
    """While this lasts, organizations that are made have such queues."""
    rows = tuple(replace(row, name=NAMES.get(row.name, row.name)) for row in organization.ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organization, "ROWS", rows)
        yield


def forbidden_marks(*divisions: str) -> list[str]:
    """What must not be seen by who sees these divisions."""
    return [mark for mark, division in MARKS.items() if division not in divisions]
