"""What Celery itself would drop with a line in the log goes to the dead-letter queue."""

import logging
from collections.abc import Callable
from typing import Any

from celery.exceptions import InvalidTaskError
from celery.utils.time import maybe_iso8601
from celery.worker.consumer import Consumer as CeleryConsumer
from celery.worker.request import Request as CeleryRequest

from .dead_letters import dead_letter_headers, received_headers
from .definitions import Worker
from .errors import ValidationError
from .metrics import ConsumerMetrics
from .publishing import KombuPublisher, Task

_log = logging.getLogger("messaging")
#: Seconds until a dead letter that could not be published is tried again; its message is kept meanwhile.
_AGAIN = 2.0


def task_of(message: Any) -> Task:
    """A message of kombu as a task. Its queue is its routing key: tasks go through the default exchange."""
    raw = message.body
    body = raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else bytes(raw or b"")
    info = message.delivery_info or {}
    return Task(
        queue=info.get("routing_key") or "",
        body=body,
        headers=received_headers(message.headers if isinstance(message.headers, dict) else {}, body),
        properties=message.properties or {},
        content_type=message.content_type or "application/json",
        content_encoding=message.content_encoding or "utf-8",
        redelivered=bool(info.get("redelivered")),
    )


class Request(CeleryRequest):  # type: ignore[misc]
    """Gives the task to its process as it came, so that copies of it are exact."""

    def __init__(self, message: Any, **options: Any) -> None:
        super().__init__(message, **options)
        task = task_of(message)
        self._request_dict["loom_task"] = task
        limits = options["app"].conf.loom_worker.consumer_of(task.queue)
        if limits is not None:
            self.time_limits = (_seconds(limits.time_limit_ms), _seconds(limits.soft_time_limit_ms))

    def reject(self, requeue: bool = False) -> None:
        # Without it Celery drops the task of a process that failed in a way nobody thought of.
        super().reject(requeue=True)


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


class Consumer(CeleryConsumer):  # type: ignore[misc]
    class Blueprint(CeleryConsumer.Blueprint):  # type: ignore[misc]
        # Celery's own delays on RabbitMQ declare exchanges and queues, which a worker has no right to.
        default_steps = [each for each in CeleryConsumer.Blueprint.default_steps if "DelayedDelivery" not in each]

    def create_task_handler(self, *args: Any, **options: Any) -> Callable[[Any], Any]:
        receive = super().create_task_handler(*args, **options)

        def on_task_received(message: Any) -> Any:
            try:
                check(message, self.strategies)
            except ValidationError as error:
                return self._bury(message, error)
            try:
                return receive(message)
            except (InvalidTaskError, ValueError, TypeError) as error:
                return self._bury(message, ValidationError(f"The task cannot be read: {type(error).__name__}."))

        return on_task_received

    def _bury(self, message: Any, error: ValidationError) -> None:
        worker: Worker = self.app.conf.loom_worker
        task = task_of(message)
        consumer = worker.consumer_of(task.queue)
        if consumer is None:
            _log.error("A message of a queue without a consumer is given back.", extra={"queue": task.queue})
            message.reject_log_error(_log, self.connection_errors, requeue=True)
            return
        metrics = ConsumerMetrics(worker, consumer)
        headers = dead_letter_headers(task.headers, task.body, worker.service, consumer, (1, "invalid", error))
        try:
            KombuPublisher(self.app).publish(consumer.dead_letter, task, headers)
        except Exception:
            metrics.copy_failed()
            _log.warning("%s cannot publish a retry or dead-letter copy; it keeps the original.", consumer.id)
            self.timer.call_after(_AGAIN, self._bury, (message, error))
            return
        metrics.dead_lettered("invalid")
        metrics.settled("dead-lettered")
        fields = {"consumer": consumer.id, "attempts": 1, "next": "dead-letter", "error": str(error)}
        _log.warning("The message could not be handled.", extra=fields)
        message.ack_log_error(_log, self.connection_errors)


def check(message: Any, tasks: Any) -> None:
    """Raises ValidationError for what Celery could not hand to a task."""
    headers = message.headers
    if not isinstance(headers, dict) or not isinstance(headers.get("id"), str):
        raise ValidationError("The message is no task: it has no id.")
    if headers.get("task") not in tasks:
        raise ValidationError(f"There is no task {headers.get('task')}.")
    for name in ("eta", "expires"):
        if headers.get(name) is not None:
            _check_time(name, headers[name])
    try:
        payload = message.payload
    except Exception:
        raise ValidationError("The body is not JSON in UTF-8.") from None
    if not (isinstance(payload, (list, tuple)) and len(payload) == 3):
        raise ValidationError("The body is not that of a task." if payload else "The body is empty.")
    args, kwargs, embed = payload
    if not (isinstance(args, list) and isinstance(kwargs, dict) and isinstance(embed, (dict, type(None)))):
        raise ValidationError("The body is not that of a task.")


def _check_time(name: str, value: Any) -> None:
    try:
        maybe_iso8601(value)
    except (AttributeError, TypeError, ValueError):
        raise ValidationError(f"The {name} of the task is no time.") from None


