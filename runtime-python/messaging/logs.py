"""JSON lines on standard output, as the TypeScript services write them."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from .settings import read

_LOGIN = re.compile(r"://\S*@")
_SECRETS = ("password", "passphrase", "secret", "token", "authorization", "credentials", "url", "key", "pfx")
#: What every record has; the rest was given as `extra`.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "data", "taskName"}
_LEVELS = {"WARNING": "warn", "CRITICAL": "error"}


class JsonFormatter(logging.Formatter):
    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": _LEVELS.get(record.levelname, record.levelname.lower()),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "service": self._service,
            "msg": _LOGIN.sub("://***@", record.getMessage()),
        }
        for name, value in vars(record).items():
            if name not in _USUAL:
                line[name] = "[Redacted]" if name in _SECRETS else _plain(value)
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["err"] = {
                "type": type(error).__name__,
                "message": _LOGIN.sub("://***@", str(error)),
                "stack": _LOGIN.sub("://***@", self.formatException(record.exc_info)),
            }
        return json.dumps(line, ensure_ascii=True, default=lambda value: type(value).__name__)


def _plain(value: Any) -> Any:
    return _LOGIN.sub("://***@", value) if isinstance(value, str) else value


def set_up(service: str) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(service))
    level = (read("LOG_LEVEL") or "info").upper()
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel({"WARN": "WARNING"}.get(level, level))
    # A line for each task received and done says nothing that the metrics do not.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
