"""Files of a meeting where the machine has no room for them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from xlsxwriter.exceptions import FileCreateError

from genesys.errors import ConfigurationError
from reports.files import FILES, File, NotMade, Source
from reports.identity import Identity
from reports.scenes.meeting import Meeting
from reports.scenes.scene import Show

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def source(meeting: Meeting, show: Show) -> Source:
    return Source(meeting, show, Identity())


def failing(error: Exception) -> Callable[[Source], bytes]:
    def make(_: Source) -> bytes:
        raise error

    return make


@pytest.mark.parametrize("error", [FULL, FileCreateError(FULL)])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.key)
def test_a_full_disk_is_told_in_words(source: Source, file: File, error: Exception):
    full = replace(file, make=failing(error), check=lambda: None)

    with pytest.raises(NotMade, match="No space left on device") as caught:
        full.made(source)
    assert caught.value.what.startswith(f"The {file.label} could not be made: ")
    assert "temporary files" in caught.value.todo


def test_what_is_wrong_before_is_told_before_anything_is_made(source: Source):
    def check() -> None:
        raise ConfigurationError("There is no browser.")

    file = replace(FILES[0], make=failing(AssertionError("made")), check=check)

    with pytest.raises(ConfigurationError, match="There is no browser"):
        file.made(source)
