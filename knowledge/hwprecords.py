"""The records of HWP 5: how they lie in each other, the text of a paragraph among its controls, and numbered lists."""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.entries import UnreadableError
from knowledge.numbering import FORMATS, Level

MOST_RECORDS = 2_000_000
DEEPEST = 60
"""Tables inside each other and the like: what is nested deeper than any program shows is left out."""

_EXTENDED = frozenset({1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23})
_INLINE = frozenset({4, 5, 6, 7, 8, 9, 19, 20})
_CODE = re.compile(rb"[\x00-\x1f]\x00", re.DOTALL)
_CHARACTERS = {10: "\n", 24: "-", 30: " ", 31: " "}


@dataclass(slots=True)
class Record:
    """A record and those of deeper levels that follow it."""

    tag: int
    level: int
    data: bytes
    inside: list["Record"] = field(default_factory=list)


def records_of(data: bytes) -> list[Record]:
    """Return the outermost records, those of a deeper level inside them."""
    top: list[Record] = []
    path: list[Record] = []
    at = count = 0
    while at + 4 <= len(data):
        (header,) = struct.unpack_from("<I", data, at)
        tag, level, size = header & 0x3FF, header >> 10 & 0x3FF, header >> 20
        at += 4
        if size == 0xFFF:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        record = Record(tag, level, data[at : at + size])
        at += size
        count += 1
        if count > MOST_RECORDS:
            raise UnreadableError("read.too_deep", format="HWP")
        while path and path[-1].level >= level:
            path.pop()
        if len(path) < DEEPEST:
            (path[-1].inside if path else top).append(record)
            path.append(record)
    return top


def all_records(records: Sequence[Record]) -> Iterator[Record]:
    """Yield the records and all that is inside them, in the order of the file."""
    waiting = list(reversed(records))
    while waiting:
        record = waiting.pop()
        yield record
        waiting += reversed(record.inside)


def text_of(data: bytes, words: Sequence[str]) -> str:
    """Return the text of a paragraph; its controls stand there in the order of their records."""
    pieces: list[str] = []
    at = control = 0
    while at < len(data):
        found = _next_code(data, at)
        end = found if found >= 0 else len(data)
        pieces.append(data[at:end].decode("utf-16-le", "ignore"))
        if found < 0:
            break
        code = data[end]
        at = end + 2
        if code in _EXTENDED:
            pieces.append(words[control] if control < len(words) else "")
            control += 1
        if code in _EXTENDED or code in _INLINE:
            at += 14
        pieces.append("\t" if code == 9 else _CHARACTERS.get(code, ""))
    return "".join(pieces)


def _next_code(data: bytes, at: int) -> int:
    """Return where the next unit below 32 stands, -1 where there is none."""
    while found := _CODE.search(data, at):
        if not found.start() % 2:
            return found.start()
        at = found.start() + 1
    return -1


def levels_of(data: bytes) -> tuple[Level, ...]:
    """Return how the seven levels of a list are numbered; a record that ends early has fewer."""
    found: list[tuple[str, str]] = []
    at = 0
    while len(found) < 7 and at + 14 <= len(data):
        (about,) = struct.unpack_from("<I", data, at)
        (length,) = struct.unpack_from("<H", data, at + 12)
        text = data[at + 14 : at + 14 + 2 * length].decode("utf-16-le", "replace")
        kind = about >> 5 & 0xF
        found.append((text, FORMATS[kind] if kind < len(FORMATS) else "DIGIT"))
        at += 14 + 2 * length
    at += 2  # the number of the first paragraph, before levels had their own
    starts = [struct.unpack_from("<I", data, at + 4 * i)[0] if at + 4 * i + 4 <= len(data) else 1 for i in range(7)]
    return tuple(Level(text, kind, starts[i] if 0 < starts[i] < 10_000 else 1) for i, (text, kind) in enumerate(found))


def string_at(data: bytes, at: int) -> str:
    """Return the text whose length stands before it; an empty one where the record is too short."""
    if len(data) < at + 2:
        return ""
    (length,) = struct.unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "ignore")
