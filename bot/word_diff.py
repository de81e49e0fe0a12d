"""What changed between two texts, word by word: numbers apart from the words around them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

_WORDS = re.compile(r"\s+|\d[\d,.:/-]*\d|\d|[^\W\d_]+|.", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST_WORDS = 1_500
"""Words of one text that are compared one by one; the time grows with their square. Beyond it, lines are."""
MOST_LINES = 2_000


Kind = Literal["same", "out", "in"]
_SAME: tuple[Kind, ...] = ("same",)
_CHANGED: tuple[Kind, ...] = ("out", "in")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the text: in both, only ``out`` of the older one, or only ``in`` the newer one."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces that make up both texts: all but ``in`` are the older, all but ``out`` the newer one."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    # Cut at words, so that 3,000 and 4,000 are two numbers and not "4" within one.
    while head and _within_word(before, after, head):
        head -= 1
        old, new = before[head] + old, after[head] + new
    while tail and _within_word(before[::-1], after[::-1], tail):
        old, new = old + before[len(before) - tail], new + after[len(after) - tail]
        tail -= 1
    pieces = [Piece("same", before[:head]), *_between(old, new), Piece("same", before[len(before) - tail :])]
    return _joined([piece for piece in pieces if piece.text])


def _shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    short = min(len(one), len(other))
    if one[:short] == other[:short]:
        return short
    return next(at for at in range(short) if one[at] != other[at])


def _within_word(one: str, other: str, at: int) -> bool:
    def joins(text: str) -> bool:
        return at < len(text) and not text[at - 1].isspace() and not text[at].isspace()

    return joins(one) or joins(other)


def _between(old: str, new: str) -> list[Piece]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(a), len(b)) > MOST_WORDS:
        a, b = _LINES.findall(old), _LINES.findall(new)
        if max(len(a), len(b)) > MOST_LINES:
            return [Piece("out", old), Piece("in", new)]
    pieces = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(a[a0:a1])))
            continue
        pieces += [Piece("out", "".join(a[a0:a1])), Piece("in", "".join(b[b0:b1]))]
    return _bridged([piece for piece in pieces if piece.text])


def _bridged(pieces: list[Piece]) -> list[Piece]:
    """Take a lone space between two changes into both: one longer change reads better than a row of short ones."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        inner = 0 < at < len(pieces) - 1 and piece.kind == "same" and piece.text.isspace() and len(piece.text) == 1
        out += [Piece("out", piece.text), Piece("in", piece.text)] if inner else [piece]
    return out


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join what belongs together: between two parts that stay, what went stands before what came."""
    made: list[Piece] = []
    for same, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        parts = list(run)
        for kind in _SAME if same else _CHANGED:
            text = "".join(piece.text for piece in parts if piece.kind == kind)
            if text:
                made.append(Piece(kind, text))
    return made
