"""Copies of tasks, published and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from celery import Celery


@dataclass(frozen=True)
class Task:
    """A task as the broker has handed it out."""

    queue: str
    body: bytes
    headers: Mapping[str, Any]
    properties: Mapping[str, Any]
    content_type: str
    content_encoding: str
    redelivered: bool


class Publisher(Protocol):
    def publish(self, queue: str, task: Task, headers: Mapping[str, Any]) -> None:
        """Returns when the broker has confirmed; raises when that is not known."""


class KombuPublisher:
    #: Once more at once, on another connection: one of the pool may have died while it was not used.
    _RETRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}

    def __init__(self, app: Celery) -> None:
        self._app = app

    def publish(self, queue: str, task: Task, headers: Mapping[str, Any]) -> None:
        priority = task.properties.get("priority") if queue == task.queue else None
        with self._app.producer_pool.acquire(block=True, timeout=10) as producer:
            # By name, through the default exchange. With confirm_publish RabbitMQ answers before this returns, and
            # mandatory turns a queue that is missing into an error; the reply of Redis is its confirmation.
            producer.publish(
                task.body,
                exchange="",
                routing_key=queue,
                content_type=task.content_type,
                content_encoding=task.content_encoding,
                headers=dict(headers),
                correlation_id=task.properties.get("correlation_id"),
                message_id=headers.get("id"),
                delivery_mode=2,
                priority=priority or 0,
                mandatory=True,
                confirm_timeout=10,
                retry=True,
                retry_policy=self._RETRY,
            )
