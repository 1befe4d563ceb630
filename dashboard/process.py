"""What is done once for each process that serves the dashboard."""

from __future__ import annotations

import functools
import gc
import logging
import sys


@functools.cache
def freeze_imports() -> None:
    """Leave what the imports made out of every later garbage collection.

    Streamlit collects in full after each run; without the imports that takes half the time.
    """
    gc.collect()
    gc.freeze()


@functools.cache
def log_requests() -> None:
    """Let every request to Genesys Cloud be a line on stderr, as on the command line."""
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("genesys")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
