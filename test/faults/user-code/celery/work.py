"""What the handlers of a run do instead of charging cards and sending mail: they write the history."""

import json
import os
import signal
import time
from typing import Any

from messaging import Context, Message

_history = os.open(os.environ["HISTORY"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
#: The worker is killed right after so many effects of a process, before the library learns of the last one.
_die_after = int(os.environ.get("DIE_AFTER_EFFECTS", "0"))
_effects = 0


def _append(event: dict[str, Any]) -> None:
    # The pid of the worker, whose processes come and go. The line begins with its own break, as history.ts has it.
    line = json.dumps({**event, "pid": os.getppid()}, separators=(",", ":"))
    os.write(_history, f"\n{line}".encode())


def handle(consumer: str, message: Message[Any], context: Context) -> None:
    global _effects
    event_id = message.envelope.event_id
    _append({"type": "handler-start", "id": event_id, "consumer": consumer, "attempt": context.attempt})
    time.sleep(float(os.environ.get("HANDLER_MS", "0")) / 1000)
    if consumer == "take-payment" and message.data.get("customerId") == "poison":
        raise RuntimeError("this order can never be paid")
    _append({"type": "effect", "id": event_id, "consumer": consumer})
    _effects += 1
    if _effects == _die_after:
        os.killpg(os.getpgid(0), signal.SIGKILL)
