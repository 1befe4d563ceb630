"""Options of the command line, as they are read one by one."""

from __future__ import annotations

import pytest

from genesys.command_line.arguments import parser
from tests.asking import LONDON


def test_a_zone_is_taken_by_its_iana_name():
    assert parser().parse_args(["report", "--time-zone", "Europe/London"]).time_zone == LONDON


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Europe/Lundon", "Did you mean Europe/London"),
        ("posix/Europe/London", "Did you mean Europe/London"),
        ("right/UTC", "or UTC."),
        ("posixrules", "or UTC."),
        ("localtime", "or UTC."),
        ("Factory", "or UTC."),
        ("../UTC", "or UTC."),
        ("", "or UTC."),
        ("%s", "or UTC."),
    ],
)
def test_what_is_no_zone_is_refused_with_the_nearest(
    text: str, says: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["report", "--time-zone", text])

    error = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"{text!r} is no IANA time zone such as Europe/London" in error
    assert says in error
