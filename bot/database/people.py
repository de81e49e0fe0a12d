"""What people prefer, kept with the person; it goes with them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.database.cleaning import name_of
from bot.database.conversations import person_id
from bot.database.statements import PEOPLE
from bot.messages import Message
from bot.preferences import Preferences, kept


def preferences_of(session: Session, message: Message) -> Preferences:
    """Return what who wrote the message prefers; nothing where they are not known."""
    if not message.person:
        return Preferences()
    wanted = select(PEOPLE.c.language, PEOPLE.c.level, PEOPLE.c.politeness).where(
        PEOPLE.c.channel == name_of(message.channel, 40), PEOPLE.c.external_id == name_of(message.person, 320)
    )
    row = session.execute(wanted).first()
    return Preferences() if row is None else kept(*row)


def prefer(session: Session, message: Message, preferences: Preferences, at: datetime) -> None:
    """Keep what who wrote the message prefers, in the place of what was kept; nothing where they are not known."""
    number = person_id(session.connection(), message, at)
    if number is not None:
        values = {
            "language": preferences.language,
            "level": preferences.level or None,
            "politeness": preferences.politeness or None,
        }
        session.execute(update(PEOPLE).where(PEOPLE.c.id == number).values(values))
