"""The head of a mail, read quickly and by our own rules: what a library makes of a hostile one is not trusted here."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import getaddresses

from bot.letters.charsets import text_of
from bot.letters.encoded_words import words
from bot.letters.letter import Address

MOST_BYTES = 512_000
"""Bytes of a head that are read; a longer one is read so far."""

MOST_FIELDS = 2_000
LONGEST_VALUE = 10_000

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_END = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True, slots=True)
class Head:
    """The fields by their names in small letters, each as often as it is there, topmost first, raw, in a line."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the topmost field of a name, "" where there is none."""
        return next(iter(self.fields.get(name, ())), "")

    def has(self, *names: str) -> bool:
        """Tell whether a field of one of these names is there."""
        return any(name in self.fields for name in names)

    def addresses(self, name: str) -> tuple[Address, ...]:
        """Return the addresses of all fields of a name, in small letters; a name in RFC 2047 can smuggle none in."""
        pairs = getaddresses([value[:LONGEST_VALUE] for value in self.fields.get(name, ())])
        return tuple(Address(decoded(shown), address.lower()) for shown, address in pairs if "@" in address)

    def text(self, name: str) -> str:
        """Return the topmost field of a name, decoded, in one line."""
        return decoded(self.first(name))


def head_of(data: bytes) -> Head:
    """Return the head of a mail; of bytes that are none, as much as looks like one. Takes some milliseconds at most."""
    found: dict[str, list[str]] = {}
    for name, value in _fields(data):
        found.setdefault(name, []).append(value)
    return Head({name: tuple(values) for name, values in found.items()})


def key_of(data: bytes, head: Head) -> str:
    """Return the name of a mail: the same however often, and by whichever way, it is delivered.

    It follows from Message-ID and sender; where there is no Message-ID, from what its writer made: not from the trace
    that servers add.
    """
    sender = next((each.address for each in head.addresses("from")), "")
    identifier = head.first("message-id")
    parts = [identifier, sender] if identifier else [sender, head.first("date"), head.first("subject"), _body(data)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def decoded(value: str) -> str:
    """Return a value with its encoded words (RFC 2047) as text; what cannot be decoded stays as it is."""
    return words(value[:LONGEST_VALUE])


def _fields(data: bytes) -> Iterator[tuple[str, str]]:
    end = _END.search(data[:MOST_BYTES])
    head = data[: end.start() if end else MOST_BYTES].removeprefix(b"\xef\xbb\xbf")
    count, name, value = 0, "", bytearray()
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t") and name:
            value += b" " + line.strip()
            continue
        if name:
            yield name, _raw(bytes(value))
        found = _FIELD.match(line)
        name = found[1].decode("ascii").lower() if found else ""
        value = bytearray(found[2].strip() if found else b"")
        count += 1
        if count > MOST_FIELDS:
            return
    if name:
        yield name, _raw(bytes(value))


def _raw(value: bytes) -> str:
    """Return bytes of a head as text in a line: ASCII by the standard, in truth anything."""
    return text_of(value, "").replace("\n", " ")


def _body(data: bytes) -> str:
    end = _END.search(data[:MOST_BYTES])
    return hashlib.sha256(data[end.end() :] if end else data).hexdigest()
