"""A quiz: its questions, how an answer is judged without a model, and the score, which every question carries along.

The score stands in what the bot said last ("[퀴즈 · 배송 · 2/3번 · 정답 1개 · 틀린 문제 1]"): so a quiz goes on in every
channel, over a restart, and longer than the turns that are looked back at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal

from bot.courtesies import is_courtesy
from bot.phrases import say
from knowledge.language import Language, language_of

MOST_CHOICES = 4
LONGEST_READ = 5_000
"""Characters of a passage that questions are made from."""

LONGEST_CHOICE = 120
"""Characters of an answer as one can choose it."""

_HEAD: Final = re.compile(
    r"\[(?P<general>일반 지식 퀴즈|General knowledge quiz)?(?:퀴즈|Quiz)? · (?P<topic>[^\]·\n]+) · (?P<again>다시 |again )?(?P<number>\d{1,2})/(?P<total>\d{1,2})번? · "
    r"(?:정답 |right )(?P<right>\d{1,2})개?(?: · (?:다시 맞힘 |mended )(?P<mended>\d{1,2})개?)?(?: · (?:틀린 문제 |missed )(?P<wrong>\d{1,2}(?:, \d{1,2})*))?\]"
)
_NUMBER = re.compile(r"\s*(?:답은\s?|정답은\s?|number\s|option\s)?[(\[]?([1-4①-④])[)\].]?\s?(?:번)?\s?(?:이요|이에요|예요|입니다|요|같아요|인가요)?[\s.?!~]*", re.IGNORECASE)  # fmt: skip
_GIVEN_UP = re.compile(r"(?:잘\s?)?(?:모르겠|몰라|모름|패스|pass\b|skip\b|i don'?t know|no idea|dunno)", re.IGNORECASE)
_STOP = re.compile(r"\s*(?:이제\s?)?(?:그만|그만\s?(?:할래|하자|할게|해)\S*|끝|종료|퀴즈\s?(?:그만|끝|종료)\S*|stop|quit|enough|end(?: the)? quiz|stop the quiz)(?:요)?[\s.!~]*", re.IGNORECASE)  # fmt: skip
_BLANKS = re.compile(
    r"(?:\d{4}년 )?\d{1,2}월 \d{1,2}일|(?<![\d.,])\d[\d,.]*\d?\s?(?:영업일|시간|개월|주일|퍼센트|포인트|억\s?원|만\s?원|천\s?원|%|원|일|년|시|분|층|명|개|회|번|주|월|세|장|대|권|"
    r"(?:business )?days?|hours?|minutes?|months?|years?|weeks?|won|percent|people|a\.m\.|p\.m\.)?"
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
BLANK = "____"


@dataclass(frozen=True, slots=True)
class State:
    """Where a quiz stands: the question that is open; ``right`` at the first try, ``mended`` at the second; ``wrong``
    are to be asked again; ``again`` while they are. ``general``: not from the documents.
    """

    topic: str
    number: int
    total: int
    right: int = 0
    wrong: tuple[int, ...] = ()
    again: bool = False
    mended: int = 0
    general: bool = False
    language: Language = "ko"

    @property
    def head(self) -> str:
        """The line that carries it."""
        name = say("tutor.quiz.general" if self.general else "tutor.quiz.name", self.language)
        turn = say("tutor.quiz.again", self.language) if self.again else ""
        count = say("tutor.quiz.count", self.language, number=self.number, total=self.total, right=self.right)
        mended = say("tutor.quiz.mended", self.language, mended=self.mended) if self.mended else ""
        wrong = ", ".join(map(str, self.wrong))
        missed = say("tutor.quiz.missed", self.language, wrong=wrong) if wrong else ""
        topic = self.topic or say("tutor.quiz.everything", self.language)
        return f"[{name} · {topic} · {turn}{count}{mended}{missed}]"

    def after(self, *, right: bool) -> "State | None":
        """Return the state with the next question, None at the end: what was wrong comes once more."""
        if self.again:
            state = replace(self, mended=self.mended + right)
        else:
            state = replace(self, right=self.right + right, wrong=self.wrong if right else (*self.wrong, self.number))
            if self.number < self.total:
                return replace(state, number=self.number + 1)
        if not state.wrong:
            return None
        return replace(state, again=True, number=state.wrong[0], wrong=state.wrong[1:])

    def score(self, *, right: bool | None = None) -> tuple[int, int]:
        """Return how many were right at the first and at the second try, the open one being ``right``."""
        now = bool(right)
        return (self.right, self.mended + now) if self.again else (self.right + now, self.mended)


def read_state(text: str) -> State | None:
    """Return where the quiz stands that the bot's text goes on with, None where it is none, or over."""
    found = next(reversed(list(_HEAD.finditer(text))), None)
    if found is None:
        return None
    language: Language = "ko" if "개" in found[0][found[0].rfind(" · ") - 8 :] or "정답" in found[0] else "en"
    topic = found["topic"].strip()
    return State(
        "" if topic == say("tutor.quiz.everything", language) else topic,
        int(found["number"]),
        int(found["total"]),
        int(found["right"]),
        tuple(int(number) for number in (found["wrong"] or "").split(", ") if number),
        bool(found["again"]),
        int(found["mended"] or 0),
        bool(found["general"]),
        language,
    )


