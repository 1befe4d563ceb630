"""The deck as another program opens it: every slide, with its headline."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.deck import to_pptx
from reports.scenes.scene import Show
from tests import libreoffice

pytestmark = pytest.mark.skipif(not libreoffice.reads_slides(), reason=libreoffice.HELP)


def test_every_slide_is_a_page_with_its_headline(show: Show, tmp_path: Path):
    file = tmp_path / "deck.pptx"
    file.write_bytes(to_pptx(show))

    pages = PdfReader(libreoffice.printed(file, tmp_path)).pages

    assert len(pages) == 1 + len(show.scenes)
    for page, scene in zip(pages[1:], show.scenes, strict=True):
        begin = " ".join(scene.body.headline.split()[:4])
        assert begin in " ".join(page.extract_text().split())
