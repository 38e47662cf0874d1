"""Canonical JSON in the manner of RFC 8785, for frozen dataclasses.

The same value always gives the same bytes: sorted keys, no white space, UTF-8, integers only, moments in UTC.
A float has no place in a figure that is hashed, and an integer beyond 2**53 - 1 is not read back alike by
every JSON reader, so both are refused.

A type that grows keeps its old form: a member declared with ``introduced(2, …)`` is neither written nor wanted where
the value's ``rules`` are older than 2. So what was sealed under old rules is read, and written again, byte for byte.
"""

import dataclasses
import functools
import json
import types
import typing
from datetime import UTC, date, datetime
from typing import Any, TypeVar

MAX_INTEGER = 2**53 - 1

NEWEST = MAX_INTEGER
INTRODUCED = "introduced"

T = TypeVar("T")


class CanonicalError(ValueError):
    """A value has no canonical form, or bytes are not the canonical form of the expected type."""


def introduced(rules: int, default: Any) -> Any:
    """A dataclass's field that came with this version of the rules; ``default`` stands for it in older values."""
    return dataclasses.field(default=default, metadata={INTRODUCED: rules})


def dumps(value: Any) -> bytes:
    """The canonical bytes of a dataclass, mapping, sequence or plain value; CanonicalError for a float."""
    text = json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CanonicalError(f"not encodable as UTF-8: {error}") from error


def loads(cls: type[T], data: bytes) -> T:
    """Read `cls` back from JSON. Missing, unknown and wrongly typed members are named in the error."""
    try:
        plain = json.loads(data, parse_float=_refuse_float)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise CanonicalError(f"not JSON: {error}") from error
    return from_plain(cls, plain, cls.__name__)


def to_plain(value: Any, rules: int = NEWEST) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise CanonicalError(f"integer out of range: {value}")
        return value
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        rules = getattr(value, "rules", rules)
        return {name: to_plain(getattr(value, name), rules) for name in _field_types(type(value), rules)}
    if isinstance(value, dict):
        return {_key(key): to_plain(item, rules) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item, rules) for item in value]
    raise CanonicalError(f"no canonical form for {type(value).__name__}: {value!r}")


def from_plain(expected: Any, plain: Any, path: str, rules: int = NEWEST) -> Any:
    origin = typing.get_origin(expected)
    if origin in (typing.Union, types.UnionType):
        return _read_optional(expected, plain, path, rules)
    if origin is tuple:
        _require(isinstance(plain, list), path, "a list", plain)
        (item_type, _ellipsis) = typing.get_args(expected)
        return tuple(from_plain(item_type, item, f"{path}[{at}]", rules) for at, item in enumerate(plain))
    if isinstance(expected, type) and dataclasses.is_dataclass(expected):
        return _read_dataclass(expected, plain, path, rules)
    if expected in (datetime, date):
        return _read_time(expected, plain, path)
    # bool is a subclass of int: an exact type keeps `true` out of the amounts.
    _require(type(plain) is expected, path, expected.__name__, plain)
    return plain


def format_moment(moment: datetime) -> str:
    """ISO 8601 in UTC with Z; microseconds only where there are any."""
    if moment.tzinfo is None:
        raise CanonicalError(f"a moment without time zone: {moment!r}")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_optional(expected: Any, plain: Any, path: str, rules: int) -> Any:
    if plain is None:
        return None
    (inner,) = [choice for choice in typing.get_args(expected) if choice is not type(None)]
    return from_plain(inner, plain, path, rules)


def _read_dataclass(cls: type, plain: Any, path: str, rules: int) -> Any:
    _require(isinstance(plain, dict), path, "an object", plain)
    if "rules" in _field_types(cls, NEWEST):
        _require(type(plain.get("rules")) is int, f"{path}.rules", "int", plain.get("rules"))
        rules = plain["rules"]
    hints = _field_types(cls, rules)
    if differing := set(hints) ^ set(plain):
        raise CanonicalError(f"{path}: missing or unknown: {', '.join(sorted(differing))}")
    return cls(**{name: from_plain(hint, plain[name], f"{path}.{name}", rules) for name, hint in hints.items()})


def _read_time(expected: type[date], plain: Any, path: str) -> Any:
    _require(isinstance(plain, str), path, "a date or moment as text", plain)
    try:
        value = expected.fromisoformat(plain)
    except ValueError as error:
        raise CanonicalError(f"{path}: {error}") from error
    if isinstance(value, datetime) and value.tzinfo is None:
        raise CanonicalError(f"{path}: a moment without time zone")
    return value


@functools.cache
def _field_types(cls: type, rules: int) -> dict[str, Any]:
    """The members that a value of these rules has, with their types."""
    hints = typing.get_type_hints(cls)
    fields = (field for field in dataclasses.fields(cls) if field.metadata.get(INTRODUCED, 1) <= rules)
    return {field.name: hints[field.name] for field in fields}


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise CanonicalError(f"an object's key must be text: {key!r}")
    return key


def _refuse_float(text: str) -> Any:
    raise CanonicalError(f"a float among the figures: {text}")


def _require(condition: bool, path: str, wanted: str, got: Any) -> None:
    if not condition:
        raise CanonicalError(f"{path}: expected {wanted}, got {type(got).__name__}")
