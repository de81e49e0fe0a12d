"""Fields of a mail's head as text: encoded words (RFC 2047), parameters in parts (RFC 2231), raw bytes of any kind."""

import base64
import binascii
import quopri
import re
import unicodedata
from urllib.parse import unquote_to_bytes

from bot.letters.charsets import decoded as with_charset

_WORD = re.compile(r"=\?([^?\s]{1,60}?)(?:\*[^?]{0,20})?\?([bBqQ])\?([^?]{0,8000})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
_PART = re.compile(r"([^*\s]+?)(?:\*(\d{1,3}))?(\*)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

LONGEST = 20_000


def text_of_field(value: bytes) -> str:
    """Return a field's value in one line, decoded, as NFC. Words split inside a character are joined before that."""
    return words(with_charset(value[:LONGEST], ""))


def words(value: str) -> str:
    """Return a value in one line with its encoded words as text; what cannot be decoded stays as it is."""
    value = _BETWEEN.sub(r"\1", value[:LONGEST])
    found: list[str] = []
    end = 0
    waiting: tuple[str, bytes] | None = None
    for match in _WORD.finditer(value):
        if match.start() > end or waiting is None or waiting[0] != match[1].lower():
            found += [_flush(waiting), value[end : match.start()]]
            waiting = None
        data = _bytes_of(match[2], match[3])
        if data is None:
            found += [_flush(waiting), match[0]]
            waiting = None
        else:
            waiting = (match[1].lower(), (waiting[1] if waiting else b"") + data)
        end = match.end()
    found += [_flush(waiting), value[end:]]
    return unicodedata.normalize("NFC", " ".join(_CONTROL.sub(" ", "".join(found)).split()))


def _flush(waiting: tuple[str, bytes] | None) -> str:
    return with_charset(waiting[1], waiting[0]) if waiting else ""


def _bytes_of(encoding: str, text: str) -> bytes | None:
    try:
        if encoding in "qQ":
            return quopri.decodestring(text.replace("_", " ").encode("latin-1", "replace"), header=False)
        clean = re.sub(r"[^A-Za-z0-9+/]", "", text)
        if len(clean) % 4 == 1:  # a sign is missing: what comes before can be read
            clean = clean[:-1]
        return base64.b64decode(clean + "=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return None


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of a field such as Content-Type, decoded; the first of each name counts."""
    parts: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _pairs(value[:LONGEST]):
        found = _PART.fullmatch(name)
        if found is None:
            continue
        number = int(found[2]) if found[2] else -1
        parts.setdefault(found[1].lower(), {}).setdefault(number, (text, bool(found[3])))
    return {name: _joined(each) for name, each in parts.items()}


def _pairs(value: str) -> list[tuple[str, str]]:
    """Return what stands between semicolons as name and value; semicolons in quotes are none."""
    pairs = re.findall(r';\s*([^=;"\s]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', f";{value.partition(';')[2]}")
    return [(name, _unquoted(text)) for name, text in pairs]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip('"')) if text.startswith('"') else text.strip()


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Return a parameter that may have come in parts, of which some are encoded (RFC 2231)."""
    numbered = sorted(number for number in parts if number >= 0)
    chosen = [parts[number] for number in numbered] or [parts[-1]]
    if not any(encoded for _, encoded in chosen):
        return words("".join(text for text, _ in chosen))
    charset, data = "", b""
    for at, (text, encoded) in enumerate(chosen):
        if encoded and at == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return words(with_charset(data, charset or "utf-8"))
