"""Telling people something later, where they asked: in the thread, by a mail in the same thread, in the chat's page."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.database import mails, notices
from bot.database.notices import Place
from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.wiring import Bot

KEY = "tell:"
"""How the keys of what is told begin in the inbox."""

_THREAD = re.compile(r"([CG][A-Z0-9]+):(\d+\.\d+)")
_DIRECT = re.compile(r"D[A-Z0-9]+")

Where = dict[str, Any]


def tell(bot: "Bot", conversation_id: str, text: str, key: str) -> bool:
    """Say something in a past conversation, by its id; once for each ``key``, however often this is called.

    Slack: in its thread or direct message; mail: a reply in its thread, to the sender who was verified and nobody
    else; web: written down, the page shows it when the conversation is opened, and while it is. When this returns, it
    is durable.

    Returns:
        False where it cannot be told: there is no such conversation, it was in a terminal, with a program, or on a
        channel that is not set up. True where it is told, or was before.
    """
    with bot.sessions() as session:
        if notices.is_told(session, key):
            return True
        place = notices.place(session, conversation_id)
    if place is None or not can_tell(bot, place):
        return False
    incoming = _incoming(bot, place, text, key)
    if incoming is not None and bot.inbox.accept(incoming) == "refused":
        return False
    with bot.sessions.begin(durable=True) as session:
        if notices.place(session, conversation_id) is not None:  # it may have been erased meanwhile
            notices.add(session, key, conversation_id, text)
    return True


def can_tell(bot: "Bot", place: Place) -> bool:
    """Tell whether somebody can be told something where this conversation is."""
    known = _CHANNELS.get(place.channel)
    return known is not None and known(bot, place)


def _incoming(bot: "Bot", place: Place, text: str, key: str) -> Incoming | None:
    """Return what a channel is to send; None for the page, which reads what was written down."""
    if place.channel == "web":
        return None
    language = place.language or language_of(text)
    where = _in_slack(place) if place.channel == "slack" else _by_mail(bot, place, language)
    message = Message("", place.channel, conversation=place.external_id, person=place.person or None, language=language)
    return Incoming(f"{KEY}{key}", message, kind="notice", where=where, text=text)


def _in_slack(place: Place) -> Where:
    thread = _THREAD.fullmatch(place.external_id)
    where: Where = {"ts": "", "threaded": True, "team": "", "asked": "told", "told": True}
    if thread is None:
        return where | {"channel": place.external_id, "thread": "", "kind": "im"}
    return where | {"channel": thread[1], "thread": thread[2], "kind": "channel"}


def _by_mail(bot: "Bot", place: Place, language: Language) -> Where:
    """Return where a mail goes; its channel looks for the thread's last mail, and answers that."""
    subject = say("telling.subject", bot.settings.language or language)
    return {"to": place.person, "subject": subject, "told": place.external_id, "new": True}


def _reaches_slack(bot: "Bot", place: Place) -> bool:
    known = _THREAD.fullmatch(place.external_id) or _DIRECT.fullmatch(place.external_id)
    return known is not None and ("slack" in bot.channels or bot.settings.slack_bot_token is not None)


def _reaches_mail(bot: "Bot", place: Place) -> bool:
    return "@" in place.person and (mails.CHANNEL in bot.channels or bot.settings.smtp_url is not None)


_CHANNELS: "dict[str, Callable[[Bot, Place], bool]]" = {
    "slack": _reaches_slack,
    "mail": _reaches_mail,
    "web": lambda _bot, _place: True,
}
