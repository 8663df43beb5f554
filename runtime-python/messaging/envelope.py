"""Bodies and headers of received tasks against the contracts of their consumer."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from . import headers as names
from .definitions import Contract, Envelope, Message
from .errors import ValidationError

_validators: dict[str, Draft202012Validator] = {}


def decode(body: bytes, headers: Mapping[str, Any], contracts: Sequence[Contract]) -> Message[Any]:
    """A task as the message that it carries. Raises ValidationError: it belongs in the dead-letter queue."""
    contract = _contract_for(headers, contracts)
    data = _argument(body)
    size = len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    if size > contract.max_bytes:
        raise ValidationError(f"The body has {size} bytes; {contract.type} allows {contract.max_bytes}.")
    if contract.schema is not True:
        _validate(contract, data)
    envelope = _foreign(headers, contract) if contract.envelope == "none" else _envelope(headers)
    return Message(contract.type, data, envelope, headers)


def _contract_for(headers: Mapping[str, Any], contracts: Sequence[Contract]) -> Contract:
    name = names.text(headers, names.TYPE) or names.text(headers, "task")
    found = next((each for each in contracts if each.type == name), None)
    if found is None:
        accepted = ", ".join(each.type for each in contracts)
        raise ValidationError(f"Unexpected message type {name}; this consumer takes {accepted}.")
    return found


def _argument(body: bytes) -> Any:
    if not body:
        raise ValidationError("The body is empty.")
    try:
        payload = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ValidationError("The body is not JSON in UTF-8.") from None
    # Protocol 2: arguments, named arguments, what follows.
    if not (isinstance(payload, list) and len(payload) == 3 and isinstance(payload[0], list)):
        raise ValidationError("The body is not that of a task.")
    if len(payload[0]) != 1 or payload[1]:
        raise ValidationError("The task has other arguments than one message.")
    return payload[0][0]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _validate(contract: Contract, data: Any) -> None:
    validator = _validators.get(contract.type)
    if validator is None:
        validator = _validators[contract.type] = Draft202012Validator(contract.schema)
    error = next(iter(validator.iter_errors(data)), None)
    if error is not None:
        # The words of the validator quote the body, which belongs in no log.
        where = "/".join(str(part) for part in error.absolute_path)
        raise ValidationError(f"{contract.type} breaks its schema at /{where}: {error.validator}.")


def _envelope(headers: Mapping[str, Any]) -> Envelope:
    event_id = _required(headers, names.EVENT_ID, names.text(headers, "id"))
    time = _required(headers, names.TIME)
    if moment(time) is None:
        raise ValidationError(f"The header {names.TIME} is not a date.")
    return Envelope(
        event_id=event_id,
        type=_required(headers, names.TYPE, names.text(headers, "task")),
        time=time,
        schema_version=names.count(headers, names.SCHEMA_VERSION) or 1,
        correlation_id=names.text(headers, names.CORRELATION_ID) or event_id,
        aggregate_id=names.text(headers, names.AGGREGATE_ID),
        causation_id=names.text(headers, names.CAUSATION_ID),
        idempotency_key=names.text(headers, names.IDEMPOTENCY_KEY),
        traceparent=names.text(headers, names.TRACEPARENT),
        tracestate=names.text(headers, names.TRACESTATE),
    )


def _required(headers: Mapping[str, Any], name: str, fallback: str | None = None) -> str:
    value = names.text(headers, name) or fallback
    if value is None:
        raise ValidationError(f"The header {name} is missing.")
    return value


def _foreign(headers: Mapping[str, Any], contract: Contract) -> Envelope:
    """What a task of another program can still tell."""
    event_id = names.text(headers, "id") or ""
    return Envelope(
        event_id=event_id,
        type=contract.type,
        time=datetime.now(UTC).isoformat(),
        schema_version=contract.version,
        correlation_id=event_id,
        traceparent=names.text(headers, names.TRACEPARENT),
        tracestate=names.text(headers, names.TRACESTATE),
    )


@lru_cache(maxsize=256)
def moment(time: str) -> float | None:
    """An RFC 3339 time as seconds since the epoch; None where it is none."""
    try:
        return datetime.fromisoformat(time).timestamp()
    except ValueError:
        return None
