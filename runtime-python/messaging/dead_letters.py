"""Copies of a failed task: body and headers intact, and why they are there. As in the TypeScript library."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from . import headers as names
from .definitions import Consumer
from .keys import length_prefixed

#: Long texts make header tables that brokers refuse.
_MAX_ERROR_TEXT = 500
_OF_A_DEATH = {
    names.ATTEMPTS,
    names.FIRST_FAILURE_TIME,
    names.DLQ_ID,
    names.DLQ_REASON,
    names.DLQ_ERROR,
    names.DLQ_TIME,
    names.DLQ_QUEUE,
    names.DLQ_CONSUMER,
}


def now() -> datetime:
    return datetime.now(UTC)


def rfc3339(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def retry_headers(headers: Mapping[str, Any], queue: str, attempts: int, wait_ms: float | None) -> dict[str, Any]:
    """The task once more, not before the wait is over where there is one, with one more failure counted."""
    return {
        **_kept(headers, queue),
        "eta": None if wait_ms is None else (now() + timedelta(milliseconds=wait_ms)).isoformat(),
        names.ATTEMPTS: attempts,
    }


def dead_letter_headers(
    headers: Mapping[str, Any],
    body: bytes,
    service: str,
    consumer: Consumer,
    failure: tuple[int, str, BaseException],
) -> dict[str, Any]:
    """:param failure: attempts, reason and the last error"""
    attempts, reason, error = failure
    return {
        **_kept(headers, consumer.queue),
        "eta": None,
        "expires": None,
        names.ATTEMPTS: attempts,
        names.DLQ_ID: _death(headers, body, service, consumer),
        names.DLQ_REASON: reason,
        names.DLQ_ERROR: f"{type(error).__name__}: {error}"[:_MAX_ERROR_TEXT],
        names.DLQ_TIME: rfc3339(now()),
        names.DLQ_QUEUE: consumer.queue,
        names.DLQ_CONSUMER: f"{service}.{consumer.id}",
    }


def received_headers(headers: Mapping[str, Any], body: bytes) -> Mapping[str, Any]:
    """The headers of a task as its handler has to see them.

    A dead letter that a tool of the broker has moved back as it is (such as a shovel,
    https://www.rabbitmq.com/docs/shovel) is a replay: attempts start afresh, and an id reopens its dead-mark. Taken for
    a duplicate of what has died it would be lost.
    """
    death = names.text(headers, names.DLQ_ID)
    if death is None:
        return headers
    known = length_prefixed(["replay", death, names.text(headers, names.REPLAY_ID) or ""])
    kept = {name: value for name, value in headers.items() if name not in _OF_A_DEATH}
    return {**kept, names.REPLAY_ID: _digest(known, body)}


def _kept(headers: Mapping[str, Any], queue: str) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in headers.items()
        # Of the broker, and about the delivery at hand alone.
        if name != "redelivered" and not name.startswith(("x-death", "x-first-death", "x-last-death", "x-delivery", "x-acquired"))
    }
    kept.setdefault(names.ORIGINAL_EXCHANGE, "")
    kept.setdefault(names.ORIGINAL_ROUTING_KEY, queue)
    kept.setdefault(names.FIRST_FAILURE_TIME, rfc3339(now()))
    return kept


def _death(headers: Mapping[str, Any], body: bytes, service: str, consumer: Consumer) -> str:
    """The same for every copy of one death, so that the tools collapse them; another one after a replay."""
    event = names.text(headers, names.EVENT_ID) or names.text(headers, "id") or ""
    replay = names.text(headers, names.REPLAY_ID) or ""
    known = length_prefixed([service, consumer.id, event, replay])
    return _digest(known, body)


def _digest(known: str, body: bytes) -> str:
    return hashlib.sha256(known.encode("utf-8", "surrogatepass") + body).hexdigest()[:32]
