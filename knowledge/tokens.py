"""Texts as terms: Korean morphemes and noun pairs, English stems, character bigrams.

Korean is analysed by Kiwi (kiwipiepy), loaded at the first use and shared by all threads.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from kiwipiepy import Kiwi  # type: ignore[import-untyped]

WORKERS = 2
"""Threads of Kiwi in a batch: 400 passages a second with one, 830 with two on two cores."""

BATCH = 256
"""Texts handed to Kiwi at once: a question asked meanwhile waits for one batch at most."""

LONGEST_RUN = 4_000
"""Characters analysed in one piece; longer texts are cut at a space before it (Kiwi's time grows with the length)."""

_OTHER_KEPT = {"VV", "VA", "XR", "MA", "MAG", "SL", "SN", "SH"}
_UNWANTED_NOUNS = {"NP", "NNB"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text, in order of appearance and with repetitions.

    ``words``: Korean content morphemes as ``form/tag`` and English stems; foreign words and numbers are written the
    same in both languages, so that they meet. ``pairs``: neighbouring nouns joined ("환불"+"기간"). ``bigrams``:
    character bigrams inside words.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    bigrams: tuple[str, ...]


def normalise(text: str) -> str:
    """Return ``text`` as NFC: a Mac's decomposed Hangul must find the composed one."""
    return unicodedata.normalize("NFC", text)


def analyze(texts: Iterable[str]) -> Iterator[Terms]:
    """Yield the terms of each text, in order; Korean ones are analysed on ``WORKERS`` threads, ``BATCH`` at a time."""
    batch: list[str] = []
    for text in texts:
        batch.append(normalise(text))
        if len(batch) == BATCH:
            yield from _analyze_batch(batch)
            batch = []
    yield from _analyze_batch(batch)


def terms_of(text: str) -> Terms:
    """Return the terms of one text."""
    return next(analyze([text]))


def sentences(text: str, language: Language) -> list[str]:
    """Split ``text`` into sentences: by Kiwi where it is Korean, by punctuation where it is English."""
    text = normalise(text)
    if language == "ko":
        found = [s.text for piece in _pieces(text) for s in _kiwi().split_into_sents(piece)]
    else:
        found = re.split(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n+", text)
    return [sentence.strip() for sentence in found if sentence.strip()]


def warm() -> None:
    """Load Kiwi and let it analyse once: its first call takes about a second."""
    terms_of("따뜻하게 준비합니다")


_loading = threading.Lock()


def _kiwi() -> "Kiwi":
    with _loading:
        return _load_kiwi()


@cache
def _load_kiwi() -> "Kiwi":
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=WORKERS, load_typo_dict=False, load_multi_dict=False)


def _analyze_batch(texts: Sequence[str]) -> Iterator[Terms]:
    korean = [language_of(text) == "ko" for text in texts]
    pieces = [_pieces(text) if ko else [] for text, ko in zip(texts, korean, strict=True)]
    flat = [piece for some in pieces for piece in some]
    tokens = _kiwi().tokenize(flat) if flat else iter(())
    for text, ko, some in zip(texts, korean, pieces, strict=True):
        if ko:
            words, pairs = _korean_terms([token for _ in some for token in next(tokens)])
        else:
            words, pairs = [stem(word) for word in _WORD.findall(text.lower())], []
        yield Terms(tuple(words), tuple(pairs), tuple(_bigrams(text)))


def _korean_terms(tokens: Sequence[object]) -> tuple[list[str], list[str]]:
    words: list[str] = []
    pairs: list[str] = []
    previous = ""
    for token in tokens:
        form, tag = token.form, token.tag.split("-")[0]  # type: ignore[attr-defined]
        if tag in ("SL", "SN", "SH"):
            words.append(stem(form.lower()))
        elif tag in _OTHER_KEPT or (tag[0] == "N" and tag not in _UNWANTED_NOUNS):
            words.append(f"{form.replace(' ', '')}/{tag[0]}")
        else:
            continue
        noun = form.replace(" ", "") if tag[0] == "N" else ""
        if noun and previous:
            pairs.append(previous + noun)
        previous = noun
    return words, pairs


def _bigrams(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if len(word) == 1:
            yield word
        for start in range(len(word) - 1):
            yield word[start : start + 2]


def _pieces(text: str) -> list[str]:
    """Cut a long text into runs of at most ``LONGEST_RUN`` characters, at white space where there is some."""
    pieces = []
    while len(text) > LONGEST_RUN:
        cut = max(text.rfind(" ", 0, LONGEST_RUN), text.rfind("\n", 0, LONGEST_RUN))
        cut = cut if cut > 0 else LONGEST_RUN
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


@cache
def _stemmer() -> "object":
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the English stem of a lower-case word (Porter 2); words of other alphabets and numbers stay."""
    return str(_stemmer().stemWord(word)) if word.isascii() else word  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme: Kiwi's form and tag (Sejong tags, without the irregular mark), and its place in the NFC text."""

    form: str
    tag: str
    start: int
    end: int


def morphemes(text: str) -> tuple[Morpheme, ...]:
    """Return the morphemes of a Korean text, with their places in ``normalise(text)``; about .2 ms for a question."""
    found = []
    shift = 0
    for piece in _pieces(normalise(text)):
        for token in _kiwi().tokenize(piece):
            start = shift + token.start
            found.append(Morpheme(token.form, token.tag.split("-")[0], start, start + token.len))
        shift += len(piece)
    return tuple(found)
