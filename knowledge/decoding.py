"""Bytes to text: UTF-8, UTF-16 and the Korean code page, with or without a byte order mark."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.entries import UnreadableError

LOST_SHARE = 0.001
"""A text may have at most this share of characters that cannot be decoded; they are counted and told."""

READABLE = 0.97
"""The least share of characters of a text that are letters, signs and spaces, not controls."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_KOREAN_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# The most frequent syllables of Korean, two of five in any text: Chinese read as CP949 has Hangul too, but not these.
_FREQUENT = frozenset("이다는의에을가고하지을를은로서한기도사인대리어자시요나아해여라만수일정있그")
_HIGH = re.compile(rb"[\x80-\xff]")
# Controls, lone surrogates and non-characters: databases and indexes refuse some of them, and nobody can see them.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200b]")


CHOSEN: Mapping[str, str] = {"UTF-8": "utf-8", "CP949": "cp949", "UTF-16": "utf-16", "Windows-1252": "cp1252"}
"""Encodings that somebody may choose, as people call them, with Python's own names."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in (as people call it), and how many characters could not be read."""

    text: str
    encoding: str
    lost: int = 0


def clean(text: str) -> str:
    """Return ``text`` as NFC, with plain newlines and spaces and without what cannot be seen or stored."""
    if "\r" in text or "\f" in text or "\v" in text or "\x85" in text:
        text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    if any(map(unicodedata.combining, set(text))):  # ten times as fast as looking for them in the text
        text = _too_many_marks().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


@cache
def _too_many_marks() -> re.Pattern[str]:
    """Match more accents on one letter than any language has; to compose them takes the square of their number.

    The limit of 30 is that of the Stream-Safe Text Format of Unicode (UAX 15).
    """
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def decode(data: bytes) -> Decoded:
    """Return the text of ``data``, by its byte order mark or by what the bytes can only be.

    Raises:
        UnreadableError: it is not a text, or in an encoding that is not known here.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _checked(_tolerant(data[len(mark) :], codec, name))
    wide = _without_mark(data)
    if wide is not None:
        return _checked(wide)
    if data.startswith(b"\x1b$)C"):
        return _checked(_tolerant(data, "iso2022_kr", "ISO-2022-KR"))
    try:
        return _checked(Decoded(data.decode("utf-8"), "UTF-8"))
    except UnicodeDecodeError:
        return _checked(_code_page(data))


def decode_as(data: bytes, encoding: str = "", *, remembered: bool = False) -> Decoded:
    """Return the text of ``data`` in an encoding that somebody chose; found out where none was.

    ``remembered``: it was chosen for an earlier file; what says itself that it is Unicode is read as such.

    Raises:
        UnreadableError: as for ``decode``; or it cannot be in this encoding.
    """
    codec = CHOSEN.get(encoding)
    if codec is None or any(data.startswith(mark) for mark, _, _ in _MARKS):
        return decode(data)
    if remembered:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return decode(data)
    return _checked(_tolerant(data, codec, encoding))


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: the zero bytes of its spaces, digits and newlines stand on one side only."""
    sample = data[: 64_000 - len(data) % 2]
    zeros = (sample[::2].count(0), sample[1::2].count(0))
    if len(data) < 4 or len(data) % 2 or max(zeros) < 0.02 * len(sample) / 2 or min(zeros) > 0.35 * max(zeros):
        return None
    codec = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    found = _tolerant(data, codec, "UTF-16")
    return found if not found.lost and _readable_share(found.text[:4_000]) > READABLE else None


def _code_page(data: bytes) -> Decoded:
    """CP949 where the bytes come in pairs as Korean does, else the Western Windows-1252, else damaged UTF-8."""
    damaged = _tolerant(data, "utf-8", "UTF-8")
    if damaged.lost <= max(1, LOST_SHARE * len(damaged.text)):
        return damaged
    high = len(_HIGH.findall(data))
    korean = 2 * len(_KOREAN_PAIR.findall(data)) >= 0.5 * high
    if korean:
        found = _tolerant(data, "cp949", "CP949")
        if found.lost <= max(1, LOST_SHARE * len(found.text)) and _is_korean(found.text):
            return found
    elif high < 0.3 * len(data):
        found = _tolerant(data, "cp1252", "Windows-1252")
        if not found.lost and _readable_share(found.text[:20_000]) >= READABLE:
            return found
    raise UnreadableError("read.binary" if len(_CONTROL.findall(data)) > 0.02 * len(data) else "read.encoding")


def _tolerant(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    return Decoded(text, name, text.count("\ufffd") - data.count(b"\xef\xbf\xbd") if "\ufffd" in text else 0)


def _checked(found: Decoded) -> Decoded:
    """Refuse what is no text, or lost more than a few characters."""
    if found.lost > max(1, LOST_SHARE * len(found.text)):
        raise UnreadableError("read.encoding")
    if _readable_share(found.text[:20_000]) < READABLE:
        raise UnreadableError("read.binary")
    return Decoded(clean(found.text), found.encoding, max(found.lost, 0))


def _readable_share(text: str) -> float:
    """Return the share of characters that are neither controls nor unassigned; the zeros of a broken export count."""
    if not text:
        return 1.0
    bad = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\n\r\t\f\v\x00\x1a" for c in text)
    return 1 - (bad + max(0, text.count("\0") - len(text) // 20)) / len(text)


def _is_korean(text: str) -> bool:
    """Tell whether a text that was read as CP949 is Korean indeed."""
    beyond = [c for c in text[:50_000] if c > "\x7f"]
    hangul = [c for c in beyond if "가" <= c <= "힣"]
    frequent = sum(c in _FREQUENT for c in hangul)
    return len(hangul) > 0.5 * len(beyond) and (len(hangul) < 20 or frequent >= 0.1 * len(hangul))
