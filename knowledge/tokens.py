"""Texts as terms: Korean morphemes and noun pairs, English stems, character bigrams.

Korean is analysed by Kiwi (kiwipiepy), loaded at the first use and shared by all threads, which it allows.

What is indexed is analysed word by word, each word by itself and once: a corpus says the same words again and again,
so that Kiwi has a tenth of the work. Its view of the whole text is not missed: recall@1 on five sets went from .740,
.801, .986, .953, .923 to .752, .805, .990, .951, .922. A question is analysed as a whole.
"""

import os
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple, Protocol

from knowledge.language import Language, language_of
from knowledge.remembering import give_back, taken

if TYPE_CHECKING:
    from kiwipiepy import Kiwi  # type: ignore[import-untyped]

WORKERS = max(2, min(8, os.cpu_count() or 2))
"""Threads of Kiwi in a batch, which lets go of Python's lock meanwhile. Two processes would be faster still (2.1 times
one on two cores, threads 1.3) and need its memory and its start twice: with words remembered, threads will do."""

BATCH = 256
BATCH_CHARACTERS = 200_000
WORDS_KNOWN = 50_000
"""Texts, and characters, analysed at once, and words whose analysis is kept: they bound the memory of indexing."""

LONGEST_RUN = 4_000
"""Characters analysed in one piece; longer texts are cut at white space before it (Kiwi's time grows with it)."""

_FOREIGN = {"SL", "SN", "SH"}
_KEPT = {"VV", "VA", "XR", "MA", "MAG", *_FOREIGN}
_LIGHT_NOUNS = {"NP", "NNB"}
_NO_CONTENT = frozenset("EJ")
"""First letters of the tags of endings and particles: half of a text, left out before anything is made of them."""

_WORD = re.compile(r"[^\W_]+")
_ENGLISH_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n+")
_LINE_BREAK = re.compile(r"(?<=[.!?])(?=\s|[가-힣])|\n+")


class Morpheme(NamedTuple):
    """One morpheme: its form and tag (Sejong tags, without Kiwi's irregularity mark), and where it stands."""

    form: str
    tag: str
    start: int
    end: int

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun with a meaning of its own."""
        return self.tag[0] == "N" and self.tag not in _LIGHT_NOUNS

    @property
    def is_content(self) -> bool:
        """Whether it carries content: no particle, no ending, no light noun."""
        return self.tag in _KEPT or self.is_noun

    @property
    def term(self) -> str:
        """How the index writes it; foreign words and numbers look the same as in an English text."""
        if self.tag in _FOREIGN:
            return stem(self.form.lower())
        return f"{self.bare}/{self.tag[0]}"

    @property
    def bare(self) -> str:
        """The form without spaces (names such as "로널드 레이건" are one morpheme)."""
        return self.form.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text, in order of appearance and with repetitions.

    ``words``: Korean content morphemes as ``form/tag``, and English stems. ``pairs``: neighbouring nouns joined
    ("환불"+"기간"). ``bigrams``: character bigrams inside words.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    bigrams: tuple[str, ...]


def normalise(text: str) -> str:
    """Return ``text`` as NFC: a Mac's decomposed Hangul must find the composed one."""
    return unicodedata.normalize("NFC", text)


def analyze(texts: Iterable[str]) -> Iterator[Terms]:
    """Yield the terms of each text, in order; Korean ones are analysed on ``WORKERS`` threads, ``BATCH`` at a time."""
    known = taken()
    present: _Batch | None = None
    for batch in _batches(texts):
        known = known if len(known) < WORDS_KNOWN else {}
        following = _Batch(batch, known)  # Kiwi has it already while the terms of the one before are made
        if present is not None:
            yield from present.terms()
        present = following
    if present is not None:
        yield from present.terms()
    give_back(known)


def terms_of(text: str) -> Terms:
    """Return the terms of one text."""
    return next(analyze([text]))


def morphemes(text: str) -> list[Morpheme]:
    """Return the morphemes of a text in NFC."""
    found = []
    offset = 0
    for piece in _pieces(text):
        found += [_morpheme(token, offset) for token in _kiwi().tokenize(piece)]
        offset += len(piece)
    return found


def noun_pairs(tokens: Sequence[Morpheme]) -> Iterator[str]:
    """Yield neighbouring nouns joined, particles between them skipped: compounds are spaced at will in Korean."""
    previous = ""
    for token in tokens:
        if not token.is_content:
            continue
        noun = token.bare if token.is_noun else ""
        if noun and previous:
            yield previous + noun
        previous = noun


