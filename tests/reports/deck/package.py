"""A deck's package, read part by part: what PowerPoint would repair is found here."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZipFile

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(file: bytes) -> Deck:
    return Presentation(BytesIO(file))


def faults(file: bytes) -> list[str]:
    """What is wrong: parts that are no XML, links to nowhere, unknown types, ids twice."""
    found: list[str] = []
    with ZipFile(BytesIO(file)) as package:
        names = package.namelist()
        found += [f"{name} twice" for name in {each for each in names if names.count(each) > 1}]
        types = parse_xml(package.read("[Content_Types].xml"))
        known = {each.get("Extension", "") for each in types.iter(f"{_TYPES}Default")}
        parts = {each.get("PartName", "")[1:] for each in types.iter(f"{_TYPES}Override")}
        found += [f"{each} is not there" for each in parts - set(names)]
        for name in names:
            if name not in parts and name.rpartition(".")[2] not in known:
                found.append(f"{name} has no type")
            if name.endswith((".xml", ".rels")):
                root = parse_xml(package.read(name))
                found += [f"{name}: {each}" for each in _faults_of(name, root, names)]
    return found


def _faults_of(name: str, root: Any, names: list[str]) -> Iterator[str]:
    base = dirname(dirname(name))
    for link in root.iter(_RELATION):
        target = normpath(join("/", base, link.get("Target", "")))[1:]
        if link.get("TargetMode") != "External" and target not in names:
            yield f"leads to {target}"
    ids = [each.get("id") for each in root.iter() if str(each.tag).endswith("}cNvPr")]
    if len(ids) != len(set(ids)):
        yield "has an id twice"


def texts(slide: Slide) -> list[str]:
    """Every paragraph of a slide, those of its tables too."""
    return [
        "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t"))
        for paragraph in slide.element.iter(f"{_DRAWING}p")
    ]


def charts(deck: Deck, page: int) -> list[Any]:
    """The charts of a slide; the title slide is 1."""
    return [each.chart for each in deck.slides[page - 1].shapes if each.has_chart]


def tables(deck: Deck, page: int) -> list[list[list[str]]]:
    """The texts of the tables of a slide."""
    return [
        [[cell.text for cell in row.cells] for row in each.table.rows]
        for each in deck.slides[page - 1].shapes
        if each.has_table
    ]


def notes(deck: Deck, page: int) -> str:
    frame = deck.slides[page - 1].notes_slide.notes_text_frame
    return frame.text if frame else ""
