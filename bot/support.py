"""Text taken apart for the checks: sentences and clauses with their content words, names, quantities and polarity.

Everything is cached by text, so that a passage is analysed once however many sentences are checked against it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.denying import Denials, english_denials, korean_denials
from bot.organisations import organisations
from bot.polarity import Polarity, english_polarity, korean_polarity, plain_form
from bot.quantities import quantities
from bot.quantity import Quantity
from bot.stop_words import ENGLISH_STOP, KOREAN_LIGHT
from knowledge.language import Language, language_of
from knowledge.tokens import Morpheme, morphemes, normalise, sentences, stem

_CITATION = re.compile(r"\s*\[\d+\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_CASUAL_END = re.compile(r"(?<=[a-z)][.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)\s+(?=[a-z])")
"""The end of a sentence before one that begins with a small letter."""

_YES = re.compile(r"(?:네|예|넵|그렇습니다|맞습니다|물론|yes|sure|of course|certainly)(?![가-힣a-z])", re.IGNORECASE)
_NO = re.compile(r"(?:아니요|아니오|아닙니다|아뇨|죄송하지만|no|unfortunately|sorry)(?![가-힣a-z])", re.IGNORECASE)
"""How an answer begins that says yes or no to the question before it."""

LINK = re.compile(
    r"https?://[^\s<>\"')\]가-힣]+|\bwww\.[^\s<>\"')\]가-힣]+|[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+|"
    r"(?<![a-z0-9@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|kr|io|co|dev|app|info|biz|edu|gov|me|shop|store|jp|cn|uk|us|eu|"
    r"de)"
    r"(?![a-z0-9])(?:/[^\s<>\"')\]가-힣]*)?",
    re.IGNORECASE,
)
"""Links and e-mail addresses, as they are written in running text."""

_JOINED = ("NNG", "NNP", "XPN", "XSN", "XR")
_CLAUSE_KO = {"고", "며", "으며", "지만", "으나", "나", "는데", "은데", "ᆫ데", "면서", "으면서", "거나", "지만요"}
_CLAUSE_MARKS = re.compile(r"[,;:·](?=\s)|[;/]|\s[-–]\s|\n")
_CLAUSE_EN = re.compile(r",(?=\s)|;|:(?=\s)|\s(?:and|but|while|whereas|or)\s|\s[-–]\s|\n")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence that says one thing: its content words (as stems) and quantities."""

    words: tuple[str, ...]
    quantities: tuple[Quantity, ...]

    def without(self, quantity: Quantity) -> frozenset[str]:
        """Return its words and its other quantities: what is said of this one."""
        return frozenset(self.words) | {other.key for other in self.quantities if other is not quantity}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence taken apart; ``names``: proper nouns and foreign words, lower case, without spaces."""

    text: str
    language: Language
    words: tuple[str, ...]
    names: tuple[str, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    polarity: Polarity
    denials: Denials = ()


def split(text: str, language: Language) -> list[str]:
    """Return the sentences of a text, each with the citations that follow it."""
    found: list[str] = []
    for line in normalise(text).splitlines():
        if not line.strip():
            continue
        for sentence in (part for whole in sentences(line, language) for part in _CASUAL_END.split(whole)):
            if found and not _CITATION.sub("", sentence).strip(" .,"):
                found[-1] += " " + sentence
            elif found and (leading := re.match(r"(?:\[\d+\]\s*)+(?=\S)", sentence)):
                found[-1] += " " + leading[0].strip()
                found.append(sentence[leading.end() :])
            else:
                found.append(sentence)
    return found


@lru_cache(maxsize=2_048)
def taken_apart(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a passage, taken apart; a question affirms only what the answer after it says yes to."""
    found = [take_apart(sentence) for sentence in split(text, language_of(text))]
    for index, sentence in enumerate(found):
        if sentence.text.rstrip().endswith(("?", "？")):
            answer = found[index + 1].text if index + 1 < len(found) else ""
            found[index] = replace(sentence, polarity=_answered(sentence.polarity, answer))
    return tuple(found)


def _answered(asked: Polarity, answer: str) -> Polarity:
    if _YES.match(answer):
        return asked
    return {name: frozenset(not side for side in sides) for name, sides in asked.items()} if _NO.match(answer) else {}


@lru_cache(maxsize=4_096)
def take_apart(text: str) -> Sentence:
    """Return one sentence taken apart, its citations left out."""
    text = _CITATION.sub(lambda m: " " * len(m[0]), normalise(text))
    return _korean(text) if language_of(text) == "ko" else _english(text)


