"""What is done once for each process that serves the dashboard."""

from __future__ import annotations

import functools
import gc


@functools.cache
def freeze_imports() -> None:
    """Leave what the imports made out of every later garbage collection.

    Streamlit collects in full after each run; without the imports that takes half the time.
    """
    gc.collect()
    gc.freeze()
