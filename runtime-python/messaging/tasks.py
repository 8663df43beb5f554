"""Binds the consumers of a worker to a Celery application: one task for each message type."""

import logging
import os
from functools import cached_property
from typing import Any

from celery import Celery

from .definitions import Consumer, Worker
from .delivery import Delivery, Surroundings
from .headers import count
from .metrics import ConsumerMetrics
from .publishing import KombuPublisher, Task
from .settings import PostgresSettings, RedisSettings, read
from .stopping import Stopping
from .stores import Store
from .stores.postgres import PostgresStore
from .stores.redis import RedisStore

_log = logging.getLogger("messaging")
#: Days of the counter of deliveries, which is there only for messages whose process has died.
_COUNTER_SECONDS = 14 * 86_400

#: Set when the worker stops.
stopping = Stopping()


def open_store(worker: Worker) -> Store | None:
    """Raises ConfigurationError."""
    if worker.store is None:
        return None
    kind, prefix = worker.store
    accept_empty = read(f"{prefix}_ACCEPT_EMPTY") == "true"
    if kind == "redis":
        return RedisStore(RedisSettings.of(prefix), accept_empty)
    return PostgresStore(PostgresSettings.of(prefix), accept_empty)


class Process:
    """What one process of the pool needs. Connections do not survive a fork, so each has its own."""

    _current: "Process | None" = None

    def __init__(self, app: Celery, worker: Worker) -> None:
        self.pid = os.getpid()
        self._app = app
        self._worker = worker
        self._metrics = {each.id: ConsumerMetrics(worker, each) for each in worker.consumers}

    @staticmethod
    def of(app: Celery, worker: Worker) -> "Process":
        known = Process._current
        if known is None or known.pid != os.getpid():
            known = Process._current = Process(app, worker)
        return known

    @cached_property
    def _around(self) -> Surroundings:
        worker = self._worker
        return Surroundings(worker.service, KombuPublisher(self._app), open_store(worker), stopping, self)

    def handle(self, consumer: Consumer, task: Task) -> None:
        self._task = task
        Delivery(self._around, consumer, self._metrics[consumer.id], task).run()

    def count(self, task_id: str) -> int:
        """RabbitMQ counts in a header of its quorum queues; with Redis the count is kept beside the lists."""
        if self._worker.transport == "rabbitmq":
            return count(self._task.headers, "x-delivery-count") + 1
        with self._app.connection_for_write() as connection:
            client = connection.default_channel.client
            name = f"loom:{self._worker.service}:deliveries:{self._task.queue}:{task_id}"
            times, _ = client.pipeline().incr(name).expire(name, _COUNTER_SECONDS).execute()
        return int(times) + 1


def connect(app: Celery, worker: Worker) -> None:
    """Registers the tasks, and the parts of this library that take the place of Celery's own."""
    app.conf.loom_worker = worker
    app.conf.worker_consumer = "messaging.consumer:Consumer"

    def run(self: Any, *_: Any, **__: Any) -> None:
        task: Task = self.request.loom_task
        consumer = worker.consumer_of(task.queue)
        if consumer is None:
            raise LookupError(f"No consumer reads {task.queue}.")
        Process.of(app, worker).handle(consumer, task)

    for name in sorted({contract.type for each in worker.consumers for contract in each.messages}):
        app.task(name=name, bind=True, Request="messaging.consumer:Request")(run)
