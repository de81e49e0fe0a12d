"""Which words of a text are those that a question looks for, so that a reader sees why it was found."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.stop_words import ENGLISH_STOP
from knowledge.language import language_of
from knowledge.questions import understand
from knowledge.tokens import morphemes, normalise, stem

LEAST = 0.6
"""Words of the frame of a question ("how", "do") that weigh less are in every text, and tell nothing."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``met``: it is a word of the question."""

    text: str
    met: bool


def words_of(question: str) -> frozenset[str]:
    """Return what of a question its keywords are, as the index writes them."""
    asked = understand(question)
    plain = frozenset(map(stem, ENGLISH_STOP)) if asked.language == "en" else frozenset()
    return frozenset(term for term, weight in asked.words.items() if weight >= LEAST and term not in plain)


def marked(text: str, words: Collection[str]) -> tuple[Piece, ...]:
    """Return the text in pieces, those that are keywords marked; joined they are the text, in composed characters."""
    text = normalise(text)
    pieces: list[Piece] = []
    end = 0
    for start, stop in _met(text, words):
        if start > end:
            pieces.append(Piece(text[end:start], met=False))
        if start >= end:
            pieces.append(Piece(text[start:stop], met=True))
            end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], met=False))
    return tuple(pieces)


def _met(text: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    if language_of(text) == "ko":
        for part in sorted(morphemes(text), key=lambda part: part.start):
            if part.is_content and part.term in words:
                yield part.start, part.end
    else:
        for word in _WORD.finditer(text):
            if stem(word.group().lower()) in words:
                yield word.span()
