"""What somebody is told later, by mail: as an answer to the last mail of theirs in that thread that is still kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.database import mails
from connectors.mail.head import Head, head_of
from connectors.mail.heads import identifiers, thread_of
from connectors.mail.taking import where_of

if TYPE_CHECKING:
    from bot.database.engine import Sessions

LOOKED_AT = 50
"""Mails of somebody that are looked through for the thread, the newest first."""


def where_told(where: Mapping[str, Any], sessions: "Sessions | None") -> Mapping[str, Any]:
    """Return where a reply goes. One that is told later (``told``: the thread's name) answers the thread's last mail
    where that is kept, and is a mail of its own where it is not; it goes to nobody but who was verified then."""
    thread = str(where.get("told") or "")
    if not thread or sessions is None:
        return where
    with sessions() as session:
        for key in mails.keys_of(session, str(where["to"]), LOOKED_AT):
            head = head_of(mails.data_of(session, key) or b"")
            if head.addresses("from") and _thread(head) == thread:
                return {**where_of(head, key), "to": where["to"]}
    return where


def _thread(head: Head) -> str:
    own = next(iter(identifiers(head.first("message-id"))), "")
    before = [*head.fields.get("references", ()), *head.fields.get("in-reply-to", ())]
    return thread_of(own, identifiers(" ".join(before)))
