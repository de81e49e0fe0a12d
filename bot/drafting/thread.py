"""Where a conversation about a draft stands: a new order, the answer to what the bot asked, or a wish about a draft."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import routing
from bot.drafting import words
from bot.drafting.brief import Brief
from bot.drafting.reading import answered, read_brief
from bot.phrases import PHRASES
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.database.conversations import PastTurn
    from bot.routing import Wanted

LONGEST_WISH = 300
"""Characters in which someone says what is to be different; more is something else."""

_QUESTION = re.compile(r"[?？]\s*$|(?:나요|까요|습니까|인가요|은가요)\s*$")
_OPENINGS = tuple(phrase.split("\n")[0] for phrase in PHRASES["draft.ask"])


@dataclass(frozen=True, slots=True)
class Thread:
    """The order as it stands; ``asked``: what was missing has been asked for already; ``previous``: the draft that is
    to be changed, ``wish``: how.
    """

    brief: Brief
    asked: bool = False
    previous: str = ""
    wish: str = ""


def asks(turn: "PastTurn") -> bool:
    """Tell whether the bot asked for what an order leaves out."""
    return turn.task == "draft" and is_question(turn.text)


def is_question(text: str) -> bool:
    """Tell whether what the bot said asks for what an order leaves out."""
    return text.startswith(_OPENINGS)


def continues(text: str, past: "Sequence[PastTurn]", wanted: "Wanted") -> bool:
    """Tell whether a message goes on with the draft that the bot's last turn was about."""
    if not past or past[-1].role != "bot" or past[-1].task != "draft":
        return False
    if asks(past[-1]):
        if len(text) <= LONGEST_WISH and words.GO_ON.search(text):
            return True
        if wanted.task not in ("draft", "answer", "smalltalk") or _QUESTION.search(text[-LONGEST_WISH:]):
            return False
        return wanted.task != "smalltalk"
    open_tasks = ("answer", "smalltalk", "summarize")
    return (
        len(text) <= LONGEST_WISH
        and wanted.task in open_tasks
        and not wanted.material
        and bool(words.REVISION.search(text))
    )


def thread_of(
    text: str, past: "Sequence[PastTurn]", language: Language, options: "Mapping[str, str] | None" = None
) -> Thread:
    """Return the order that a message gives, or goes on with."""
    wanted = routing.wanted(text, language)
    fresh = read_brief(text, language, options)
    if not continues(text, past, wanted) or (wanted.task == "draft" and _another(fresh, past)):
        return Thread(fresh)
    brief = _so_far(past, options)
    if asks(past[-1]):
        return Thread(answered(brief, text, brief.missing), asked=True)
    changed = read_brief(text, language)
    brief = replace(
        brief,
        order=f"{brief.order}\n{text}",
        tone=changed.tone or brief.tone,
        length=changed.length if changed.length_said else brief.length,
        length_said=changed.length_said or brief.length_said,
        versions=changed.versions,
    )
    return Thread(brief, asked=True, previous=past[-1].text, wish=text)


def _another(fresh: Brief, past: "Sequence[PastTurn]") -> bool:
    """Tell whether an order is for another text than the one that was asked about."""
    first = read_brief(_orders(past)[0], fresh.language)
    return fresh.kind not in ("text", "mail", first.kind)


def _so_far(past: "Sequence[PastTurn]", options: "Mapping[str, str] | None") -> Brief:
    """Return the order with all that was said about it before."""
    first, *others = _orders(past)
    brief = read_brief(first, language_of(first), options)
    for said in others:
        brief = answered(brief, said, brief.missing)
    return brief


def _orders(past: "Sequence[PastTurn]") -> list[str]:
    """Return what the person said about this draft, the order first."""
    said: list[str] = []
    for turn in reversed(past):
        if turn.role == "bot":
            if turn.task != "draft":
                break
            continue
        said.append(turn.text)
        if routing.wanted(turn.text, language_of(turn.text)).task == "draft":
            break
    return said[::-1] or [""]
