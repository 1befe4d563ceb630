"""Bodies, statuses and headers that mean harm: a clear error, never a traceback or a hang."""

from __future__ import annotations

import gzip
import itertools
import subprocess
import sys
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genesys.client.api import Api
from genesys.client.budget import Budget
from genesys.client.transport import Transport
from genesys.errors import BadAnswer, GenesysError, OutOfTime, TooLarge
from tests.asking import api_on, budget
from tests.browser.app_server import ROOT
from tests.examples import examples, larger
from tests.hostile import HostileServer, Sent, cut, ok, refuse, token, too_many

DEEP = b"[" * 200_000
GZIP = {"Content-Encoding": "gzip"}


def asked(answer: Sent, method: Any = Api.aggregate, *args: Any, largest: int = 1 << 26) -> Any:
    with HostileServer(itertools.repeat(answer)) as server:
        api = Api(server.connection, Transport(random=lambda: 0.0, largest=largest))
        try:
            return method(api, *(args or ({},)), budget())
        finally:
            api.close()


@pytest.mark.parametrize("status", [201, 202, 203, 204, 205, 206, 207, 226, 299])
def test_a_status_that_promises_no_whole_answer_gives_none(status: int):
    with pytest.raises(BadAnswer, match=f"does not say that its answer is whole: status {status}"):
        # A 204 has no body: bytes after it would be the next answer's.
        asked(Sent(status, b"" if status == 204 else b'{"results": []}'))


ERRORS = {
    "of the API": {"message": "Too old.", "code": "bad.request", "status": 400},
    "with results": {"results": [], "errors": [{"message": "Too old."}]},
    "of the login host": {"error": "Too old.", "error_description": "x"},
    "of a gateway": {"status": 503, "results": []},
}


@pytest.mark.parametrize("body", ERRORS.values(), ids=ERRORS)
@pytest.mark.parametrize(
    ("method", "args"),
    [(Api.aggregate, ({},)), (Api.job_page, ("j", None)), (Api.job_state, ("j",))],
)
def test_a_success_with_an_errors_body_is_an_error_that_quotes_it(
    body: Any, method: Any, args: Any
):
    with pytest.raises(BadAnswer, match=r"cannot be read: .*(Too old|503|no results)"):
        asked(ok({"state": "FULFILLED", **body}), method, *args)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
def test_deep_nesting_is_an_error_of_its_status(status: int):
    with pytest.raises(GenesysError):
        asked(Sent(status, b'{"results": ' + DEEP))
    with pytest.raises(GenesysError):
        asked(Sent(status, b'{"message": ' + DEEP))


def test_a_small_body_that_unpacks_to_gigabytes_is_left_early():
    zeros = gzip.compress(bytes(100_000_000), 9)
    bomb = Sent(200, b"".join([zeros] * 20), GZIP)
    assert len(bomb.body) < 2_000_000
    tracemalloc.start()
    with pytest.raises(BadAnswer, match="unpacks to more than 200 times its size"):
        asked(bomb, largest=1 << 29)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80_000_000


