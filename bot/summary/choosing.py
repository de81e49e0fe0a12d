"""Which sentences tell a mail in three lines: who wants what, what matters, and what happens next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quantities import quantities
from bot.summary.asking import asks, due_of, is_question
from bot.summary.asking_words import MUST_EN, MUST_KO, WILL_EN, WILL_KO
from bot.summary.ranking import scores_of
from bot.summary.sentences import Unit
from bot.summary.trimming import brief_of
from knowledge.language import language_of

OLDER, MOST_OLDER = 0.5, 1.5
"""What a sentence of an earlier mail is worth less for each mail between, and at most."""

IN_FILE = 0.7
"""What a sentence of an attached file is worth less than one of the mail itself."""

ASKED = 0.3
"""What a request is worth less where it is looked for what matters: it is among the things to do, with its date."""

SAYS_LITTLE = {"ko": 8, "en": 16}
"""Characters of a line that is passed over where there is another one."""

RANKED = 400
"""Sentences of a long thread that are weighed against each other; what is beyond them is the oldest."""

_NEXT = re.compile(
    r"예정|일정|회의|미팅|방문|다음\s?(?:단계|주|달)|까지|후속|진행하겠|드리겠|하겠습니다|할게요|드릴게요|개최|시작|오픈|"
    r"\b(?:next|will|schedul\w+|meeting|call|plan(?:s|ned)? to|follow[- ]?up|going to|starts?|begins?|deadline|"
    r"due|by)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:보내|보내어|전달|송부|첨부|공유|회신|안내|처리|완료|반영|수정|확인)\s?(?:해\s?)?"
    r"(?:드립니다|드렸습니다|드려요|했습니다|하였습니다|되었습니다|됐습니다|완료)|"
    r"알겠습니다|확인했습니다|네[,.]|"
    r"\b(?:done|attached|here (?:is|are|it is)|i(?:'ve| have) (?:sent|attached|done|updated)|sent|will do|confirmed|"
    r"sounds good|agreed)\b",
    re.IGNORECASE,
)
"""How a mail says that what the one before it asked has been done."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences of the lines, in the order they are told; ``request`` is the newest open one, if there is one."""

    told: tuple[Unit, ...]
    request: Unit | None


def chosen(units: Sequence[Unit], count: int) -> Chosen:
    """Return the sentences that tell a mail best, at most ``count``; ``units`` are those of the whole thread."""
    telling = _telling(units)[:RANKED]
    if not telling:
        return Chosen((), None)
    weighed, words = scores_of(telling)
    scores = {unit.place: one - _distance(unit) for unit, one in zip(telling, weighed, strict=True)}
    words_of = dict(zip((unit.place for unit in telling), words, strict=True))
    pick = _Pick(telling, scores, words_of)
    request = open_request(telling)
    first = pick.lead(request)
    then = pick.next(request)
    told = [unit for unit in (first, None, then) if unit is not None]
    if request is not None and request not in told:
        told = [request, *told] if first is None else [first, request, *told[2:]][:count]
    told = list(dict.fromkeys(told))
    while len(told) < count and (more := pick.matters(told)) is not None:
        told.insert(1, more)
    return Chosen(tuple(told[:count]), request)


def _telling(units: Sequence[Unit]) -> list[Unit]:
    """Return what says something; of a mail that only says "see the attached" the file comes first."""
    said = [unit for unit in units if unit.role not in ("empty", "heading")]
    return said or [unit for unit in units if unit.role != "empty"] or list(units)


def _distance(unit: Unit) -> float:
    return IN_FILE if unit.attached else min(MOST_OLDER, OLDER * unit.age)


def open_request(units: Sequence[Unit]) -> Unit | None:
    """Return the newest thing that the thread asks and that no later mail says is done; of one mail the weightiest."""
    own = [unit for unit in units if not unit.attached]
    for age in sorted({unit.age for unit in own}):
        written = [unit for unit in own if unit.age == age]
        if wanted := [unit for unit in written if asks(unit.text) or is_question(unit.text)]:
            return max(wanted, key=lambda unit: (_pressing(unit), unit.place))
        if any(_ANSWERED.search(unit.text) for unit in written):
            return None
    return None


def _pressing(unit: Unit) -> int:
    asked = asks(unit.text)
    return 2 * (due_of(unit.text) is not None) + 2 * asked + (not asked and is_question(unit.text))


@dataclass(frozen=True, slots=True)
class _Pick:
    units: Sequence[Unit]
    scores: dict[int, float]
    words: dict[int, frozenset[str]]

    def lead(self, request: Unit | None) -> Unit | None:
        """Return the first line: in Korean, where what is wanted stands last, the request; else how the mail opens.

        English mails open with what they are about, which nothing beats (prototypes): the request comes after it.
        """
        if request is not None and language_of(request.text) == "ko":
            return request
        newest = min(unit.age for unit in self.units)
        opening = [unit for unit in self.units if unit.age == newest and not unit.attached] or self.units
        return next((unit for unit in opening if unit.role != "row" and _says_enough(unit)), None) or opening[0]

    def next(self, request: Unit | None) -> Unit | None:
        """Return what is to happen: a deadline or an event to come, said in the newest mail that says one."""
        ahead = [unit for unit in self.units if unit.age == 0 and unit != request and self._ahead(unit) >= 1]
        if request is not None and language_of(request.text) != "ko":
            return request
        return max(ahead, key=lambda unit: (self._ahead(unit), self.scores[unit.place]), default=None)

    def _ahead(self, unit: Unit) -> float:
        text = unit.text
        dated = any(found.sort in ("date", "time", "weekday") for found in quantities(text))
        to_come = bool(WILL_KO.search(text) or WILL_EN.search(text) or MUST_KO.search(text) or MUST_EN.search(text))
        asked = asks(text)
        return (due_of(text) is not None) + 0.5 * dated + 0.6 * to_come + 0.8 * asked + 0.3 * bool(_NEXT.search(text))

    def matters(self, told: Sequence[Unit]) -> Unit | None:
        """Return the weightiest sentence that says something new."""
        said = frozenset[str]().union(*(self.words[unit.place] for unit in told))
        left = [unit for unit in self.units if unit not in told and unit.text not in {one.text for one in told}]
        better = [unit for unit in left if _says_enough(unit)] or left
        return max(better, key=lambda unit: (self._new(unit, said), -unit.place), default=None)

    def _new(self, unit: Unit, said: frozenset[str]) -> float:
        words = self.words[unit.place]
        repeated = len(words & said) / len(words) if words else 1.0
        asked = ASKED * (asks(unit.text) or is_question(unit.text)) * (2 if unit.age else 1)
        return self.scores[unit.place] - 0.9 * repeated - asked


def _says_enough(unit: Unit) -> bool:
    line = brief_of(unit.text)
    return len(line) >= SAYS_LITTLE[language_of(line)]
