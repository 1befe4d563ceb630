"""Pages on paper: light, without filters and buttons, nothing cut off, each page numbered."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

_HERE: Final = Path(__file__).resolve()

_NOT_PLAIN: Final = re.compile(r"[^\w .,:()+/·–-]")
"""What could end a text in a style sheet, or the sheet itself."""


def install() -> None:
    """Let the page be printed."""
    style, script = _files()
    with st.container(key="paper"):
        st.html(f"<style>{style}</style><script>{script}</script>", unsafe_allow_javascript=True)


@cache
def _files() -> tuple[str, str]:
    style, script = (_HERE.with_suffix(ending).read_text("utf-8") for ending in (".css", ".js"))
    return f"{style}[data-testid=stLayoutWrapper]:has(> .st-key-paper){{display:none}}", script


def footer(*words: str) -> None:
    """What stands below every sheet, beside its number: words of our own and dates."""
    st.html(f"<style>{_footer(' · '.join(words))}</style>")


def _footer(text: str) -> str:
    look = "font: 8pt sans-serif; color: #475569;"
    left = _NOT_PLAIN.sub(lambda found: f"\\{ord(found[0]):06x}", text)
    return (
        "@media print { @page { margin: 10mm 10mm 14mm;"
        f' @bottom-left {{ content: "{left}"; {look} white-space: nowrap }}'
        f" @bottom-right {{ content: counter(page) ' / ' counter(pages); {look} }} }} }}"
    )
