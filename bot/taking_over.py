"""Whoever answers in place of the bot, from the pages: writes to the asker, says how it ended, opens it again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import calling
from bot.database import handed, handovers
from bot.database.audit import Actor, note
from bot.database.handovers import LONGEST_NOTE, OUTCOMES, Handover
from bot.errors import UserError
from bot.telling import tell

if TYPE_CHECKING:
    from bot.wiring import Bot

LONGEST_REPLY = 8_000
"""Characters of a reply."""

PAGE = "web"
"""The channel whose requests are answered and ended here; those of others are, where they were made."""


@dataclass(frozen=True, slots=True)
class Replied:
    """Whether the asker was told in the conversation, and whether a mail goes to the address they left."""

    told: bool
    mailed: bool


def _of_page(bot: "Bot", number: int) -> Handover:
    with bot.sessions() as session:
        found = handovers.handover(session, number)
    if found is None or found.channel != PAGE:
        raise UserError("web.chat.handed.none_such")
    return found


def reply(bot: "Bot", number: int, text: str, *, name: str, actor: Actor) -> Replied:
    """Write to whoever asked: in their conversation, and to the address they left; once for each ``name``.

    Raises:
        UserError: there is no such request of the page, or nothing is written.
    """
    over, text = _of_page(bot, number), text.strip()[:LONGEST_REPLY]
    if not text:
        raise UserError("web.chat.handed.empty")
    with bot.sessions() as session:
        conversation = handed.conversation_of(session, over)
        before = len(handed.with_replies(session, over).replies)
    told = conversation is not None and tell(bot, conversation, text, handed.reply_key(number, name))
    mailed = told and calling.mail_reply(bot, over, text, f"reply:{name}")
    with bot.sessions.begin() as session:
        if told and len(handed.with_replies(session, over).replies) > before:
            note(session, actor, "handover.replied", f"#{number}", mail=mailed)
    return Replied(told, mailed)


def close(bot: "Bot", number: int, *, by: str, outcome: str, words: str = "", actor: Actor) -> bool:
    """Write how a request ended; False where that is known already. ``by`` is the channel's name for who says so.

    Raises:
        UserError: there is no such request of the page.
    """
    over = _of_page(bot, number)
    ended = outcome if outcome in OUTCOMES else "other"
    with bot.sessions.begin() as session:
        did = handovers.solve(session, over.id, by=by, outcome=ended, note=words.strip()[:LONGEST_NOTE], at=bot.clock())
        if did:
            note(session, actor, "handover.solved", f"#{number}", outcome=ended)
    return did


def reopen(bot: "Bot", number: int, *, actor: Actor) -> bool:
    """Have one wait again that ended by mistake; False where it does, or another one waits in its place by now.

    Raises:
        UserError: there is no such request of the page.
    """
    over = _of_page(bot, number)
    did = handovers.reopen(bot.sessions, over.id)
    if did:
        with bot.sessions.begin() as session:
            note(session, actor, "handover.reopened", f"#{number}")
    return did
