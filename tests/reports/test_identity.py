"""The organization's own title, subtitle, logo and template."""

from __future__ import annotations

from pathlib import Path

import pytest

from genesys.errors import ConfigurationError
from reports.identity import LARGEST_LOGO, Identity, load, media_type
from reports.scenes.choice import Choice
from reports.scenes.meeting import Meeting
from reports.scenes.show import show

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0"


def refusal(**environ: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(environ, None)
    return str(caught.value)


def file(folder: Path, name: str, content: bytes) -> Path:
    (path := folder / name).write_bytes(content)
    return path


def test_without_any_setting_all_is_that_of_the_figures():
    assert load({}, None) == Identity()


def test_the_environment_wins_over_the_file(tmp_path: Path):
    logo, deck = file(tmp_path, "logo", PNG), file(tmp_path, "ours.pptx", b"PK")
    settings = file(
        tmp_path, ".env", f"MEETING_TITLE=Mondays\nMEETING_SUBTITLE=Service\n"
        f"MEETING_LOGO={logo}\nMEETING_TEMPLATE={deck}".encode()
    )  # fmt: skip

    found = load({"MEETING_TITLE": " Tuesdays "}, settings)

    assert found == Identity("Tuesdays", "Service", logo, deck)


def test_a_title_of_the_link_wins_over_the_settings(meeting: Meeting):
    identity = Identity("Mondays", "Service")

    assert show(meeting, Choice(), identity).title == "Mondays"
    assert show(meeting, Choice(), identity).subtitle == "Service"
    assert show(meeting, Choice(title="Board"), identity).title == "Board"


@pytest.mark.parametrize("name", ["MEETING_LOGO", "MEETING_TEMPLATE"])
def test_a_file_that_is_not_there_is_named(name: str):
    assert f"{name} is 'nowhere.png', but there is no file" in refusal(**{name: "nowhere.png"})


def test_a_logo_is_a_png_or_a_jpeg_that_is_not_too_large(tmp_path: Path):
    text, large = (
        file(tmp_path, "a.png", b"<svg>"),
        file(tmp_path, "b", PNG.ljust(LARGEST_LOGO + 1)),
    )

    assert "neither a PNG nor a JPEG" in refusal(MEETING_LOGO=str(text))
    assert "500,001 bytes" in refusal(MEETING_LOGO=str(large))
    assert [media_type(each) for each in (PNG, JPEG, b"GIF")] == ["image/png", "image/jpeg", ""]


def test_a_misspelt_name_in_the_file_is_refused_with_the_nearest(tmp_path: Path):
    settings = file(tmp_path, ".env", b"MEETING_TITEL=x")

    with pytest.raises(ConfigurationError) as caught:
        load({}, settings)

    assert "MEETING_TITEL, which is no setting" in str(caught.value)
    assert "MEETING_TITLE" in caught.value.todo
