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


def signed_in(key: settings.Key) -> Callable[[str], object]:
    return lambda text: sign_in.read({key.name: text})


NUMBERS: dict[str, tuple[Callable[[str], object], Iterable[str], Iterable[str]]] = {
    "--last": (last, ("1d", "7d", "366d"), ("7", "0d", "-7d", "1.5d", "7\u0663d", "10000d", "7w")),
    "largest answer": (largest, ("1", "512", "100000"), ("0", "100001", *NO_WHOLE_NUMBERS)),
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
