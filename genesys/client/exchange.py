"""One exchange with a host: the call, and the answer or the fault that came of it."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import requests.exceptions
import urllib3.exceptions

from genesys.client.body import Bomb, TooMuch
from genesys.errors import BadAnswer, ConnectionFailed, GenesysError, TooLarge

WHOLE: Final = frozenset({200})
"""The statuses that promise a whole answer; 206, and 203 of a proxy, do not."""


@dataclass(frozen=True)
class Call:
    """A request, but for the credentials it will carry; `whole` are the statuses it hopes for."""

    method: str
    url: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    content: bytes | None = None
    content_type: str = "application/json"
    whole: frozenset[int] = WHOLE

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Reply:
    """A whole answer of any status; the header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def correlation_id(self) -> str:
        return as_id(self.headers.get("inin-correlation-id", ""))


def as_id(text: str) -> str:
    """The text as an id that is safe to log."""
    return re.sub(r"[^\w.:-]", "", text)[:64]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A way in which no whole, readable answer comes; `passing` is worth another try.

    `signs` are the exceptions it shows in, `says` is what the system must say besides.
    """

    what: str
    todo: str
    signs: tuple[type[BaseException], ...] = ()
    says: str = ""
    passing: bool = True
    kind: type[GenesysError] = ConnectionFailed


_PROXY_SIGNS: Final = (
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidProxyURL,
    urllib3.exceptions.ProxyError,
    urllib3.exceptions.ProxySchemeUnknown,
)

PROXY_SIGN_ON: Final = Fault(
    what="The proxy wants a user name and a password, and does not take those it got, for {host}",
    todo="Put them into HTTPS_PROXY: http://user:password@proxy:port.",
    signs=_PROXY_SIGNS,
    says="407",
    passing=False,
)
PROXY: Final = Fault(
    what="The proxy made no connection to {host}",
    todo="Check HTTPS_PROXY; NO_PROXY lists the hosts that need no proxy.",
    signs=_PROXY_SIGNS,
)
CERTIFICATE: Final = Fault(
    what="The TLS certificate of {host} is not trusted",
    todo="Where a company proxy reads TLS, let REQUESTS_CA_BUNDLE name a file with its"
    " certificate authority. Check the clock of this machine too.",
    signs=(ssl.SSLCertVerificationError,),
    passing=False,
)
TLS: Final = Fault(
    what="No TLS connection to {host} came about",
    todo="Check that the address is a https one, HTTPS_PROXY, and the file that"
    " REQUESTS_CA_BUNDLE names.",
    signs=(ssl.SSLError, urllib3.exceptions.SSLError, requests.exceptions.SSLError),
)
NAME: Final = Fault(
    what="The host name {host} cannot be looked up",
    todo="Check the network and its DNS, GENESYS_CLOUD_REGION, and whether a proxy is needed"
    " (HTTPS_PROXY).",
    signs=(urllib3.exceptions.NameResolutionError, socket.gaierror),
)
CONNECTION_REFUSED: Final = Fault(
    what="{host} refused the connection",
    todo="Check the address and the port, and whether a firewall or proxy stands between.",
    signs=(ConnectionRefusedError,),
)
UNREACHABLE: Final = Fault(
    what="{host} cannot be reached",
    todo="Check the network and the firewall, and whether a proxy is needed (HTTPS_PROXY).",
    signs=(urllib3.exceptions.NewConnectionError,),
)
CONNECT_TIME: Final = Fault(
    what="{host} did not take the connection in time",
    todo="Check the network and the firewall, and whether a proxy is needed (HTTPS_PROXY).",
    signs=(urllib3.exceptions.ConnectTimeoutError,),
)
READ_TIME: Final = Fault(
    what="{host} did not answer in time",
    todo="Try again; if it stays so, ask for a shorter interval or fewer queues.",
    signs=(urllib3.exceptions.ReadTimeoutError, TimeoutError),
)
CUT: Final = Fault(
    what="The answer of {host} broke off",
    todo="Try again; if it stays so, look at the proxy or the network between.",
    signs=(
        urllib3.exceptions.IncompleteRead,
        urllib3.exceptions.DecodeError,
        http.client.IncompleteRead,
    ),
)
RESET: Final = Fault(
    what="{host} broke the connection",
    todo="Try again; if it stays so, look at the proxy, the firewall or the network between.",
    signs=(ConnectionError, http.client.HTTPException, urllib3.exceptions.ProtocolError),
)
OTHER: Final = Fault(
    what="No connection to {host} came about",
    todo="Check the network, HTTPS_PROXY, and the file that REQUESTS_CA_BUNDLE names.",
    signs=(BaseException,),
)
PARTIAL: Final = Fault(
    what="{host} does not say that its answer is whole",
    todo="Try again. A proxy or a gateway between may answer instead.",
    kind=BadAnswer,
)
OVERSIZED: Final = Fault(
    what="The answer of {host} is too large to be read",
    todo="Ask for a shorter interval, a coarser granularity or fewer queues, or raise"
    " GENESYS_CLOUD_LARGEST_ANSWER_MB.",
    signs=(TooMuch,),
    passing=False,
    kind=TooLarge,
)
BOMB: Final = Fault(
    what="The answer of {host} unpacks to more than 200 times its size, so it is no figures",
    todo="Look at the proxy or the network between.",
    signs=(Bomb,),
    passing=False,
    kind=BadAnswer,
)
UNREADABLE: Final = Fault(
    what="The answer of {host} cannot be read",
    todo="Try again. A sign-in page of a network or a gateway between may answer instead.",
    kind=BadAnswer,
)

FAULTS: Final = (
    OVERSIZED,
    BOMB,
    PROXY_SIGN_ON,
    PROXY,
    CERTIFICATE,
    TLS,
    NAME,
    CONNECTION_REFUSED,
    UNREACHABLE,
    CONNECT_TIME,
    READ_TIME,
    CUT,
    RESET,
    OTHER,
)
"""The faults that exceptions are signs of; the first that fits counts."""


@dataclass(frozen=True)
class NoReply:
    """No whole, readable answer came."""

    fault: Fault
    detail: str = ""
    correlation_id: str = ""


def no_reply(error: BaseException) -> NoReply:
    """The fault that an exception of requests, urllib3 or the system is a sign of."""
    chain = tuple(_chain(error))
    detail = next(filter(None, map(_detail, reversed(chain))), "")
    return NoReply(next(fault for fault in FAULTS if _fits(fault, chain, detail)), detail)


def _fits(fault: Fault, chain: tuple[BaseException, ...], detail: str) -> bool:
    return fault.says in detail and any(isinstance(link, fault.signs) for link in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and those wrapped in it, outermost first; libraries wrap in five ways."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        link = todo.pop(0)
        if isinstance(link, BaseException) and id(link) not in seen:
            seen.add(id(link))
            yield link
            todo += [*link.args, getattr(link, "reason", None), link.__cause__, link.__context__]


def _detail(link: BaseException) -> str:
    """What the system says. The libraries' own texts may hold URLs or header values."""
    if isinstance(link, ssl.SSLCertVerificationError):
        return link.verify_message
    if isinstance(link, OSError) and not isinstance(link, requests.RequestException):
        return link.strerror or next((a for a in link.args if isinstance(a, str)), "")
    return ""
