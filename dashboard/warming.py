"""What the first page of a server would wait for, done before the server listens."""

from __future__ import annotations

import gc
import inspect
import pkgutil
from importlib import import_module

from dashboard import drawing, sections, selecting


def warm_up() -> None:
    """Import what pages draw with, and look where each module lies.

    Streamlit looks for that in its first run, which then takes a third of the time.
    """
    for wing in (selecting, drawing, sections):
        for module in pkgutil.iter_modules(wing.__path__):
            import_module(f"{wing.__name__}.{module.name}")
    inspect.stack()
    gc.collect()
    gc.freeze()
