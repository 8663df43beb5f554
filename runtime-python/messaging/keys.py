"""Keys of idempotency records, letter for letter those of the TypeScript library."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from .definitions import Message
from .errors import ValidationError


def number_text(value: int | float) -> str:
    """A number as ECMAScript writes it (https://tc39.es/ecma262/#sec-numeric-types-number-tostring)."""
    number = float(value)
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    _, digits, exponent = Decimal(repr(abs(number))).as_tuple()
    if not isinstance(exponent, int):
        return f"{sign}Infinity" if number in (float("inf"), float("-inf")) else "NaN"
    text = "".join(map(str, digits)).rstrip("0")
    point = len(digits) + exponent
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return f"{sign}{text[:point]}.{text[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + (text if len(text) == 1 else f"{text[0]}.{text[1:]}") + power


def text_at(data: Any, pointer: str) -> str | None:
    """The value at a JSON pointer (RFC 6901) as text; None where there is none, or where it is no plain value."""
    value = data
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdecimal() and str(int(name)) == name and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, list) and name == "length":
            # A list of ECMAScript has it as a property, and keys have to be the same.
            value = len(value)
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return number_text(value)
    return None


def field_of(message: Message[Any], source: str) -> str | None:
    """An envelope field by its name, or a JSON pointer into the body; None where there is nothing."""
    if source.startswith("/"):
        return text_at(message.data, source) or None
    if source not in ("event_id", "idempotency_key", "aggregate_id", "type", "time"):
        return None
    return getattr(message.envelope, source) or None


def length_prefixed(parts: Sequence[str]) -> str:
    """Lengths are in UTF-16 code units, as a string of ECMAScript counts them."""
    return "".join(f"{len(part.encode('utf-16-le', 'surrogatepass')) // 2}:{part}" for part in parts)


def idempotency_key(service: str, consumer: str, message: Message[Any], key_from: Sequence[str]) -> str:
    """The key under which one consumer remembers one event. Raises ValidationError when a part is empty."""
    parts = [service, consumer]
    for source in key_from:
        part = field_of(message, source)
        if part is None:
            raise ValidationError(f"The idempotency key needs {source}, which the message lacks.")
        parts.append(part)
    return length_prefixed(parts)
