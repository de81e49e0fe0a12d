"""The digest: mails that came to an address, summarised, as one mail or one post at a set hour."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.database import mails, places
from bot.digests import Digest
from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.mails import KeptMail
    from bot.wiring import Bot

FIRST = timedelta(days=1)
"""How far the first digest looks back."""

MOST = 60
"""Mails that are shown; the others are counted."""


def send(bot: "Bot", digest: Digest, planned: datetime) -> bool:
    """Put the digest of a planned time (a wall clock's) into the inbox; tell whether there was anything to send.

    Done twice, it is sent once: its key is the planned time, and the next one begins where this one ends.
    """
    until = planned.replace(tzinfo=ZoneInfo(bot.settings.timezone))
    with bot.sessions() as session:
        last = places.chosen(session, mails.CHANNEL, digest.job).get("until")
        since = datetime.fromisoformat(str(last)) if last else until - FIRST
        found = mails.summarised(session, min(since, until), until, address=digest.source)
    language: Language = bot.settings.language or "ko"
    if found:
        bot.inbox.accept(_notice(digest, planned, text_of(found, language), len(found), language))
    with bot.sessions.begin() as session:
        places.choose(session, mails.CHANNEL, digest.job, until=max(since, until).isoformat())
    return bool(found)


def _notice(digest: Digest, planned: datetime, text: str, count: int, language: Language) -> Incoming:
    key = f"{digest.job}:{planned.isoformat(timespec='minutes')}"
    subject = say("digest.subject", language, source=digest.source, count=count)
    if digest.target.startswith("slack:"):
        channel = digest.target.removeprefix("slack:")
        where: Mapping[str, Any] = {"channel": channel, "kind": "channel", "asked": "digest", "new": True}
        message = Message("", "slack", conversation=f"{channel}:{key}", language=language)
        return Incoming(key, message, kind="notice", where=where, text=f"**{subject}**\n\n{text}")
    message = Message("", mails.CHANNEL, conversation=key, language=language)
    where = {"to": digest.target, "subject": subject, "new": True}
    return Incoming(key, message, kind="notice", where=where, text=text)


def text_of(found: Sequence["KeptMail"], language: Language) -> str:
    """Return the digest in words: each mail with its lines and what is to be done, oldest first."""
    parts = ["\n".join(_mail(each.summary or {}, language)) for each in found[:MOST]]
    if len(found) > MOST:
        parts.append(say("digest.more", language, count=len(found) - MOST))
    return "\n\n".join(parts)


def _mail(summary: Mapping[str, Any], language: Language) -> Iterator[str]:
    sender = summary.get("from") or {}
    who = str(sender.get("name") or sender.get("address") or "")
    yield "■ " + " — ".join(filter(None, [str(summary.get("subject") or say("digest.no_subject", language)), who]))
    yield from (f"- {line}" for line in summary.get("lines") or () if line)
    for action in summary.get("actions") or ():
        known = [(name, str(action.get(name) or "")) for name in ("who", "due")]
        said = ", ".join(say(f"summary.{name}", language, value=value) for name, value in known if value)
        yield f"→ {action.get('what')}" + (f" ({said})" if said else "")
