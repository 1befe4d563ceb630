"""Settings in files: .env and the targets."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from genesys import settings as settings_module
from genesys.errors import ConfigurationError
from genesys.settings import ENV_FILE, load, read
from tests.env import LIVE, SECRET, connection, refusal


class TestEnvFile:
    """`.env` under the environment."""

    @pytest.fixture
    def env_file(self, tmp_path: Path) -> Path:
        return tmp_path / ".env"

    def test_gives_what_the_environment_does_not(self, env_file: Path):
        env_file.write_text(
            "GENESYS_CLOUD_CLIENT_ID=of-file\n"
            f"GENESYS_CLOUD_CLIENT_SECRET={SECRET}\n"
            "export GENESYS_CLOUD_REGION='eu-west-2'\n"
        )

        settings = load({"GENESYS_CLOUD_CLIENT_ID": "of-environment"}, env_file)

        assert settings.connection is not None
        assert settings.connection.client_id == "of-environment"
        assert settings.connection.client_secret == SECRET
        assert settings.connection.region == "eu-west-2"

    def test_counts_where_the_environment_is_empty(self, env_file: Path):
        env_file.write_text("GENESYS_CLOUD_TIME_ZONE=Europe/Rome\n")

        settings = load({"GENESYS_CLOUD_TIME_ZONE": ""}, env_file)

        assert settings.time_zone == ZoneInfo("Europe/Rome")

    def test_may_begin_with_a_byte_order_mark(self, env_file: Path):
        env_file.write_text("GENESYS_CLOUD_TIME_ZONE=Europe/Rome\n", encoding="utf-8-sig")

        assert load({}, env_file).time_zone == ZoneInfo("Europe/Rome")

    def test_may_be_missing(self, env_file: Path):
        assert load({}, env_file).connection is None

    @pytest.mark.parametrize(
        ("line", "what"),
        [
            (f"={SECRET}", "is no KEY=VALUE"),
            (f'GENESYS_CLOUD_CLIENT_SECRET="{SECRET}', "is no KEY=VALUE"),
            (f"GENESYS_CLOUD_CLIENT_SECRET {SECRET}", "is no KEY=VALUE"),
            ("GENESYS_CLOUD_CLIENT_SECRET", "is no KEY=VALUE"),
            (f"GENESYS_CLOUD_REGION={SECRET}", "sets GENESYS_CLOUD_REGION again"),
            ("GENESYS_CLOUD_TIMEZONE=UTC", "Did you mean GENESYS_CLOUD_TIME_ZONE"),
        ],
    )
    def test_a_line_that_would_be_dropped_is_named_without_its_content(
        self, env_file: Path, line: str, what: str
    ):
        env_file.write_text(f"# ours\nGENESYS_CLOUD_REGION=eu-west-1\n\n{line}\nOTHER=1\n")

        with pytest.raises(ConfigurationError, match=r"\.env, line 4 ") as caught:
            load({}, env_file)

        assert what in str(caught.value)
        assert SECRET not in str(caught.value)

    def test_other_lines_are_as_they_may_be(self, env_file: Path):
        env_file.write_text(
            "\n  # ours\nexport GENESYS_CLOUD_REGION='eu-west-1' # near\nX=1\nX=1\n"
        )

        assert load(LIVE, env_file).connection == connection(REGION="eu-west-1")

    def test_in_another_encoding_is_refused_without_its_content(self, env_file: Path):
        env_file.write_text(f"GENESYS_CLOUD_CLIENT_SECRET={SECRET}\n", encoding="utf-16")

        with pytest.raises(ConfigurationError, match=r"\.env cannot be read") as caught:
            load({}, env_file)

        assert caught.value.__context__ is None

    def test_lies_beside_the_package_whatever_the_working_directory(self):
        assert Path(__file__).resolve().parent.parent / ".env" == ENV_FILE


class TestTargets:
    """The file with targets of one's own."""

    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(settings_module, "HOME", tmp_path)
        return tmp_path

    def test_need_not_be_there(self):
        assert read({}).targets is None

    def test_are_found_beside_the_package_without_being_named(self, home: Path):
        (home / "targets.toml").touch()

        assert read({}).targets == home / "targets.toml"

    @pytest.mark.parametrize("place", ["ours.toml", "settings/ours.toml"])
    def test_are_named_as_seen_from_the_package(self, home: Path, place: str):
        (home / "settings").mkdir()
        (home / place).touch()

        assert read({"GENESYS_CLOUD_TARGETS": place}).targets == home / place

    def test_may_lie_anywhere_else(self, tmp_path_factory: pytest.TempPathFactory):
        path = tmp_path_factory.mktemp("elsewhere") / "ours.toml"
        path.touch()

        assert read({"GENESYS_CLOUD_TARGETS": f" {path} "}).targets == path

    @pytest.mark.parametrize("text", ["nowhere.toml", "."])
    def test_that_are_named_must_be_there(self, home: Path, text: str):
        error = refusal({"GENESYS_CLOUD_TARGETS": text})

        assert f"GENESYS_CLOUD_TARGETS is {text!r}" in error
        assert str(home / text) in error
