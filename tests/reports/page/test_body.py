"""The scenes as HTML: whose they are, and what stands in each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reports.page.body import body
from reports.scenes.scene import Body, Lines, Scene, Show

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "cfc000000301010018dd8db00000000049454e44ae426082"
)


def with_lines(show: Show, *lines: str, title: str = "") -> Show:
    made = Scene("method", "Method", "Why?", Body("So it is.", (Lines(lines, title),)))
    return replace(show, scenes=(made,))


def test_a_title_of_ones_own_stands_in_each_scene_and_is_text(show: Show):
    named = body(replace(show, title="Board <1>", subtitle="Week 24")).html

    assert named.count('<p class="whose">Board &lt;1&gt; · Week 24</p>') == len(show.scenes)


def test_what_the_footer_says_is_not_said_twice(show: Show):
    assert 'class="whose"' not in body(show).html


def test_the_logo_is_in_the_page_once_and_named_in_each_scene(show: Show, tmp_path: Path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(PIXEL)
    html = body(replace(show, logo=logo)).html

    assert html.count("data:image/png;base64,iVBOR") == 1
    assert html.count('role="img" aria-label="Northwind Mutual (demo)"') == len(show.scenes)


def test_lines_below_a_title_have_their_names_apart(show: Show):
    html = body(with_lines(show, "Zone: Europe/London", "At: Mon: 8", title="Basis")).html

    assert "<div><dt>Zone</dt> <dd>Europe/London</dd></div>" in html
    assert "<div><dt>At</dt> <dd>Mon: 8</dd></div>" in html


def test_sentences_are_a_list(show: Show):
    assert "<ul><li>It rose: twice.</li></ul>" in body(with_lines(show, "It rose: twice.")).html
