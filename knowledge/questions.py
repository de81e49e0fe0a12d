"""What a question looks for, and how much each term of it weighs.

A Korean question is a frame around its content: "환불은 어떻게 하나요?" looks for 환불; 어떻게, 하다 and the endings
are shared with every other question and would draw other questions' answers ("무엇인가요" finds what asks "무엇인가").
In a small FAQ their idf does not tell, so the frame weighs less, whatever the corpus. What stands between quotation
marks was copied from a screen or a text and weighs more, endings and particles included.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language import Language, language_of
from knowledge.tokens import Morpheme, bigrams, morphemes, normalise, noun_pairs, stems

LONGEST = 2_000
"""Characters of a question that are looked for; a longer text is not a question, and its head tells its subject."""

QUOTED = 2.0
PARTICLE = 0.2
"""Weight of particles, endings and frames in the bigram field; a bigram weighs the mean of its two characters."""

FRAME = {
    0.3: "어떻/V 어떠하/V 어떡하/V 얼마/N 얼마나/M 언제/M 왜/M 몇/N 어찌/M 무엇/N 뭐/N 어디/N 누구/N",
    0.5: "있/V 하/V 되/V 위하/V 대하/V 관하/V 통하/V 따르/V 알/V 알리/V 말/V 말하/V 가르치/V 주/V 보/V "
    "그렇/V 이렇/V 같/V 경우/N 때/N 궁금/X",
    0.7: "방법/N 관련/N 가능/N 필요/N 정보/N 확인/N 문의/N 설명/N 안내/N 의미/N 뜻/N 정의/N 종류/N 이유/N "
    "없/V 받/V 싶/V",
}
"""The terms of Korean question frames by their weight: interrogatives, light verbs, words for "information"."""

_WEIGHT = {term: weight for weight, terms in FRAME.items() for term in terms.split()}
_WHOLLY_FRAME = {term for term, weight in _WEIGHT.items() if weight < 0.7}
_QUOTED = re.compile(
    r"(?<![A-Za-z0-9])['\"‘’“”「『〈《<{\[]([^'\"‘’“”「」『』〈〉《》<>{}\[\]\n]{1,60})['\"‘’“”」』〉》>}\]](?![A-Za-z0-9])"
)
_CHARACTERS_KEPT = {"NNB", "NP", "XPN", "XSN", "MM"}


def frame_weight(term: str) -> float:
    """Return the weight of a term where nothing is quoted: less than 1 for the frame of a question."""
    return _WEIGHT.get(term, 1.0)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as both keyword fields look for it: the weight of each term, 1 for a plain content word."""

    text: str
    language: Language
    words: dict[str, float]
    bigrams: dict[str, float]


def understand(text: str) -> Question:
    """Return what ``text`` looks for."""
    text = normalise(text)[:LONGEST].strip()
    language = language_of(text)
    if language == "en":
        grams = {gram: 1.0 for gram, _, _ in bigrams(text.lower())}
        return Question(text, language, dict.fromkeys(stems(text), 1.0), grams)
    tokens = morphemes(text)
    quoted = [match.span(1) for match in _QUOTED.finditer(text)]
    return Question(text, language, _weigh_words(tokens, quoted), _weigh_bigrams(text, tokens, quoted))


def _weigh_words(tokens: Sequence[Morpheme], quoted: Sequence[tuple[int, int]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for token in tokens:
        if token.is_content:
            inside = any(start <= token.start < end for start, end in quoted)
            weight = QUOTED if inside else frame_weight(token.term)
            weights[token.term] = max(weight, weights.get(token.term, 0.0))
    for pair in noun_pairs(tokens):
        weights.setdefault(pair, 1.0)
    return weights


def _weigh_bigrams(text: str, tokens: Sequence[Morpheme], quoted: Sequence[tuple[int, int]]) -> dict[str, float]:
    characters = [PARTICLE] * len(text)
    for token in tokens:
        kept = token.is_content or token.tag in _CHARACTERS_KEPT
        if kept and token.term not in _WHOLLY_FRAME:
            characters[token.start : token.end] = [1.0] * (token.end - token.start)
    for start, end in quoted:
        characters[start:end] = [QUOTED] * (end - start)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters of other alphabets grow when lowered: weigh all alike
        return {gram: 1.0 for gram, _, _ in bigrams(lower)}
    weights: dict[str, float] = {}
    for gram, start, end in bigrams(lower):
        weights[gram] = max(weights.get(gram, 0.0), (characters[start] + characters[end - 1]) / 2)
    return weights
