"""A mail's parts (MIME, RFC 2045 to 2049), read by our own rules: any bytes, in bounded time, and nothing is raised.

Python's own parser raises on some real mails and finds no text in others.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.letters.encoded_words import parameters, text_of_field

MOST_HEAD = 512_000
MOST_FIELDS = 3_000
DEEPEST = 20
MOST_PARTS = 200

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_KIND = re.compile(r"\s*([a-z0-9!#$&^_.+-]{1,60})\s*/\s*([a-z0-9!#$&^_.+-]{1,80})", re.IGNORECASE)
_UU = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)


@dataclass(slots=True)
class Part:
    """One part: its head, its bytes as they stand there, and the parts in it."""

    fields: dict[str, list[bytes]]
    body: bytes
    kind: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    parts: "list[Part]" = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """Return the first field of a name as it stands there."""
        return next(iter(self.fields.get(name, ())), b"")

    def text(self, name: str) -> str:
        """Return the first field of a name, decoded, in one line."""
        return text_of_field(self.raw(name))

    @property
    def main(self) -> str:
        """The first half of its kind: text, image, multipart ..."""
        return self.kind.partition("/")[0]

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or ""."""
        return self.text("content-disposition").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """The file's name as the mail gives it, "" where it gives none."""
        given = parameters(self.text_with_words("content-disposition"))
        return given.get("filename") or self.params.get("name", "")

    def text_with_words(self, name: str) -> str:
        """Return a field in which encoded words still stand: its parameters are decoded one by one."""
        raw = self.raw(name)
        return raw.decode("utf-8") if _is_utf8(raw) else raw.decode("cp949", "replace")

    def content(self) -> bytes:
        """Return the bytes that its encoding stands for; of a broken one as many as can be told."""
        encoding = self.text("content-transfer-encoding").split(";")[0].strip().strip('"').lower()
        if encoding == "base64":
            return _from_base64(self.body)
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _from_uu(self.body)
        return self.body


@dataclass(slots=True)
class _Left:
    """How many more parts may be read."""

    parts: int = MOST_PARTS


def parts_of(data: bytes) -> Part:
    """Return a mail as its parts, at most ``MOST_PARTS`` of them and ``DEEPEST`` levels: what is beyond is left out."""
    return _part(data.removeprefix(b"\xef\xbb\xbf"), 0, _Left(), "text/plain")


def walk(part: Part) -> Iterator[Part]:
    """Yield a part and all parts in it, in order."""
    yield part
    for each in part.parts:
        yield from walk(each)


def _part(data: bytes, depth: int, left: _Left, usual: str) -> Part:
    left.parts -= 1
    fields, body = head_and_body(data)
    made = Part(fields, body)
    said = made.text_with_words("content-type")
    found = _KIND.match(said)
    made.kind = f"{found[1]}/{found[2]}".lower() if found else _kind_alone(said, usual)
    made.params = parameters(said)
    if depth < DEEPEST and made.main == "multipart":
        usual = "message/rfc822" if made.kind == "multipart/digest" else "text/plain"
        for each in _between(body, made.params.get("boundary", "")):
            if left.parts <= 0:
                break
            made.parts.append(_part(each, depth + 1, left, usual))
        if not made.parts and left.parts > 0:
            made.kind = "text/plain"  # no part begins in it: what is there is all that its writer wrote
    elif depth < DEEPEST and made.kind in ("message/rfc822", "message/global") and left.parts > 0:
        made.parts.append(_part(made.content(), depth + 1, left, "text/plain"))
    return made


def _kind_alone(said: str, usual: str) -> str:
    """Return the kind where the field says half of it: ``text``, ``html``."""
    word = said.partition(";")[0].strip().lower()
    return {"text": "text/plain", "plain": "text/plain", "html": "text/html"}.get(word, usual)


def head_and_body(data: bytes) -> tuple[dict[str, list[bytes]], bytes]:
    """Return the fields by name, and what comes after them."""
    found: list[tuple[str, list[bytes]]] = []
    at = _fields(data, found)
    fields: dict[str, list[bytes]] = {}
    for name, lines in found:
        fields.setdefault(name, []).append(b" ".join(lines))
    return fields, data[at:]


def _fields(data: bytes, found: list[tuple[str, list[bytes]]]) -> int:
    """Add the fields, each with its lines; return where the text begins."""
    at = 0
    while at < len(data) and at <= MOST_HEAD and len(found) <= MOST_FIELDS:
        end = data.find(b"\n", at, at + MOST_HEAD)
        end = len(data) if end < 0 else end
        line = data[at:end].rstrip(b"\r")
        if not line.strip():
            return end + 1
        if line[:1] in (b" ", b"\t") and found:
            found[-1][1].append(line.strip())
        elif said := _FIELD.match(line):
            found.append((said[1].decode("ascii").lower(), [said[2].strip()]))
        elif not (line.startswith((b"From ", b">From ")) and not found):
            return at  # no field: the text begins without an empty line
        at = end + 1
    return at


def _between(body: bytes, boundary: str) -> Iterator[bytes]:
    """Yield what stands between the lines of a boundary; a last one that is missing ends with the text."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    if not boundary:
        found = re.search(rb"^--([^\s-][^\r\n]{0,120}?)[ \t]*\r?$", body[:20_000], re.MULTILINE)
        if found is None:
            return
        mark = b"--" + found[1]
    starts: list[tuple[int, int]] = []
    at = 0 if body.startswith(mark) else _next(body, mark, 0)
    while at >= 0:
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end
        rest = body[at + len(mark) : end].strip()
        if rest in (b"", b"--"):
            starts.append((at, end + 1))
            if rest:
                break
        at = _next(body, mark, end)
        if len(starts) > MOST_PARTS + 1:
            break
    for (_, begin), (stop, _) in zip(starts, [*starts[1:], (len(body), 0)], strict=False):
        if body[begin:stop].strip():
            yield body[begin:stop].removesuffix(b"\n").removesuffix(b"\r")


def _next(body: bytes, mark: bytes, at: int) -> int:
    """Return where the mark stands next at the begin of a line, -1 where nowhere."""
    found = body.find(b"\n" + mark, max(0, at))
    return found + 1 if found >= 0 else -1


def _from_base64(body: bytes) -> bytes:
    data = re.sub(rb"[^A-Za-z0-9+/=]", b"", body)
    pieces = [each for each in re.split(rb"=+", data) if each]  # what was encoded in pieces is joined
    return b"".join(_piece(each) for each in pieces[:1_000])


def _piece(data: bytes) -> bytes:
    if len(data) % 4 == 1:
        data = data[:-1]
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return b""


def _from_uu(body: bytes) -> bytes:
    found = _UU.search(body)
    lines = body[found.end() if found else 0 :].splitlines()
    made = []
    for line in lines:
        if line.strip() in (b"end", b"`"):
            break
        try:
            made.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(made)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
