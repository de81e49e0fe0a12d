"""Everyone who asked what has an answer by now is told so, where they asked, once."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.database import audit, notices, question_groups
from bot.database.audit import Actor
from bot.database.question_groups import Asked
from bot.errors import UserError
from bot.incoming import Incoming
from bot.phrases import say
from bot.telling import can_tell, tell
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

JOB = "questions.tell"
AT_ONCE = 50
"""Conversations that are told while somebody waits."""

MOST = 20_000
"""Questions of a group, the newest, whose conversations are looked at."""

LONGEST_QUESTION = 200
"""Characters of somebody's question in what they are told."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A conversation in which a group's question was asked; ``told`` already, or ``reachable`` at all.

    ``question`` is the last one there, ``text`` what is to be said.
    """

    conversation: str
    channel: str
    question: str
    at: str
    text: str
    key: str
    told: bool
    reachable: bool


def recipients(bot: "Bot", group: int) -> list[Recipient]:
    """Return the conversations in which an answered group was asked, the newest first, with what is said there."""
    with bot.sessions() as session:
        found = question_groups.get(session, group)
    if (
        found is None
        or found.state != "answered"
        or not found.document_id
        or not found.entry
        or found.decided_at is None
    ):
        return []
    try:
        live = bot.library.entry(found.document_id, found.entry)
    except UserError:
        return []
    beginning = f"question:{found.id}:{found.decided_at.timestamp():.0f}:"
    with bot.sessions() as session:
        asked = question_groups.asked_of(session, found.id, MOST)
        told = {notice.key for notice in notices.told(session, beginning)}
        last = {each.conversation_id: each for each in reversed(asked)}
        places = notices.places(session, list(last))
    audience = live.draft.audience
    shown = []
    for each in sorted(last.values(), key=lambda one: one.at, reverse=True):
        place, key = places.get(each.conversation_id), f"{beginning}{each.conversation_id}"
        may = audience is None or not set(audience).isdisjoint(each.audience)
        reachable = may and place is not None and can_tell(bot, place)
        shown.append(_recipient(each, live.draft.answer, key, told=key in told, reachable=reachable))
    return shown


def tell_all(
    bot: "Bot",
    group: int,
    conversations: Collection[str] | None,
    actor: Actor,
    text: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Tell those who asked in these conversations (None: in all), once each; return how many were told now.

    ``text`` is said to all of them, where it is given.
    """
    chosen = [
        each for each in recipients(bot, group)
        if (conversations is None or each.conversation in conversations) and each.reachable and not each.told
    ]  # fmt: skip
    done = 0
    for at, each in enumerate(chosen, 1):
        done += tell(bot, each.conversation, text or each.text, each.key)
        if progress is not None:
            progress(at, len(chosen))
    if done:
        with bot.sessions.begin() as session:
            audit.note(session, actor, "question.told", f"#{group}", count=done)
    return done


def begin(bot: "Bot", group: int, conversations: Collection[str] | None, actor: Actor, text: str = "") -> int | None:
    """Tell those who asked, as ``tell_all`` does; return how many were told now, None where there are so many that it
    is done in the background. Killed midway it goes on where it was: nobody is told twice."""
    reached = [each.conversation for each in recipients(bot, group) if each.reachable and not each.told]
    chosen = [each for each in reached if conversations is None or each in conversations]
    if len(chosen) <= AT_ONCE:
        return tell_all(bot, group, chosen, actor, text)
    key = f"{JOB}:{group}:{hashlib.sha256(json.dumps([sorted(chosen), text]).encode()).hexdigest()[:16]}"
    where = {"job": JOB, "of": str(group), "group": group, "text": text, "actor": actor.name}
    where |= {"conversations": None if conversations is None else chosen}
    bot.inbox.accept(Incoming(key, kind="job", where=where))
    return None


def run(bot: "Bot", kept: Mapping[str, Any]) -> None:
    """Do what ``begin`` has put into the inbox."""
    named = kept["conversations"]
    chosen = None if named is None else frozenset(map(str, named))
    tell_all(bot, int(kept["group"]), chosen, Actor(str(kept["actor"])), str(kept["text"]))


def _recipient(asked: Asked, answer: str, key: str, *, told: bool, reachable: bool) -> Recipient:
    language: Language = "ko" if asked.language == "ko" else "en"
    question = " ".join(asked.text.split())
    shown = question if len(question) <= LONGEST_QUESTION else question[: LONGEST_QUESTION - 1].rstrip() + "…"
    text = say("questions.told", language, question=shown, answer=answer)
    at = asked.at.isoformat()
    return Recipient(asked.conversation_id, asked.channel, question, at, text, key, told, reachable)
