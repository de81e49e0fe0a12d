"""Conversations to take away: every exchange with its ledger, some at a time and never all in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from bot.database import exchange_search
from bot.database.exchange_filters import Wanted
from bot.database.ledger import Ledger, ledgers
from bot.database.own_conversations import removed
from bot.database.tables import Answer, Conversation, Turn

AT_ONCE = 100
PATIENCE = 5.0
"""Seconds that a search for the next ones may take; then it goes on from there."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An exchange and the id of its conversation."""

    conversation: str
    ledger: Ledger


def exported(sessions: sessionmaker[Session], wanted: Wanted) -> Iterator[Exported]:
    """Yield all exchanges of the conversations that match, the newest conversation first.

    Of a person that is named, only what they asked: in a shared thread others speak, too.
    """
    below: int | None = None
    while True:
        with sessions() as session:
            found = exchange_search.find(session, wanted, below=below, size=AT_ONCE, seconds=PATIENCE)
            conversations = [hit.conversation for hit in found.hits]
            batch = _exchanges(session, conversations, wanted.person)
        yield from batch
        below = found.below
        if below is None:
            return


def _exchanges(session: Session, conversations: Sequence[str], person: int | None) -> list[Exported]:
    chosen: Select[Any] = (
        select(Answer)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(Answer.conversation_id.in_(conversations), ~removed())
        .order_by(Answer.question_turn_id)
    )
    if person is not None:
        chosen = chosen.join(Turn, Turn.id == Answer.question_turn_id).where(Turn.person_id == person)
    by_conversation: dict[str, list[Answer]] = {name: [] for name in conversations}
    for answer in session.scalars(chosen):
        by_conversation[answer.conversation_id].append(answer)
    answers = [answer for name in conversations for answer in by_conversation[name]]
    found = [Exported(a.conversation_id, ledger) for a, ledger in zip(answers, ledgers(session, answers), strict=True)]
    session.expunge_all()
    return found
