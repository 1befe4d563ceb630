"""The meeting on its page: the door to the show, and what the presenter decides before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.data import meeting as asking
from dashboard.data import progress
from dashboard.data.view import View
from dashboard.drawing import addresses
from dashboard.drawing.files import note_meeting
from dashboard.drawing.notes import notes, selected, whose
from dashboard.markdown import plain
from dashboard.sections import meeting_files
from genesys.kpis.catalogue import Kpi
from reports import identity
from reports.files import Source
from reports.page.page import MODULE, PLOTLY, packed_show, script
from reports.scenes.choice import MOST_LETTERS, PARAMETERS, SAY, Choice, from_params
from reports.scenes.definitions import KEYS, SCENES
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.scenes.show import show as show_of

_DOOR: Final = f"""
<div class="door">
<button type="button" class="present" data-plotly="scripts/{PLOTLY}">Present</button>
<p>Keys: <kbd>F</kbd> or <kbd>P</kbd> begins, <kbd>→</kbd> and <kbd>←</kbd> step, a digit jumps,
<kbd>Esc</kbd> ends.</p></div>"""

_STYLE: Final = """
.door { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem;
  color: var(--st-text-color); font-size: 0.875rem; }
.door p { margin: 0; }
.door kbd { border: 1px solid color-mix(in srgb, currentColor 40%, transparent);
  border-radius: 4px; padding: 0 0.35em; font: inherit; }
.present { font: inherit; font-size: 1rem; font-weight: 600; cursor: pointer; border: 0;
  border-radius: 0.5rem; padding: 0.55rem 1.6rem; color: #fff;
  background: var(--st-primary-color); }
.present:hover { filter: brightness(0.92); }
.present:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""

_show: Final = st.components.v2.component("show", html=_DOOR, css=_STYLE, js=script() + MODULE)


def draw(view: View, focus: Kpi) -> None:
    """The button that begins, then the choice of scenes and words, all of it in the link."""
    chosen = choice()
    made = meeting(view, focus)
    own = identity.load()
    shown = show_of(made, chosen, own)
    _show(key="show", data=packed_show(shown))
    note_meeting(view)
    _draw_words(shown, chosen)
    _draw_scenes(shown, chosen)
    meeting_files.draw(view, Source(made, shown, own))


def choice() -> Choice:
    """The choice that the address names."""
    return from_params(addresses.params(), KEYS)


def meeting(view: View, focus: Kpi) -> Meeting:
    """What is fetched for the meeting of a view."""
    return progress.more(
        view,
        lambda _, on_progress: asking.meeting(
            view,
            focus,
            (" · ".join(selected(view)), " · ".join(whose(view))),
            notes(view),
            on_progress,
            _link(view),
        ),
    )


def _link(view: View) -> str:
    """What opens the same meeting of the same days, none of its scenes begun.

    Empty where nobody knows where the page is: a file cannot lead to a path alone.
    """
    if not st.context.url:
        return ""
    said = addresses.with_days(addresses.params(), addresses.days(view))
    return addresses.address({name: words for name, words in said.items() if name != "scene"})


def _write(chosen: Choice) -> None:
    """Put the choice into the address; the scene that is shown meanwhile stays there."""
    params = chosen.to_params()
    for name in [*st.query_params]:
        is_of_choice = name in PARAMETERS or name.startswith(SAY)
        if is_of_choice and name not in params:
            del st.query_params[name]
    for name, text in params.items():
        st.query_params[name] = text


def _draw_words(shown: Show, chosen: Choice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, label, usual in (
            ("title", "Title", shown.title),
            ("subtitle", "Subtitle", shown.subtitle),
        ):
            st.session_state[f"meeting-{name}"] = getattr(chosen, name)
            st.text_input(
                label,
                key=f"meeting-{name}",
                placeholder=usual,
                max_chars=MOST_LETTERS,
                on_change=_put_words,
            )
        st.session_state["meeting-hide"] = chosen.hides_none
        st.checkbox(
            "Hide “No queue” and deleted queues",
            key="meeting-hide",
            on_change=_hide,
            help="Their contacts stay in every total, and the scene says that rows are hidden.",
        )


def _put_words() -> None:
    title, subtitle = (st.session_state[f"meeting-{name}"] for name in ("title", "subtitle"))
    _write(replace(choice(), title=title.strip(), subtitle=subtitle.strip()))


def _hide() -> None:
    _write(replace(choice(), hides_none=st.session_state["meeting-hide"]))


def _draw_scenes(shown: Show, chosen: Choice) -> None:
    """A line for each scene: whether it is shown, where, and what is said to it."""
    st.header("Scenes")
    titles = {each.key: plain(each.title) for each in SCENES}
    titles |= {each.key: plain(each.title) for each in shown.scenes}
    questions = {each.key: each.question for each in SCENES}
    reasons = {each.key: each.reason for each in shown.left_out}
    order = chosen.scenes or KEYS
    rest = [key for key in KEYS if key not in order]
    said = dict(chosen.said)
    for place, key in enumerate((*order, *rest)):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"scene-{key}"
        ):
            st.session_state[f"shows-{key}"] = key in order
            st.checkbox(
                titles[key],
                key=f"shows-{key}",
                on_change=partial(_choose, key),
                help=questions[key],
                width=260,
            )
            st.session_state[f"says-{key}"] = said.get(key, "")
            st.text_input(
                f"A sentence to {titles[key]}",
                key=f"says-{key}",
                placeholder=reasons.get(key, "A sentence of your own"),
                label_visibility="collapsed",
                max_chars=MOST_LETTERS,
                on_change=partial(_say, key),
                width="stretch",
            )
            for label, icon, step in (("Up", "arrow_upward", -1), ("Down", "arrow_downward", 1)):
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    type="tertiary",
                    key=f"{label}-{key}",
                    disabled=key not in order or not 0 <= place + step < len(order),
                    on_click=partial(_move, key, step),
                )
    if left := [each for each in shown.left_out if each.key in order]:
        words = "; ".join(f"{titles[each.key]}: {plain(each.reason)}" for each in left)
        st.caption(f"Not shown, as there is nothing to show. {words}")


def _order(chosen: Choice) -> list[str]:
    return [*(chosen.scenes or KEYS)]


def _with_order(chosen: Choice, order: Sequence[str]) -> Choice:
    return replace(chosen, scenes=() if tuple(order) == KEYS else tuple(order))


def _choose(key: str) -> None:
    chosen = choice()
    order = [each for each in _order(chosen) if each != key]
    if st.session_state[f"shows-{key}"]:
        order.append(key)
        # One that comes back stands where it stood among the others in their own order.
        if order[:-1] == [each for each in KEYS if each in order[:-1]]:
            order.sort(key=KEYS.index)
    if order:
        _write(_with_order(chosen, order))


def _say(key: str) -> None:
    chosen = choice()
    text: str = st.session_state[f"says-{key}"].strip()
    said = {**dict(chosen.said), key: text}
    _write(replace(chosen, said=tuple((each, said[each]) for each in KEYS if said.get(each))))


def _move(key: str, step: int) -> None:
    chosen = choice()
    order = _order(chosen)
    at = order.index(key)
    order.insert(at + step, order.pop(at))
    _write(_with_order(chosen, order))
