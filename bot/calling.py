"""Calls the people who answer in place of the bot: by mail, in a Slack channel or in a direct message.

For those who ask on the page. In Slack itself the owners of a channel are called in its thread (``connectors/slack``).
"""

from typing import TYPE_CHECKING, Any

from bot.called import BETWEEN, SLACK, read_owners
from bot.database import mails
from bot.database.handovers import Handover, key
from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Bot

SHOWN = 500
"""Characters of a question that are told."""

PAGE = "/admin/handovers"


def owners_of(settings: "Settings") -> tuple[str, ...]:
    """Return who is called, of those that can be reached: those that are set, else the people of ``SLACK_OWNERS``."""
    named = read_owners(settings.web_owners)
    people = (each for each in BETWEEN.split(settings.slack_owners) if each.startswith("U"))
    chosen = named or tuple(f"slack:{each}" for each in people)
    return tuple(each for each in chosen if _reachable(settings, each))


def _reachable(settings: "Settings", owner: str) -> bool:
    slack = SLACK.fullmatch(owner) is not None
    return settings.slack_bot_token is not None if slack else _mail_is_set(settings)


def _mail_is_set(settings: "Settings") -> bool:
    return settings.smtp_url is not None and bool(settings.mail_address)


def can_mail(bot: "Bot") -> bool:
    """Tell whether mails can be sent."""
    return mails.CHANNEL in bot.channels or _mail_is_set(bot.settings)


def call(bot: "Bot", over: Handover) -> int:
    """Have everyone who is called told of a question, once; return how many."""
    language: Language = bot.settings.language or (language_of(over.question) if over.question else "ko")
    question = " ".join(over.question.split())
    shown = question if len(question) <= SHOWN else question[:SHOWN].rstrip() + "…"
    place, site = f"{PAGE}/{over.id}", bot.settings.public_url.rstrip("/")
    link = f"{site}{place}" if site else say("web.chat.called.where", language, place=place)
    text = say("web.chat.called", language, question=shown or "—", link=link)
    for owner in over.called:
        bot.inbox.accept(_told(over, owner, text, say("web.chat.called.subject", language), language))
    return len(over.called)


def _told(over: Handover, owner: str, text: str, subject: str, language: Language) -> Incoming:
    return notice_to(owner, key(over.id, owner), text, subject, language)


def notice_to(owner: str, named: str, text: str, subject: str, language: Language) -> Incoming:
    """Return what tells an owner something: a mail, or a message in Slack; ``named`` is its key in the inbox."""
    slack = SLACK.fullmatch(owner)
    if slack is None:
        message = Message("", mails.CHANNEL, conversation=named, language=language)
        return Incoming(named, message, kind="notice", where=_by_mail(owner, subject), text=text)
    to = slack[1]
    person, where = (to, _direct()) if to.startswith("U") else (None, _in_channel(to))
    message = Message("", "slack", conversation=named, person=person, language=language)
    return Incoming(named, message, kind="notice", where=where, text=f"**{subject}**\n\n{text}")


def _by_mail(to: str, subject: str) -> dict[str, Any]:
    return {"to": to, "subject": subject, "new": True}


def _direct() -> dict[str, Any]:
    place = {"channel": "", "ts": "", "thread": "", "threaded": True, "kind": "im", "team": ""}
    return {**place, "asked": "told", "private": True, "told": True}


def _in_channel(channel: str) -> dict[str, Any]:
    return {"channel": channel, "kind": "channel", "asked": "digest", "new": True}


def mail_reply(bot: "Bot", over: Handover, text: str, name: str) -> bool:
    """Have what a person answered sent to the address that the asker left, once by ``name``; False: it cannot be."""
    if not over.contact_mail or not can_mail(bot):
        return False
    language: Language = language_of(over.question) if over.question else bot.settings.language or "ko"
    named = key(over.id, name)
    body = say("web.chat.mailed", language, question=" ".join(over.question.split())[:SHOWN] or "—", text=text)
    message = Message("", mails.CHANNEL, conversation=named, language=language)
    subject = say("web.chat.mailed.subject", language)
    where = _by_mail(over.contact_mail, subject)
    return bot.inbox.accept(Incoming(named, message, kind="notice", where=where, text=body)) != "refused"
