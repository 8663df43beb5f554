"""The whole life of a worker process: start, work, and on SIGTERM a drain within the grace time."""

import logging
import os
import shutil
import signal
import sys
import threading
import time
from typing import Any, NoReturn

from celery import Celery, bootsteps, signals

from . import lists  # noqa: F401 - registers the transport
from .definitions import Worker
from .errors import ConfigurationError, StoreLostError, StoreUnavailableError
from .health import Health
from .logs import set_up
from .settings import broker_url, number
from .stores import Store
from .tasks import open_store, stopping

_log = logging.getLogger("messaging")


def run(app: Celery, worker: Worker) -> NoReturn:
    """Ends the process: 0 drained, 1 failed or not drained, 2 wrong settings."""
    try:
        code = _until_stopped(app, worker)
    finally:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
    sys.exit(code)


def _until_stopped(app: Celery, worker: Worker) -> int:
    try:
        set_up(worker.service)
        url, tls = broker_url(worker.carrier, worker.transport)
        grace_ms = number("SHUTDOWN_GRACE_MS", 20_000)
        store = open_store(worker)
    except ConfigurationError as error:
        _log.error(str(error))
        return 2
    app.conf.update(broker_url=url, broker_use_ssl=tls)
    if worker.transport == "redis":
        app.conf.broker_transport_options = {
            **app.conf.broker_transport_options,
            "dead_letters": {each.queue: each.dead_letter for each in worker.consumers},
        }
    try:
        if store is not None:
            _open(store)
    except StoreLostError as error:
        _log.error(str(error))
        return 1
    health = Health(app, worker, store)
    _watch(health, grace_ms)
    _start_beside_pool(app, health)
    celery_worker = app.Worker(
        pool_cls="messaging.pool:TaskPool",
        concurrency=worker.concurrency,
        queues=[each.queue for each in worker.consumers],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    celery_worker.start()
    return int(celery_worker.exitcode or 0)


def _open(store: Store) -> None:
    while True:
        try:
            return store.open()
        except StoreLostError:
            raise
        except StoreUnavailableError as error:
            _log.warning("The idempotency store is not there yet.", extra={"error": str(error)})
            time.sleep(1)


def _start_beside_pool(app: Celery, health: Health) -> None:
    """Starts the threads of the health server once the pool has its processes, and before the broker is there.

    A fork copies the locks that another thread holds at that moment, such as that of an import, and nobody ever frees them
    in the copy: a process that needs one can neither work nor end.
    """

    class Step(bootsteps.StartStopStep):  # type: ignore[misc]
        requires = {"celery.worker.components:Pool"}

        def start(self, _: Any) -> None:
            health.start()

    app.steps["worker"].add(Step)


def _watch(health: Health, grace_ms: int) -> None:
    # Celery keeps no strong reference to its receivers.
    def configured(**_: Any) -> None:
        """Its being there keeps Celery from setting up logs of its own."""

    def taking(**_: Any) -> None:
        health.consuming.set()

    def ending(**_: Any) -> None:
        timer = threading.Timer(grace_ms / 1000, _give_up)
        timer.daemon = True
        timer.start()
        health.consuming.clear()
        stopping.set()

    signals.setup_logging.connect(configured, weak=False)
    signals.worker_ready.connect(taking, weak=False)
    signals.worker_shutting_down.connect(ending, weak=False)


def _give_up() -> None:
    """Something is still at work: its message is not acknowledged, and will be handed out again."""
    _log.error("The grace time of the shutdown is over; what is at work is given up.")
    for handler in logging.getLogger().handlers:
        handler.flush()
    # The processes of the pool end with their parent's pipes, or here.
    try:
        from billiard.process import active_children

        for child in active_children():
            os.kill(child.pid, signal.SIGKILL)
    finally:
        os._exit(1)
