"""The Redis of the tests; `python -m tests.stores` installs one. The Valkey is a package's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.libreoffice import is_debian


def main() -> int:
    """Install it where there is none and it can be; elsewhere Valkey alone is tried."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("redis-server") and root and is_debian():
        for command in (
            ["update"],
            ["install", "--yes", "--no-install-recommends", "redis-server"],
        ):
            subprocess.run(["apt-get", *command], check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
