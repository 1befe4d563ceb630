"""The files of a meeting: what each is called, how its name ends, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from genesys.errors import GenesysError
from reports import pdf
from reports.deck.deck import to_pptx
from reports.identity import Identity
from reports.page.page import to_html
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show
from reports.workbook.workbook import to_workbook

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, eq=False)
class Source:
    """What files are made of."""

    meeting: Meeting
    show: Show
    identity: Identity


class NotMade(GenesysError):
    """The values are there, but the machine has no room to make a file of them."""


@dataclass(frozen=True)
class File:
    """A kind of file. `make` raises GenesysError, and so does `check`, which takes no time.

    `form` is the ending of its name. Ask for `made`, which is whole.
    """

    key: str
    label: str
    form: str
    mime: str
    make: Callable[[Source], bytes]
    check: Callable[[], object] = lambda: None

    def made(self, source: Source) -> bytes:
        """The whole file; raises GenesysError for whatever hinders it, a full disk too."""
        self.check()
        try:
            return self.make(source)
        except (OSError, FileCreateError) as error:
            why = getattr(error, "strerror", None) or error
            raise NotMade(
                f"The {self.label} could not be made: {why}.",
                "Free some space where the server keeps temporary files, then try again.",
            ) from error


FILES: Final = (
    File(
        "deck",
        "PowerPoint deck",
        "pptx",
        f"{_OFFICE}.presentationml.presentation",
        lambda of: to_pptx(of.show, of.identity.template),
    ),
    File(
        "workbook",
        "Excel workbook",
        "xlsx",
        f"{_OFFICE}.spreadsheetml.sheet",
        lambda of: to_workbook(of.meeting, of.show),
    ),
    File("page", "Web page", "html", "text/html", lambda of: to_html(of.show).encode()),
    File(
        "pdf",
        "PDF",
        "pdf",
        "application/pdf",
        lambda of: pdf.to_pdf(to_html(of.show)),
        pdf.browser,
    ),
)
