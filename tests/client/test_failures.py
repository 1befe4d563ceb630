"""Failures: what the reader is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from genesys.client.exchange import UNREADABLE, Call, NoReply, Reply
from genesys.client.failures import error_of, wording
from genesys.errors import ApiError, PermissionMissing, SignOnError, TooLarge, Unavailable

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
CALL = Call("GET", "https://api.example/api/v2/x", {"cursor": "c"})


def error(status: int, body: object = None, **headers: str):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return error_of(CALL, Reply(status, headers, content), 1, NOW)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "bad.request", ApiError),
        (400, "response.entity.too.large", TooLarge),
        (401, "bad.credentials", SignOnError),
        (401, "ip.not.authorized", SignOnError),
        (403, "missing.permissions", PermissionMissing),
        (404, "not.found", ApiError),
        (408, "client.timeout", Unavailable),
        (413, "", TooLarge),
        (415, "unsupported.media.type", ApiError),
        (500, "internal.server.error", Unavailable),
        (501, "", Unavailable),
    ],
)
def test_status_and_code_choose_the_error(status: int, code: str, kind: type):
    found = error(status, {"code": code, "message": "Why."})

    assert type(found) is kind
    assert found.todo
    assert (found.facts.status, found.facts.code) == (status, code)
    assert found.facts.request == "GET /api/v2/x"
    assert 'It says: "Why."' in found.what


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b'{"message": 5, "code": [], "messageParams": "x"}', b"\xff"],
)
def test_any_body_makes_an_error(body: bytes):
    found = error(403, body)

    assert type(found) is PermissionMissing
    assert "lacks the permission for this request" in found.what


def test_the_context_id_stands_in_for_the_correlation_id():
    assert error(400, {"contextId": "context-1"}).facts.correlation_id == "context-1"


def test_ids_are_made_safe_to_log():
    headers = {"inin-correlation-id": "a\nb\x1b[31m" + "c" * 100}

    found = error(400, {}, **headers).facts.correlation_id

    assert found == "ab31m" + "c" * 59


def test_permissions_are_found_in_the_message_too():
    found = error(403, {"message": "needs one of [routing:queue:view, routing:queue:search]."})

    assert found.facts.permissions == ("routing:queue:view", "routing:queue:search")
    assert "Routing > Queue > View or Routing > Queue > Search" in found.what


def test_long_messages_are_cut_and_put_on_one_line():
    found = error(400, {"message": "line\r\n" * 200})

    assert "\n" not in found.what
    assert len(found.what) < 400


def test_an_unreadable_answer_says_why():
    found = error_of(CALL, NoReply(UNREADABLE, "JSON is malformed", "corr-1"), 4, NOW)

    assert found.what == "The answer of api.example cannot be read: JSON is malformed."
    assert found.facts.correlation_id == "corr-1"


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("analytics:conversationAggregate:view", "Analytics > Conversation Aggregate > View"),
        ("routing:queue:search", "Routing > Queue > Search"),
        ("analytics:dataRetention:view", "Analytics > Data Retention > View"),
    ],
)
def test_permissions_are_worded_as_in_the_admin_pages(permission: str, words: str):
    assert wording(permission) == words