MEASURE = """
import resource, sys
from genesys.client.api import Api
from genesys.client.transport import Transport
from genesys.errors import GenesysError
from genesys.settings import Connection
from tests.asking import budget

url, largest = sys.argv[1], int(sys.argv[2])
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, refused = peak(), 0
for body in sys.argv[3:]:
    at = Connection(f"{url}/{body}", url, "client", "secret", "us-east-1")
    try:
        Api(at, Transport(largest=largest)).aggregate({}, budget())
    except GenesysError:
        refused += 1
print(refused, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is in other units elsewhere")
def test_no_hostile_body_takes_much_more_memory_than_an_answer_may():
    zeros = gzip.compress(bytes(100_000_000), 9)
    bodies = {
        "packed": Sent(200, b"".join([zeros] * 20), GZIP),
        "long": Sent(200, b'{"results": [' + b'"0123456789",' * 8_000_000),
        "claimed": Sent(200, b"{}", {"Content-Length": "9" * 400}),
        "deep": Sent(200, b'{"results": ' + DEEP),
    }
    with HostileServer(lambda seen: bodies[seen.path.split("/")[1]]) as server:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, server.url, str(64 << 20), *bodies],
            capture_output=True, text=True, check=True, timeout=60, cwd=ROOT,
        )  # fmt: skip
    refused, megabytes = map(int, done.stdout.split())
    assert refused == 4
    assert megabytes < 160


def test_a_body_above_the_bound_is_too_large_packed_or_not():
    body = b'{"results": [' + b'"0123456789",' * 100_000 + b"null]}"
    for sent in (Sent(200, body), Sent(200, gzip.compress(body), GZIP), Sent(500, body)):
        with pytest.raises(TooLarge, match="too large to be read") as caught:
            asked(sent, largest=1_000_000)
        assert "GENESYS_CLOUD_LARGEST_ANSWER_MB" in caught.value.todo
    assert asked(Sent(200, body), largest=2_000_000) == body


@pytest.mark.parametrize("length", ["9" * 400, "99999999999"])
def test_a_body_that_claims_more_than_the_bound_is_not_waited_for(length: str):
    sent = Sent(200, b"{}", {"Content-Length": length})
    with pytest.raises(TooLarge):
        asked(sent)


HEADERS = {
    "a rate of 400 digits": {
        "inin-ratelimit-count": "9" * 400,
        "inin-ratelimit-allowed": "1",
    },
    "a rate of 5000 digits": {
        "inin-ratelimit-count": "9" * 5000,
        "inin-ratelimit-allowed": "9" * 5000,
    },
    "a rate of 0": {"inin-ratelimit-count": "1", "inin-ratelimit-allowed": "0"},
    "a rate below 0": {"inin-ratelimit-count": "-1", "inin-ratelimit-allowed": "-5"},
    "other digits": {"inin-ratelimit-count": "\xb2", "inin-ratelimit-allowed": "\xb3"},
    "a long id": {"ININ-Correlation-Id": "x" * 5000},
    "a packing that is none": {"Content-Encoding": "nonsense"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_odd_headers_harm_no_answer(headers: dict[str, str]):
    with HostileServer([Sent(200, b"{}", headers)]) as server, api_on(server) as api:
        assert api.aggregate({}, budget()) == b"{}"
        assert api.pressure in (0, *range(2))


@pytest.mark.parametrize(
    "text",
    [
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Fri, 31 Dec 10000 23:59:59 GMT",
        "Fri, 31 Dec 99999999999999999999 23:59:59 GMT",
        "Fri, 31 Dec 2026 23:59:59 +99999999999999999",
        "9" * 5000,
        "1e300",
        "",
    ],
)
def test_a_time_to_come_back_past_the_calendar_is_an_error_and_no_traceback(text: str):
    with HostileServer(itertools.repeat(too_many(text))) as server, api_on(server) as api:
        clock = iter(range(10**6))
        short = Budget(60, wait=lambda _: None, monotonic=lambda: float(next(clock)))
        with pytest.raises(GenesysError) as caught:
            api.aggregate({}, short)
        assert str(caught.value)


@pytest.mark.parametrize("life", [1e300, 0, -1, "nan", None])
def test_a_token_of_any_life_is_used(life: object):
    answers = [ok({"results": []})] * 2
    with HostileServer(answers, [token(expires_in=life)] * 5) as server, api_on(server) as api:
        assert api.aggregate({}, budget()) == b'{"results": []}'


@pytest.mark.parametrize("sent", [Sent(206, b"{}"), Sent(200, DEEP), ok({"error": "x"}), cut({})])
def test_a_token_that_does_not_come_whole_is_an_error(sent: Sent):
    with (
        HostileServer([], itertools.repeat(sent)) as server,
        api_on(server) as api,
        pytest.raises(GenesysError),
    ):
        api.sign_on(budget())


@pytest.mark.parametrize("days", [1e300, "x", [], True])
def test_a_retention_that_is_no_number_of_days_is_an_error(days: object):
    with pytest.raises(BadAnswer):
        asked(ok({"retentionDays": days}), lambda api, _, budget: api.retention_days(budget))


def test_an_error_of_any_words_is_told_on_one_line():
    with pytest.raises(GenesysError) as caught:
        asked(refuse(400, "bad.request", "a\nb\x1b[31m" + "x" * 5000))
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_part_of_a_budget_ends_with_the_whole_and_leaves_the_rest():
    now = [0.0]
    whole = Budget(100, monotonic=lambda: now[0])
    part = whole.part(30)
    assert (part.left(), whole.part(500).left()) == (30, 100)
    now[0] = 30
    with pytest.raises(OutOfTime):
        part.check()
    whole.check()
    whole.cancel()
    with pytest.raises(GenesysError, match="stopped"):
        part.check()


HEADER_TEXT = st.one_of(
    st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=larger(40)),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(lambda each: f"{each:%a, %d %b %Y %H:%M:%S} GMT"),
)
ANY_HEADERS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        (
            "Retry-After",
            "inin-ratelimit-count",
            "inin-ratelimit-allowed",
            "inin-ratelimit-reset",
            "ININ-Correlation-Id",
            "Content-Type",
        ),
        HEADER_TEXT,
    ),
)


@examples(30)
@given(
    st.sampled_from([200, 206, 400, 401, 403, 413, 429, 500, 503]),
    ANY_HEADERS,
    st.binary(max_size=larger(200)) | st.just(DEEP) | st.just(b'{"entities": []}'),
)
def test_whatever_an_answer_is_it_is_a_list_or_an_error_in_words(
    status: int, headers: dict[str, str], body: bytes
):
    clock = iter(range(10**6))
    short = Budget(60, wait=lambda _: None, monotonic=lambda: float(next(clock)))
    answers = itertools.repeat(Sent(status, body, headers))
    with HostileServer(answers) as server, api_on(server) as api:
        try:
            said = f"{api.queues(short).entities}"
        except GenesysError as error:
            said = str(error)
    assert said == "()" or (len(said) > 20 and "\n" not in said)
