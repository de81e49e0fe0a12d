"""A long text in pieces that a model translates one by one; what is no text stays where it is."""

import re
from dataclasses import dataclass

LONGEST = 2_500
"""Characters of one piece."""

_FENCE = re.compile(r"^```[^\n]*\n.*?^```[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_SUBTITLE = re.compile(
    r"^\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}[^\n]*(?:\n|\Z)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: ``translated``: it is to be; otherwise it stays as it is."""

    text: str
    translated: bool


def pieces(text: str) -> list[Piece]:
    """Return the text in stretches that make it up again: blocks of code and the numbers and times of subtitles stay,
    the rest is cut between paragraphs, else lines, else sentences.
    """
    found: list[Piece] = []
    end = 0
    for match in sorted([*_FENCE.finditer(text), *_SUBTITLE.finditer(text)], key=lambda match: match.start()):
        if match.start() < end:
            continue
        found.extend(_cut(text[end : match.start()]))
        found.append(Piece(match[0], translated=False))
        end = match.end()
    return [*found, *_cut(text[end:])]


def _cut(text: str) -> list[Piece]:
    """Return pieces of up to ``LONGEST`` characters, the space around each kept apart."""
    found: list[Piece] = []
    while text:
        take = text if len(text) <= LONGEST else text[: _end(text)]
        text = text[len(take) :]
        body = take.strip()
        if not body or not any(character.isalpha() for character in body):
            found.append(Piece(take, translated=False))
            continue
        begin = take.index(body)
        parts = (Piece(take[:begin], False), Piece(body, True), Piece(take[begin + len(body) :], False))
        found.extend(part for part in parts if part.text)
    return found


def _end(text: str) -> int:
    window = text[:LONGEST]
    for mark in ("\n\n", "\n", "다. ", ". ", "? ", "! ", " "):
        at = window.rfind(mark)
        if at > LONGEST // 3:
            return at + len(mark)
    return LONGEST
