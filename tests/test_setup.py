"""What `make`, pip, git and Streamlit read before any of our code runs."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import pytest

from genesys import VERSION, settings
from genesys.insights.comparison import Verdict
from reports.theme import CARD, DARK, INKS, LIGHT, MEDIA_COLOURS, OTHER_COLOUR
from tests.browser import chromium

ROOT: Final = Path(__file__).resolve().parents[1]
OWN: Final = {"dashboard", "genesys", "pages", "reports"}
IMPORTED_AS: Final = {
    "python-pptx": "pptx",
    "python-dateutil": "dateutil",
    "python-dotenv": "dotenv",
}
NEVER_IMPORTED: Final = {"tzdata"}

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def requirements(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text().splitlines()
    rows = [line for line in lines if not line.startswith(("#", "-r"))]
    return dict(row.split("==") for row in rows)


def imported_packages() -> set[str]:
    files = [ROOT / "app.py", *(file for own in OWN for file in (ROOT / own).rglob("*.py"))]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules += [
        node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    ]
    tops = {module.split(".")[0] for module in modules}
    return tops - OWN - set(sys.stdlib_module_names)


def streamlit_config() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "-C", str(folder), "-f", str(ROOT / "Makefile"), *arguments]
    environment = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def test_every_place_names_the_same_oldest_python() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()

    assert pyproject["project"]["requires-python"] == ">=3.11"
    assert pyproject["tool"]["ruff"]["target-version"] == "py311"
    assert {*re.findall(r"Python (3\.\d+) or later", readme + makefile)} == {"3.11"}
    assert re.findall(r"sys\.version_info < \((\d+, \d+)\)", makefile) == ["3, 11"]


def test_the_newest_version_of_the_changelog_is_the_one_that_runs() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    headings = re.findall(r"^## (\S+)(?: - (\S+))?$", changelog, re.MULTILINE)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert headings[0] == ("Unreleased", "")
    assert headings[1][0] == VERSION == pyproject["project"]["version"]
    assert all(dt.date.fromisoformat(date) for _, date in headings[1:])


def test_scripts_that_use_the_client_get_its_types() -> None:
    assert (ROOT / "genesys" / "py.typed").is_file()


def test_what_runs_before_a_commit_is_make_check() -> None:
    hook = (ROOT / ".pre-commit-config.yaml").read_text()

    assert re.findall(r"^ +entry: (.+)$", hook, re.MULTILINE) == ["make check"]


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_pinned_is_what_is_installed(file: str) -> None:
    pinned = requirements(file)

    assert pinned == {name: metadata.version(name) for name in pinned}


def test_requirements_are_the_packages_that_are_imported() -> None:
    named = {IMPORTED_AS.get(name, name) for name in requirements("requirements.txt")}

    assert imported_packages() == named - NEVER_IMPORTED


@pytest.mark.parametrize("secret", [".env", ".streamlit/secrets.toml"])
def test_git_ignores_files_with_credentials(secret: str) -> None:
    assert secret in (ROOT / ".gitignore").read_text().splitlines()


def test_git_ignores_targets_of_ones_own() -> None:
    assert "/targets.toml" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_example_of_env_is_the_demo_and_names_all_keys() -> None:
    example = ROOT / ".env.example"

    named = re.findall(r"^(\w+)=", example.read_text(), re.MULTILINE)

    assert settings.load({}, example).connection is None
    assert sorted(named) == sorted(key.name for key in settings.KEYS)


def test_only_this_machine_may_open_the_dashboard() -> None:
    server = streamlit_config()["server"]

    assert server["address"] == "localhost"
    assert server["allowedHosts"] == ["localhost", "127.0.0.1", "::1"]


def test_streamlit_sends_no_telemetry_and_shows_no_details_of_errors() -> None:
    config = streamlit_config()

    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"] == {
        "toolbarMode": "viewer",
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "disableDataExport": True,
    }


@needs_make
def test_an_old_python_is_refused_in_one_line(folder: Path) -> None:
    old = script(
        folder / "python3.10",
        f'{sys.executable} -c "import sys; sys.version_info = (3, 10); exec(sys.argv[1])" "$2"',
    )

    outcome = make(folder, "run", f"PYTHON={old}")

    assert outcome.returncode != 0
    assert outcome.stderr.splitlines()[0].startswith("Python 3.11 or later is needed")


@needs_make
def test_a_python_without_venv_is_told_what_to_install(folder: Path) -> None:
    bare = script(folder / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    outcome = make(folder, "run", f"PYTHON={bare}")

    assert outcome.returncode != 0
    assert outcome.stderr.splitlines()[0] == (
        "Python lacks venv: apt-get install python3-venv, or make PYTHON=..."
    )


@needs_make
def test_only_changed_requirements_are_installed_again(folder: Path) -> None:
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").touch()
    (folder / ".venv" / "requirements.stamp").touch()

    same = make(folder, "--dry-run", "run", "PORT=9000").stdout
    os.utime(folder / "requirements.txt", (2**31, 2**31))
    changed = make(folder, "--dry-run", "run").stdout

    assert "streamlit run app.py --server.port 9000" in same
    assert "pip install" not in same
    assert "pip install" in changed


@pytest.mark.parametrize(
    ("system", "root", "first_words"),
    [
        ("debian", True, ["apt-get update", "apt-get install"]),
        ("debian", False, ["playwright install --with-deps chromium"]),
        ("ubuntu", True, ["playwright install --with-deps chromium"]),
        ("darwin", False, ["playwright install --with-deps chromium"]),
    ],
)
def test_chromium_comes_from_apt_only_where_apt_has_it(
    system: str, root: bool, first_words: list[str]
) -> None:
    commands = [" ".join(command) for command in chromium.installation(system=system, root=root)]

    assert len(commands) == len(first_words)
    assert all(words in command for words, command in zip(first_words, commands, strict=True))


@pytest.mark.parametrize(("value", "unattended"), [("true", True), ("", False), ("false", False)])
def test_unattended_runs_are_told_by_ci(
    monkeypatch: pytest.MonkeyPatch, value: str, unattended: bool
) -> None:
    monkeypatch.setenv("CI", value)

    assert chromium.in_ci() is unattended


@needs_make
def test_help_names_every_target_that_readme_names(folder: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `make ([\w-]+)` \|", readme, re.MULTILINE)

    lines = make(folder, "help").stdout.splitlines()

    assert {*named} <= {line.split()[1] for line in lines}


@needs_make
def test_checks_come_before_tests(folder: Path) -> None:
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").touch()
    (folder / "requirements-dev.txt").touch()

    commands = make(folder, "--dry-run", "test").stdout

    assert commands.index(" mypy") < commands.index(" pytest ")


def test_texts_on_why_in_a_script_are_not_drawn_on_its_page() -> None:
    """Streamlit would write out whatever stands alone in the frame around all pages."""
    assert streamlit_config()["runner"] == {"magicEnabled": False}


def test_pages_have_the_colours_of_charts_and_files() -> None:
    theme = streamlit_config()["theme"]

    assert theme["chartCategoricalColors"] == [*MEDIA_COLOURS.values(), OTHER_COLOUR]
    for name, page in {"light": LIGHT, "dark": DARK}.items():
        colours = theme[name]
        assert (colours["backgroundColor"], colours["textColor"]) == (page.ground, page.ink)
        assert colours["primaryColor"] == page.accent
    assert theme["light"]["secondaryBackgroundColor"] == CARD


def test_a_meeting_has_the_colours_of_the_pages() -> None:
    styles = (ROOT / "reports" / "page" / "show.css").read_text()
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+)", rules))
        for rules in re.findall(r"^\.show(?:\.dark)? \{[^}]*--paper[^}]*\}", styles, re.MULTILINE)
    )

    for page, shown in ((LIGHT, light), (DARK, dark)):
        assert shown["paper"].replace("#fff", "#ffffff")[:7] == page.ground.lower()
        assert shown["ink"] == page.ink.lower()
    for verdict, name in ((Verdict.BETTER, "better"), (Verdict.WORSE, "worse")):
        ink = INKS[verdict]
        assert (light[name], dark[name]) == (ink.light.lower(), ink.dark.lower())
