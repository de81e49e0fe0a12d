"""A wrong guess put right by a word: "no, translate it", "아니 질문이야", or the bare name of the task."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.database.conversations import PastTurn

LONGEST = 40
"""Characters of a message that may be such a word."""

_DO = r"\s?(?:좀\s?)?(?:해|하라고|해달라고|해\s?줘|해\s?주세요|해\s?달라고|부탁\S*|이요|이라고요?|이야|이에요|입니다|요)?(?:\s?(?:거야|거예요|한\s?거야))?"
_NAMES: Final[dict[str, str]] = {
    "translate": rf"(?:번역|영작){_DO}|translat(?:e|ion)(?: (?:it|this|that))?",
    "summarize": rf"(?:세\s?줄\s?)?(?:요약|정리){_DO}|summari[sz]e(?: (?:it|this|that))?|summary|tl;?dr",
    "sentiment": rf"(?:감정|감성|분위기)(?:\s?분석)?{_DO}|sentiment|mood|tone",
    "draft": rf"(?:초안|답장|답장\s?초안)(?:을|를)?{_DO}(?:\s?써\s?(?:줘|주세요|달라고))?|draft(?: (?:it|one|a reply))?",
    "tutor": rf"(?:설명|가르쳐|가르쳐\s?줘|가르쳐\s?주세요|첨삭){_DO}|explain(?: (?:it|this|that))?|teach me",
    "answer": r"(?:그냥\s?)?(?:질문|물어본|물어보는|묻는|문의)(?:한|하는)?\s?(?:거|건데|것)?\s?(?:이야|야|이에요|예요|입니다|인데요?|이라고요?|요)?"
    r"|(?:자료에서|문서에서)\s?찾아\s?(?:줘|주세요)|(?:it'?s |it was |that'?s |that was )?(?:just )?a question|(?:just )?answer (?:it|the question)"
    r"|look it up",
}
_NO: Final = (
    r"(?:아니(?:요|야|에요|오)?|아뇨|그게\s?아니라|그거\s?말고|no+|nope|not that|that'?s not what i (?:meant|asked))"
)
_END: Final = r"[\s.!?~ㅠㅜ]*"

_CORRECTIONS: Final = tuple(
    (
        task,
        re.compile(rf"{_NO}[\s,.!]*(?:i meant:?\s|내\s?말은\s|나는\s|난\s|please\s)?(?:{names}){_END}", re.IGNORECASE),
    )
    for task, names in _NAMES.items()
)
_BARE: Final = tuple((task, re.compile(rf"(?:{names}){_END}", re.IGNORECASE)) for task, names in _NAMES.items())


@dataclass(frozen=True, slots=True)
class Correction:
    """``task`` is to be done to ``text``, what the person had said before."""

    task: str
    text: str


def corrected(text: str, past: "Sequence[PastTurn]") -> Correction | None:
    """Return what the message before was meant for, where this one says so; None where it says something else.

    "No" before the name of a task is about the person's own last message; so is "it was a question".
    """
    text = text.strip()
    if not past or past[-1].role != "bot" or len(text) > LONGEST:
        return None
    own = next((turn.text for turn in reversed(past) if turn.role == "person"), "")
    if not own:
        return None
    for task, pattern in _CORRECTIONS:
        if pattern.fullmatch(text):
            return Correction(task, own)
    question = dict(_BARE)["answer"].fullmatch(text) if past[-1].task != "answer" else None
    return Correction("answer", own) if question else None


def named(text: str) -> str | None:
    """Return the task that a message names and nothing else; what it is to be done to is what was said before."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    return next((task for task, pattern in _BARE if task != "answer" and pattern.fullmatch(text)), None)
