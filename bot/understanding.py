"""What a message asks for: its readable text, the task, the text to work on, the question in full."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot import history, routing
from bot.continuing import continued
from bot.correcting import corrected, named
from bot.database import people
from bot.database.conversations import PastTurn
from bot.language import reply_language
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said, asked_whole
from bot.messages import Message
from bot.preferences import Preferences, said_before, wish_of
from bot.setting_values import PLACE
from bot.tasks import TASKS
from bot.tasks.looking import look_up
from bot.tasks.material import own_text
from bot.tasks.request import Asked, Tools
from knowledge.language import Language, language_of

LONGEST_QUESTION = 4_000
"""Characters of a question that are looked up; the rest is said to be cut."""

LONGEST_MESSAGE = 200_000
"""Characters of a message that are read where it brings a text to work on; the rest is said to be cut."""

READING = frozenset({"answer", "preferences", "smalltalk"})
"""The tasks that look at a question; the others work on a text, and have ``LONG_WORK`` times the deadline."""

LONG_WORK = 4

COMPLETING = 0.3
"""Share of the deadline that completing a follow-up question may take."""

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff]+")


def readable(message: Message, limit: int) -> tuple[Message, bool]:
    """Return the message in characters that can be read, searched and stored, and whether it was cut."""
    text, material = _cleaned(message.text, limit), _cleaned(message.material, limit)
    cut = len(text) > limit or len(material) > limit
    return replace(message, text=text[:limit], material=material[:limit]), cut


def _cleaned(text: str, limit: int) -> str:
    return unicodedata.normalize("NFC", _UNREADABLE.sub(" ", text.lstrip()[: 2 * limit])).strip()


def understand(message: Message, past: Sequence[PastTurn], used: list[Said], tools: Tools) -> tuple[Asked, str]:
    """Return what is asked, completed from the earlier turns, and its task; ``used`` gets what a model took."""
    preferences = _preferred(message, past, tools).over(message.usual)
    preferences = preferences.over(Preferences(politeness=tools.settings.politeness))
    language = (
        message.language
        or preferences.language
        or reply_language(
            message.text,
            conversation=language_of(past[-1].text) if past else None,
            setting=tools.settings.language or None,
        )
    )
    meant = _meant(message, past, language, tools.settings.channel_tasks)
    task = meant.task if meant.task in TASKS else "answer"
    if task == "preferences" and (wish := wish_of(message.text)) is not None:
        language = wish.wanted.language or language  # it holds from this very answer on
    seconds = tools.settings.llm_deadline * (1 if task in READING else LONG_WORK)
    if task in READING:
        message = replace(message, text=message.text[:LONGEST_QUESTION])
    question = meant.said[:LONGEST_QUESTION] if meant.said else message.text
    asked = Asked(message, question, language, Deadline(seconds), past, meant.material, preferences)
    if task == "answer" and past and not meant.said:
        asked = replace(asked, question=_complete(asked, used, tools))
    return asked, task


@dataclass(frozen=True, slots=True)
class _Meant:
    """The task that is meant, and the text it is to be done to; ``said``: the earlier message that it is about."""

    task: str
    material: str = ""
    said: str = ""


def _meant(message: Message, past: Sequence[PastTurn], language: Language, channel_tasks: str) -> _Meant:
    """Return what a message is for: what a command named; what puts the guess before right; what the bot had asked for;
    what the words ask; where they ask nothing in particular, what is done in this channel."""
    if message.task:
        return _Meant(message.task, message.material or message.text)
    correction = corrected(message.text, past)
    if correction is not None and correction.task in TASKS:
        material = "" if correction.task == "answer" else own_text(correction.text) or correction.text
        return _Meant(correction.task, material, correction.text)
    wanted = routing.wanted(message.text, language)
    task = continued(message.text, past, wanted) or named(message.text) or wanted.task
    if task == "answer" and channel_tasks:
        default = _usual(message, channel_tasks)
        return _Meant(default, message.text) if default else _Meant(task, wanted.material)
    return _Meant(task, wanted.material)


def _usual(message: Message, channel_tasks: str) -> str:
    """Return what is done in the message's place, else in its channel, by the setting; "" where nothing is set."""
    found = ""
    for channel, place, task in PLACE.findall(channel_tasks):
        if channel.lower() != message.channel:
            continue
        if not place:
            found = found or task.lower()
        elif (message.conversation or "").partition(":")[0] == place:
            return str(task.lower())
    return found


def _preferred(message: Message, past: Sequence[PastTurn], tools: Tools) -> Preferences:
    """Return what the asker prefers: what is kept of them, or what they said here where nobody is known."""
    if not message.person:
        return said_before(turn.text for turn in past if turn.role == "person")
    with tools.sessions() as session:
        return people.preferences_of(session, message)


def _complete(asked: Asked, used: list[Said], tools: Tools) -> str:
    """Return the question as it is understood without the conversation; ``used`` gets what a model took."""

    def ask(model: LanguageModel, prompt: Prompt) -> str:
        used.append(said := asked_whole(model, prompt, Deadline(COMPLETING * asked.deadline.left())))
        return said.text

    def score(question: str) -> float:
        return look_up(question, asked, tools).found.confidence

    small = tools.model_for("followup")
    asking = partial(ask, small) if small else None
    return history.complete(asked.question, asked.turns, score=score, ask=asking).question
