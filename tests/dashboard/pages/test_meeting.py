"""The meeting page: what is chosen before, all of it in the link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from genesys.demo import DemoServer
from reports.scenes.definitions import KEYS

Open = Callable[..., AppTest]


def test_every_scene_has_a_line_with_its_place(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, "meeting")

    assert not page.exception
    shown = [each for each in page.checkbox if each.key and each.key.startswith("shows-")]
    assert [each.key for each in shown] == [f"shows-{key}" for key in KEYS]
    assert [each.label for each in shown][:2] == ["How it went", "Queues by media type"]
    assert shown[5].label == "Technical Support"
    assert all(each.value for each in shown)
    assert page.button(key="Up-headline").disabled
    assert page.button(key="Down-method").disabled


def test_a_scene_is_left_out_moved_and_given_a_sentence_in_the_link(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, "meeting")
    page.checkbox(key="shows-offered").uncheck().run()
    page.button(key="Down-headline").click().run()
    page.text_input(key="says-matrix").input("Mind the claims.").run()
    page.text_input(key="meeting-title").input("Monday").run()
    page.checkbox(key="meeting-hide").check().run()

    assert not page.exception
    kept = [key for key in KEYS if key not in ("headline", "matrix", "offered")]
    assert dict(page.query_params) == {
        "scenes": ",".join(["matrix", "headline", *kept]),
        "say-matrix": "Mind the claims.",
        "title": "Monday",
        "hide": "none",
    }


def test_what_a_link_chose_is_what_is_seen(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, "meeting", scenes="when,matrix", **{"say-when": "Look at Monday."})

    shown = [each.key for each in page.checkbox if each.key and each.value]
    assert shown == ["shows-when", "shows-matrix"]
    assert page.text_input(key="says-when").value == "Look at Monday."


def test_words_of_a_link_that_name_no_scene_are_told(demo: DemoServer, open_page: Open):
    page = open_page(demo.env, "meeting", scenes="matrx,when", hide="all")

    (told,) = [each.value for each in page.warning if "Not understood" in each.value]
    assert "matrx" in told
    assert "hide" in told


def test_a_file_is_made_when_asked_for_and_gone_when_the_choice_is_another(
    demo: DemoServer, open_page: Open
):
    page = open_page(demo.env, "meeting")
    page.button(key="make-page").click().run()

    assert not page.exception
    (save,) = [each for each in page.get("download_button") if each.proto.id]
    assert ".html (5.4 MB)" in save.proto.label

    page.checkbox(key="shows-offered").uncheck().run()
    assert page.get("download_button") == []


def test_a_file_that_cannot_be_made_is_told_in_words_and_none_is_offered(
    demo: DemoServer, open_page: Open, tmp_path: Path
):
    template = tmp_path / "ours.pptx"
    template.write_bytes(b"no deck")
    page = open_page({**demo.env, "MEETING_TEMPLATE": str(template)}, "meeting")
    page.button(key="make-deck").click().run()

    assert not page.exception
    assert "is no PowerPoint presentation" in page.error[0].value
    assert page.get("download_button") == []


def test_title_and_subtitle_of_the_organization_stand_where_none_are_chosen(
    demo: DemoServer, open_page: Open
):
    own = {"MEETING_TITLE": "Mondays", "MEETING_SUBTITLE": "Service"}
    page = open_page({**demo.env, **own}, "meeting")

    shown = [page.text_input(key=f"meeting-{name}").placeholder for name in ("title", "subtitle")]
    assert shown == ["Mondays", "Service"]


def test_without_figures_there_is_nothing_to_present(demo: DemoServer, open_page: Open):
    page = open_page(
        demo.env, "meeting", period="custom", **{"from": "2001-01-01", "to": "2001-01-02"}
    )

    assert not page.exception
    assert [each.key for each in page.checkbox if each.key and each.key.startswith("shows-")] == []
    assert "no interactions" in page.info[0].value
