"""The targets file: what it may say, and what line and key an error names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.client.entities import Queue
from genesys.errors import ConfigurationError
from genesys.kpis.catalogue import KPI_BY_KEY, Better, Unit
from genesys.organization.directory import Directory
from genesys.targets import JUDGED, Target, read_targets
from tests.examples import examples, larger

EXAMPLE = Path(__file__).resolve().parents[2] / "targets.example.toml"
DIRECTORY = Directory({"q1": Queue(id="q1", name="Claims"), "q2": Queue(id="q2", name="Sales")})
GOOD = {
    "kpi": '"service_level_pct"',
    "queue": '"Claims"',
    "media_type": '"voice"',
    "target": "85",
    "amber": "75.5",
}


def text(**changed: str | None) -> str:
    """A file of one good row; None leaves a key out."""
    pairs = {**GOOD, **changed}
    lines = (f"{key} = {value}" for key, value in pairs.items() if value is not None)
    return "\n".join(["# ours", "[[target]]", *lines, ""])


@pytest.fixture
def read(tmp_path):
    def of(content: str, directory: Directory = DIRECTORY) -> tuple[Target, ...]:
        path = tmp_path / "targets.toml"
        path.write_text(content, encoding="utf-8")
        return read_targets(path, directory)

    return of


@pytest.fixture
def refusal(read):
    def of(content: str) -> str:
        with pytest.raises(ConfigurationError) as caught:
            read(content)
        return str(caught.value)

    return of


def test_a_row_is_read_in_exact_decimals(read):
    assert read(text()) == (
        Target(
            "service_level_pct", "Claims", "voice", Decimal(85), Decimal("75.5"), None,
            "targets.toml",
        ),
    )  # fmt: skip


def test_the_example_is_right_and_names_every_kpi_that_may_have_a_target():
    rows = read_targets(EXAMPLE, DIRECTORY)

    assert [row.kpi for row in rows] == [
        "abandon_pct",
        "service_level_pct",
        "first_response_sec",
        "aht_sec",
    ]
    assert all(key in EXAMPLE.read_text() for key in JUDGED)


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "target = []"])
def test_a_file_may_be_empty(read, content):
    assert read(content) == ()


@pytest.mark.parametrize(
    ("changed", "line", "words"),
    [
        ({"kpi": '"service_level"'}, 3, ["kpi is 'service_level'", "service_level_pct", "asa_sec"]),
        ({"kpi": '"offered"'}, 3, ["kpi is 'offered'", "no KPI with a target"]),
        ({"queue": '"Clams"'}, 4, ["queue is 'Clams'", "Did you mean Claims?"]),
        ({"queue": "7"}, 4, ["queue is 7", "quotation marks"]),
        ({"media_type": '"call"'}, 5, ["media_type is 'call'", "voice"]),
        ({"media_type": '" "'}, 5, ["media_type is ' '"]),
        ({"target": '"80 %"'}, 6, ["target is '80 %'", "from 0 to 100", "quotation marks: 80?"]),
        ({"target": '"82,5"'}, 6, ["target is '82,5'", "quotation marks: 82.5?"]),
        ({"target": '"high"'}, 6, ["target is 'high'", "from 0 to 100."]),
        ({"target": "101"}, 6, ["target is 101", "from 0 to 100"]),
        ({"target": "true"}, 6, ["target is True"]),
        ({"target": "nan"}, 6, ["target is NaN"]),
        ({"kpi": '"asa_sec"', "target": "inf"}, 6, ["target is Infinity", "0 or more"]),
        ({"amber": "-1.5"}, 7, ["amber is -1.5"]),
        ({"amber": "90"}, 7, ["amber is 90", "at or below the target"]),
        ({"kpi": '"asa_sec"'}, 7, ["amber is 75.5", "at or above the target"]),
        ({"colour": '"red"'}, 8, ["colour is no key", "media_type"]),
        ({"amber": None}, 2, ["amber is missing"]),
        ({"target": "[\n 1,\n 2]"}, 8, ["target is [1, 2]"]),
    ],
)
def test_what_is_wrong_is_named_with_line_and_key(refusal, changed, line, words):
    error = refusal(text(**changed))

    assert f"targets.toml, line {line}: " in error
    assert all(word in error for word in words)


def test_the_line_is_that_of_the_wrong_row_among_several(refusal):
    error = refusal(text() + text(queue='"Sales"') + text(queue='"Nobody"'))

    assert "line 18: queue is 'Nobody'" in error


def test_a_row_that_comes_twice_is_refused_at_the_second(refusal):
    assert "line 11: queue repeats" in refusal(text() + text(target="90"))


@pytest.mark.parametrize(
    ("content", "line"),
    [("[[targets]]\nkpi = 1", 1), ("\ntarget = 5", 2), ("a = 1", 1), ("target = [1]", 1)],
)
def test_what_is_no_list_of_targets_is_refused(refusal, content, line):
    error = refusal(content)

    assert f"line {line}: " in error
    assert "[[target]]" in error


def test_what_is_no_toml_is_refused_with_its_line(refusal):
    error = refusal(text() + "queue = = 5\n")

    assert "is not TOML" in error
    assert "line 8" in error


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "targets.toml"
    path.write_text(text(), encoding="utf-16")

    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_targets(path, DIRECTORY)


def test_names_are_not_checked_where_no_queue_could_be_read(read):
    (row,) = read(text(queue='"Anything"'), Directory(complete=False))

    assert row.queue == "Anything"


def test_a_wildcard_need_not_fit_any_queue_yet(read):
    (row,) = read(text(queue='"New*"'))

    assert row.queue == "New*"


LEVEL, ABANDON, ASA = '"service_level_pct"', '"abandon_pct"', '"asa_sec"'


@pytest.mark.parametrize(
    ("changed", "line", "words"),
    [
        ({"target": "0.8"}, 6, ["target is 0.8, which is 0.8 %", "80?"]),
        ({"target": "1"}, 6, ["target is 1, which is 1 %", "100?"]),
        ({"target": "0"}, 6, ["target is 0 %, which is always met"]),
        ({"amber": "0.7"}, 7, ["amber is 0.7", "70?"]),
        ({"kpi": '"answer_pct"', "target": "0.95"}, 6, ["target is 0.95", "95?"]),
        ({"kpi": ABANDON, "target": "500", "amber": "600"}, 6, ["from 0 to 100"]),
        ({"kpi": ASA, "target": "20000"}, 6, ["20000 seconds", "an hour for voice", "20?"]),
        ({"kpi": ASA, "media_type": '"callback"', "target": "86401"}, 6, ["a day for callback"]),
        ({"kpi": ASA, "media_type": '"email"', "target": "14400000"}, 6, ["30 days", "14400?"]),
        ({"kpi": ASA, "media_type": '"*"', "target": "1e9"}, 6, ["30 days", "1000000?"]),
        ({"kpi": '"aht_sec"', "target": "0.1"}, 6, ["target is 0.1", "10?"]),
        ({"kpi": '"aht_sec"', "target": "300", "amber": "400"}, 6, ["from 0 to 100"]),
        ({"target": f"0x{'f' * 6000}"}, 6, ["thousands of digits"]),
        ({"target": f"[0x{'f' * 6000}]"}, 6, ["thousands of digits"]),
    ],
)
def test_a_number_in_the_wrong_unit_is_refused_with_what_may_be_meant(
    refusal, changed, line, words
):
    error = refusal(text(**changed))

    assert f"targets.toml, line {line}: " in error
    assert all(word in error for word in words)


@pytest.mark.parametrize(
    "changed",
    [
        {"kpi": ABANDON, "target": "0.5", "amber": "1"},
        {"kpi": ABANDON, "target": "0", "amber": "0.05"},
        {"kpi": '"transfer_pct"', "target": "0.9", "amber": "0.95"},
        {"kpi": ASA, "target": "0.5", "amber": "3600"},
        {"kpi": ASA, "media_type": '"callback"', "target": "20000", "amber": "86400"},
        {"kpi": ASA, "media_type": '"email"', "target": "172800", "amber": "259200"},
        {"kpi": '"aht_sec"', "target": "0", "amber": "1"},
        {"target": "1.5", "amber": "1.2"},
    ],
)
def test_a_number_that_may_be_meant_is_taken(read, changed):
    (row,) = read(text(**changed))

    assert str(row.target) == changed["target"]


VALUES = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(
        ["true", '"80"', "[1]", "{}", "1979-05-27", "1e999999999999999999999", "9" * 5000]
    ),
    st.text(max_size=larger(6)),
)
KEYS = st.sampled_from(["kpi", "queue", "media_type", "target", "amber", "colour"])
ROWS = st.dictionaries(KEYS, VALUES).map(
    lambda row: "[[target]]\n" + "".join(f"{key} = {value}\n" for key, value in row.items())
)
NUMBERS = st.builds(
    lambda kpi, media, target, amber: text(
        kpi=f'"{kpi}"', media_type=f'"{media}"', target=str(target), amber=str(amber)
    ),
    st.sampled_from(JUDGED),
    st.sampled_from(["voice", "email", "callback", "*"]),
    st.integers(-5, 10**8) | st.decimals(-5, 200, places=3),
    st.integers(-5, 10**8) | st.decimals(-5, 200, places=3),
)


@examples(60)
@given(
    st.lists(ROWS | NUMBERS, max_size=larger(3)).map("".join)
    | st.text()
    | st.just("a = " + "[" * 10_000)
)
def test_any_file_is_targets_that_can_be_meant_or_an_error_that_names_it(content: str):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "targets.toml"
        path.write_text(content, encoding="utf-8", errors="replace")
        try:
            rows = read_targets(path, DIRECTORY)
        except ConfigurationError:
            return
    for row in rows:
        kpi = KPI_BY_KEY[row.kpi]
        assert kpi.better is not Better.UP or row.target > 1
        assert kpi.unit is not Unit.PERCENT or row.target <= 100
