"""Who is signed in, how much of the organization they see, and the way out."""

from __future__ import annotations

import streamlit as st

from dashboard.markdown import plain
from dashboard.sign_in.leaves import SIGN_OUT
from dashboard.sign_in.present import Present


def draw(who: Present, scope_words: str) -> None:
    """A line below the filters; nothing where nobody signs in."""
    if not who.session:
        return
    words = " · ".join(filter(None, (who.name, scope_words)))
    with st.sidebar.container(key="account"):
        st.caption(f"{plain(words)} · [Sign out]({SIGN_OUT})")
