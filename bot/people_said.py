"""What people answered to questions the documents had no answer to: beginnings of an answer for everyone.

The note of whoever solved a handover, and what was said in the thread where a channel can be asked; personal data is
taken out, and somebody reads it before it is used.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.channels import ChannelError
from bot.database import question_groups
from bot.database.question_groups import Asked
from bot.redacting import redacted
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

log = logging.getLogger(__name__)

LOOKED_AT = 100
"""Questions of a group, the newest, of which some may have been answered by people."""

MOST = 5
"""Conversations that are looked into, the newest, and answers that are shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """A question and what a person answered to it; ``taken`` tells in words what was taken out."""

    question: str
    answer: str
    taken: str = ""


@runtime_checkable
class Threaded(Protocol):
    """A channel whose threads can be read."""

    def answered_by_people(self, conversation: str, language: Language) -> Sequence[Said]:
        """Return what people answered in a thread, the last one first; ChannelError where it cannot be read."""
        ...


def people_said(bot: "Bot", group: int, language: Language) -> list[Said]:
    """Return what people answered to a group's questions, the newest first; none twice."""
    with bot.sessions() as session:
        asked = question_groups.asked_of(session, group, LOOKED_AT)
        notes = question_groups.said_to(session, [each.answer_id for each in asked if each.handed][:MOST])
    found = [_noted(each.text, notes[each.answer_id], language) for each in asked if each.answer_id in notes]
    if len(found) < MOST:
        found += _in_threads(bot, asked, language)
    return list({each.answer: each for each in found}.values())[:MOST]


def _noted(question: str, note: str, language: Language) -> Said:
    asked, said = redacted(question, language), redacted(note, language)
    return Said(" ".join(asked.text.split()), said.text.strip(), said.words(language))


def _in_threads(bot: "Bot", asked: Sequence[Asked], language: Language) -> list[Said]:
    found: list[Said] = []
    seen: set[str] = set()
    for each in asked:
        channel = bot.channels.get(each.channel)
        if not isinstance(channel, Threaded) or each.conversation_id in seen:
            continue
        if len(seen) == MOST:
            break
        seen.add(each.conversation_id)
        with bot.sessions() as session:
            place = question_groups.place_of(session, each.conversation_id)
        try:
            found += channel.answered_by_people(place, language)
        except ChannelError as error:
            log.info("a thread cannot be read: %s", error)
            break
    return found
