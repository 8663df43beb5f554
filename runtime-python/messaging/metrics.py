"""Metrics with the names and labels of the TypeScript library. Processes of the pool share them through files."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from .definitions import Consumer, Worker

OUTCOMES = ("handled", "duplicate", "retried", "ignored", "dead-lettered", "returned")
REASONS = ("invalid", "non-retryable", "attempts-exhausted")
LABELS = ("service", "broker", "consumer", "channel")
_HANDLER_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_AGE_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800)

#: Not the default one, which is only for a single process.
_own = CollectorRegistry()
_deliveries = Counter(
    "messaging_deliveries_total",
    "Deliveries seen through, by outcome. Ignored: of a type that is for others."
    " Returned: not settled here, the broker gives it out again.",
    (*LABELS, "outcome"),
    registry=_own,
)
_handled = Histogram(
    "messaging_handler_duration_seconds",
    "Time that the handler took.",
    (*LABELS, "result"),
    buckets=_HANDLER_BUCKETS,
    registry=_own,
)
_age = Histogram(
    "messaging_message_age_seconds",
    "Time from the event to its delivery, waits in delay queues included.",
    LABELS,
    buckets=_AGE_BUCKETS,
    registry=_own,
)
_dead_letters = Counter(
    "messaging_dead_letters_total",
    "Dead-letter copies that the broker has confirmed, by reason.",
    (*LABELS, "reason"),
    registry=_own,
)
_store_errors = Counter(
    "messaging_store_errors_total", "Steps that the idempotency store has not taken.", LABELS, registry=_own
)
_copy_errors = Counter(
    "messaging_copy_errors_total",
    "Retry or dead-letter copies that could not be published; the original is kept.",
    LABELS,
    registry=_own,
)


class ConsumerMetrics:
    """Of one consumer. Every series starts at 0."""

    def __init__(self, worker: Worker, consumer: Consumer) -> None:
        self.labels = (worker.service, worker.broker, consumer.id, consumer.queue)
        for outcome in OUTCOMES:
            _deliveries.labels(*self.labels, outcome)
        for reason in REASONS:
            _dead_letters.labels(*self.labels, reason)
        _store_errors.labels(*self.labels)
        _copy_errors.labels(*self.labels)

    def settled(self, outcome: str) -> None:
        _deliveries.labels(*self.labels, outcome).inc()

    def handled(self, seconds: float, failed: bool) -> None:
        _handled.labels(*self.labels, "failure" if failed else "success").observe(seconds)

    def aged(self, seconds: float) -> None:
        # Clocks of machines differ: what seems to come from the future is new.
        _age.labels(*self.labels).observe(max(0.0, seconds))

    def dead_lettered(self, reason: str) -> None:
        _dead_letters.labels(*self.labels, reason).inc()

    def store_failed(self) -> None:
        _store_errors.labels(*self.labels).inc()

    def copy_failed(self) -> None:
        _copy_errors.labels(*self.labels).inc()
