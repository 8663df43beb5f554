"""The end of the journey in Python: writes down whose order it has seen, as steps.ts does."""

import json
import os

from messaging import Context, Message

from ..contracts import InvoiceRequested


def handle(message: Message[InvoiceRequested], context: Context) -> None:
    envelope = message.envelope
    line = {
        "step": "write-invoice",
        "orderId": message.data["orderId"],
        "correlationId": envelope.correlation_id,
        "trace": (envelope.traceparent or "--").split("-")[1],
    }
    with open(os.environ["HISTORY"], "a") as history:
        history.write("\n" + json.dumps(line, separators=(",", ":")))
