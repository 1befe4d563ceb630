"""What to watch of a server, as Prometheus reads it: at a port of this machine alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from dashboard.data import organization
from dashboard.sign_in import present, settings
from dashboard.together.counting import LEASE_WAITS, REQUESTS, RERUNS, counted
from dashboard.together.standing import store
from reports.data import keeping

PATH: Final = "/metrics"


def _sessions() -> int:
    desk = present.desk()
    return desk.sessions.number() if desk else 0


@dataclass(frozen=True)
class Gauge:
    """One number: its name, what it is, whether it only grows, and where it comes from."""

    name: str
    help: str
    value: Callable[[], float]
    grows: bool = True


GAUGES: Final = (
    Gauge(
        "dashboard_requests_total",
        "Requests to the organization, tries and sign-on included",
        lambda: counted(REQUESTS),
    ),
    Gauge("dashboard_kept_hits_total", "Values that were kept", lambda: keeping.KEPT.hits),
    Gauge("dashboard_kept_made_total", "Values that had to be made", lambda: keeping.KEPT.made),
    Gauge(
        "dashboard_lease_waits_total",
        "Looks for what another server was making",
        lambda: counted(LEASE_WAITS),
    ),
    Gauge("dashboard_reruns_total", "Runs of pages", lambda: counted(RERUNS)),
    Gauge("dashboard_sessions", "Sessions that are not over", _sessions, grows=False),
    Gauge(
        "dashboard_rate_share",
        "Share of the rate limit that all servers had used up at the last answer, from 0 to 1",
        organization.pressure,
        grows=False,
    ),
    Gauge(
        "dashboard_store_away",
        "1 while the shared store is away or refuses",
        lambda: float(any(each in store().standing() for each in ("away", "refuses"))),
        grows=False,
    ),
)


def text() -> str:
    """All numbers, in Prometheus' text format."""
    return "".join(f"{line}\n" for gauge in GAUGES for line in _lines(gauge))


def watch() -> None:
    """Answer at the port of the settings as long as this process runs; nothing without one."""
    if port := settings.load().metrics_port:
        server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        threading.Thread(target=server.serve_forever, daemon=True, name="metrics").start()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_known = self.path == PATH
        body = text().encode() if is_known else b""
        self.send_response(200 if is_known else 404)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: who watches asks all day."""


def _lines(gauge: Gauge) -> Iterator[str]:
    yield f"# HELP {gauge.name} {gauge.help}."
    yield f"# TYPE {gauge.name} {'counter' if gauge.grows else 'gauge'}"
    yield f"{gauge.name} {gauge.value():g}"
