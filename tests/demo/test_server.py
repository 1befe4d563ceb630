"""The demo organization as a server: starting, stopping, its command line, the official SDK."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import date
from importlib import import_module
from time import monotonic

import pytest
import requests

from genesys.demo import DemoOptions, DemoServer, serve
from genesys.demo.__main__ import main, options
from tests.demo.calls import BY_QUEUE_AND_MEDIA, QUERY, Caller, rows

ABOUT = "/api/v2/organizations/me"
WEEK = "2026-05-11T00:00:00Z/2026-05-18T00:00:00Z"


def test_the_official_sdk_gets_the_same_totals_as_plain_json(demo: DemoServer) -> None:
    sdk = import_module("PureCloudPlatformClientV2")

    sdk.configuration.host = demo.url
    client = sdk.api_client.ApiClient().get_client_credentials_token(
        demo.client_id, demo.client_secret
    )
    body = sdk.ConversationAggregationQuery()
    body.interval, body.granularity, body.time_zone = WEEK, "P1D", "Europe/London"
    body.metrics, body.group_by = ["nOffered", "tHandle", "oServiceLevel"], BY_QUEUE_AND_MEDIA
    answer = sdk.AnalyticsApi(client).post_analytics_conversations_aggregates_query(body)
    found = {
        (
            bucket.interval,
            group.group.get("queueId", ""),
            group.group["mediaType"],
            metric.metric,
        ): (
            metric.stats.count,
            metric.stats.sum,
            metric.stats.numerator,
            metric.stats.denominator,
        )
        for group in answer.results
        for bucket in group.data
        for metric in bucket.metrics
    }
    plain = Caller(demo).query(
        WEEK, body.metrics, granularity="P1D", timeZone="Europe/London", groupBy=BY_QUEUE_AND_MEDIA
    )
    expected = {
        (*key, metric): tuple(
            stats.get(name) for name in ("count", "sum", "numerator", "denominator")
        )
        for key, metrics in rows(plain, *BY_QUEUE_AND_MEDIA).items()
        for metric, stats in metrics.items()
    }
    assert found == expected
    queues = sdk.RoutingApi(client).get_routing_queues_divisionviews_all(page_size=500)
    assert [queue.name for queue in queues.entities][:2] == [
        "Atención al Cliente",
        "Bereavement Support",
    ]


def test_the_secret_shows_in_no_text_of_the_server(demo: DemoServer) -> None:
    assert demo.client_secret not in repr(demo)
    assert demo.client_secret not in repr(demo.requests)
    assert demo.env["GENESYS_CLOUD_CLIENT_SECRET"] == demo.client_secret


def test_each_start_makes_up_its_own_secret_and_port_for_the_same_client() -> None:
    with serve(DemoOptions(queues=1)) as one, serve(DemoOptions(queues=1)) as other:
        assert one.url != other.url
        assert one.client_id == other.client_id
        assert one.client_secret != other.client_secret
        assert Caller(one).send("GET", ABOUT).json()["name"] == "Northwind Mutual (demo)"
        assert Caller(other).send("GET", ABOUT).status_code == 200


def test_it_listens_on_loopback_only() -> None:
    with serve(DemoOptions(queues=1)) as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.url)


def test_a_closed_server_answers_no_more_and_may_be_closed_again() -> None:
    server = serve(DemoOptions(queues=1))
    server.close()
    server.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url + ABOUT, timeout=5)


def test_answered_requests_are_told() -> None:
    with serve(DemoOptions(queues=1)) as server:
        caller = Caller(server)
        caller.send("GET", ABOUT)
        caller.send("POST", QUERY, json={})
        assert server.requests == [
            ("POST", "/oauth/token", 200),
            ("GET", ABOUT, 200),
            ("POST", QUERY, 400),
        ]


def test_answers_take_as_long_as_asked_for() -> None:
    with serve(DemoOptions(queues=1, latency_ms=60)) as server:
        caller = Caller(server)
        caller.send("GET", ABOUT)
        start = monotonic()
        caller.send("GET", ABOUT)
        assert monotonic() - start >= 0.06


@pytest.mark.parametrize(
    "wrong", [{"queues": 0}, {"latency_ms": -1}, {"rate_limit": -1}, {"result_limit": 0}], ids=str
)
def test_numbers_out_of_range_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        DemoOptions(**wrong)


def test_the_command_line_has_the_defaults_of_the_options() -> None:
    assert options([]) == (DemoOptions(), 8800)


def test_the_command_line_takes_every_option() -> None:
    words = (
        "--port 9 --queues 5 --seed 3 --latency-ms 4 --rate-limit 0 --result-limit 6"
        " --deny routing:queue:view --deny routing:queue:search --refuse nConversations"
        " --corrected 2026-06-09"
    )
    assert options(words.split()) == (
        DemoOptions(
            queues=5,
            seed=3,
            latency_ms=4,
            rate_limit=0,
            result_limit=6,
            deny=("routing:queue:view", "routing:queue:search"),
            refuse=("nConversations",),
            corrected=(date(2026, 6, 9),),
        ),
        9,
    )


@pytest.mark.parametrize(
    "words", ["--deny nothing", "--refuse nAnswered", "--corrected 9.6.", "--queues many"]
)
def test_words_the_command_line_does_not_know_are_usage_errors(words, capsys) -> None:
    with pytest.raises(SystemExit, match="2"):
        options(words.split())
    assert "usage" in capsys.readouterr().err


def test_a_taken_port_is_told_in_one_line(capsys) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_the_command_prints_what_points_at_it_and_ends_quietly_on_ctrl_c(ctrl_c) -> None:
    words = [sys.executable, "-W", "error", "-m", "genesys.demo", "--port", "0", "--queues", "1"]
    with subprocess.Popen(words, stdout=-1, stderr=-1, text=True) as process:
        lines = [process.stdout.readline().strip() for _ in range(5)]
        env = dict(line.split("=", 1) for line in lines)
        auth = (env["GENESYS_CLOUD_CLIENT_ID"], env["GENESYS_CLOUD_CLIENT_SECRET"])
        form = {"grant_type": "client_credentials"}
        token = requests.post(
            f"{env['GENESYS_CLOUD_LOGIN_URL']}/oauth/token", auth=auth, data=form, timeout=30
        )
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert token.status_code == 200
    assert env["GENESYS_CLOUD_API_URL"].startswith("http://127.0.0.1:")
    assert env["GENESYS_CLOUD_TIME_ZONE"] == "Europe/London"
    assert (out, err, process.returncode) == ("", "", 0)


def test_a_server_that_is_never_closed_ends_with_its_process_without_a_word() -> None:
    program = (
        "import requests; from genesys.demo import serve; s = serve()\n"
        "print(requests.get(s.url + '/api/v2/organizations/me').status_code)"
    )
    words = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("401\n", "")