def question_in(text: str, state: State) -> str:
    """Return the question as it was asked in the bot's text, below the line of the state."""
    _, _, below = text.rpartition(state.head)
    return below.strip().split("\n", 1)[0].strip()


def stops(text: str) -> bool:
    """Tell whether somebody has had enough."""
    return bool(_STOP.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answer: to ``choose`` from ``choices``, to fill in (``blank``), or to answer freely.

    ``whole`` is what the documents say.
    """

    kind: Literal["choose", "blank", "free"]
    question: str
    answer: str
    whole: str
    choices: tuple[str, ...] = ()

    @property
    def lines(self) -> str:
        """The question as it is shown, its choices below it."""
        return "\n".join([self.question, *(f"{number}) {choice}" for number, choice in enumerate(self.choices, 1))])


def choosing(question: str, answer: str, others: Sequence[str]) -> Item | None:
    """Return a question with its answer among those of others; None without others."""
    right = short(answer)
    wrong = [other for other in dict.fromkeys(map(short, others)) if other != right][: MOST_CHOICES - 1]
    if not wrong:
        return None
    choices = sorted([right, *wrong], key=lambda choice: sha256(f"{question}\0{choice}".encode()).digest())
    return Item("choose", question, right, answer, tuple(choices))


def blanking(text: str) -> list[Item]:
    """Return the sentences of a text that have a number, an amount or a date, each with the first one left out."""
    items = []
    for sentence in _SENTENCE.split(text[:LONGEST_READ]):
        if 12 <= len(sentence) <= 200 and (found := _BLANKS.search(sentence)):
            question = f"{sentence[: found.start()]}{BLANK}{sentence[found.end() :]}".strip()
            items.append(Item("blank", question, found[0].strip(), sentence.strip()))
    return items


def short(answer: str) -> str:
    """Return the first sentence of an answer that is no courtesy, cut where it is long."""
    sentences = _SENTENCE.split(answer.strip())
    first = next((each for each in sentences if each.strip() and not is_courtesy(each.strip())), sentences[0])
    return first if len(first) <= LONGEST_CHOICE else first[: LONGEST_CHOICE - 1].rstrip() + "…"


def judged(said: str, item: Item) -> bool | None:
    """Tell whether an answer is right; None where it is none that can be read, or a free one."""
    if _GIVEN_UP.match(said.strip()):
        return False
    if item.kind == "choose":
        return _chosen(said, item)
    if item.kind == "blank":
        return _filled(said, item.answer)
    return None


def _chosen(said: str, item: Item) -> bool | None:
    if number := _NUMBER.fullmatch(said):
        digit = "①②③④".find(number[1]) + 1 or int(number[1])
        return None if digit > len(item.choices) else item.choices[digit - 1] == item.answer
    plain = _plain(said)
    meant = [choice for choice in item.choices if len(plain) >= 2 and plain in _plain(choice)]
    return meant[0] == item.answer if len(meant) == 1 else None


def _filled(said: str, answer: str) -> bool:
    if re.search(r"\d", answer):
        numbers = re.findall(r"\d+(?:\.\d+)?", said.replace(",", ""))
        wanted = re.findall(r"\d+(?:\.\d+)?", answer.replace(",", ""))
        unit = re.sub(r"[\d.,\s]", "", said)
        return numbers == wanted and (not unit or _agrees(unit, re.sub(r"[\d.,\s]", "", answer)))
    return _plain(answer) in _plain(said)


def _agrees(said: str, unit: str) -> bool:
    """Tell whether the words around a number are its unit, with an ending or courtesy at most."""
    rest = said.lower().replace(unit.lower(), "", 1) if unit else said.lower()
    return not rest or bool(
        re.fullmatch(
            r"(?:정답은|답은|은|는|이요|요|이에요|예요|입니다|이야|야|까지|부터|정도|itis|its|about|the|answeris|[.!?~])*",
            rest,
        )
    )


def _plain(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text).lower()


def spoken_in(text: str) -> Language:
    """Return the language of a question."""
    return language_of(text)
