"""One rate limit for all servers of one client: each goes slowly where all of them are near it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dashboard.together.store import Found, Store
from genesys.client.api import Api

MINUTE: Final = timedelta(minutes=1)
"""What the limit of Genesys Cloud is counted by."""


def note_request(store: Store, api: Api, share: str) -> None:
    """Count a request for all servers, tell them what its answer told, and heed theirs.

    The API tells each token its own share; what all tokens of the client used is counted here.
    """
    sent = store.tally(_sent(share), MINUTE)
    # The most that any was told stands: one that is told less must not let the others forget it.
    if api.told > 0 and api.told >= _told(store.get([_rate(share)])[0]):
        store.tell(_rate(share), f"{api.told:.3f}".encode(), MINUTE)
    _heed(store, api, share, sent)


def heed_others(store: Store, api: Api, share: str) -> None:
    """Ask with what the others have sent and were told in mind."""
    sent = store.get([_sent(share)])[0]
    _heed(store, api, share, _number(sent))


def _heed(store: Store, api: Api, share: str, sent: int) -> None:
    api.heard = max(_told(store.get([_rate(share)])[0]), min(1.0, sent / api.allowed))


def _sent(share: str) -> str:
    return f"{share}:sent"


def _rate(share: str) -> str:
    return f"{share}:rate"


def _number(found: Found | None) -> int:
    """A count; 0 for anything else."""
    text = found.value if found else b""
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _told(found: Found | None) -> float:
    """A share from 0 to 1; 0 for anything else."""
    try:
        share = float(found.value) if found else 0.0
    except ValueError:
        return 0.0
    return share if 0 <= share <= 1 else 0.0
