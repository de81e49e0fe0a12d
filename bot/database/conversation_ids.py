"""The row of a conversation, by the name that its channel knows it by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.cleaning import name_of
from bot.database.tables import Conversation

_ID = select(Conversation.id)


def id_of(session: Session, channel: str, name: str) -> str:
    """Return the id of a conversation, which the log and the pages name it by; "" where nothing is recorded of it."""
    named = (Conversation.channel == name_of(channel, 40)) & (Conversation.external_id == name_of(name, 200))
    return session.scalar(_ID.where(named)) or ""
