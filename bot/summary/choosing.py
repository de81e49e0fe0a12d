"""Which sentences tell a mail in three lines: who wants what, what matters, and what happens next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quantities import quantities
from bot.summary.asking import action_of, asks, due_of, is_question
from bot.summary.asking_words import MUST_EN, MUST_KO, WILL_EN, WILL_KO
from bot.summary.brief_words import MONEY
from bot.summary.ranking import scores_of
from bot.summary.sentences import Unit
from bot.summary.trimming import brief_of
from knowledge.language import language_of

OLDER, MOST_OLDER = 0.6, 1.8
"""What a sentence of an earlier mail is worth less for each mail between, and at most."""

IN_FILE = 0.7
"""What a sentence of an attached file is worth less than one of the mail itself."""

ASKED = 0.3
"""What a request is worth less where it is looked for what matters: it is among the things to do, with its date."""

FIELD = 0.3
"""What a field ("원인: ...") is worth less than a sentence; fields of time, place and money are worth as much."""

OPENS = 0.4
"""What the opening of a Korean mail is worth less there: as often as not it recalls what went before."""

SAYS_LITTLE = {"ko": 8, "en": 16}
"""Characters of a line that is passed over where there is another one."""

RANKED = 300
"""Sentences of a long thread that are weighed against each other; what is beyond them is the oldest."""

AMOUNT, ANNOUNCED = 0.6, 0.7
"""What a sentence with an amount of money or a share is worth more among those that matter, and one that only announces
what others say ("청구서를 보내 드립니다") less."""

_BOILERPLATE = re.compile(
    r"(?i:\b(?:you(?:'re| are) receiving|unsubscribe|if you have (?:any |further )?questions|sent (?:from|via|by) \w+$|"
    r"do not reply|view (?:this|it) (?:e-?mail )?in (?:your )?browser|privacy policy|all rights reserved)\b)|"
    r"발신\s?전용|수신\s?(?:거부|동의)|본 (?:메일|이메일)은|무단\s?전재|회신되지 않습니다|개인정보\s?처리\s?방침|"
    r"^\d{1,5} [A-Z][\w .#,-]{5,80}\b[A-Z]{2} \d{5}\b|^[A-Z][\w ]{2,30},? [A-Z]{2} \d{5}$|"
    r"^\d{1,5} (?:[NSEW] )?[A-Z]\w+ (?:Rd|St|Ave|Street|Road)\b",
)
"""What mails of machines say of themselves."""

_FIELD = re.compile(
    r"^\W*(?!일시|일정|기간|장소|금액|총액|합계|가격|비용|마감|기한|when|where|date|time|place|total|price)[^\s:：][^:：]{0,15}[:：]\s(?!.*[.다요]$)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:안내|첨부|송부|보내|전달|공지|공유|연락|보고|메일|알려)\s?(?:해\s?)?"
    r"(?:드립니다|드려요|드리는 메일입니다|합니다)[.!]*$"
)
_POLITE = re.compile(
    r"^[^\d]{0,70}(?:감사(?:드립니다|합니다|드려요|해요|했습니다)|고맙습니다|(?:죄송|송구|미안)(?:합니다|해요|드려요))[.!~]*$|"
    r"^(?:thanks|thank you|i hope|we hope)\b[^\d]{0,90}$",
    re.IGNORECASE,
)
"""What only thanks or excuses; a line of three is too much for it."""

LONGEST_FIELD = 90
_CONTACT = re.compile(
    r"^\W*(?:\d\.\s)?(?:수신자?|발신자?|참조|경유|관련|제목|붙임|from|to|cc|subject|date)\s?[:：]|"
    r"^\W*(?:문의(?:처|사항)?|연락처|전화|휴대폰|팩스|담당자?|이메일|메일|주소|홈페이지|tel|phone|fax|e-?mail|contact|web)\s?[:：.]",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"참고|공유드립|아래\s?(?:메일|내용|건)|전달(?:해\s?)?(?:드립|드려|합니다)|"
    r"다시\s?(?:한번\s?)?(?:연락|메일|말씀|요청|문의)|재차|리마인드|"
    r"\b(?:fyi|forward(?:ing|ed)?|see below|below|reminder|following up|follow up|any update|"
    r"did you (?:get|see)|chasing)\b",
    re.IGNORECASE,
)
"""A mail that only hands on or repeats what the one below it asks."""

_IF_ONLY = re.compile(r"(?:주시면|주신다면)\s(?!(?:대단히\s|정말\s)?(?:감사|고맙|됩니다|좋겠))|[가-힣]시면 됩니다")
"""What is asked on the way to something else: "알려 주시면 진행하겠습니다"."""

PASSING_ON = 90
"""Characters of a mail that does no more than that."""

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
    pick = _Pick(telling, scores, dict(zip((unit.place for unit in telling), words, strict=True)))
    request = open_request(telling)
    first = pick.lead(request)
    last = pick.next(first, request)
    told = [first] if last is None else [first, last]
    matter: list[Unit] = []
    while len(told) < count and (more := pick.matters(told)) is not None:
        told.append(more)
        matter.append(more)
    matter.sort(key=lambda unit: unit.place)
    return Chosen(tuple([first, *matter, *([last] if last else [])][:count]), request)


def _telling(units: Sequence[Unit]) -> list[Unit]:
    """Return what says something; where nothing does, what there is. What asks something is never left out."""
    said = [
        unit for unit in units if asks(unit.text) or not (unit.role in ("empty", "heading") or _is_contact(unit.text))
    ]
    plain = [unit for unit in said if asks(unit.text) or not _says_nothing(unit.text)]
    return plain or said or [unit for unit in units if unit.role != "empty"] or list(units)


def _is_contact(text: str) -> bool:
    return len(text) <= LONGEST_FIELD and bool(_CONTACT.match(text))


def _says_nothing(text: str) -> bool:
    return bool(_POLITE.match(text) or _BOILERPLATE.search(text))


def _distance(unit: Unit) -> float:
    return IN_FILE if unit.attached else min(MOST_OLDER, OLDER * unit.age)


def open_request(units: Sequence[Unit]) -> Unit | None:
    """Return the newest thing that the thread asks and that no later mail says is done; of one mail the weightiest.

    A mail that only hands on the one below it, or asks again, asks what that one asks.
    """
    own = [unit for unit in units if not unit.attached]
    asked_again: Unit | None = None
    for age in sorted({unit.age for unit in own}):
        written = [unit for unit in own if unit.age == age]
        wanted = [unit for unit in written if asks(unit.text) or is_question(unit.text)]
        request = max(wanted, key=_first_of_all, default=None)
        text = " ".join(unit.text for unit in written)
        passed_on = len(text) <= PASSING_ON and bool(_PASSED_ON.search(text))
        if request is not None and not passed_on:
            return request
        asked_again = asked_again or request
        if not passed_on and _ANSWERED.search(text):
            break
    return asked_again


def _first_of_all(unit: Unit) -> tuple[float, int]:
    """Return what the weightiest has most of: of requests that press alike the last one, of questions the first."""
    return _pressing(unit), unit.place if asks(unit.text) else -unit.place


def _pressing(unit: Unit) -> float:
    asked = asks(unit.text)
    wanting = (0.5 if _IF_ONLY.search(unit.text) else 2) if asked else 1.0 * is_question(unit.text)
    return 1.2 * (due_of(unit.text) is not None) + wanting


@dataclass(frozen=True, slots=True)
class _Pick:
    units: Sequence[Unit]
    scores: dict[int, float]
    words: dict[int, frozenset[str]]

    def lead(self, request: Unit | None) -> Unit:
        """Return the first line: in Korean, where what is wanted stands last, the request; else how the mail opens.

        English mails open with what they are about, which nothing beats (prototypes): the request comes after it.
        """
        if request is not None and (language_of(request.text) == "ko" or request.age):
            return request
        newest = min(unit.age for unit in self.units)
        opening = [unit for unit in self.units if unit.age == newest and not unit.attached] or self.units
        return next((unit for unit in opening if unit.role != "row" and _says_enough(unit)), opening[0])

    def next(self, first: Unit, request: Unit | None) -> Unit | None:
        """Return what is to happen: the request that is not told yet, else a deadline or an event to come."""
        if request is not None and request != first:
            return request
        ahead = [unit for unit in self.units if not unit.age and unit.text != first.text and self._ahead(unit) >= 1]
        return max(ahead, key=lambda unit: (self._ahead(unit), self.scores[unit.place]), default=None)

    def _ahead(self, unit: Unit) -> float:
        text = unit.text
        dated = any(found.sort in ("date", "time", "weekday") for found in quantities(text))
        to_come = bool(WILL_KO.search(text) or WILL_EN.search(text) or MUST_KO.search(text) or MUST_EN.search(text))
        asked = asks(text)
        ahead = (due_of(text) is not None) + 0.5 * dated + 0.6 * to_come + 0.8 * asked + 0.3 * bool(_NEXT.search(text))
        return ahead - (0.5 if unit.attached else 0.0)

    def matters(self, told: Sequence[Unit]) -> Unit | None:
        """Return the weightiest sentence that says something new."""
        said = frozenset[str]().union(*(self.words[unit.place] for unit in told))
        texts = {unit.text for unit in told}
        left = [unit for unit in self.units if unit.text not in texts]
        fresh = [unit for unit in left if not unit.age or not (asks(unit.text) or is_question(unit.text))] or left
        better = [unit for unit in fresh if _says_enough(unit)] or left
        return max(better, key=lambda unit: (self._new(unit, said), -unit.place), default=None)

    def _new(self, unit: Unit, said: frozenset[str]) -> float:
        words = self.words[unit.place]
        repeated = len(words & said) / len(words) if words else 1.0
        asked = ASKED * (is_question(unit.text) or action_of(unit) is not None) * (2 if unit.age else 1)
        opens = OPENS * (unit.place == self.units[0].place and unit.language == "ko")
        opens += FIELD * bool(_FIELD.match(unit.text) and not due_of(unit.text))
        more = AMOUNT * bool(MONEY.search(unit.text)) - ANNOUNCED * bool(_ANNOUNCES.search(unit.text))
        return self.scores[unit.place] - 0.9 * repeated - asked - opens + more


def _says_enough(unit: Unit) -> bool:
    line = brief_of(unit.text)
    return len(line) >= SAYS_LITTLE[language_of(line)]
