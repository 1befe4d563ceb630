"""Redis and Caddy for the tests; `python -m tests.stores` installs them. Valkey is a package's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Final

from tests.libreoffice import is_debian

PACKAGES: Final = ("redis-server", "caddy")
"""Each is called as its program."""


def main() -> int:
    """Install what is missing and can be; elsewhere tests do with Valkey, and without a proxy."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    missing = [package for package in PACKAGES if not shutil.which(package)]
    if missing and root and is_debian():
        install = ["install", "--yes", "--no-install-recommends", *missing]
        for command in (["update"], install):
            subprocess.run(["apt-get", *command], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
