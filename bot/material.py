"""A message taken apart: what is asked to be done, and the text it is to be done to."""

import re
from dataclasses import dataclass

LONGEST_ORDER = 200
"""Characters in which a message says what it wants; a longer line is itself the text."""

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|「([^」]{2,})」|『([^』]{2,})』")
_OPENING = re.compile(r"[“\"「『]")
_COLON = re.compile(r"(?<!\d)[:：](?=\s|$)|：|(?<=[가-힣])[:：]")
_CODE = re.compile(
    r"(?<=[?？.!。])\s+(?=[^?？]*(?:\w+\([^)]*\)|[{};]|=>|\bdef\s|\bfor\s+\w+\s+in\b|\bimport\s|\bselect\s.*\bfrom\s))",
    re.IGNORECASE,
)
"""Between a question and the line of code it is about."""


@dataclass(frozen=True, slots=True)
class Parts:
    """``order``: the words that may say what is to be done; ``material``: the text that is quoted, or given below or
    behind a colon, empty where there is none.
    """

    order: str
    material: str = ""


def readings(text: str) -> tuple[Parts, ...]:
    """Return the ways to take a message apart, the likeliest first: a text may stand below its order or above it."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return ()
    if len(lines) == 1:
        return (_of_line(lines[0]),) if len(lines[0]) <= LONGEST_ORDER else _of_long(lines[0])
    below, above = "\n".join(lines[1:]), "\n".join(lines[:-1])
    return (_joined(_order_of(lines[0]), below), _joined(_order_of(lines[-1]), above))


def _of_long(line: str) -> tuple[Parts, ...]:
    """A long line is an order and its text where a colon or a quotation says so, or its last sentence is the order."""
    parts = _of_line(line)
    begin = max(0, len(line) - LONGEST_ORDER)
    tail = re.search(r"(?<=[.!?。])\s+(\S[^.!?。]{1,80}[.!?。]?)\s*$", line[begin:])
    last = (Parts(tail[1], line[: begin + tail.start()].strip()),) if tail else ()
    return (parts, *last) if parts.material and len(parts.order) <= LONGEST_ORDER else last


def _of_line(line: str) -> Parts:
    colon = _COLON.search(line, 0, LONGEST_ORDER + 2)
    quoted = _QUOTED.search(line) if _OPENING.search(line, 0, LONGEST_ORDER + 1) else None
    if colon and colon.start() <= LONGEST_ORDER and not (quoted and quoted.start() < colon.start()):
        return Parts(line[: colon.start()].strip(), _unquoted(line[colon.end() :]))
    if quoted:
        material = next(group for group in quoted.groups() if group)
        return Parts(f"{line[: quoted.start()]} “” {line[quoted.end() :]}".strip(), material.strip())
    if code := _CODE.search(line, 0, 2 * LONGEST_ORDER):  # it looks through the rest from each full stop
        return Parts(line[: code.start()], line[code.end() :].strip())
    return Parts(line)


def _order_of(line: str) -> Parts:
    return _of_line(line) if len(line) <= LONGEST_ORDER else Parts("")


def _joined(parts: Parts, rest: str) -> Parts:
    return Parts(parts.order, "\n".join(filter(None, [parts.material, rest])))


def _unquoted(text: str) -> str:
    text = text.strip()
    whole = _QUOTED.fullmatch(text)
    return next(group for group in whole.groups() if group).strip() if whole else text
