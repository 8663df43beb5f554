"""One delivery from receipt to acknowledgement. The order of the steps is the guarantee.

Success is effect → done-mark → ack; failure is confirmed copy → claim freed or marked dead → ack. The acknowledgement
is Celery's, once this returns.
"""

import logging
import random
import time
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

from billiard.exceptions import SoftTimeLimitExceeded
from celery.exceptions import Reject

from . import headers as names
from .claim import Claim, FreeClaim
from .dead_letters import dead_letter_headers, retry_headers
from .definitions import Consumer, Context, Message
from .envelope import decode, moment
from .errors import StoreUnavailableError, ValidationError
from .keys import idempotency_key
from .metrics import ConsumerMetrics
from .publishing import Publisher, Task
from .retry import is_non_retryable, next_wait
from .stores import Store

_log = logging.getLogger("messaging")
#: How long to go on asking for a key that another consumer holds, at most, before asking again.
_MAX_BUSY_WAIT = 1.0
#: Part of the time limit that a task may have waited before its handler begins.
_MAX_WAITED = 0.1


class Stops(Protocol):
    def wait(self, seconds: float, /) -> bool:
        """Whether the worker stops, after so many seconds at most."""


class Deliveries(Protocol):
    def count(self, task_id: str) -> int:
        """How often a message that was handed out again has been handed out, this time included."""


@dataclass(frozen=True)
class Surroundings:
    """What a process of the pool works with."""

    service: str
    publisher: Publisher
    store: Store | None
    stopping: Stops
    deliveries: Deliveries


class DeliveryLimitError(Exception):
    """The processes that handled the message have died too often."""


