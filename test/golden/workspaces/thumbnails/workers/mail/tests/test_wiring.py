"""Tests everything around the handlers, without a broker: contracts, records, retries and dead letters. Generated."""

import json
from pathlib import Path

import pytest

from mail_worker.tasks import worker
from messaging.testing import Case, cases, check

EXAMPLES = {
    path.stem: json.loads(path.read_text("utf-8")) for path in (Path(__file__).parent / "examples").glob("*.json")
}


@pytest.mark.parametrize("case", cases(worker, EXAMPLES), ids=str)
def test_wiring(case: Case) -> None:
    check(case)
