"""Options of the command line, as they are read one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from genesys.command_line.arguments import parser, request_of, with_dashed_queues
from genesys.settings import read
from genesys.unusual import NONE_UNUSUAL, UnusualDays
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


@pytest.mark.parametrize(
    ("words", "taken", "dashed"),
    [
        ("report --queue -Test- B --quiet", "report --queue=-Test- --queue=B --quiet", ["-Test-"]),
        ("report --queue A -B", "report --queue=A --queue=-B", ["-B"]),
        ("report --queue=-Test- -h", "report --queue=-Test- -h", []),
        ("report --queue A --quiet", "report --queue A --quiet", []),
        ("report --media -x", "report --media -x", []),
    ],
)
def test_queues_that_begin_with_a_dash_are_no_options(words: str, taken: str, dashed: list[str]):
    assert with_dashed_queues(words.split()) == (taken.split(), dashed)


def test_a_dashed_queue_is_taken_and_told(run, live):
    done = run("report --queue -Test-")
    assert done.code == 2
    assert "--queue -Test- is taken as --queue=-Test-." in done.err
    assert "called '-Test-'" in done.err


class TestForm:
    """The file's ending says what is written."""

    @pytest.mark.parametrize(("name", "begins"), [("a.json", b"["), ("A.CSV", b"\xef\xbb\xbf")])
    def test_without_a_format(self, run, live, tmp_path, name: str, begins: bytes):
        assert run("report --kpis offered --output", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)

    @pytest.mark.parametrize("name", ["a.txt", "a", "a.dat"])
    def test_where_it_promises_none_the_format_holds(self, run, live, tmp_path, name: str):
        assert run("report --format csv --output", str(tmp_path / name)).code == 0

    @pytest.mark.parametrize(
        "words",
        [
            "report --format csv --output a.json",
            "report --format json --output a.csv",
            "report --format table --output a.csv",
            "report --format csv --output a.xlsx",
            "report --format xlsx --output a.parquet",
            "review --output a.xlsx",
            "explain offered --output a.csv",
            "review --output a.csv",
            "review --format text --output a.json",
            "explain offered --output a.json",
        ],
    )
    def test_that_contradicts_the_format_is_refused_before_anything_is_asked(self, run, words: str):
        done = run(words)
        assert done.code == 2
        assert "but what is written is" in done.err


def test_names_of_other_tools_are_hinted_at(run, monkeypatch):
    monkeypatch.setenv("GENESYSCLOUD_OAUTHCLIENT_ID", "x")
    done = run("report")
    assert done.code == 3
    assert "GENESYSCLOUD_OAUTHCLIENT_ID is set, which is called GENESYS_CLOUD_CLIENT_ID" in done.err


@pytest.mark.parametrize(
    ("words", "environ", "unusual"),
    [
        ("", {}, NONE_UNUSUAL),
        ("--demo", {}, UnusualDays("GB-ENG")),
        ("--demo", {"GENESYS_CLOUD_HOLIDAYS": "DE-BY"}, UnusualDays("DE-BY")),
    ],
)
def test_unusual_days_are_those_of_the_settings_or_else_the_demo_s(
    words: str, environ: dict[str, str], unusual: UnusualDays
):
    options = parser().parse_args(f"report --last 7d {words}".split())

    asked = request_of(options, read(environ), datetime(2026, 6, 15, tzinfo=UTC))

    assert asked.unusual == unusual