def bigrams(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (gram, start, end) inside the words of a lower-case text; a word of one letter is its own gram."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        if end - start == 1:
            yield word.group(), start, end
        for at in range(start, end - 1):
            yield text[at : at + 2], at, at + 2


def stems(text: str) -> list[str]:
    """Return the English stems of the words of a text."""
    return [stem(word) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the English stem of a lower-case word (Porter 2); words of other alphabets and numbers stay."""
    return _stemmer().stemWord(word) if word.isascii() and not word.isdecimal() else word


def lines(text: str) -> list[str]:
    """Split a text of either language into short stretches, at the end of sentences and at line breaks, quickly."""
    return [line.strip() for line in _LINE_BREAK.split(text) if line.strip()]


def sentences(text: str, language: Language) -> list[str]:
    """Split ``text`` into sentences: by Kiwi where it is Korean, by punctuation where it is English."""
    text = normalise(text)
    if language == "ko":
        found = [s.text for piece in _pieces(text) for s in _kiwi().split_into_sents(piece)]
    else:
        found = _ENGLISH_BREAK.split(text)
    return [sentence.strip() for sentence in found if sentence.strip()]


def warm() -> None:
    """Load Kiwi and let it analyse once: its first call takes about a second."""
    terms_of("따뜻하게 준비합니다")


class _Token(Protocol):
    form: str
    tag: str
    start: int
    end: int


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


_loading = threading.Lock()


def _kiwi() -> "Kiwi":
    with _loading:
        return _load_kiwi()


@cache
def _load_kiwi() -> "Kiwi":
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=WORKERS, load_typo_dict=False, load_multi_dict=False)


_own = threading.local()


def _stemmer() -> _Stemmer:
    """Return this thread's stemmer: it keeps the word it is at, and two threads at one get each other's letters."""
    if not hasattr(_own, "stemmer"):
        import snowballstemmer  # type: ignore[import-untyped]

        _own.stemmer = snowballstemmer.stemmer("english")
    stemmer: _Stemmer = _own.stemmer
    return stemmer


_Word = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""Of each content morpheme of a word its term, and its form where it is a noun (else empty); the word's bigrams."""

_Known = dict[str, _Word]
"""The words that were met."""

_AWAITED: _Word = ((), (), ())


class _Batch:
    """Some texts, in NFC, whose words Kiwi has begun to analyse, those that are not known yet."""

    def __init__(self, texts: Sequence[str], known: _Known) -> None:
        self._texts = [(text, text.split() if language_of(text) == "ko" else None) for text in texts]
        self._known = known
        every = dict.fromkeys(word for _, some in self._texts for word in some or ())
        self._fresh = [word for word in every if word not in known]
        known.update(dict.fromkeys(self._fresh, _AWAITED))
        pieces = [piece for word in self._fresh for piece in _pieces(word)]
        self._analysed: Iterator[Sequence[_Token]] = _kiwi().tokenize(pieces) if pieces else iter(())

    def terms(self) -> Iterator[Terms]:
        """Yield the terms of each text."""
        for word in self._fresh:
            content = [each for _ in _pieces(word) for each in _content(next(self._analysed))]
            self._known[word] = [term for term, _ in content], [noun for _, noun in content], _grams(word)
        for text, spaced in self._texts:
            if not spaced:
                yield Terms(tuple(stems(text)), (), tuple(_grams(text)))
                continue
            words, nouns, grams = map(chain.from_iterable, zip(*map(self._known.__getitem__, spaced), strict=True))
            pairs = [before + noun for before, noun in pairwise(nouns) if before and noun]
            yield Terms(tuple(words), tuple(pairs), tuple(grams))


def _grams(text: str) -> list[str]:
    """Return the bigrams inside words; a word of one letter is its own."""
    return [gram for word in _WORD.findall(text.lower()) for gram in map(add, word, word[1:] or [""])]


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) == BATCH or characters + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(normalise(text))
        characters += len(text)
    if batch:
        yield batch


def _content(tokens: Iterable[_Token]) -> list[tuple[str, str]]:
    """Return the term of each content morpheme and, where it is a noun, its form."""
    every = (term_and_noun(token.form, token.tag) for token in tokens if token.tag[0] not in _NO_CONTENT)
    return [each for each in every if each[0]]


@lru_cache(maxsize=32_768)
def term_and_noun(form: str, tag: str) -> tuple[str, str]:
    """Return a morpheme's term, empty where it has no content, and its form where it is a noun."""
    morpheme = Morpheme(form, tag.partition("-")[0], 0, 0)
    return (morpheme.term if morpheme.is_content else "", morpheme.bare if morpheme.is_noun else "")


def _morpheme(token: _Token, offset: int) -> Morpheme:
    return Morpheme(token.form, token.tag.partition("-")[0], token.start + offset, token.end + offset)


def _pieces(text: str) -> list[str]:
    """Cut a long text into runs of at most ``LONGEST_RUN`` characters, at white space where there is some."""
    pieces = []
    while len(text) > LONGEST_RUN:
        cut = max(text.rfind(" ", 0, LONGEST_RUN), text.rfind("\n", 0, LONGEST_RUN))
        cut = cut if cut > 0 else LONGEST_RUN
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
