"""Every number that a person writes: what cannot be meant is refused where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from dashboard.selecting.misread import misread
from dashboard.sign_in import settings as sign_in
from genesys import settings
from genesys.command_line import arguments
from genesys.demo import __main__ as demo
from genesys.errors import ConfigurationError
from genesys.organization.directory import Directory
from genesys.units import coarser

NO_WHOLE_NUMBERS = (
    "-1",
    "1.5",
    "1,5",
    "1e3",
    "1_0",
    "+1",
    "0x10",
    "\u0663",
    "\u00b2",
    "ten",
    "1 0",
)
BUT_MINUS_ONE = tuple(each for each in NO_WHOLE_NUMBERS if each != "-1")
"""What `int` or `float` would take among them: signs, underscores, digits of other scripts."""

CONNECTED = {"GENESYS_CLOUD_CLIENT_ID": "id", "GENESYS_CLOUD_CLIENT_SECRET": "secret"}


def last(text: str) -> None:
    arguments.parser().parse_args(["report", f"--last={text}"])


def largest(text: str) -> None:
    settings.read({**CONNECTED, settings.LARGEST.name: text})


def demo_option(name: str) -> Callable[[str], object]:
    return lambda text: demo.options([f"{name}={text}"])


def minimum(text: str) -> None:
    if misread({"min": [text]}, Directory()):
        raise ValueError(text)


def every(text: str) -> None:
    if misread({"every": [text]}, Directory()):
        raise ValueError(text)


def signed_in(key: settings.Key) -> Callable[[str], object]:
    return lambda text: sign_in.read({key.name: text})


NUMBERS: dict[str, tuple[Callable[[str], object], Iterable[str], Iterable[str]]] = {
    "--last": (last, ("1d", "7d", "366d"), ("7", "0d", "-7d", "1.5d", "7\u0663d", "10000d", "7w")),
    "largest answer": (largest, ("1", "512", "100000"), ("0", "100001", *NO_WHOLE_NUMBERS)),
    sign_in.METRICS.name: (
        signed_in(sign_in.METRICS),
        ("1", "9100", "65535"),
        ("0", "65536", *NO_WHOLE_NUMBERS),
    ),
    "every=": (every, ("3", "20", "9999"), ("0", "2", "10000", *NO_WHOLE_NUMBERS)),
    "demo --port": (demo_option("--port"), ("0", "8800"), BUT_MINUS_ONE),
    "demo --seed": (demo_option("--seed"), ("0", "-1"), BUT_MINUS_ONE),
    "min=": (minimum, ("0", "20", "1000000"), ("1000001", *NO_WHOLE_NUMBERS)),
    "demo --queues": (demo_option("--queues"), ("1", "5000"), ("0", *NO_WHOLE_NUMBERS)),
    "demo --latency-ms": (demo_option("--latency-ms"), ("0", "300"), NO_WHOLE_NUMBERS),
    "demo --rate-limit": (demo_option("--rate-limit"), ("0", "300"), NO_WHOLE_NUMBERS),
    "demo --result-limit": (demo_option("--result-limit"), ("1",), ("0", *NO_WHOLE_NUMBERS)),
    **{
        key.name: (signed_in(key), ("1",), ("0", "999999", *NO_WHOLE_NUMBERS))
        for key in sign_in.KEYS
        if key.default.isdecimal()
    },
}
"""How each is read, some that may be meant, and some that cannot."""


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_that_may_be_meant_are_taken(name: str):
    read, taken, _ = NUMBERS[name]

    for text in taken:
        read(text)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name in NUMBERS for text in NUMBERS[name][2]]
)
def test_numbers_that_cannot_be_meant_are_refused(name: str, text: str):
    with pytest.raises((ConfigurationError, ValueError, SystemExit)):
        NUMBERS[name][0](text)


@pytest.mark.parametrize(
    ("read", "text", "meant"),
    [
        (largest, "536870912", "It is written in megabytes, not in bytes: 512?"),
        (signed_in(sign_in.HOURS), "480", "It is written in hours, not in minutes: 8?"),
        (signed_in(sign_in.IDLE), "1800", "It is written in minutes, not in seconds: 30?"),
    ],
)
def test_a_setting_in_another_unit_is_refused_with_what_may_be_meant(
    read: Callable[[str], object], text: str, meant: str
):
    with pytest.raises(ConfigurationError) as refused:
        read(text)

    assert f" is '{text}'." in refused.value.what
    assert refused.value.todo.endswith(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7", "'7' is no number of days such as 7d: 7d?"),
        ("2w", "'2w' is no number of days such as 7d: 14d?"),
        ("168h", "'168h' is no number of days such as 7d: 7d?"),
        ("7 days", "'7 days' is no number of days such as 7d: 7d?"),
        ("5h", "'5h' is no number of days such as 7d\n"),
        ("10000d", "'10000d' is no number of days such as 7d\n"),
        ("10m", "'10m' is no number of days such as 7d\n"),
    ],
)
def test_days_in_another_unit_are_refused_with_what_may_be_meant(
    text: str, meant: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit):
        last(text)

    assert f"argument --last: {meant}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("480", "8?"),
        ("481", ""),
        ("0", ""),
        ("1440", "24?"),
        ("1500", ""),
        ("8h", ""),
        ("\u0663", ""),
    ],
)
def test_nothing_is_meant_that_is_not_whole_or_not_allowed(text: str, meant: str):
    said = coarser(text, 60, 24, unit="hours", finer="minutes")

    assert said == (f"It is written in hours, not in minutes: {meant}" if meant else "")
