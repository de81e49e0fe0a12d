"""The text that an order without one points at ("translate this"): an earlier message, or what the bot said last."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.phrases import forms
from bot.routing import wanted
from knowledge.language import language_of

if TYPE_CHECKING:
    from bot.database.conversations import PastTurn
    from bot.tasks.request import Asked

LONG = 200
"""Characters from which a message counts as a text of its own, though it asks for nothing."""

_OWN = re.compile(
    r"(?:내가|제가|우리가|저희가|고객이?|아까|위에|앞에)\s?(?:쓴|보낸|적은|올린|붙인|말한|한\s?말)|(?<![가-힣])(?:내|제)\s?(?:글|메일|메시지|문장|질문)"
    r"|\bmy (?:\w+ )?(?:text|mail|e-?mail|message|note|question|sentence)\b"
    r"|\bi (?:just )?(?:sent|wrote|pasted|said|asked)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"답변|대답|답을|네가\s?(?:쓴|말한|한)|방금\s?(?:한\s?)?(?:말|답)"
    r"|\byour (?:\w+ )?(?:answer|reply|response|text|draft)\b"
    r"|\b(?:the|that|last|previous) (?:answer|reply|response)\b|\byou (?:just )?(?:said|wrote)\b",
    re.IGNORECASE,
)
_MADE = frozenset({"summarize", "translate", "draft", "tutor"})
"""Tasks whose result is a text that something else can be done to."""

_NOTHING = (
    "answer.unknown",
    "answer.nothing_near",
    "answer.no_documents",
    "draft.ask",
    "sentiment.no_text",
    "summary.no_text",
    "tutor.ask_topic",
    "tutor.ask_sentence",
    "tutor.ask_problem",
    "tutor.ask_code",
    "tutor.not_covered",
    "tutor.quiz.none",
)
"""Phrases with which the bot says that it has done nothing, or asks something back."""


def material_of(asked: "Asked", *, own: bool = False) -> str:
    """Return the text that is to be worked on: the one that the message brings, else the earlier one it points at.

    "" where there is none, not even earlier. With a task that a command or a button named, it is the message itself.
    ``own``: where the words do not say which, the person's own text is meant rather than the bot's last answer.
    """
    if asked.material.strip():
        return asked.material
    return asked.message.text if asked.message.task else pointed_at(asked.message.text, asked.turns, own=own)


def pointed_at(order: str, turns: "Sequence[PastTurn]", *, own: bool = False) -> str:
    """Return what an order means of the conversation (oldest turn first): what its words name, else the bot's last
    answer, unless that was none and the person's own text stands before it; with ``own`` the person's text first."""
    order = order[:LONG]
    if _OWN.search(order):
        return _last_own(turns) or _last_said(turns)
    if _ANSWER.search(order):
        return _last_said(turns) or _last_own(turns)
    if own:
        return _last_own(turns) or _last_said(turns)
    last = next((turn for turn in reversed(turns) if turn.role == "bot" and turn.task != "smalltalk"), None)
    if last is not None and _says_something(last):
        return last.text
    return _last_own(turns) or _last_said(turns)


def own_text(text: str) -> str:
    """Return the text that a message of a person brings: the one set apart in it, else all of it where it gives no
    order and is no small talk; "" for a bare order."""
    found = wanted(text, language_of(text))
    if found.task == "smalltalk":
        return ""
    return found.material or (text if found.task == "answer" else "")


def _last_own(turns: "Sequence[PastTurn]") -> str:
    """Return the last text of the person's: a longer one, else any."""
    texts = [own for turn in reversed(turns) if turn.role == "person" and (own := own_text(turn.text))]
    return texts[0] if texts else ""


def _last_said(turns: "Sequence[PastTurn]") -> str:
    return next((turn.text for turn in reversed(turns) if turn.role == "bot" and _says_something(turn)), "")


def _says_something(turn: "PastTurn") -> bool:
    """Tell whether a turn of the bot is a text that something can be done to."""
    if turn.text.startswith(_openings()):
        return False
    return turn.task in _MADE or (turn.task in ("", "answer") and bool(turn.passages or not turn.task))


def _openings() -> tuple[str, ...]:
    """Return how the phrases begin that say that nothing was done, up to their first value."""
    begun = (re.split(r"[\n{]", phrase)[0] for key in _NOTHING for phrase in forms(key))
    return tuple(filter(None, begun))
