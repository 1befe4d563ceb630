"""The settings of sign-in, and with which of them a server does not start."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from dashboard.sign_in import layer as at_work
from dashboard.sign_in.access import read_access
from dashboard.sign_in.desk import Desk
from dashboard.sign_in.guard import Guard, Health, ThisMachine
from dashboard.sign_in.layer import layer
from dashboard.sign_in.present import NotSignedIn, present, stand_at
from dashboard.sign_in.routes import Routes
from dashboard.sign_in.settings import KEYS, Way, load, read, refusal
from genesys.errors import ConfigurationError
from genesys.organization.scope import ALL, Scope
from tests.browser.app_server import ROOT

HERE = ("localhost", ["localhost", "127.0.0.1", "::1"])
BY_GENESYS = {"DASHBOARD_SIGN_IN": "genesys"}
ANYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound to it
SECRET = "s" * 43
OIDC = {
    "DASHBOARD_SIGN_IN": "oidc",
    "DASHBOARD_SIGN_IN_CLIENT_ID": "dashboard",
    "DASHBOARD_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
}


@pytest.fixture(autouse=True)
def nobody_stands_here():
    yield
    stand_at(Way.NONE, None)


def test_without_any_nobody_signs_in_and_only_this_machine_may_open_it():
    settings = read({})
    assert settings.way is Way.NONE
    assert refusal(settings, *HERE) == ""
    assert [each.cls for each in layer(*HERE, hosts=None)] == [Health, ThisMachine]
    assert present().scope == ALL


@pytest.mark.parametrize(
    ("address", "hosts"),
    [(ANYWHERE, ["localhost"]), ("localhost", ["dashboard.example.com"]), (None, ["localhost"]),
     ("localhost", ["*"]), ("192.0.2.7", ["localhost"])],
)  # fmt: skip
def test_a_server_that_others_reach_does_not_start_without_a_sign_in(address, hosts):
    told = refusal(read({}), address, hosts)
    assert "does not start" in told
    assert "DASHBOARD_OPEN=yes" in told
    assert refusal(read({"DASHBOARD_OPEN": "yes"}), address, hosts) == ""
    assert refusal(read(OIDC), address, hosts) == ""


def test_an_open_one_is_open_and_says_so(monkeypatch, caplog):
    monkeypatch.setenv("DASHBOARD_OPEN", "yes")
    assert [each.cls for each in layer(ANYWHERE, ["*"], hosts=None)] == [Health]
    assert "whoever reaches this dashboard sees all" in caplog.text


def test_sign_in_stands_in_front_and_a_page_without_it_is_for_nobody(monkeypatch, caplog):
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    health, guard = layer(ANYWHERE, ["dashboard.example.com"], hosts=None)

    assert (health.cls, guard.cls) == (Health, Guard)
    assert "everybody signs in again" in caplog.text
    with pytest.raises(NotSignedIn):
        present()


def test_a_page_that_is_drawn_without_any_guard_is_for_nobody(monkeypatch):
    stand_at(None, None)
    monkeypatch.setenv("DASHBOARD_SIGN_IN", "genesys")
    with pytest.raises(NotSignedIn):
        present()


def test_a_wrong_setting_ends_the_start_with_a_sentence(monkeypatch):
    monkeypatch.setenv("DASHBOARD_SIGN_IN", "genesis")
    with pytest.raises(SystemExit) as ended:
        layer(*HERE, hosts=None)
    assert "DASHBOARD_SIGN_IN is 'genesis'" in str(ended.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"STREAMLIT_SERVER_ADDRESS": ANYWHERE}, "nobody signs in"),
        ({"DASHBOARD_URL": "http://dashboard.example.com", **BY_GENESYS}, "which is not https"),
        ({"DASHBOARD_URL": "http://localhost.example.com", **BY_GENESYS}, "which is not https"),
        ({"DASHBOARD_AUDIT": "/nowhere/audit.jsonl", **BY_GENESYS}, "cannot be written"),
    ],
    ids=["nobody", "http", "like-localhost", "audit"],
)
def test_the_server_itself_ends_without_a_trace(wrong, told):
    env = {"PATH": "/usr/bin", "DASHBOARD_OPEN": "", **wrong}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "18641"]
    ended = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "does not start: " in ended.stderr
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"DASHBOARD_OPEN": "true"}, "DASHBOARD_OPEN is 'true'"),
        ({**OIDC, "DASHBOARD_URL": "http://dashboard.example.com"}, "not https"),
        ({"DASHBOARD_URL": "https://dashboard.example.com/x"}, "has a path"),
        ({"DASHBOARD_URL": "dashboard.example.com"}, "cannot be used"),
        ({**OIDC, "DASHBOARD_OIDC_METADATA_URL": ""}, "METADATA_URL is empty"),
        ({**OIDC, "DASHBOARD_OIDC_METADATA_URL": "http://id.example/"}, "cannot be used"),
        ({**OIDC, "DASHBOARD_SIGN_IN_CLIENT_ID": ""}, "CLIENT_ID is empty"),
        ({"DASHBOARD_SESSION_HOURS": "25"}, "DASHBOARD_SESSION_HOURS is '25'"),
        ({"DASHBOARD_IDLE_MINUTES": "0"}, "DASHBOARD_IDLE_MINUTES is '0'"),
        ({"DASHBOARD_SECRET": "short"}, "DASHBOARD_SECRET is not 43 letters"),
        ({"DASHBOARD_REDIS_URL": "http://:short@store"}, "DASHBOARD_REDIS_URL is no address"),
        ({"DASHBOARD_REDIS_URL": "redis://:short@store:port/0"}, "DASHBOARD_REDIS_URL is no addr"),
        ({"DASHBOARD_REDIS_URL": "redis://:short@store:99999/0"}, "DASHBOARD_REDIS_URL is no addr"),
        ({"DASHBOARD_REDIS_URL": "rediss:///0"}, "DASHBOARD_REDIS_URL is no address"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(wrong, told):
    with pytest.raises(ConfigurationError, match=told) as error:
        read(wrong)
    assert "short" not in str(error.value)


def test_a_name_that_is_no_setting_is_found_in_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DASHBOARD_SIGNIN=genesys\n")
    with pytest.raises(ConfigurationError, match="line 1 sets DASHBOARD_SIGNIN"):
        load({}, file)


def test_every_setting_can_be_set():
    settings = read(
        {**OIDC, "DASHBOARD_SESSION_HOURS": "4", "DASHBOARD_IDLE_MINUTES": "15",
         "DASHBOARD_SECRET": f"{SECRET} {'k' * 43}", "DASHBOARD_AUDIT": "/var/log/audit.jsonl",
         "DASHBOARD_URL": "https://dashboard.example.com/"}
    )  # fmt: skip
    assert settings.limits.life == timedelta(hours=4)
    assert settings.limits.idle == timedelta(minutes=15)
    assert settings.address == "https://dashboard.example.com"
    assert len(settings.secrets) == 2
    assert all(key.name.startswith("DASHBOARD_") for key in KEYS)


def test_secrets_are_in_no_text_of_the_settings():
    settings = read({**OIDC, "DASHBOARD_SECRET": SECRET, "DASHBOARD_SIGN_IN_CLIENT_SECRET": "told"})
    assert SECRET not in repr(settings)
    assert "told" not in repr(settings)


def test_on_https_cookies_are_for_https_and_this_host_alone():
    settings = read({**OIDC, "DASHBOARD_URL": "https://dashboard.example.com"})
    routes = Routes(Desk(settings, at_work.provider(settings, hosts=None)))
    assert routes.cookie == "__Host-dashboard"
    assert routes._secure


def test_the_example_of_access_is_a_right_one():
    access = read_access(ROOT / "access.example.toml")
    assert access.scope(["contact-centre-managers", "claims-supervisors"]) == ALL
    assert access.scope(["claims-supervisors"]) == Scope(
        frozenset({"Claims"}), frozenset({"Claims"})
    )
    assert access.scope(["visitors"]).is_nothing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("claim = 1\n[[access]]\nvalue='a'\ndivisions=['*']", "claim is missing"),
        ("claim = 'groups'", "there is no"),
        ("claim = 'groups'\n[[access]]\nvalue = 'a'", "has value and divisions"),
        ("claim = 'groups'\n[[access]]\nvalue = 'a'\ndivisions = '*'", "is no list of names"),
        ("claim = 'groups'\n[[acess]]\nvalue = 'a'\ndivisions = ['*']", "acess is no key"),
        ("claim = 'groups'\nask = 1\n[[access]]\nvalue = 'a'\ndivisions = ['*']", "ask is no text"),
        ("claim = ", "is not TOML"),
    ],
)
def test_what_is_wrong_in_the_file_of_access_is_named(tmp_path, text, told):
    path = tmp_path / "access.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=told):
        read_access(path)
