"""The head of a mail, read quickly and by our own rules: what a library makes of a hostile one is not trusted here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import getaddresses

from bot.letter import Address
from bot.letters.charsets import text_of
from bot.letters.encoded_words import words
from bot.letters.parts import head_and_body

LONGEST_VALUE = 10_000


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
    fields, _ = head_and_body(data.removeprefix(b"\xef\xbb\xbf"))
    return Head({name: tuple(map(_raw, values)) for name, values in fields.items()})


def key_of(data: bytes, head: Head) -> str:
    """Return the name of a mail: the same however often, and by whichever way, it is delivered.

    It follows from Message-ID and sender; where there is no Message-ID, from what its writer made: not from the trace
    that servers add.
    """
    sender = next((each.address for each in head.addresses("from")), "")
    identifier = head.first("message-id")
    if identifier:
        parts = [identifier, sender]
    else:
        body = hashlib.sha256(head_and_body(data)[1]).hexdigest()
        parts = [sender, head.first("date"), head.first("subject"), body]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def decoded(value: str) -> str:
    """Return a value with its encoded words (RFC 2047) as text; what cannot be decoded stays as it is."""
    return words(value[:LONGEST_VALUE])


def _raw(value: bytes) -> str:
    """Return bytes of a head as text in a line: ASCII by the standard, in truth anything."""
    return text_of(value, "").replace("\n", " ")
