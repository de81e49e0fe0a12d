"""Pairs of letters that stand in a text, to find it by any part of a word: Korean has no spaces where a search needs
them, and words of two syllables are common. So "환불" finds "환불이요", and "환불규정" finds "환불 규정".
"""

import itertools
import re
import unicodedata
from functools import lru_cache
from zlib import crc32

LONGEST = 50_000
"""Characters of one text that can be found."""

MOST_WORDS = 10
MOST_GRAMS = 30
"""Pairs of a question to the index; what it finds is compared with the words themselves after it."""

_LETTERS = 26
_CODES = _LETTERS**4
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_APART = " \x01 "
_AROUND = 40


def folded(text: str) -> str:
    """Return a text as it is compared: composed, without case, without spaces between letters that are not Latin."""
    return " ".join(_BETWEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).casefold()).split())


def exchange_text(question: str, answer: str) -> str:
    """Return what can be found of an exchange, folded; no word of a search stands in both at once."""
    return f"{folded(question)}{_APART}{folded(answer)}"


def grams_of(folded_text: str) -> str:
    """Return the pairs of letters of a folded text as words for a full-text index, each once."""
    pairs = {first + second for piece in folded_text.split() for first, second in itertools.pairwise(piece)}
    return " ".join(sorted(map(_code, pairs)))


def words_of(search: str) -> tuple[str, ...]:
    """Return the words of a search, folded; all of them must stand in what it finds."""
    words = (folded(word) for word in search[:LONGEST].replace("\x00", " ").split()[:MOST_WORDS])
    return tuple(dict.fromkeys(filter(None, words)))


def holds(folded_text: str, words: tuple[str, ...]) -> bool:
    """Tell whether all the words stand in a folded text."""
    return all(word in folded_text for word in words)


def excerpt(text: str, words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """Return a word of a search where it stands in a text, with some of what is around it; None: none does."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    for word in words:
        letters = r"\s*".join(map(re.escape, word)) if not word.isascii() else re.escape(word)
        if found := re.search(letters, text, re.IGNORECASE):
            begin, end = found.span()
            before = " ".join(text[max(0, begin - _AROUND) : begin].split())
            after = " ".join(text[end : end + 2 * _AROUND].split())
            gaps = (" " if text[begin - 1 : begin].isspace() else "", " " if text[end : end + 1].isspace() else "")
            cut = ("…" if begin > _AROUND else "", "…" if len(text) > end + 2 * _AROUND else "")
            return f"{cut[0]}{before}{gaps[0]}", found.group(), f"{gaps[1]}{after}{cut[1]}"
    return None


@lru_cache(65_536)
def _code(pair: str) -> str:
    """Return four letters for a pair: no index takes them apart, whatever it thinks of Korean or of digits."""
    number = crc32(pair.encode("utf-8", "replace")) % _CODES
    letters = ""
    for _ in range(4):
        number, rest = divmod(number, _LETTERS)
        letters += chr(ord("a") + rest)
    return letters
