"""Readings as lines of JSON: what a child process found in a document comes back as data that cannot act."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from knowledge.entries import Entry, Note, Part, Reading, Section

MAX_PARTS = 200_000
"""Entries and sections of one document; each takes about half a kilobyte of memory besides its text."""

MAX_SIZE = 48_000_000
"""Bytes of all lines of one document: a table of 20 MB in CP949 is 30 MB in UTF-8."""

Line = dict[str, Any]

_PARTS: dict[str, type[Part]] = {"entry": Entry, "section": Section}
_PHRASE = re.compile(r"[a-z_]{1,40}\.[a-z0-9_]{1,60}")


class NotAReadingError(ValueError):
    """A line is not what ``lines`` writes: whoever sent it is not to be trusted."""


def lines(reading: Reading) -> Iterator[bytes]:
    """Yield a reading as lines: its parts in order, then the line that says what it is."""
    for part in reading.parts:
        name = "entry" if isinstance(part, Entry) else "section"
        yield line({name: _changed(part)})
    described = [[note.phrase, note.values] for note in reading.described]
    yield line({"kind": reading.kind, "described": described, "parts": len(reading.parts)})


def line(value: Line) -> bytes:
    """Return one line; lone surrogates, which no database takes, become question marks."""
    text = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def parsed(data: bytes) -> Line:
    """Return what a line holds.

    Raises:
        NotAReadingError: it is no line that was written whole.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAReadingError from error
    if not isinstance(value, dict) or not data.endswith(b"\n"):
        raise NotAReadingError
    return value


def part_of(value: Line) -> Part | None:
    """Return the part that a line holds, None where it is the last line.

    Raises:
        NotAReadingError: a field is unknown, is missing, or has another type.
    """
    for name in _PARTS:
        if name in value:
            return _built(name, value[name])
    return None


def reading_of(value: Line, parts: list[Part]) -> Reading:
    """Return the reading of which ``value`` is the last line; NotAReadingError as for ``part_of``."""
    kind, described = value.get("kind"), value.get("described")
    if not isinstance(kind, str) or not isinstance(described, list) or value.get("parts") != len(parts):
        raise NotAReadingError
    return Reading(kind, tuple(parts), tuple(note_of(each) for each in described))


def note_of(value: object) -> Note:
    """Return the note that a pair of a phrase and its values stands for; NotAReadingError where it is none."""
    match value:
        case [str() as phrase, dict() as values] if _PHRASE.fullmatch(phrase):
            return Note(phrase, values)
    raise NotAReadingError


def _changed(part: Part) -> Line:
    """Return the fields that are not as they are when nothing is given."""
    found = {}
    for each in fields(part):
        value = getattr(part, each.name)
        if each.default is MISSING or value != each.default:
            found[each.name] = value
    return found


def _built(name: str, value: object) -> Part:
    kind, known = _PARTS[name], _fields(name)
    if not isinstance(value, dict) or not value.keys() <= known.keys():
        raise NotAReadingError
    try:
        return kind(**{field: known[field](each) for field, each in value.items()})
    except (TypeError, ValueError) as error:
        raise NotAReadingError from error


@cache
def _fields(name: str) -> dict[str, Callable[[Any], Any]]:
    return {field: _CHECKS[hint] for field, hint in get_type_hints(_PARTS[name]).items()}


def _of(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise NotAReadingError
        return value

    return check


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(type(each) is str for each in value):
        raise NotAReadingError
    return tuple(value)


def _optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


_CHECKS: dict[object, Callable[[Any], Any]] = {
    str: _of(str),
    int: _of(int),
    bool: _of(bool),
    int | None: _optional(_of(int)),
    str | None: _optional(_of(str)),
    tuple[str, ...]: _texts,
    tuple[str, ...] | None: _optional(_texts),
    date | None: _optional(date.fromisoformat),
}
