"""/health, /ready and /metrics of a worker, served by its main process."""

import json
import platform
import threading
import time
from collections.abc import Iterable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from celery import Celery
from celery.worker import state
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from . import headers as names
from .definitions import Worker
from .envelope import moment
from .errors import MessagingError
from .metrics import LABELS
from .settings import number, read
from .stores import Store

_PROBE_SECONDS = 2.0


class Health:
    """Asks broker and store every two seconds, so that a probe of the platform costs nothing."""

    def __init__(self, app: Celery, worker: Worker, store: Store | None) -> None:
        self._app = app
        self._worker = worker
        self._store = store
        #: Set by Celery's consumer when it takes tasks, cleared when the worker stops.
        self.consuming = threading.Event()
        self._problems: list[str] = ["The worker starts."]
        self._backlog: dict[str, int] = {}
        self.connected = False

    @property
    def problems(self) -> Sequence[str]:
        return [*self._problems, *([] if self.consuming.is_set() else ["The worker takes no tasks."])]

    def start(self) -> None:
        threading.Thread(target=self._probe, name="probe", daemon=True).start()
        port = number("HEALTH_PORT", 0)
        if port == 0:
            return
        server = ThreadingHTTPServer((read("HEALTH_HOST") or "127.0.0.1", port), self._handler())
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, name="health", daemon=True).start()

    def _probe(self) -> None:
        while True:
            problems = []
            try:
                self._backlog = self._sizes()
                self.connected = True
            except Exception:
                self.connected = False
                self._backlog = {}
                problems.append(f"The broker {self._worker.broker} does not answer.")
            try:
                if self._store is not None and not self._store.present():
                    problems.append("The idempotency store has lost its records.")
            except MessagingError as error:
                problems.append(str(error))
            self._problems = problems
            time.sleep(_PROBE_SECONDS)

    def _sizes(self) -> dict[str, int]:
        with self._app.connection_for_read(connect_timeout=_PROBE_SECONDS) as connection:
            channel = connection.default_channel
            if self._worker.transport == "redis":
                return {each.id: channel._size(each.queue) for each in self._worker.consumers}
            return {
                each.id: channel.queue_declare(queue=each.queue, passive=True).message_count
                for each in self._worker.consumers
            }

    def collect(self) -> Iterable[Metric]:
        worker = self._worker
        in_flight = GaugeMetricFamily(
            "messaging_deliveries_in_flight", "Deliveries taken from the broker and not yet seen through.", labels=LABELS
        )
        oldest = GaugeMetricFamily(
            "messaging_oldest_delivery_age_seconds",
            "Time since the event of the oldest delivery in flight; 0 when there is none.",
            labels=LABELS,
        )
        backlog = GaugeMetricFamily("messaging_backlog_messages", "Messages that wait in the queue.", labels=LABELS)
        held = [request.message for request in list(state.reserved_requests)]
        for consumer in worker.consumers:
            labels = (worker.service, worker.broker, consumer.id, consumer.queue)
            mine = [each for each in held if (each.delivery_info or {}).get("routing_key") == consumer.queue]
            born = [moment(names.text(each.headers or {}, names.TIME) or "") or time.time() for each in mine]
            in_flight.add_metric(labels, len(mine))
            oldest.add_metric(labels, max(0.0, time.time() - min(born, default=time.time())))
            if consumer.id in self._backlog:
                backlog.add_metric(labels, self._backlog[consumer.id])
        connected = GaugeMetricFamily(
            "messaging_broker_connected", "1 while the broker is connected, else 0.", labels=("service", "broker")
        )
        connected.add_metric((worker.service, worker.broker), float(self.connected))
        ready = GaugeMetricFamily("messaging_ready", "1 while /ready answers 200, else 0.", labels=("service",))
        ready.add_metric((worker.service,), float(not self.problems))
        build = GaugeMetricFamily(
            "messaging_build_info", "Always 1; the labels say what runs.", labels=("service", "version", "python")
        )
        build.add_metric((worker.service, read("SERVICE_VERSION") or "0.0.0", platform.python_version()), 1)
        return (in_flight, oldest, backlog, connected, ready, build)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        health = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                if path == "/health":
                    self._json(200, {"status": "ok"})
                elif path == "/ready":
                    problems = health.problems
                    self._json(503 if problems else 200, {"ready": not problems, "problems": problems})
                elif path == "/metrics":
                    registry = CollectorRegistry()
                    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
                    registry.register(health)
                    self._send(200, CONTENT_TYPE_LATEST, generate_latest(registry))
                else:
                    self._json(404, {})

            def _json(self, status: int, body: Any) -> None:
                self._send(status, "application/json", json.dumps(body).encode())

            def _send(self, status: int, content_type: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-type", content_type)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
