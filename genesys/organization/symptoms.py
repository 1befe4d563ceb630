"""What people see when something is wrong, what it means, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Symptom:
    """Something that people see, in Markdown; README has the same rows."""

    seen: str
    meaning: str
    todo: str


SYMPTOMS: Final = (
    Symptom(
        "403, permission missing",
        "the client's role lacks a permission, or has it for other divisions",
        "add the permission that the message names, wait a minute, `python -m genesys check`",
    ),
    Symptom(
        "400 when signing on",
        "the client id is unknown in this region",
        "compare `GENESYS_CLOUD_REGION` with the address of your Genesys Cloud, then the id",
    ),
    Symptom(
        "400 on a query",
        "the API refuses a metric or value; the message says which",
        "ask without it; if it came from this product, report it with the correlation id",
    ),
    Symptom(
        "401",
        "the secret is wrong, or this machine's address is not on the client's allow list",
        "make a new secret in Admin > Integrations > OAuth, or have the address added",
    ),
    Symptom(
        "429",
        "too many requests, from this or other programs of the same client",
        "wait until the time in the message; give each program a client of its own",
    ),
    Symptom(
        "no figures at all",
        "nothing happened, or the client may not see it",
        "check interval, queue filter and time zone; then the client's divisions; then how long"
        " your organization keeps data",
    ),
    Symptom(
        "ids in place of queue names",
        "no list of queues could be read",
        "give Routing > Queue > Search",
    ),
    Symptom(
        "“Deleted queue (1a2b3c4d)”",
        "a queue that had interactions and was deleted since",
        "nothing; its figures are real",
    ),
    Symptom(
        "no connection, certificate not trusted",
        "proxy or company certificate authority",
        "see Company proxies and certificates",
    ),
    Symptom(
        "page never finishes loading under another host name",
        "that name is not allowed",
        "see For a team",
    ),
    Symptom(
        "figures changed since yesterday",
        "Genesys Cloud may still correct figures for some days",
        "compare the times at which they were fetched",
    ),
)
