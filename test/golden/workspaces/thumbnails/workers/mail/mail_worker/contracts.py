"""The messages that this worker takes: their types, and the schemas that they are checked against. Generated."""

import json
from pathlib import Path
from typing import Any, Literal, TypedDict

from messaging import Contract


def _schema(name: str) -> Any:
    return json.loads((Path(__file__).parent / "schemas" / name).read_text("utf-8"))


class ReceiptRequested(TypedDict):
    pictureId: str
    ownerId: str
    language: Literal["de", "en", "fr"]


RECEIPT_REQUESTED = Contract(
    type="receipt.requested",
    version=1,
    # 4KiB, checked before a send and on receipt
    max_bytes=4_096,
    envelope="domain-event",
    schema=_schema("receipt.requested.json"),
)
