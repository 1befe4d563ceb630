"""Names of queues as they are pasted from sheets and lists."""

from __future__ import annotations

import pytest

from dashboard.selecting.pasted import found
from genesys.client.entities import Queue
from genesys.organization.directory import Directory

NAMES = {"a": "Billing", "b": "Büro", "c": "=Sum", "d": "Sales; North", "e": 'The "Best"'}
DIRECTORY = Directory({key: Queue(key, name, None) for key, name in NAMES.items()})


@pytest.mark.parametrize(
    ("text", "ids", "unknown"),
    [
        ("Billing\nBüro", "ab", ()),
        ("Billing\t1,234\nBüro\t99", "ab", ()),
        ("1,234\tBilling", "a", ()),
        ("Billing;Büro", "ab", ()),
        ('"Billing";"Büro"', "ab", ()),
        ("Sales; North", "d", ()),
        ('"Sales; North";Billing', "da", ()),
        ('"The ""Best"""', "e", ()),
        ("Bu\u0308ro", "b", ()),
        ("BU\u0308RO", "b", ()),
        ("".join(chr(ord(letter) + 0xFEE0) for letter in "Billing"), "a", ()),
        ("'=Sum", "c", ()),
        ("=Sum", "c", ()),
        ("Biling\t12\n\n  \nBilling", "a", ("Biling",)),
        ("Biling\nBiling", "", ("Biling",)),
    ],
)
def test_names_are_found_however_they_are_pasted(text: str, ids: str, unknown: tuple[str, ...]):
    assert found(text, DIRECTORY) == (tuple(ids), unknown)
