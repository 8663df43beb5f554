"""What a worker declares and what its handlers see. All durations are milliseconds."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from .errors import ClaimLostError

#: Type of the body.
Body = TypeVar("Body")


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One message type as both sides see it."""

    type: str
    version: int
    #: Largest body in bytes, checked on receipt.
    max_bytes: int
    #: ``none``: a foreign message; only the body is ours, nothing is expected in the headers.
    envelope: Literal["domain-event", "none"] = "domain-event"
    #: JSON Schema 2020-12 of the body.
    schema: Mapping[str, Any] | bool = True


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What travels with every domain event."""

    #: Assigned once by the producer; the same on every retry, redelivery and replay.
    event_id: str
    type: str
    #: RFC 3339, the event's own time.
    time: str
    schema_version: int
    correlation_id: str
    aggregate_id: str | None = None
    causation_id: str | None = None
    idempotency_key: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None


@dataclass(frozen=True)
class Message(Generic[Body]):
    """A validated message, as a handler sees it."""

    type: str
    data: Body
    envelope: Envelope
    headers: Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    #: Handler failures of this message so far, plus one.
    attempt: int
    #: The record under which this consumer handles the event; pass it to sinks that take such a key.
    idempotency_key: str
    log: "logging.LoggerAdapter[logging.Logger]"
    #: Set when the claim on the message is lost.
    lost: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Raises ClaimLostError when another consumer has the message: call it before each effect of long work."""
        if self.lost.is_set():
            raise ClaimLostError("The claim on the message is lost.")


#: The user's code. Returning means success; raising means failure (see NonRetryableError).
Handler = Callable[[Message[Any], Context], None]


@dataclass(frozen=True, kw_only=True)
class Retry:
    #: Handler failures after which the message is dead-lettered; 1 means no retry.
    max_attempts: int
    backoff: Literal["exponential", "linear", "fixed"]
    base_delay_ms: float
    max_delay_ms: float
    #: ``full``: the delay is drawn from 0 to the back-off ceiling.
    jitter: Literal["full", "none"]
    #: Names of exception classes, subclasses included, that are dead-lettered at once.
    non_retryable: Sequence[str] = ()
    #: Delay in ms and name of each delay queue. Without any, a worker holds the task until it is due.
    tiers: Sequence[tuple[float, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Idempotency:
    #: Envelope fields (``event_id``, ``idempotency_key``, ``aggregate_id``, ``type``, ``time``) or JSON pointers.
    key_from: Sequence[str] = ("event_id",)
    lease_ms: int = 30_000
    #: ``None``: for good.
    done_ttl_ms: int | None = 86_400_000
    dead_ttl_ms: int = 1_209_600_000


@dataclass(frozen=True, kw_only=True)
class Consumer:
    id: str
    queue: str
    messages: Sequence[Contract]
    handler: Handler
    retry: Retry
    #: Queue that receives what cannot be processed.
    dead_letter: str
    #: ``None``: no store, each delivery runs the handler.
    idempotency: Idempotency | None
    #: After this time the handler gets SoftTimeLimitExceeded, which is a failure like any other.
    soft_time_limit_ms: int | None = None
    #: After this time its process is killed; the message is handed out again.
    time_limit_ms: int | None = None
    #: Deliveries of a message whose process died before it is dead-lettered.
    max_redeliveries: int = 50


@dataclass(frozen=True, kw_only=True)
class Worker:
    service: str
    #: Id of the broker in the design, for metrics.
    broker: str
    #: Prefix of the settings of the broker that carries the tasks.
    carrier: str
    #: Kind of that broker.
    transport: Literal["redis", "rabbitmq"]
    #: Processes that handle tasks.
    concurrency: int
    consumers: Sequence[Consumer]
    #: Kind of the idempotency store and prefix of its settings; ``None`` where no consumer has one.
    store: tuple[Literal["redis", "postgres"], str] | None = None

    def consumer_of(self, queue: str) -> Consumer | None:
        return next((each for each in self.consumers if each.queue == queue), None)
