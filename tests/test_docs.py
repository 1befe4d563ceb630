"""README and CONTRIBUTING say what the code does: they are compared with it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

import pytest

from dashboard.sign_in import settings as sign_in
from genesys.command_line import arguments as command_line
from genesys.demo import __main__ as demo_command_line
from genesys.metrics import FOREIGN_NAMES
from genesys.organization.permissions import NEEDS
from genesys.organization.symptoms import SYMPTOMS
from genesys.regions import REGIONS
from genesys.settings import KEYS
from reports import identity
from reports.command_line import arguments as files_command_line

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING: Final = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def table(*heading: str) -> list[list[str]]:
    """The rows of README's table with that heading, without code marks."""
    start = README.index("| " + " | ".join(heading) + " |")
    lines = README[start:].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().replace("`", "") for cell in line.split("|")[1:-1]] for line in lines]


def requirements(file: str) -> list[str]:
    return re.findall(r"^([\w-]+)==", (ROOT / file).read_text(), re.MULTILINE)


def commands(module: str) -> list[str]:
    """The arguments of README's calls of a module, up to the end of each line."""
    text = README.replace("\\\n", " ")
    return re.findall(rf"python -m {re.escape(module)} ([^`\n]+)$", text, re.MULTILINE)


@pytest.mark.parametrize("arguments", commands("genesys"))
def test_the_command_line_understands_what_readme_calls(arguments: str) -> None:
    assert command_line.parser().parse_args(shlex.split(arguments))


@pytest.mark.parametrize("arguments", commands("reports"))
def test_the_command_line_of_files_understands_what_readme_calls(arguments: str) -> None:
    ours, _, _ = arguments.partition(" && ")
    assert files_command_line.parser().parse_args(shlex.split(ours))


@pytest.mark.parametrize("arguments", commands("genesys.demo"))
def test_the_demo_understands_what_readme_calls(arguments: str) -> None:
    assert demo_command_line.parser().parse_args(shlex.split(arguments))


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    rows = [(name, default) for name, default, _ in table("Key", "Without it", "What it is")]

    assert rows == [(key.name, key.default) for key in KEYS]


def test_every_setting_of_the_sign_in_stands_in_its_table_with_its_default() -> None:
    rows = [(name, default) for name, default, _ in table("Setting", "Without it", "What it is")]

    assert rows == [(key.name, key.default) for key in sign_in.KEYS]


def test_every_setting_of_meetings_stands_in_its_table_with_its_default() -> None:
    rows = [(name, text) for name, text, _ in table("For meetings", "Without it", "What it is")]

    assert rows == [(key.name, key.default) for key in identity.KEYS]


def test_every_setting_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert re.findall(r"^#?(\w+)=", example, re.MULTILINE) == [
        key.name for key in (*KEYS, *identity.KEYS, *sign_in.KEYS)
    ]


def test_every_setting_says_what_it_is() -> None:
    assert all(words for *_, words in table("Key", "Without it", "What it is"))


def test_every_region_stands_in_the_table() -> None:
    halves = table("Region", "Domain", "Region", "Domain")
    rows = [tuple(row[:2]) for row in halves] + [tuple(row[2:]) for row in halves]

    assert rows == [(region.name, region.domain) for region in REGIONS]


def test_every_permission_stands_in_the_table_as_admin_words_it() -> None:
    named = {
        row[0] for row in table("Permission in Genesys Cloud Admin", "Needed", "What it is for")
    }
    needed = {words for need in NEEDS for words in need.wording.split(" or ") if words}

    assert named == needed


def test_every_symptom_stands_in_the_table_in_the_same_words() -> None:
    rows = [
        [re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", cell) for cell in row]
        for row in table("You see", "It means", "Do this")
    ]
    told = [(each.seen, each.meaning, each.todo) for each in SYMPTOMS]

    assert rows == [[text.replace("`", "") for text in texts] for texts in told]


def test_every_name_from_elsewhere_stands_in_the_table() -> None:
    rows = [tuple(row) for row in table("If you know it as", "the API says")]

    assert rows == [(name.wrong, name.right) for name in FOREIGN_NAMES]


@pytest.mark.parametrize(("file", "which"), [("requirements.txt", 0), ("requirements-dev.txt", 1)])
def test_every_requirement_has_its_reason(file: str, which: int) -> None:
    tables = README.split("| Package | Why |\n|---|---|\n")[1:]
    rows = dict(re.findall(r"^\| (\S+) \| (.+) \|$", tables[which].split("\n\n")[0], re.MULTILINE))

    assert sorted(rows) == sorted(requirements(file))


def test_every_make_target_that_readme_names_exists() -> None:
    named = re.findall(r"(?:^|`)make ([\w-]+)", README, re.MULTILINE)
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(named) <= set(targets)


def test_every_file_that_readme_links_to_exists() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", README)

    assert [path for path in linked if not (ROOT / path).is_file()] == []


def test_every_link_inside_readme_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors


def named_in_contributing() -> list[str]:
    """Paths between code marks, with `::` and a name of the file behind some."""
    return re.findall(r"`([\w./-]+(?:/|\.\w+)(?:::\w+)?)`", CONTRIBUTING)


@pytest.mark.parametrize("named", sorted({*named_in_contributing()}))
def test_everything_that_contributing_names_exists(named: str) -> None:
    path, _, name = named.partition("::")

    assert (ROOT / path).exists()
    if name:
        assert re.search(
            rf"^(?:def|class) {name}\b|^{name}\b.*=", (ROOT / path).read_text(), re.MULTILINE
        )


def test_contributing_names_places_in_code() -> None:
    assert sum("::" in named for named in named_in_contributing()) > 20


def test_every_test_that_the_threats_name_exists() -> None:
    threats = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", threats)

    assert len(named) > 40
    for path, name in named:
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8"), name


def test_every_threat_has_what_stops_it_and_a_test() -> None:
    threats = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in threats.splitlines() if line.startswith("| ")]

    assert [row for row in rows if len(row) != 3 or not all(map(str.strip, row))] == []


def test_every_make_target_and_heading_that_contributing_names_exists() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    linked = re.findall(r"\]\(README\.md#([^)]+)\)", CONTRIBUTING)

    assert {*re.findall(r"(?:^|`)make (\w+)", CONTRIBUTING, re.MULTILINE)} <= {*targets}
    assert {*linked} <= {
        heading.lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }
