"""The consumers of this worker with their settings, and why. Generated; what happens with a task is in handlers/."""

from messaging import Consumer, Idempotency, Retry, Worker

from . import contracts
from .handlers import send_receipt

worker = Worker(
    service="mail",
    broker="tasks",
    # Prefix of the settings of the broker that carries the tasks.
    carrier="LISTS",
    transport="redis",
    # Processes: those of all consumers together.
    concurrency=4,
    store=("redis", "STORE"),
    consumers=[
        Consumer(
            id="send-receipt",
            queue="receipts",
            messages=[contracts.RECEIPT_REQUESTED],
            handler=send_receipt.handle,
            # standard: 5 attempts, each a new message that is due after its wait
            retry=Retry(
                max_attempts=5,
                backoff="exponential",
                base_delay_ms=1_000,
                max_delay_ms=600_000,
                jitter="full",
                non_retryable=["ValidationError"],
            ),
            # published by the worker and confirmed before the task is acknowledged
            dead_letter="send-receipt.dlq",
            # claim with a lease, effect, done-mark: a crash before the done-mark repeats the effect, never loses it
            idempotency=Idempotency(
                key_from=["event_id"],
                lease_ms=30_000,
                done_ttl_ms=86_400_000,
                dead_ttl_ms=1_209_600_000,
            ),
            # as the design says
            soft_time_limit_ms=20_000,
            # as the design says
            time_limit_ms=30_000,
            max_redeliveries=50,
        ),
    ],
)
