"""The messaging library of Celery workers: the guarantees of the TypeScript library, with its records and headers."""

import os
import tempfile

# Read when prometheus_client is imported: where the processes of a worker keep what they count.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="messaging-metrics-"))

from .definitions import Consumer, Context, Contract, Handler, Idempotency, Message, Retry, Worker  # noqa: E402
from .errors import ClaimLostError, NonRetryableError, ValidationError  # noqa: E402
from .main import run  # noqa: E402
from .tasks import connect  # noqa: E402

__all__ = [
    "ClaimLostError",
    "Consumer",
    "Context",
    "Contract",
    "Handler",
    "Idempotency",
    "Message",
    "NonRetryableError",
    "Retry",
    "ValidationError",
    "Worker",
    "connect",
    "run",
]
