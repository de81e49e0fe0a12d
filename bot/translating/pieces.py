"""A long text in pieces that a model translates one by one; what is no text stays where it is."""

import re
from dataclasses import dataclass

from bot.translating.subtitles import Subtitle, grouped, subtitles

LONGEST = 2_500
"""Characters of one piece."""

_FENCE = re.compile(r"^```[^\n]*\n.*?^```[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: ``translated``: it is to be; otherwise it stays as it is. ``subtitles``: those in it."""

    text: str
    translated: bool
    subtitles: tuple[Subtitle, ...] = ()


def pieces(text: str) -> list[Piece]:
    """Return the text in stretches that make it up again: blocks of code stay, subtitles go in groups, the rest is cut
    between paragraphs, else lines, else sentences.
    """
    before, found = subtitles(text)
    if not found:
        return _around_code(text)
    groups = [
        Piece(
            "".join(one.head + one.text + one.gap for one in group), _is_text("".join(o.text for o in group)), (*group,)
        )
        for group in grouped(found)
    ]
    return [*_around_code(before), *groups]


def _around_code(text: str) -> list[Piece]:
    found: list[Piece] = []
    end = 0
    for match in _FENCE.finditer(text):
        found += [*_cut(text[end : match.start()]), Piece(match[0], translated=False)]
        end = match.end()
    return [*found, *_cut(text[end:])]


def _is_text(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _cut(text: str) -> list[Piece]:
    """Return pieces of up to ``LONGEST`` characters, the space around each kept apart."""
    found: list[Piece] = []
    while text:
        take = text if len(text) <= LONGEST else text[: _end(text)]
        text = text[len(take) :]
        body = take.strip()
        if not _is_text(body):
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
