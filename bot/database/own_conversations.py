"""A person's own conversations on the page: listed, looked through, named, and taken away.

One that is taken away is hidden at once and deleted a little later, so that it can be brought back. Going on with it
in another tab brings it back as well.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.database import asked
from bot.database.cleaning import cleaned, name_of
from bot.database.handover_tables import HandoverRow
from bot.database.handovers import KEYS
from bot.database.inbox_tables import InboxRow
from bot.database.tables import Conversation, Person, Turn
from bot.database.versions import erase_deleted

UNDO = timedelta(seconds=20)
"""How long one that was taken away can be brought back."""

LONGEST_TITLE = 100
MOST_WORDS = 10
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose they are: ``person`` is the channel's name for them; their conversations' names begin with ``prefix``."""

    channel: str
    person: str
    prefix: str

    def owns(self, external_id: str) -> bool:
        """Tell whether a conversation of this name is theirs."""
        return external_id.startswith(self.prefix) and "." not in external_id[len(self.prefix) :]


@dataclass(frozen=True, slots=True)
class Own:
    """One of them; ``name`` is what follows the prefix, ``title`` what it is called, else its first question."""

    name: str
    title: str
    at: datetime


def own(session: Session, whose: Whose, *, words: str = "", before: str = "", limit: int = MOST_AT_ONCE) -> list[Own]:
    """Return somebody's conversations, the newest first: those that hold all the words; older than ``before``."""
    shown = func.coalesce(Conversation.title, _first_question())
    chosen = select(Conversation.external_id, shown, Conversation.updated_at).where(_theirs(whose), ~removed())
    for word in unicodedata.normalize("NFC", cleaned(words)).split()[:MOST_WORDS]:
        said = select(Turn.id).where(
            Turn.conversation_id == Conversation.id, Turn.text.icontains(word, autoescape=True)
        )
        chosen = chosen.where(or_(said.exists(), Conversation.title.icontains(word, autoescape=True)))
    if before and (older := _older(session, whose, before)) is not None:
        chosen = chosen.where(older)
    rows = session.execute(
        chosen.order_by(Conversation.updated_at.desc(), Conversation.external_id.desc()).limit(limit)
    )
    found = [(name[len(whose.prefix) :], title or "", at) for name, title, at in rows if whose.owns(name)]
    return [Own(name, " ".join(title.split())[:LONGEST_TITLE], at) for name, title, at in found]


def _first_question() -> "ScalarSelect[str]":
    asked = select(func.substr(Turn.text, 1, 4 * LONGEST_TITLE)).where(
        Turn.conversation_id == Conversation.id, Turn.role == "person"
    )
    return asked.order_by(Turn.position).limit(1).scalar_subquery()


def _theirs(whose: Whose) -> ColumnElement[bool]:
    person = select(Person.id).where(
        Person.channel == name_of(whose.channel, 40), Person.external_id == name_of(whose.person, 320)
    )
    mine = Conversation.external_id.startswith(whose.prefix, autoescape=True)
    return (Conversation.person_id == person.scalar_subquery()) & (Conversation.channel == whose.channel) & mine


def _older(session: Session, whose: Whose, name: str) -> "ColumnElement[bool] | None":
    at = session.scalar(select(Conversation.updated_at).where(_this(whose, name)))
    if at is None:
        return None
    same = and_(Conversation.updated_at == at, Conversation.external_id < whose.prefix + name)
    return or_(Conversation.updated_at < at, same)


def _this(whose: Whose, name: str) -> ColumnElement[bool]:
    return _theirs(whose) & (Conversation.external_id == name_of(whose.prefix + name, 200))


def removed() -> ColumnElement[bool]:
    """Choose the conversations that were taken away, and not gone on with since."""
    return Conversation.removed_at.is_not(None) & (Conversation.updated_at <= Conversation.removed_at)


def title(session: Session, whose: Whose, name: str) -> str | None:
    """Return what one is called; None where there is none."""
    shown = func.coalesce(Conversation.title, _first_question(), "")
    return session.scalar(select(shown).where(_this(whose, name), ~removed()))


def rename(session: Session, whose: Whose, name: str, title: str) -> bool:
    """Call one by another title, by its first question again where that is empty; False: there is none."""
    called = " ".join(unicodedata.normalize("NFC", cleaned(title)).split())[:LONGEST_TITLE]
    changed = update(Conversation).where(_this(whose, name), ~removed()).values(title=called or None)
    return bool(session.execute(changed.returning(Conversation.id)).all())


def take_away(session: Session, whose: Whose, name: str, at: datetime) -> bool:
    """Hide one, to be deleted soon; False: there is none."""
    changed = update(Conversation).where(_this(whose, name), ~removed())
    return bool(session.execute(changed.values(removed_at=at).returning(Conversation.id)).all())


def bring_back(session: Session, whose: Whose, name: str) -> bool:
    """Show one again that was taken away; False: it is gone."""
    changed = update(Conversation).where(_this(whose, name), removed()).values(removed_at=None)
    return bool(session.execute(changed.returning(Conversation.id)).all())


def due(at: datetime) -> ColumnElement[bool]:
    """Choose the conversations whose time to be brought back is over."""
    return (Conversation.removed_at <= at - UNDO) & removed()


def any_due(session: Session, at: datetime) -> bool:
    """Tell whether there is something to delete."""
    return session.execute(select(Conversation.id).where(due(at)).limit(1)).first() is not None


def delete_due(session: Session, at: datetime) -> int:
    """Delete those whose time is over, and what people were asked of them; return how many."""
    erase_deleted(session)
    ids = list(session.scalars(select(Conversation.id).where(due(at)).limit(MOST_AT_ONCE)))
    groups = asked.groups_in(session, ids)
    delete_handed(session, ids)
    session.execute(delete(Conversation).where(Conversation.id.in_(ids)))
    asked.forget(session, groups, at)
    return len(ids)


def delete_handed(session: Session, ids: Sequence[object]) -> None:
    """Delete what people were asked to take over in conversations, and the messages that told them of it."""
    chosen = (
        select(HandoverRow.id)
        .join(Conversation, Conversation.external_id == HandoverRow.place)
        .where(Conversation.id.in_(ids), Conversation.channel == HandoverRow.channel)
    )
    numbers = list(session.scalars(chosen))
    for number in numbers:
        told = InboxRow.key.startswith(f"{KEYS}{number}:") & InboxRow.finished_at.is_not(None)
        session.execute(delete(InboxRow).where(told))
    session.execute(delete(HandoverRow).where(HandoverRow.id.in_(numbers)))
