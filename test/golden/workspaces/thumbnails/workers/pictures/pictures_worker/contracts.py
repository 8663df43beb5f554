"""The messages that this worker takes: their types, and the schemas that they are checked against. Generated."""

import json
from pathlib import Path
from typing import Any, TypedDict

from messaging import Contract


def _schema(name: str) -> Any:
    return json.loads((Path(__file__).parent / "schemas" / name).read_text("utf-8"))


class PictureUploaded(TypedDict):
    pictureId: str
    ownerId: str
    url: str
    sizes: list[int]


PICTURE_UPLOADED = Contract(
    type="picture.uploaded",
    version=1,
    # 16KiB, checked before a send and on receipt
    max_bytes=16_384,
    envelope="domain-event",
    schema=_schema("picture.uploaded.json"),
)
