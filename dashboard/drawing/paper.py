"""What stands below every sheet of paper; `document/paper.css` has how pages are printed."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from reports.theme import QUIET_INK

_NOT_PLAIN: Final = re.compile(r"[^\w .,:()+/·–-]")
"""What could end a text in a style sheet, or the sheet itself."""


def footer(*words: str) -> None:
    """What stands below every sheet, beside its number: words of our own and dates."""
    st.html(f"<style>{_footer(' · '.join(words))}</style>")


def _footer(text: str) -> str:
    look = f"font: 8pt sans-serif; color: {QUIET_INK};"
    left = _NOT_PLAIN.sub(lambda found: f"\\{ord(found[0]):06x}", text)
    return (
        "@media print { @page { margin: 10mm 10mm 14mm;"
        f' @bottom-left {{ content: "{left}"; {look} white-space: nowrap }}'
        f" @bottom-right {{ content: counter(page) ' / ' counter(pages); {look} }} }} }}"
    )
