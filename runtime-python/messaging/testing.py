"""Tests of the wiring of a worker: everything around its handlers, with records and copies in memory."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import uuid4

from . import headers as names
from .dead_letters import now, rfc3339
from .definitions import Consumer, Context, Contract, Message, Worker
from .delivery import Delivery, Surroundings
from .errors import NonRetryableError
from .metrics import ConsumerMetrics
from .publishing import Task
from .stores import Claimed


class MemoryStore:
    """Records in memory, with the states and answers of the real stores."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[str, str, str, float]] = {}
        self._lock = threading.Lock()

    def open(self) -> None: ...

    def present(self) -> bool:
        return True

    def claim(self, key: str, token: str, lease_ms: int, replay_id: str) -> Claimed:
        with self._lock:
            state, owner, replay, until = self._record(key)
            if state == "done":
                return Claimed("done")
            if state == "dead" and replay_id in ("", replay):
                return Claimed("dead")
            if state == "busy" and owner != token:
                return Claimed("busy", (until - time.monotonic()) * 1000)
            self.records[key] = ("busy", token, "", time.monotonic() + lease_ms / 1000)
            return Claimed("claimed")

    def renew(self, key: str, token: str, lease_ms: int) -> bool:
        return self._replace(key, token, ("busy", token, "", time.monotonic() + lease_ms / 1000))

    def finish(self, key: str, token: str, dead: str | None, ttl_ms: int | None) -> bool:
        until = float("inf") if ttl_ms is None else time.monotonic() + ttl_ms / 1000
        return self._replace(key, token, ("done" if dead is None else "dead", token, dead or "", until))

    def release(self, key: str, token: str) -> bool:
        with self._lock:
            state, owner, _, _ = self._record(key)
            if state == "busy" and owner == token:
                del self.records[key]
                return True
            return state == "free"

    def close(self) -> None: ...

    def _record(self, key: str) -> tuple[str, str, str, float]:
        record = self.records.get(key)
        return record if record is not None and record[3] > time.monotonic() else ("free", "", "", 0.0)

    def _replace(self, key: str, token: str, record: tuple[str, str, str, float]) -> bool:
        with self._lock:
            state, owner, _, _ = self._record(key)
            if state != "busy" or owner != token:
                return False
            self.records[key] = record
            return True


@dataclass
class MemoryPublisher:
    sent: list[tuple[str, Task]] = field(default_factory=list)

    def publish(self, queue: str, task: Task, headers: Mapping[str, Any]) -> None:
        self.sent.append((queue, replace(task, queue=queue, headers=dict(headers))))


class _NoDeliveries:
    def count(self, task_id: str) -> int:
        return 1


class _Handler:
    """Takes the place of the user's, whose effects belong in no test of the wiring."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.seen: list[Any] = []
        self._error = error

    def __call__(self, message: Message[Any], context: Context) -> None:
        self.seen.append(message.data)
        if self._error is not None:
            raise self._error


@dataclass(frozen=True)
class Case:
    worker: Worker
    consumer: Consumer
    contract: Contract
    body: Any
    what: Literal["handled", "twice", "retried", "refused", "invalid"]

    def __str__(self) -> str:
        return f"{self.consumer.id}: {self.contract.type} {self.what}"


def cases(worker: Worker, examples: Mapping[str, Sequence[Any]]) -> list[Case]:
    """What is to be checked of each message of each consumer, for the examples that the design gives."""
    return list(_cases(worker, examples))


def _cases(worker: Worker, examples: Mapping[str, Sequence[Any]]) -> Iterator[Case]:
    for consumer in worker.consumers:
        for contract in consumer.messages:
            yield Case(worker, consumer, contract, None, "invalid")
            for body in examples.get(contract.type, ())[:1]:
                for what in ("handled", "twice", "retried", "refused"):
                    yield Case(worker, consumer, contract, body, what)


def check(case: Case) -> None:
    """Raises AssertionError when the consumer does not do what is promised."""
    error = {"retried": RuntimeError("refused by the test"), "refused": NonRetryableError("refused by the test")}
    handler = _Handler(error.get(case.what))
    consumer = replace(case.consumer, handler=handler)
    publisher = MemoryPublisher()
    around = Surroundings(case.worker.service, publisher, MemoryStore(), threading.Event(), _NoDeliveries())
    task = task_with(case)
    metrics = ConsumerMetrics(case.worker, consumer)
    for _ in range(2 if case.what == "twice" else 1):
        Delivery(around, consumer, metrics, task).run()
    queues = [queue for queue, _ in publisher.sent]
    if case.what == "handled":
        assert handler.seen == [case.body] and queues == []
    elif case.what == "twice":
        assert len(handler.seen) == (2 if consumer.idempotency is None else 1) and queues == []
    elif case.what == "retried" and consumer.retry.max_attempts > 1:
        assert len(queues) == 1 and queues[0] != consumer.dead_letter, "it is tried again"
        assert publisher.sent[0][1].headers[names.ATTEMPTS] == 1
    else:
        assert queues == [consumer.dead_letter], "it is a dead letter"
        copy = publisher.sent[0][1]
        assert copy.body == task.body and copy.headers[names.DLQ_QUEUE] == consumer.queue
        assert case.what != "invalid" or (handler.seen == [] and copy.headers[names.DLQ_REASON] == "invalid")


def task_with(case: Case) -> Task:
    """A task as a producer sends it; of an invalid one the body is no JSON."""
    event_id = str(uuid4())
    headers = {
        "id": event_id,
        "task": case.contract.type,
        names.EVENT_ID: event_id,
        names.TYPE: case.contract.type,
        names.TIME: rfc3339(now()),
        names.IDEMPOTENCY_KEY: event_id,
        names.AGGREGATE_ID: event_id,
    }
    body = b"no JSON" if case.what == "invalid" else json.dumps([[case.body], {}, {}]).encode()
    return Task(case.consumer.queue, body, headers, {}, "application/json", "utf-8", redelivered=False)
