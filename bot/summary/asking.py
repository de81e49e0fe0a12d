"""What a text asks for: things to do, by whom and until when, and questions that wait for an answer. Verbatim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.summary.asking_words import (
    ASKS_EN,
    ASKS_KO,
    COURTESY_EN,
    COURTESY_KO,
    DUE_EN,
    DUE_KO,
    FIELD_KO,
    FOR_KO,
    ITEM_DONE,
    LIMIT_KO,
    MOVED_KO,
    MUST_EN,
    MUST_KO,
    NOT_A_NAME,
    OPEN_QUESTION,
    PROMISE_KO,
    QUESTION_KO,
    SETTLED,
    SINCE,
    STATED_KO,
    TERM_KO,
    TITLE,
    TO_KO,
    WHEN_KO,
    WHO_EN,
    WHO_KO,
    WILL_EN,
    WILL_KO,
)
from bot.summary.form_words import CLOSING
from bot.summary.sentences import Unit
from bot.summary.trimming import line_of
from knowledge.tokens import morphemes

MOST_ACTIONS = 7
MOST_QUESTIONS = 5

_OWN = {"나", "저", "저희", "우리"}


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, in the words of the text; ``who`` and ``due`` as they stand there, None where it is not said.

    ``when``: the date that ``due`` means, in ISO 8601 ("2026-11-27", "2026-11-27T17:00"), where it can be told; the
    time is one of the zone of the mail's reader.
    """

    what: str
    who: str | None = None
    due: str | None = None
    when: str | None = None


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something to be done, or says that somebody is to do it; courtesy does not count."""
    if CLOSING.match(sentence) or COURTESY_KO.search(sentence) or COURTESY_EN.search(sentence):
        return False
    return bool(ASKS_KO.search(sentence) or ASKS_EN.search(sentence))


def actions_of(units: Sequence[Unit], *, most: int = MOST_ACTIONS) -> list[Action]:
    """Return what is to be done, in the order of the text; of many those with a time or a person first."""
    return most_pressing([action for unit in units if (action := action_of(unit))], most)


def most_pressing(found: Sequence[Action], most: int = MOST_ACTIONS) -> list[Action]:
    """Return so many things to do, each once, in their order; of more than that those with a time or a person."""
    found = list(dict.fromkeys(found))
    kept = sorted(range(len(found)), key=lambda at: (found[at].due is None, found[at].who is None, at))[:most]
    return [found[at] for at in sorted(kept)]


def action_of(unit: Unit) -> Action | None:
    """Return what a sentence wants done; None where it wants nothing."""
    text = unit.text
    if unit.role in ("empty", "heading", "row"):
        return None
    asked = asks(text)
    if not asked and not _may_be_a_task(text):
        return None
    if (is_question(text) or SETTLED.search(text)) and not asked:
        return None
    what = line_of(text)
    due, who = due_of(text) or _promised_for(text), who_of(what, unit.speaker)
    if not asked and due is None and who is None:
        return None
    if not asked and due is None and not MUST_KO.search(text) and not MUST_EN.search(text):
        return None
    return Action(what, who, due)


def _may_be_a_task(text: str) -> bool:
    if CLOSING.match(text) or COURTESY_KO.search(text) or COURTESY_EN.search(text):
        return False
    return any(pattern.search(text) for pattern in (MUST_KO, WILL_KO, MUST_EN, WILL_EN, ITEM_DONE, LIMIT_KO))


def _promised_for(text: str) -> str | None:
    """Return the day on which a writer promises to do something."""
    found = WHEN_KO.search(text) if PROMISE_KO.search(text) else None
    return " ".join(found["due"].split()) if found else None


def due_of(text: str) -> str | None:
    """Return the words that say until when, as they stand in the text; "까지" before what may mean something else."""
    for pattern in (MOVED_KO, TERM_KO, DUE_KO, FIELD_KO, STATED_KO, DUE_EN):
        spans = pattern in (MOVED_KO, TERM_KO)
        found = [one for one in pattern.finditer(text) if spans or not SINCE.search(text, 0, one.start())]
        if found:
            said = next((one for one in found if one[0].endswith("까지")), found[0]).groupdict().values()
            return next(" ".join(value.split()).rstrip(".,") for value in said if value)
    return None


def who_of(text: str, speaker: str = "") -> str | None:
    """Return who is to do it, as the sentence names them; someone who says "I will" is the speaker."""
    bare = text.removeprefix(f"{speaker}: ") if speaker else text
    if head := re.match(r"[^:：]{1,30}[:：]\s(?=\S)", bare):
        if who := _named(bare) or _named(bare[head.end() :]):
            return who
    elif who := _named(bare):
        return who
    own = re.search(r"(?:^|\s)(?:제가|저희가)\s|^저는\s|^I(?:'ll| will| can)\b", bare)
    promised = PROMISE_KO.search(bare)
    return speaker or None if own or promised else None


def _named(bare: str) -> str | None:
    """Return who a sentence names at its head, or as the one in charge."""
    if found := FOR_KO.search(bare):
        return found["who"]
    if (found := WHO_KO.match(bare) or TO_KO.match(bare)) and _is_somebody(found["who"]):
        return found["who"].strip()
    if found := WHO_EN.match(bare):
        name = next(value for value in found.groupdict().values() if value)
        if name.split()[0] not in NOT_A_NAME:
            return name
    return None


def _is_somebody(name: str) -> bool:
    """Whether a Korean word at the head of a sentence names people: by its title, or Kiwi knows it as a name."""
    if name in _OWN:
        return False
    if re.search(
        rf"{TITLE}(?:님)?$|(?:팀|부서|본부|센터|파트|그룹|위원회|팀장님?|팀원)$|직원|구성원|참석자|신청자|담당자|회원",
        name,
    ):
        return True
    parts = morphemes(name)
    return len(parts) == 1 and parts[0].tag == "NNP"


def questions_of(units: Sequence[Unit], *, most: int = MOST_QUESTIONS) -> list[str]:
    """Return the questions of a text as they stand there, those that ask politely for something to be done left out."""
    found = [line_of(unit.text) for unit in units if unit.role in ("plain", "item") and is_question(unit.text)]
    return list(dict.fromkeys(found))[:most]


def is_question(text: str) -> bool:
    """Whether a sentence asks something; one that asks politely for something to be done does not."""
    text = re.sub(r"[\"'”’)\]]+$", "", text.strip())
    if len(text) < 4:
        return False
    if asks(text) and not OPEN_QUESTION.search(text):
        return False
    return text.endswith(("?", "？")) or bool(QUESTION_KO.search(text) and len(text) < 200)