class Delivery:
    def __init__(self, around: Surroundings, consumer: Consumer, metrics: ConsumerMetrics, task: Task) -> None:
        self._around = around
        self._consumer = consumer
        self._metrics = metrics
        self._task = task
        self._attempts = names.count(task.headers, names.ATTEMPTS)
        self._replay_id = names.text(task.headers, names.REPLAY_ID) or ""
        self._waited = 0.0

    def run(self) -> None:
        """Raises Reject to give the message back."""
        outcome = "returned"
        try:
            outcome = self._route()
        except Reject:
            raise
        except SoftTimeLimitExceeded:
            # Not the handler's: a key, the store or the broker was waited for. The hard limit is near.
            _log.warning("The time limit is over before the message was settled.", extra={"consumer": self._consumer.id})
            raise Reject("The time limit is over.", requeue=True) from None
        except Exception as error:
            # Not the handler's: a defect of this library.
            _log.exception("The message could not be processed.", extra={"consumer": self._consumer.id})
            self._around.stopping.wait(_MAX_BUSY_WAIT)
            raise Reject(type(error).__name__, requeue=True) from None
        finally:
            self._metrics.settled(outcome)

    def _route(self) -> str:
        consumer, task = self._consumer, self._task
        policy = consumer.idempotency
        try:
            message = decode(task.body, task.headers, consumer.messages)
            # Without a policy nothing is remembered, and a message needs no key of its own.
            key_from = ("type",) if policy is None else policy.key_from
            key = idempotency_key(self._around.service, consumer.id, message, key_from)
        except ValidationError as error:
            # What cannot be read has no key to claim.
            return self._bury("invalid", error, FreeClaim()) or "returned"
        born = moment(message.envelope.time)
        if born is not None:
            self._metrics.aged(time.time() - born)
        while True:
            claim = self._claim(key)
            if claim is None:
                _log.info("Duplicate suppressed.", extra=self._fields(message))
                return "duplicate"
            with claim:
                outcome = self._handle(message, key, claim)
            if outcome is not None:
                return outcome

    def _claim(self, key: str) -> Claim | FreeClaim | None:
        """None: the message is done, or dead."""
        policy, store = self._consumer.idempotency, self._around.store
        if policy is None or store is None:
            return FreeClaim()
        token = str(uuid4())
        while True:
            asked_at = time.monotonic()
            try:
                taken = store.claim(key, token, policy.lease_ms, self._replay_id)
            except StoreUnavailableError as error:
                self._metrics.store_failed()
                _log.warning("The idempotency store refuses claims.", extra={"consumer": self._consumer.id, "error": str(error)})
                self._wait(random.uniform(0.1, 2))
                continue
            if taken.state == "busy":
                wait = min(max(taken.remaining_ms / 1000, 0.02), _MAX_BUSY_WAIT)
                self._wait(wait * random.uniform(0.5, 1))
                continue
            if taken.state != "claimed":
                return None
            # A handler would begin under a lease that is over before it ends: asked again, it is whole.
            if time.monotonic() - asked_at >= policy.lease_ms / 2000:
                self._metrics.store_failed()
                continue
            claim = Claim(store, policy, key, token, asked_at, self._metrics.store_failed)
            if self._late():
                claim.release()
                raise Reject("Too little of the time limit is left; the next delivery has all of it.", requeue=True)
            return claim

    def _late(self) -> bool:
        """Whether waiting has taken more of the task's time than a handler should do without."""
        limit = self._consumer.soft_time_limit_ms or self._consumer.time_limit_ms
        return limit is not None and self._waited > limit / 1000 * _MAX_WAITED

    def _handle(self, message: Message[Any], key: str, claim: Claim | FreeClaim) -> str | None:
        """None: the claim was lost, and has to be asked for again."""
        if self._task.redelivered:
            times = self._around.deliveries.count(message.envelope.event_id)
            if times > self._consumer.max_redeliveries:
                return self._bury("attempts-exhausted", DeliveryLimitError(f"Delivered {times} times."), claim)
        error = self._run_handler(message, key, claim)
        if claim.lost.is_set():
            return None
        if error is None:
            return "handled" if self._done(claim) else None
        self._attempts += 1
        policy = self._consumer.retry
        if is_non_retryable(policy, error):
            return self._bury("non-retryable", error, claim)
        if self._attempts >= policy.max_attempts:
            return self._bury("attempts-exhausted", error, claim)
        return self._postpone(error, message, claim)

    @staticmethod
    def _done(claim: Claim | FreeClaim) -> bool:
        try:
            return claim.done()
        except SoftTimeLimitExceeded:
            # It comes once. The effect is there, and there is time until the hard limit to say so.
            return claim.done()

    def _run_handler(self, message: Message[Any], key: str, claim: Claim | FreeClaim) -> BaseException | None:
        log = logging.LoggerAdapter(_log, self._fields(message))
        context = Context(self._attempts + 1, key, log, claim.lost)
        started = time.monotonic()
        error: BaseException | None = None
        try:
            self._consumer.handler(message, context)
        except Exception as raised:
            # SoftTimeLimitExceeded is one of these: too slow is a failure like any other.
            error = raised
        self._metrics.handled(time.monotonic() - started, error is not None)
        return error

    def _postpone(self, error: BaseException, message: Message[Any], claim: Claim | FreeClaim) -> str | None:
        wait, queue = next_wait(self._consumer.retry, self._attempts)
        fields = {**self._fields(message), "attempts": self._attempts, "next": "retry", "delayMs": round(wait)}
        _log.warning("The message could not be handled.", extra=fields, exc_info=error)
        # A delay queue keeps the time by itself.
        due = wait if queue is None else None
        headers = retry_headers(self._task.headers, self._task.queue, self._attempts, due)
        if not self._publish(queue or self._task.queue, headers, claim):
            return None
        return "retried" if claim.release() else None

    def _bury(self, reason: str, error: BaseException, claim: Claim | FreeClaim) -> str | None:
        attempts = self._attempts + 1 if reason == "invalid" else self._attempts
        fields = {"consumer": self._consumer.id, "attempts": attempts, "next": "dead-letter", "reason": reason}
        _log.warning("The message could not be handled.", extra=fields, exc_info=error)
        failure = (attempts, reason, error)
        headers = dead_letter_headers(
            self._task.headers, self._task.body, self._around.service, self._consumer, failure
        )
        if not self._publish(self._consumer.dead_letter, headers, claim):
            return None
        self._metrics.dead_lettered(reason)
        return "dead-lettered" if claim.dead(self._replay_id) else None

    def _publish(self, queue: str, headers: dict[str, object], claim: Claim | FreeClaim) -> bool:
        """Tries until the broker has confirmed. False: the claim was lost first."""
        ceiling = 0.2
        while not claim.lost.is_set():
            try:
                self._around.publisher.publish(queue, self._task, headers)
                return True
            except SoftTimeLimitExceeded:
                raise
            except Exception as error:
                self._metrics.copy_failed()
                fields = {"consumer": self._consumer.id, "queue": queue, "error": f"{type(error).__name__}: {error}"}
                _log.warning("%s cannot publish a retry or dead-letter copy; it keeps the original.", self._consumer.id, extra=fields)
            self._wait(random.uniform(0, ceiling))
            ceiling = min(5.0, ceiling * 2)
        return False

    def _wait(self, seconds: float) -> None:
        self._waited += seconds
        if self._around.stopping.wait(seconds):
            raise Reject("The worker stops.", requeue=True)

    def _fields(self, message: Message[Any]) -> dict[str, object]:
        envelope = message.envelope
        return {
            "consumer": self._consumer.id,
            "eventId": envelope.event_id,
            "correlationId": envelope.correlation_id,
            "attempt": self._attempts + 1,
        }
