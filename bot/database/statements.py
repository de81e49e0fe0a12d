"""The statements that every answer executes, built once for each database: building them costs more than they do."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Executable, Select, Table, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.tables import Answer, AnswerSource, Conversation, Feedback, Person, Turn, Usage


def _table(model: Any) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - tells the type checker
    return table


ANSWERS, ANSWER_SOURCES, CONVERSATIONS = _table(Answer), _table(AnswerSource), _table(Conversation)
FEEDBACK, PEOPLE, TURNS, USAGE = _table(Feedback), _table(Person), _table(Turn), _table(Usage)

NEXT_POSITION = select(func.coalesce(func.max(TURNS.c.position), -1) + 1).where(
    TURNS.c.conversation_id == bindparam("conversation")
)

PERSON = select(PEOPLE.c.id).where(
    PEOPLE.c.channel == bindparam("channel"), PEOPLE.c.external_id == bindparam("external_id")
)

OWNER = (
    select(PEOPLE.c.external_id)
    .select_from(CONVERSATIONS.outerjoin(PEOPLE, PEOPLE.c.id == CONVERSATIONS.c.person_id))
    .where(CONVERSATIONS.c.channel == bindparam("channel"), CONVERSATIONS.c.external_id == bindparam("name"))
)

SOURCES_OF = (
    select(TURNS.c.position, ANSWER_SOURCES.c.passage_id)
    .select_from(
        CONVERSATIONS.join(ANSWERS, ANSWERS.c.conversation_id == CONVERSATIONS.c.id)
        .join(TURNS, TURNS.c.id == ANSWERS.c.turn_id)
        .join(ANSWER_SOURCES, ANSWER_SOURCES.c.answer_id == ANSWERS.c.id)
    )
    .where(CONVERSATIONS.c.channel == bindparam("channel"), CONVERSATIONS.c.external_id == bindparam("name"))
)
"""The passages behind each answer of a conversation, by the position of its turn; it takes channel and name."""

_touch = (
    update(CONVERSATIONS)
    .where(CONVERSATIONS.c.channel == bindparam("of_channel"), CONVERSATIONS.c.external_id == bindparam("name"))
    .values(
        updated_at=bindparam("updated_at"),
        audience=bindparam("audience", type_=CONVERSATIONS.c.audience.type),
        language=bindparam("language"),
    )
    .returning(CONVERSATIONS.c.id)
)
TOUCH_ANYONES = _touch
TOUCH_OWN = _touch.where(CONVERSATIONS.c.person_id.is_not_distinct_from(bindparam("of_person")))
"""Take a conversation's row; they take of_channel, name, updated_at, audience, language and of_person."""


@cache
def turns_of(
    whose: Literal["anyone", "nobody", "person"],
) -> Select[Literal["person", "bot"], str, str | None, int, str | None]:
    """Return the statement for the last turns, an answer's with its task; it takes channel, name, limit and person."""
    found = select(CONVERSATIONS.c.id).where(
        CONVERSATIONS.c.channel == bindparam("channel"), CONVERSATIONS.c.external_id == bindparam("name")
    )
    if whose == "nobody":
        found = found.where(CONVERSATIONS.c.person_id.is_(None))
    elif whose == "person":
        owner = PEOPLE.c.id == CONVERSATIONS.c.person_id
        found = found.join(PEOPLE, owner).where(PEOPLE.c.external_id == bindparam("person"))
    task = select(ANSWERS.c.task).where(ANSWERS.c.turn_id == TURNS.c.id).limit(1).scalar_subquery()
    turns = select(TURNS.c.role, TURNS.c.text, TURNS.c.completed, TURNS.c.position, task)
    own = turns.where(TURNS.c.conversation_id == found.scalar_subquery())
    return own.order_by(TURNS.c.position.desc()).limit(bindparam("limit"))


@dataclass(frozen=True, slots=True)
class Inserts:
    """Inserts that another writer may have come before; they take the columns' names."""

    person: Executable
    conversation: Executable
    usage: Executable
    feedback: Executable


@cache
def inserts(dialect: str) -> Inserts:
    """Return the statements with ON CONFLICT, which SQLAlchemy keeps apart for each database."""
    insert = (postgresql if dialect == "postgresql" else sqlite).insert
    usage, feedback = insert(USAGE), insert(FEEDBACK)
    sums = ("answers", "input_tokens", "output_tokens", "cost_usd")
    opinion = ("rating", "reason", "comment", "created_at")
    return Inserts(
        person=insert(PEOPLE).on_conflict_do_nothing(),
        conversation=insert(CONVERSATIONS).on_conflict_do_nothing().returning(CONVERSATIONS.c.id),
        usage=usage.on_conflict_do_update(
            index_elements=["day", "model", "person_id"],
            set_={name: USAGE.c[name] + usage.excluded[name] for name in sums},
        ),
        feedback=feedback.on_conflict_do_update(
            index_elements=["answer_id", "person_id"], set_={name: feedback.excluded[name] for name in opinion}
        ),
    )
