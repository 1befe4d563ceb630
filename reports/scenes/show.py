"""The show: the scenes of a meeting as they are presented, those left out with their reason."""

from __future__ import annotations

from typing import Final

from genesys.moments import span
from reports.identity import Identity
from reports.scenes.choice import Choice
from reports.scenes.definitions import KEYS, SCENES, Definition
from reports.scenes.meeting import Meeting
from reports.scenes.scene import LeftOut, Scene, Show

NOT_CHOSEN: Final = "Left out by choice."


def show(meeting: Meeting, choice: Choice, identity: Identity = Identity()) -> Show:  # noqa: B008
    """All that is presented of a meeting under a choice, in the organization's own look."""
    order = choice.scenes or KEYS
    built = [_scene(meeting, choice, each) for each in SCENES]
    scenes = {each.key: each for each in built if isinstance(each, Scene)}
    figures = meeting.figures
    return Show(
        title=choice.title or identity.title or figures.source.organization,
        subtitle=choice.subtitle or identity.subtitle or span(figures.interval, figures.zone),
        scenes=tuple(scenes[key] for key in order if key in scenes),
        left_out=tuple(each for each in built if isinstance(each, LeftOut)),
        footer=meeting.footer,
        about=meeting.about,
        as_of=figures.as_of,
        zone=figures.zone,
        link=meeting.link,
        logo=identity.logo,
        is_demo=figures.source.is_demo,
    )


def _scene(meeting: Meeting, choice: Choice, each: Definition) -> Scene | LeftOut:
    if choice.scenes and each.key not in choice.scenes:
        return LeftOut(each.key, each.title, NOT_CHOSEN)
    body = each.build(meeting, choice)
    if isinstance(body, str):
        return LeftOut(each.key, each.title, body)
    title = each.title_of(meeting) if each.title_of else each.title
    return Scene(each.key, title, each.question, body, dict(choice.said).get(each.key, ""))
