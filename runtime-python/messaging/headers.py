"""Header names, as in the TypeScript library."""

from collections.abc import Mapping
from typing import Any

EVENT_ID = "loom-event-id"
TYPE = "loom-event-type"
AGGREGATE_ID = "loom-aggregate-id"
TIME = "loom-event-time"
SCHEMA_VERSION = "loom-schema-version"
CORRELATION_ID = "loom-correlation-id"
CAUSATION_ID = "loom-causation-id"
IDEMPOTENCY_KEY = "loom-idempotency-key"
TRACEPARENT = "traceparent"
TRACESTATE = "tracestate"
ATTEMPTS = "loom-attempts"
FIRST_FAILURE_TIME = "loom-first-failure-time"
REPLAY_ID = "loom-replay-id"
ORIGINAL_EXCHANGE = "loom-original-exchange"
ORIGINAL_ROUTING_KEY = "loom-original-routing-key"
DLQ_ID = "loom-dlq-id"
DLQ_REASON = "loom-dlq-reason"
DLQ_ERROR = "loom-dlq-error"
DLQ_TIME = "loom-dlq-time"
DLQ_QUEUE = "loom-dlq-queue"
DLQ_CONSUMER = "loom-dlq-consumer"


def text(headers: Mapping[str, Any], name: str) -> str | None:
    """A header as text; absent and empty are both None."""
    value = headers.get(name)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value) or None
    return None


def count(headers: Mapping[str, Any], name: str) -> int:
    """A header as a whole number of 0 or more; anything else counts as 0."""
    try:
        value = int(headers.get(name) or 0)
    except (TypeError, ValueError):
        return 0
    return max(0, value)
