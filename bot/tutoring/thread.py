"""Where a lesson stands: a quiz, a hint, a practice, or a question of ours that is open; wishes about an explanation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from bot import routing
from bot.phrases import PHRASES
from bot.preference_kinds import Level
from bot.tutoring import quiz
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.database.conversations import PastTurn
    from bot.routing import Wanted

LESSONS: Final = ("tutor", "")
"""The tasks of turns that a lesson can be in; callers that keep the turns themselves do not say the task."""

LONGEST_WISH = 40
"""Characters in which somebody asks for an explanation in other words."""

LONGEST_END = 200
"""Characters at the end of a message that show whether it is a question."""

LONGEST_GUESS = 15
"""Characters of an answer in a quiz that may end in a question mark: a longer one is a question."""

_HINT: Final = re.compile(r"\A\[(?:힌트|Hint) (\d)\]")
_PRACTICE: Final = re.compile(r"\A\[(영어|한국어|English|Korean) (?:연습|practice)\]")
SOLUTION: Final = re.compile(
    r"(?:정답|답|풀이|해답)(?:을|를|만|이)?\s?(?:좀\s?|그냥\s?|바로\s?|다\s?)?(?:알려|보여|말해|줘|주세요|공개|뭐|궁금)|포기|모르겠|"
    r"\b(?:the |full |just )?(?:answer|solution)\b|\bgive up\b|\bi don'?t know\b|\bshow me how\b",
    re.IGNORECASE,
)
_SIMPLER: Final = re.compile(
    r"쉽게|쉬운\s?말|어려워|어렵|이해가?\s?(?:안|잘\s?안|못)|모르겠|풀어서|simpler|easier|simply|too (?:hard|difficult)|don'?t (?:get|understand)",
    re.IGNORECASE,
)
_DEEPER: Final = re.compile(
    r"자세히|자세하게|깊이|깊게|전문적|심화|more detail|in depth|deeper|technical", re.IGNORECASE
)
_AGAIN: Final = re.compile(r"(?:다시|한\s?번\s?더|예를?\s?(?:하나\s?)?(?:더\s?)?들어|예시|비유).{0,12}(?:설명|말해|줘|주세요|들어|알려)|(?:another|an?|more) examples?|explain (?:it )?again", re.IGNORECASE)  # fmt: skip
_QUESTION: Final = re.compile(r"[?？]\s*$|(?:나요|까요|습니까|인가요|은가요|주세요|줘)\s*[.!?]*$")
_REAL_PROBLEM: Final = re.compile(r"\d|[=+^×÷√]")
"""What a problem to be solved has, and a question about the documents seldom."""

_OPEN: Final = ("tutor.ask_topic", "tutor.ask_sentence", "tutor.ask_problem", "tutor.ask_code")
_STEPS: Final[tuple[Level, ...]] = ("child", "student", "general", "expert")


@dataclass(frozen=True, slots=True)
class Open:
    """What the bot's last turn leaves open; ``number``: of hints given, ``key``: of the question that was asked."""

    kind: Literal["quiz", "hint", "practice", "asked", "explained"]
    quiz: "quiz.State | None" = None
    number: int = 0
    key: str = ""


def open_in(past: "Sequence[PastTurn]") -> Open | None:
    """Return what the bot's last turn left open, None where that was no lesson."""
    if not past or past[-1].role != "bot" or past[-1].task not in LESSONS:
        return None
    text = past[-1].text
    if state := quiz.read_state(text):
        return Open("quiz", state)
    if hint := _HINT.match(text):
        return Open("hint", number=int(hint[1]))
    if _PRACTICE.match(text):
        return Open("practice")
    key = next((key for key, openings in _asking() if text.startswith(openings)), "")
    if key:
        return Open("asked", key=key)
    return Open("explained") if past[-1].task else None


def continues(text: str, past: "Sequence[PastTurn]", wanted: "Wanted") -> bool:
    """Tell whether a message goes on with the lesson that the bot's last turn was about."""
    left = open_in(past)
    if left is None or wanted.reason in ("crisis", "sexual", "human", "hostile"):
        return False
    if left.kind == "explained":
        return wanted.task in ("answer", "tutor") and not wanted.material and is_wish(text)
    if wanted.task in ("draft", "translate", "summarize", "sentiment", "preferences"):
        return False
    if left.kind == "practice":
        practised: Language = "ko" if re.match(r"\[(?:한국어|Korean)", past[-1].text) else "en"
        return quiz.stops(text) or language_of(text, practised) == practised
    if wanted.task == "tutor":
        return left.kind in ("hint", "asked") and not _new_lesson(wanted)
    if left.kind == "quiz":
        return len(text) <= LONGEST_GUESS or not _QUESTION.search(text[-LONGEST_END:])
    if left.kind == "asked" and _QUESTION.search(text[-LONGEST_END:]):
        return left.key == "tutor.ask_problem" and bool(_REAL_PROBLEM.search(text))
    return True


def is_wish(text: str) -> bool:
    """Tell whether somebody wants the explanation in other words."""
    return len(text) <= LONGEST_WISH and any(pattern.search(text) for pattern in (_SIMPLER, _DEEPER, _AGAIN))


def stepped(level: Level, wish: str) -> Level:
    """Return the level that a wish about an explanation asks for, a step from ``level``."""
    place = _STEPS.index(level or "general")
    if _SIMPLER.search(wish):
        return _STEPS[max(0, place - 1)]
    return _STEPS[min(len(_STEPS) - 1, place + 1)] if _DEEPER.search(wish) else _STEPS[place]


def begun_by(past: "Sequence[PastTurn]") -> tuple[str, list[str]]:
    """Return what the person ordered at the beginning of the lesson, and what they said in it since."""
    since: list[str] = []
    for place in range(len(past) - 1, -1, -1):
        turn = past[place]
        if turn.role == "bot":
            if turn.task not in LESSONS:
                break
            continue
        before = past[place - 1] if place else None
        opens = routing.wanted(turn.text, language_of(turn.text)).task == "tutor" and not is_wish(turn.text)
        if opens or before is None or before.task not in LESSONS:
            return turn.text, since[::-1]
        since.append(turn.text)
    return (since.pop() if since else ""), since[::-1]


def _new_lesson(wanted: "Wanted") -> bool:
    return wanted.reason in ("a quiz", "practice", "mend my words") or bool(wanted.material)


@cache
def _asking() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(phrase.split("\n")[0] for phrase in PHRASES[key])) for key in _OPEN)
