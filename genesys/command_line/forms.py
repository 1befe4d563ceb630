"""The form of what is written: as it is named, or as the file's ending says."""

from __future__ import annotations

import argparse
from typing import Final

from genesys.command_line.output import FOR_FILES
from genesys.errors import QueryError
from genesys.words import listed

_FORM_OF_ENDING: Final = {
    ".csv": "csv",
    ".json": "json",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".pptx": "pptx",
    ".html": "html",
    ".pdf": "pdf",
}
"""Endings that promise a form; others, such as .txt, promise none."""


def form_of(options: argparse.Namespace) -> str:
    """The form that is named, else the one that the file's ending says; they must agree."""
    ending = options.output.suffix.lower() if options.output else ""
    said, possible = _FORM_OF_ENDING.get(ending), options.possible
    usual: str = said if said and said in possible else options.default_format
    wanted: str = options.format or usual
    if said and said != wanted:
        raise QueryError(
            f"{options.output} ends in {ending}, but what is written is {wanted}.",
            f"{options.command} writes {listed(possible, 'or')}:"
            " give the file the ending of its form, or none.",
        )
    if wanted in FOR_FILES and options.output is None:
        raise QueryError(f"{wanted} is for a file.", f"Name one: --output report.{wanted}")
    return wanted
