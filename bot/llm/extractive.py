"""No model at all: the best sentences of a passage, word for word, in their order.

A sentence's score is the idf-weighted share of the question's terms (stems, or pairs of letters in Korean) that it
holds, idf counted over the passage's own sentences.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

from knowledge import tokens
from knowledge.language import Language

WHOLE = 240
"""A passage of at most so many characters is shown whole."""

MOST = 3
"""At most so many sentences are picked; their neighbours come on top."""

ALSO = 0.55
"""A further sentence needs this share of the best one's score, and a term of the question that is still missing."""

ENOUGH = 240
"""A shorter extract gets the sentence before, which names what it speaks of, and the one after."""

GAP = " … "
"""Stands where sentences were left out."""

_WORD = re.compile(r"[^\W_]+")

_COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an the of to in on at for from by with as and or not no is are was were be been do doe did can
        could may will would should shall must have has had i you we they he she it my your our their his her
        its me us them this that these those there here what which who whom whose when where whi how ani some
        all if so than then""",
    )
)
"""English words that say nothing of what is asked, as stems."""

_LEANS_BACK = re.compile(
    r"(이|그|이는|이를|이런|이러한|그런|그러한|이때|그때|따라서|그러나|하지만|그리고|또한|또|단|다만|즉|예를 들어|"
    r"이것|그것|여기|이곳|그곳|해당)[\s,]|(he|she|it|this|that|these|those|they|his|her|its|their|however|therefore|"
    r"also|but|and|then|thus|for example|otherwise)\b",
    re.IGNORECASE,
)
"""How a sentence begins that cannot be understood without the one before it."""


def extract(question: str, text: str, language: Language) -> str:
    """Return what of ``text`` answers ``question``: all of a short text, else one to three sentences and neighbours.

    Every run of it stands in ``text`` character by character; ``GAP`` joins runs that are apart.
    """
    text = text.strip()
    if len(text) <= WHOLE:
        return text
    spans, terms = sentences_of(text, language)
    if len(spans) < 2:
        return text
    picked = _pick(_terms(question), terms)
    if not picked:
        return _join(text, spans, [0, 1])
    return _join(text, spans, _with_neighbours(text, spans, picked))


def _pick(asked: frozenset[str], sentences: Sequence[frozenset[str]]) -> list[int]:
    """Return the sentences that answer, best first."""
    document = Counter(term for terms in sentences for term in terms)
    weight = {term: log(1 + len(sentences) / document[term]) for term in asked if term in document}
    total = [sum(weight.get(term, 0.0) for term in terms & asked) for terms in sentences]
    order = sorted(range(len(sentences)), key=lambda i: (-total[i], i))
    if not total[order[0]]:
        return []
    picked, covered = [order[0]], sentences[order[0]] & asked
    for i in order[1:]:
        fresh = (sentences[i] & asked) - covered
        if len(picked) < MOST and total[i] >= ALSO * total[order[0]] and any(weight.get(t) for t in fresh):
            picked.append(i)
            covered |= fresh
    return picked


def _with_neighbours(text: str, spans: Sequence[tuple[int, int]], picked: Sequence[int]) -> list[int]:
    """Add the sentence before one that leans on it, and those around the best while there is room."""
    chosen = set(picked)
    for i in picked:
        if i > 0 and _LEANS_BACK.match(text, spans[i][0]):
            chosen.add(i - 1)
    for i in (picked[0] - 1, picked[0] + 1):
        if 0 <= i < len(spans) and sum(spans[j][1] - spans[j][0] for j in chosen | {i}) <= ENOUGH:
            chosen.add(i)
    return sorted(chosen)


def _join(text: str, spans: Sequence[tuple[int, int]], chosen: Sequence[int]) -> str:
    joined = ""
    for before, i in zip([None, *chosen], chosen, strict=False):
        start, end = spans[i]
        if before is not None:
            joined += text[spans[before][1] : start] if before == i - 1 else GAP
        joined += text[start:end]
    return joined


@lru_cache(maxsize=2_000)
def sentences_of(text: str, language: Language) -> tuple[list[tuple[int, int]], list[frozenset[str]]]:
    """Return where each sentence begins and ends, and its terms; kept, since popular passages come again."""
    spans, position = [], 0
    for sentence in tokens.sentences(text, language):
        start = text.find(sentence, position)
        if start >= 0:
            position = start + len(sentence)
            spans.append((start, position))
    return spans, [_terms(text[start:end]) for start, end in spans]


def _terms(text: str) -> frozenset[str]:
    """Return stems of Latin words and numbers, and letter pairs of the others.

    Pairs find Korean's endings in the way; morphemes pick the right sentence hardly more often (0.75 points in 100
    on 400 questions), and cost ten times the time.
    """
    terms: set[str] = set()
    for word in _WORD.findall(text.lower()):
        if word.isascii() or len(word) == 1:
            terms.add(tokens.stem(word))
        else:
            terms.update(word[i : i + 2] for i in range(len(word) - 1))
    return frozenset(terms) - _COMMON
