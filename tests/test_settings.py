"""Settings: what counts, what wins, and what an error says."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from genesys.errors import ConfigurationError
from genesys.regions import REGIONS
from genesys.settings import KEYS, Connection, is_loopback, read
from genesys.unusual import UnusualDays
from genesys.weeks import Weekday
from tests.env import LIVE, SECRET, connection, refusal


def test_nothing_set_is_the_demo_in_utc():
    settings = read({})

    assert settings.connection is None
    assert settings.time_zone == ZoneInfo("UTC")
    assert not settings.time_zone_is_set


def test_id_and_secret_alone_reach_the_default_region():
    assert connection() == Connection(
        api_url="https://api.mypurecloud.com",
        login_url="https://login.mypurecloud.com",
        client_id="my-id",
        client_secret=SECRET,
        region="us-east-1",
    )


@pytest.mark.parametrize(
    ("text", "name", "api_url"),
    [
        ("eu-west-1", "eu-west-1", "https://api.mypurecloud.ie"),
        ("mypurecloud.ie", "eu-west-1", "https://api.mypurecloud.ie"),
        (" MyPureCloud.DE ", "eu-central-1", "https://api.mypurecloud.de"),
        ("AP-SOUTH-1", "ap-south-1", "https://api.aps1.pure.cloud"),
    ],
)
def test_a_region_goes_by_its_name_or_domain_in_any_case(text: str, name: str, api_url: str):
    found = connection(REGION=text)

    assert (found.region, found.api_url) == (name, api_url)


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_every_region_is_taken_by_name_and_by_domain(region):
    assert connection(REGION=region.name) == connection(REGION=region.domain)


def test_an_unknown_region_names_the_key_the_value_the_nearest_and_all_that_are_allowed():
    text = refusal({**LIVE, "GENESYS_CLOUD_REGION": "eu-west-9"})

    assert "GENESYS_CLOUD_REGION is 'eu-west-9'" in text
    assert "Did you mean eu-west-" in text
    assert "us-east-1 (mypurecloud.com)" in text
    assert "eusc-de-east-1 (edee1.eusc-pure.cloud)" in text


@pytest.mark.parametrize("given", sorted(LIVE))
def test_one_of_id_and_secret_is_refused_and_names_the_empty_one(given: str):
    (empty,) = LIVE.keys() - {given}

    text = refusal({given: LIVE[given], empty: "  "})

    assert f"{empty} is empty, but {given} is set" in text
    assert SECRET not in text


def test_without_credentials_region_and_urls_are_not_looked_at():
    environ = {"GENESYS_CLOUD_REGION": "atlantis", "GENESYS_CLOUD_API_URL": "ftp://x"}

    assert read(environ).connection is None


def test_without_credentials_the_zone_is_looked_at():
    assert "GENESYS_CLOUD_TIME_ZONE" in refusal({"GENESYS_CLOUD_TIME_ZONE": "Mars/Base"})


def test_a_zone_is_taken_by_its_iana_name():
    settings = read({"GENESYS_CLOUD_TIME_ZONE": "Asia/Kathmandu"})

    assert settings.time_zone == ZoneInfo("Asia/Kathmandu")
    assert settings.time_zone_is_set


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("europe/london", "Europe/London"),
        ("Europe/Lodon", "Europe/London"),
        ("Europe", ""),
        ("../etc/passwd", ""),
        ("/etc/localtime", ""),
        ("GMT+25", ""),
        ("right/UTC", ""),
        ("posix/Europe/London", "Europe/London"),
        ("posixrules", ""),
        ("localtime", ""),
        ("Factory", ""),
    ],
)
def test_what_is_no_zone_is_refused_with_the_nearest(text: str, nearest: str):
    error = refusal({"GENESYS_CLOUD_TIME_ZONE": text})

    assert f"GENESYS_CLOUD_TIME_ZONE is {text!r}" in error
    assert nearest in error
    assert "America/New_York" in error


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://gateway.example/genesys/", "https://gateway.example/genesys"),
        ("https://gateway.example:8443", "https://gateway.example:8443"),
        ("http://127.0.0.1:8800/", "http://127.0.0.1:8800"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://localhost:8800", "http://localhost:8800"),
        ("http://[::1]:8800", "http://[::1]:8800"),
    ],
)
def test_a_url_of_ones_own_replaces_the_host(given: str, kept: str):
    found = connection(API_URL=given, LOGIN_URL=given)

    assert (found.api_url, found.login_url) == (kept, kept)


@pytest.mark.parametrize(
    "text",
    [
        "http://api.mypurecloud.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "ftp://localhost",
        "api.mypurecloud.com",
        "https://",
        "https://host:notaport",
        "https://host:70000",
        "https://[::1",
        "https://host/?tenant=1",
        "https://host/#top",
        "https://host name/",
    ],
)
def test_a_url_that_is_not_safe_is_refused_with_key_and_value(text: str):
    error = refusal({**LIVE, "GENESYS_CLOUD_LOGIN_URL": text})

    assert "GENESYS_CLOUD_LOGIN_URL" in error
    assert repr(text) in error
    assert "https" in error


def test_a_password_in_a_url_is_refused_without_repeating_it():
    error = refusal({**LIVE, "GENESYS_CLOUD_API_URL": "https://me:hunter2@host"})

    assert "GENESYS_CLOUD_API_URL names a user or a password" in error
    assert "hunter2" not in error


def test_values_are_stripped():
    assert connection(CLIENT_ID=" my-id\n").client_id == "my-id"


class TestSecret:
    """The secret is in no text that a connection makes."""

    def test_is_in_no_repr(self):
        settings = read(LIVE)

        assert SECRET not in f"{settings!r} {settings} {settings.connection!r}"

    def test_is_in_no_pickle(self):
        with pytest.raises(TypeError, match="holds a secret"):
            pickle.dumps(read(LIVE))

    def test_stays_what_it_is(self):
        with pytest.raises(FrozenInstanceError):
            connection().client_secret = ""  # type: ignore[misc]


@pytest.mark.parametrize("host", ["api.mypurecloud.com", "10.0.0.1", "", None, "127.0.0.1.nip.io"])
def test_other_machines_are_no_loopback(host: str | None):
    assert not is_loopback(host)


def test_every_key_says_what_it_is_for():
    assert [key.name for key in KEYS] == [
        "GENESYS_CLOUD_REGION",
        "GENESYS_CLOUD_CLIENT_ID",
        "GENESYS_CLOUD_CLIENT_SECRET",
        "GENESYS_CLOUD_TIME_ZONE",
        "GENESYS_CLOUD_FIRST_WEEKDAY",
        "GENESYS_CLOUD_API_URL",
        "GENESYS_CLOUD_LOGIN_URL",
        "GENESYS_CLOUD_TARGETS",
        "GENESYS_CLOUD_LARGEST_ANSWER_MB",
        "DASHBOARD_DATA",
        "GENESYS_CLOUD_HOLIDAYS",
        "GENESYS_CLOUD_UNUSUAL_DAYS",
    ]
    assert all(key.help for key in KEYS)


class TestLargestAnswer:
    """How many megabytes an answer may have."""

    def test_is_half_a_gigabyte_where_it_is_not_set(self):
        assert connection().largest == 512 * 1024**2

    def test_is_a_number_of_megabytes(self):
        assert connection(LARGEST_ANSWER_MB=" 64 ").largest == 64 * 1024**2

    @pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "1e3", "9" * 400, "٣"])
    def test_is_nothing_else(self, text: str):
        found = refusal(LIVE | {"GENESYS_CLOUD_LARGEST_ANSWER_MB": text})
        assert "GENESYS_CLOUD_LARGEST_ANSWER_MB is" in found
        assert "from 1 to 100000" in found


class TestFirstWeekday:
    """The day that weeks begin on."""

    @pytest.mark.parametrize(
        ("text", "day"),
        [("", Weekday.MONDAY), ("Sunday", Weekday.SUNDAY), (" saturday ", Weekday.SATURDAY)],
    )
    def test_is_a_day_of_the_week_or_monday(self, text: str, day: Weekday):
        assert read({"GENESYS_CLOUD_FIRST_WEEKDAY": text}).week_begins is day

    @pytest.mark.parametrize("text", ["Sun", "0", "Sonntag"])
    def test_that_is_none_is_refused_with_those_that_are(self, text: str):
        with pytest.raises(ConfigurationError) as caught:
            read({"GENESYS_CLOUD_FIRST_WEEKDAY": text})

        assert caught.value.what == (
            f"GENESYS_CLOUD_FIRST_WEEKDAY is {text!r}, which is no day of the week."
        )
        assert caught.value.todo.startswith("Allowed are Monday, Tuesday, ")


def test_holidays_and_marked_days_are_unusual():
    settings = read({"GENESYS_CLOUD_HOLIDAYS": "de-by", "GENESYS_CLOUD_UNUSUAL_DAYS": "2026-03-12"})

    assert settings.unusual == UnusualDays("DE-BY", frozenset({date(2026, 3, 12)}))
    assert read({}).unusual == UnusualDays()


def test_a_place_or_day_that_does_not_exist_is_refused_with_its_key():
    assert refusal({"GENESYS_CLOUD_HOLIDAYS": "Bavaria"}).startswith(
        "GENESYS_CLOUD_HOLIDAYS is 'Bavaria'. 'Bavaria' begins with no code of a country"
    )
    assert refusal({"GENESYS_CLOUD_UNUSUAL_DAYS": "Easter"}).startswith(
        "GENESYS_CLOUD_UNUSUAL_DAYS is 'Easter'. 'Easter' is no day such as 2026-03-12."
    )
