"""Faults: told from the exceptions of requests, urllib3 and the system."""

from __future__ import annotations

import http.client
import socket
import ssl

import pytest
import requests
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    IncompleteRead,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from genesys.client import exchange
from genesys.client.exchange import Fault, NoReply, no_reply

POOL = urllib3.HTTPSConnectionPool("api.example")
CONNECTION = urllib3.connection.HTTPSConnection("api.example")
UNTRUSTED = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED]")
UNTRUSTED.verify_message = "self-signed certificate in certificate chain"


def wrapped(reason: Exception) -> requests.ConnectionError:
    """As requests wraps what urllib3 gave up on."""
    return requests.ConnectionError(MaxRetryError(POOL, "/x?secret=1", reason))


def proxied(reason: Exception) -> requests.ConnectionError:
    return requests.exceptions.ProxyError(urllib3.exceptions.ProxyError("x", reason))


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


SIGNS = {
    "name": (
        wrapped(
            caused(
                NameResolutionError("h", CONNECTION, socket.gaierror(-2, "Name unknown")),
                socket.gaierror(-2, "Name unknown"),
            )
        ),
        exchange.NAME,
        "Name unknown",
    ),
    "certificate": (
        requests.exceptions.SSLError(urllib3.exceptions.SSLError(UNTRUSTED)),
        exchange.CERTIFICATE,
        "self-signed certificate in certificate chain",
    ),
    "tls": (
        requests.exceptions.SSLError(urllib3.exceptions.SSLError(ssl.SSLError(1, "bad hello"))),
        exchange.TLS,
        "bad hello",
    ),
    "proxy sign-on": (
        proxied(OSError("Tunnel connection failed: 407 No")),
        exchange.PROXY_SIGN_ON,
        "Tunnel connection failed: 407 No",
    ),
    "proxy": (
        proxied(OSError("Tunnel connection failed: 502 Bad")),
        exchange.PROXY,
        "Tunnel connection failed: 502 Bad",
    ),
    "slow connection": (
        requests.ConnectTimeout(ConnectTimeoutError(None, "x")),
        exchange.CONNECT_TIME,
        "",
    ),
    "no route": (
        wrapped(caused(NewConnectionError(CONNECTION, "x"), OSError(101, "No route"))),
        exchange.UNREACHABLE,
        "No route",
    ),
    "refused": (
        wrapped(caused(NewConnectionError(CONNECTION, "x"), ConnectionRefusedError(111, "No"))),
        exchange.CONNECTION_REFUSED,
        "No",
    ),
    "slow answer": (
        requests.ReadTimeout(ReadTimeoutError(POOL, "/x", "x")),
        exchange.READ_TIME,
        "",
    ),
    "cut off": (caused(ProtocolError("broken"), IncompleteRead(5, 10)), exchange.CUT, ""),
    "bad gzip": (DecodeError("bad gzip"), exchange.CUT, ""),
    "reset": (
        requests.ConnectionError(ProtocolError("x", ConnectionResetError(104, "Reset"))),
        exchange.RESET,
        "Reset",
    ),
    "no HTTP": (
        requests.ConnectionError(ProtocolError("x", http.client.BadStatusLine("junk"))),
        exchange.RESET,
        "",
    ),
    "a header with a secret": (
        requests.exceptions.InvalidHeader("Bad value: 'Bearer t0ken'"),
        exchange.OTHER,
        "",
    ),
    "no CA bundle": (
        OSError("Could not find a CA bundle"),
        exchange.OTHER,
        "Could not find a CA bundle",
    ),
}


@pytest.mark.parametrize(("error", "fault", "detail"), SIGNS.values(), ids=SIGNS)
def test_an_exception_tells_its_fault(error: Exception, fault: Fault, detail: str):
    assert no_reply(error) == NoReply(fault, detail)


def test_every_fault_says_what_to_do():
    for fault in (*exchange.FAULTS, exchange.UNREADABLE):
        assert "{host}" in fault.what
        assert fault.todo.endswith(".")


def test_exceptions_that_point_at_each_other_end():
    first, second = OSError("first"), OSError("second")
    first.__context__, second.__context__ = second, first

    assert no_reply(first).fault is exchange.OTHER
