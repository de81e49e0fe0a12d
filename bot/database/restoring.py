"""After a backup was brought back: what it says of messages may be behind what people have seen since.

Messages that were open then may have been answered before the loss, and so may those that were accepted after the
backup and that their channel now delivers once more. So the inbox asks the channel before it sends: for all that is
open, and for a day for all that comes.
"""

from collections.abc import Collection

from sqlalchemy import case, delete, text, update
from sqlalchemy.orm import Session

from bot.database import versions
from bot.database.inbox_rows import time_now
from bot.database.inbox_tables import OPEN, InboxRow, Process

RESTORED = "restored"
"""The single value of the database that says when a backup was brought back, in seconds since 1970."""

DOUBTED_SECONDS = 24 * 3600.0
"""How long channels may deliver again what was accepted before the loss."""


def release(session: Session) -> None:
    """Let go of messages that the workers of then had, and have all that is open be asked about before it is sent."""
    tried = case((InboxRow.attempts < 1, 1), else_=InboxRow.attempts)
    waiting = update(InboxRow).where(text(OPEN))
    session.execute(waiting.values(owner=None, lease_until=0.0, not_before=0.0, attempts=tried))
    session.execute(waiting.where(InboxRow.state == "answered").values(state="sending"))
    session.execute(delete(Process))
    versions.put(session, RESTORED, repr(time_now(session)))


def doubt(session: Session, keys: Collection[str]) -> None:
    """Have messages that were just accepted be asked about, too, for a day after a backup was brought back."""
    restored = versions.value(session, RESTORED)
    if restored is not None and time_now(session) - float(restored) < DOUBTED_SECONDS:
        mine = InboxRow.key.in_(keys) & (InboxRow.state == "new") & (InboxRow.attempts == 0)
        session.execute(update(InboxRow).where(mine, InboxRow.kind == "message").values(attempts=1))
