"""An answer as it was recorded: what was asked, by whom, what was said, and what that rests on."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.tables import Answer, AnswerSource, Conversation, Person, Turn
from bot.database.transcripts import reply_from_ledger, sources_of
from bot.messages import Reply


@dataclass(frozen=True, slots=True)
class Recorded:
    """One exchange. ``person`` is the channel's id of who asked, "" where nobody is known.

    ``audience``: the groups they were in when the conversation was last gone on with; ``passages``: the rows that the
    answer rests on, None for each that is gone.
    """

    question: str
    reply: Reply
    channel: str
    person: str
    audience: tuple[str, ...]
    passages: tuple[int | None, ...]


def recorded(session: Session, answer: str) -> Recorded | None:
    """Return the exchange of an answer, None where there is none (any more)."""
    asked = (
        select(Answer, Conversation, Turn.text, Person.external_id)
        .join(Conversation, Answer.conversation_id == Conversation.id)
        .join(Turn, Answer.question_turn_id == Turn.id)
        .outerjoin(Person, Turn.person_id == Person.id)
        .where(Answer.id == answer)
    )
    found = session.execute(asked).first()
    if found is None:
        return None
    row, conversation, question, person = found
    said = session.scalar(select(Turn.text).where(Turn.id == row.turn_id)) or ""
    rests = select(AnswerSource.passage_id).where(AnswerSource.answer_id == answer).order_by(AnswerSource.position)
    sources = sources_of(session, [answer]).get(answer, [])
    return Recorded(
        question=question,
        reply=reply_from_ledger(row, said, conversation.external_id, sources),
        channel=conversation.channel,
        person=person or "",
        audience=tuple(map(str, conversation.audience)),
        passages=tuple(session.scalars(rests)),
    )