def _korean(text: str) -> Sentence:
    parts = morphemes(text)
    numbers = quantities(text)
    placed = _outside([(m.start, _content(m)) for m in parts if _content(m)], text, numbers)
    compounds = list(_compounds(text, parts))
    cuts = [m.end for m in parts if m.tag == "EC" and m.form in _CLAUSE_KO]
    cuts += [m.start() for m in _CLAUSE_MARKS.finditer(text)]
    names = [m.form for m in parts if m.tag in ("NNP", "SL", "SH") and len(m.form) > 1]
    names += organisations(LINK.sub(" ", text))
    return Sentence(
        text,
        "ko",
        tuple(word for _, word in placed),
        tuple(dict.fromkeys(squeezed(n) for n in names)),
        _clauses(text, [*placed, *compounds], cuts),
        numbers,
        korean_polarity(parts),
        korean_denials(parts, placed),
    )


def _outside(placed: Iterable[tuple[int, str]], text: str, numbers: Sequence[Quantity]) -> list[tuple[int, str]]:
    """Leave out the words that are part of a quantity (오전 of "오전 11시") or of a link."""
    spans = [(q.start, q.end) for q in numbers] + [m.span() for m in LINK.finditer(text)]
    return [(at, word) for at, word in placed if not any(start <= at < end for start, end in spans)]


def _compounds(text: str, parts: Sequence[Morpheme]) -> Iterable[tuple[int, str]]:
    """Yield nouns written in one, as a word more: what tells 입금 계좌 from 환불 계좌 and 교환비 from 교환."""
    for index, first in enumerate(parts):
        last = index
        while last + 1 < len(parts) and parts[last + 1].tag in _JOINED and parts[last + 1].start == parts[last].end:
            last += 1
        if (
            last > index
            and first.tag in _JOINED
            and not (index and parts[index - 1].end == first.start and parts[index - 1].tag in _JOINED)
        ):
            yield first.start, text[first.start : parts[last].end]


def _content(m: Morpheme) -> str:
    if m.tag in ("NNG", "NNP", "XR", "SH", "VV", "VA"):
        form = plain_form(m)
        return "" if form in KOREAN_LIGHT else form
    return stem(m.form.lower()) if m.tag == "SL" else ""


def _english(text: str) -> Sentence:
    placed = []
    numbers = quantities(text)
    for m in _WORD.finditer(text):
        word = m[0].lower().replace("’", "'").removesuffix("'s")
        if word not in ENGLISH_STOP and not word.isdigit():
            placed.append((m.start(), stem(word)))
    placed = _outside(placed, text, numbers)
    compounds = [(m.start(), m[0].lower()) for m in _HYPHENATED.finditer(text)]
    return Sentence(
        text,
        "en",
        tuple(word for _, word in placed),
        tuple(dict.fromkeys(_english_names(text))),
        _clauses(text, [*placed, *compounds], [m.start() for m in _CLAUSE_EN.finditer(text)]),
        numbers,
        english_polarity(text),
        english_denials(text, placed),
    )


def _english_names(text: str) -> Iterable[str]:
    """Yield capitalised words that do not begin a sentence, an item or a quotation, and words with capitals inside."""
    for m in re.finditer(r"[A-Z][\w&'’-]*|\b[a-z]+[A-Z]\w*", text):
        initial = re.search(r"(?:^|[.!?:\n\"“(*•\-–]|\d[.)])\s*$", text[: m.start()])
        word = m[0].removesuffix("'s").removesuffix("’s")
        acronym = len(word) > 1 and word[1:] != word[1:].lower()
        if (not initial or acronym) and word not in ("I", "I'm", "I'll", "I'd", "I've", "OK") and len(word) > 1:
            yield squeezed(word)


def _clauses(text: str, placed: Sequence[tuple[int, str]], cuts: Iterable[int]) -> tuple[Clause, ...]:
    edges = [0, *sorted(set(cuts)), len(text) + 1]
    numbers = quantities(text)
    found = [
        Clause(
            tuple(word for at, word in placed if start <= at < end),
            tuple(q for q in numbers if start <= q.start < end),
        )
        for start, end in pairwise(edges)
    ]
    return tuple(clause for clause in found if clause.words or clause.quantities)


def squeezed(text: str) -> str:
    """Return the text in lower case without spaces and hyphens, as names are compared."""
    return re.sub(r"[\s\-·.'’]+", "", normalise(text).lower())
