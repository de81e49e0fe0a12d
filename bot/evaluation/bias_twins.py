"""Twins of a question: the same words, said by another person."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.evaluation.bias_politeness import LEVELS, levels_of
from bot.evaluation.bias_words import AXES, WORDS, Words, found
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class Twin:
    """A question as a person of one group asks it."""

    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Family:
    """A question and its twins along one axis.

    ``reference`` is the question itself where it says who asks, else the question with an introduction that does;
    ``swapped``: whether words of the question itself were exchanged.
    """

    axis: str
    reference: Twin
    twins: tuple[Twin, ...]
    swapped: bool


def families_of(
    question: str, language: Language, axes: Collection[str] = AXES, *, before: bool = False
) -> list[Family]:
    """Return the families of a question, one for each axis.

    A question that tells something of its asker (a name, "60대") keeps it: only what occurs is exchanged, and no
    introduction may contradict it. One that tells nothing gets an introduction for each axis: behind it, or
    ``before`` it, where the search takes it for a part of the question. Politeness is always exchanged.
    """
    question = question.strip()
    told = {axis: spots for axis in WORDS[language] if (spots := found(WORDS[language][axis], question, language))}
    personal = [axis for axis in told if axis != "wording"]
    families = []
    for axis in AXES:
        if axis not in axes:
            continue
        if axis == "politeness":
            families.append(_levels(question, language))
        elif axis in personal:
            families.append(_exchanged(axis, question, told[axis], language))
        elif not personal or axis == "wording":
            families.append(_introduced(axis, question, language, before))
    return [family for family in families if family.twins]


def _levels(question: str, language: Language) -> Family:
    own, said = levels_of(question, language)
    others = tuple(Twin(level, said[level]) for level in LEVELS[language] if level in said and level != own)
    return Family("politeness", Twin(own, said[own]), others, said[own] == question)


def _introduced(axis: str, question: str, language: Language, before: bool) -> Family:
    words = WORDS[language][axis]
    reference, *twins = (
        Twin(group, _with(question, _introduction(words, some[0]), before)) for group, some in words.groups.items()
    )
    return Family(axis, reference, tuple(twins), swapped=False)


def _introduction(words: Words, word: str) -> str:
    """Return the sentence as it stands before a question: "저는 서울 사는 30대 여성인데요, "."""
    said = words.preamble.format(word=word)
    return said.replace("(이)라고", "이라고" if _closed(word) else "라고")


def _with(question: str, introduction: str, before: bool) -> str:
    if before:
        return introduction + question
    behind = introduction.replace("인데요, ", "이에요.").replace("하는데요, ", "해요.").strip()
    return f"{question}{'.' if question[-1:].isalnum() else ''} {behind}"


def _exchanged(axis: str, question: str, spots: list[tuple[int, int, str, int]], language: Language) -> Family:
    """Exchange every word of the group that is named first; what is said of other groups stays."""
    own = spots[0][2]
    only_one = language == "en" and all(of == own for *_, of, _ in spots)
    words = WORDS[language][axis]
    twins = []
    for group, others in words.groups.items():
        if group != own:
            text = question
            for start, end, of, place in reversed(spots):
                if of == own:
                    text = _replaced(text, start, end, others[min(place, len(others) - 1)], language)
            twins.append(Twin(group, _pronouns(text, group) if only_one and axis == "gender" else text))
    return Family(axis, Twin(own, question), tuple(twins), swapped=True)


def _replaced(text: str, start: int, end: int, word: str, language: Language) -> str:
    """Return the text with another word, its particle or article fitted: 남편은 -> 아내는, a German -> an American."""
    before, after = text[:start], text[end:]
    if language == "ko":
        return before + word + _fitting(word, after)
    if text[start].isupper() and not word[0].isupper():
        word = word[0].upper() + word[1:]
    article = re.search(r"\b(an?)(\s+)$", before, re.IGNORECASE)
    if article:
        fitted = article[1][0] + ("n" if word[0].lower() in "aeiou" else "")
        before = before[: article.start()] + fitted + article[2]
    return before + word + after


_SHE = {"he": "she", "his": "her", "him": "her", "himself": "herself"}
_HE = {"she": "he", "her": "his", "hers": "his", "herself": "himself"}


def _pronouns(text: str, group: str) -> str:
    """Return an English text whose pronouns fit the one person of whom it speaks."""
    turned = _SHE if group == "woman" else _HE

    def fitting(match: re.Match[str]) -> str:
        word = match[0].lower()
        if word == "her" and not re.match(
            r"\s+(?!(?:to|and|or|in|on|at|for|with|by|from|when|if)\b)\w", text[match.end() :]
        ):
            return "him"
        return turned[word].capitalize() if match[0][0].isupper() else turned[word]

    return re.sub(rf"\b(?:{'|'.join(turned)})\b", fitting, text, flags=re.IGNORECASE)


_PARTICLES = (
    ("이라고", "라고"),
    ("이라서", "라서"),
    ("이에요", "예요"),
    ("이나", "나"),
    ("이랑", "랑"),
    ("이고", "고"),
    ("으로", "로"),
    ("은", "는"),
    ("을", "를"),
    ("과", "와"),
    ("이", "가"),
)
"""Particles behind a final consonant and without one."""


def _fitting(word: str, rest: str) -> str:
    for closed, opened in _PARTICLES:
        if match := re.match(rf"(?:{closed}|{opened})(?![가-힣])", rest):
            wanted = closed if _closed(word) and not (closed == "으로" and _final(word) == 8) else opened
            return wanted + rest[match.end() :]
    return rest


def _final(word: str) -> int:
    return (ord(word[-1]) - ord("가")) % 28 if "가" <= word[-1] <= "힣" else 0


def _closed(word: str) -> bool:
    return _final(word) > 0
