"""A Korean text as hashed character n-grams inside its words, the features of the small model."""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

BUCKETS = 1 << 20
LONGEST_GRAM = 4
LONGEST_WORD = 40
"""Characters of a word that are looked at: a longer one is no word."""

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+\.\w+|(?<!\S)@\w+")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_TEARS = re.compile(r"[ㅠㅜ]+|T[_.]?T")
_LAUGHTER = re.compile(r"[ㅋㅎ]{2,}")


def cleaned(text: str) -> str:
    """Return the text in NFC without addresses, runs of one character cut to two."""
    return _RUN.sub(r"\1\1", _ADDRESS.sub(" ", unicodedata.normalize("NFC", text)))


def words_of(text: str) -> list[str]:
    """Return the words of a cleaned text, and one more for laughter, tears and each kind of mark in it."""
    marks = {"<ㅠ>": _TEARS.search(text), "<ㅋ>": _LAUGHTER.search(text), "<!>": "!" in text, "<?>": "?" in text}
    return text.lower().split() + [name for name, found in marks.items() if found]


@lru_cache(maxsize=100_000)
def buckets(word: str) -> Sequence[int]:
    """Return the buckets of a word's n-grams, one to four characters, the edges of the word counted as one."""
    return tuple({zlib.crc32(gram.encode()) % BUCKETS for gram in _grams(word[:LONGEST_WORD])})


def _grams(word: str) -> Iterator[str]:
    if word.startswith("<"):
        yield word
        return
    padded = f" {word} "
    yield from word
    for size in range(2, LONGEST_GRAM + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]
