"""What surrounds the transport: rate-limit headers, proxies, .netrc, and secrets quoted back."""

from __future__ import annotations

import itertools
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth

from genesys.client.budget import Budget
from genesys.client.exchange import Call
from genesys.client.transport import Transport
from genesys.errors import ApiError, ConnectionFailed
from tests.hostile import HostileServer, Sent, ok, refuse

TOKEN = "t0ken-of-the-tests"
FAR = Call("GET", "https://api.example.invalid/x")


class Bearer(AuthBase):
    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {TOKEN}"
        return request


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport(random=lambda: 0.0, timeout=(5.0, 5.0))
    yield transport
    transport.close()


@pytest.fixture
def budget() -> Budget:
    return Budget(600, wait=lambda seconds: None)


@pytest.fixture
def ask(transport: Transport, budget: Budget):
    return lambda server: transport.send(near(server), budget, Bearer(), bytes)


def near(server: HostileServer) -> Call:
    return Call("GET", f"{server.url}/x")


class TestPressure:
    """The share of the rate limit that is used up."""

    def test_is_zero_before_any_answer(self, transport: Transport):
        assert transport.pressure == 0

    def test_is_the_last_one_seen(self, transport: Transport, ask):
        headers = {"ININ-RateLimit-Count": "285", "inin-ratelimit-allowed": "300"}
        with HostileServer([Sent(200, b"{}", headers), ok({})]) as server:
            ask(server)
            assert transport.pressure == 0.95
            ask(server)
            assert transport.pressure == 0.95

    @pytest.mark.parametrize(("count", "allowed"), [("1", "0"), ("x", "300"), ("nan", "inf")])
    def test_nonsense_is_ignored(self, transport: Transport, ask, count: str, allowed: str):
        headers = {"inin-ratelimit-count": count, "inin-ratelimit-allowed": allowed}
        with HostileServer([Sent(200, b"{}", headers)]) as server:
            ask(server)

        assert transport.pressure == 0


class TestEnvironment:
    """Proxies and certificates of the environment count for real hosts only."""

    @pytest.fixture(autouse=True)
    def netrc(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "netrc"
        file.write_text("default login somebody password else\n")
        file.chmod(0o600)
        monkeypatch.setenv("NETRC", str(file))

    @pytest.fixture
    def dead_proxy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

    @pytest.mark.usefixtures("dead_proxy")
    def test_loopback_needs_no_proxy(self, ask):
        with HostileServer([ok({})]) as server:
            assert ask(server) == b"{}"

    def test_netrc_does_not_replace_the_token(self, transport, budget, monkeypatch):
        with HostileServer([ok({})]) as server:
            monkeypatch.setenv("HTTP_PROXY", server.url)
            far = Call("GET", "http://api.example.invalid/x")
            assert transport.send(far, budget, Bearer(), bytes) == b"{}"

        assert server.requests[0].headers["host"] == "api.example.invalid"
        assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"

    def test_a_proxy_that_wants_a_sign_on_is_asked_once(self, transport, budget, monkeypatch):
        with HostileServer(itertools.repeat(Sent(407))) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//me:hunter2@"))
            with pytest.raises(ConnectionFailed, match="proxy wants a user name") as caught:
                transport.send(FAR, budget, Bearer(), bytes)

        assert len(proxy.requests) == 1
        assert "hunter2" not in str(caught.value)

    def test_a_proxy_out_of_reach_says_so(self, transport, budget, monkeypatch):
        monkeypatch.setenv("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:1")
        with pytest.raises(ConnectionFailed, match="proxy made no connection") as caught:
            transport.send(FAR, budget, Bearer(), bytes)

        assert "HTTPS_PROXY" in caught.value.todo
        assert "hunter2" not in "".join(traceback.format_exception(caught.value))

    def test_a_ca_bundle_of_the_environment_is_used(self, transport, budget, monkeypatch):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
        with pytest.raises(ConnectionFailed, match=r"invalid path: /no/such/bundle\.pem"):
            transport.send(FAR, budget, Bearer(), bytes)


class TestSecrets:
    """What a host says back does not show what it was told."""

    def test_a_token_in_an_error_is_hidden(self, ask):
        fault = refuse(400, "bad.request", f"No good: Bearer {TOKEN}")
        with HostileServer([fault]) as server, pytest.raises(ApiError) as caught:
            ask(server)

        assert 'It says: "No good: Bearer ***"' in caught.value.what
        assert TOKEN not in "".join(traceback.format_exception(caught.value))

    def test_a_token_in_a_header_is_hidden(self, ask, budget: Budget):
        with HostileServer([ok({}, ININ_Correlation_Id=TOKEN)]) as server:
            ask(server)

        assert budget.records[0].correlation_id == ""

    def test_a_client_secret_in_an_error_is_hidden(self, transport: Transport, budget: Budget):
        fault = refuse(400, "bad.request", "Your secret is hunter2.")
        with HostileServer([fault]) as server, pytest.raises(ApiError) as caught:
            transport.send(near(server), budget, HTTPBasicAuth(b"me", b"hunter2"), bytes)

        assert "Your secret is ***." in caught.value.what
