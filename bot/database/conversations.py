"""What was said, and the ledger of every answer: read before a question is answered, written once after it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned, cleaned_json, cleaned_or_none, name_of
from bot.database.moods import TurnMood, keep_mood
from bot.database.said import keep_said
from bot.database.statements import (
    ANSWER_SOURCES,
    ANSWERS,
    NEXT_POSITION,
    OWNER,
    PERSON,
    SOURCES_OF,
    TOUCH_ANYONES,
    TOUCH_OWN,
    TURNS,
    inserts,
    turns_of,
)
from bot.database.tables import new_id, now
from bot.errors import UserError
from bot.messages import Message, Reply

if TYPE_CHECKING:
    from bot.tasks.request import SourceDetail

SHARED_CHANNELS = frozenset({"slack"})
"""Channels whose threads several people see and write in. Everywhere else a conversation is continued only by the
person who began it, so that a name that was guessed, or chosen twice, never shows one person another's words."""

REASONS = ("wrong", "outdated", "incomplete", "other")
"""What may be wrong with an answer, in a person's feedback."""

NOBODY = 0
"""The person id of usage by people the channel does not know."""


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One thing said earlier; ``completed`` is the question as it was searched, where it had been completed.

    ``passages`` are those that an answer rests on, or that a completed question may have words of; None stands for
    one that is not there any more. ``task`` is the one that the bot answered by, "" for what people said.
    """

    role: Literal["person", "bot"]
    text: str
    completed: str | None = None
    passages: tuple[int | None, ...] = field(default=(), compare=False)
    task: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, with everything the ledger keeps.

    ``completed`` is the question as it was searched, None where that is the text itself; ``source_details`` goes
    with ``reply.sources``, in the same order; ``at`` is aware, and its date is the day the usage counts for.
    """

    message: Message
    reply: Reply
    completed: str | None = None
    source_details: "Sequence[SourceDetail]" = ()
    check_details: Sequence[Mapping[str, Any]] = ()
    legs: Mapping[str, str] = field(default_factory=dict)
    prompt: str | None = None
    prompt_version: str | None = None
    at: datetime = field(default_factory=now)
    mood: TurnMood | None = None


Keeping = Callable[[Session, Reply], None]
"""What else is to be written in the transaction that records an exchange."""


# --- before the answer ------------------------------------------------------------------------------------------


def conversation_for(session: Session, message: Message) -> str:
    """Return the name that the conversation of this message goes by.

    It is the name that came with the message, unless another person has begun a conversation under it: then, and
    where no name came, it is a fresh one that nobody can guess.
    """
    if not message.conversation or not cleaned(message.conversation).strip():
        return new_id()
    owner = _owner(session, message.channel, message.conversation)
    free = owner is None or message.channel in SHARED_CHANNELS or owner[0] == _person_name(message.person)
    return message.conversation if free else new_id()


def recent_turns(
    session: Session, channel: str, external_id: str | None, limit: int = 20, *, person: str | None = None
) -> list[PastTurn]:
    """Return the last ``limit`` turns of a conversation, oldest first; none where it is another person's."""
    if not external_id:
        return []
    values = {"channel": name_of(channel, 40), "name": name_of(external_id, 200), "limit": limit}
    if channel in SHARED_CHANNELS:
        rows = session.execute(turns_of("anyone"), values)
    elif (name := _person_name(person)) is None:
        rows = session.execute(turns_of("nobody"), values)
    else:
        rows = session.execute(turns_of("person"), {**values, "person": name})
    if not (turns := rows.all()[::-1]):
        return []
    rests: dict[int, list[int | None]] = {}
    for position, passage in session.execute(SOURCES_OF, {"channel": values["channel"], "name": values["name"]}):
        rests.setdefault(position, []).append(passage)
    return [
        PastTurn(role, text, completed, tuple(_behind(rests, position, completed)), task or "")
        for role, text, completed, position, task in turns
    ]


def _behind(rests: Mapping[int, Sequence[int | None]], position: int, completed: str | None) -> Iterator[int | None]:
    """Yield what the answer at ``position`` rests on, or what a question completed there may have its words from."""
    for at, passages in rests.items():
        if at == position or (completed and at < position):
            yield from passages


def _owner(session: Session, channel: str, external_id: str) -> tuple[str | None] | None:
    """Return the name of who began the conversation (None: nobody known), or None where there is no such one."""
    row = session.execute(OWNER, {"channel": name_of(channel, 40), "name": name_of(external_id, 200)}).first()
    return None if row is None else (row[0],)


def _person_name(person: str | None) -> str | None:
    """Return the channel's name for a person as it is stored."""
    return name_of(person, 320) if person and cleaned(person) else None


# --- after the answer -------------------------------------------------------------------------------------------


def record(session: Session, exchange: Exchange) -> str:
    """Write the exchange: both turns, the answer, its sources and the usage of the day; the caller commits.

    The first statement takes the conversation, so that several writers to one conversation go one after the other.

    Returns:
        The name the conversation goes by: ``reply.conversation``, or a fresh one in the rare case that another
        person began one under that name meanwhile.
    """
    connection = session.connection()
    message, reply, at = exchange.message, exchange.reply, exchange.at
    person = person_id(connection, message, at)
    conversation, name = _take_conversation(connection, exchange, person)
    position = connection.execute(NEXT_POSITION, {"conversation": conversation}).scalar_one()
    common = {"conversation_id": conversation, "person_id": person, "created_at": at}
    asked = {"position": position, "role": "person", "text": cleaned(message.text)}
    said = {"position": position + 1, "role": "bot", "text": cleaned(reply.text), "completed": None}
    question_turn = _added_turn(connection, {**common, **asked, "completed": cleaned_or_none(exchange.completed)})
    turn = _added_turn(connection, {**common, **said})
    keep_mood(connection, question_turn, exchange.mood, at)
    keep_said(connection, question_turn, message.text, reply.text)
    connection.execute(insert(ANSWERS), _answer_row(exchange, conversation, question_turn, turn))
    if reply.sources:
        connection.execute(insert(ANSWER_SOURCES), _source_rows(exchange))
    _count_usage(connection, exchange, person)
    return name


def person_id(connection: Connection, message: Message, at: datetime) -> int | None:
    """Return the row of who wrote the message, made if need be; None where the channel does not know them."""
    name = _person_name(message.person)
    if name is None:
        return None
    key = {"channel": name_of(message.channel, 40), "external_id": name}
    found = connection.execute(PERSON, key).scalar()
    if found is None:
        connection.execute(inserts(connection.dialect.name).person, {**key, "created_at": at})
        found = connection.execute(PERSON, key).scalar_one()
    return int(found)


def _take_conversation(connection: Connection, exchange: Exchange, person: int | None) -> tuple[str, str]:
    """Lock the conversation's row, made if need be; return its id and its name."""
    message, reply, at = exchange.message, exchange.reply, exchange.at
    channel, name = name_of(message.channel, 40), reply.conversation or new_id()
    changed = {"updated_at": at, "audience": sorted(map(cleaned, message.audience)), "language": reply.language}
    touch, owner = (TOUCH_ANYONES, {}) if message.channel in SHARED_CHANNELS else (TOUCH_OWN, {"of_person": person})
    for name_now in (name, name, new_id()):  # twice: another writer may have made it between the two statements
        stored = name_of(name_now, 200)
        found = connection.execute(touch, {"of_channel": channel, "name": stored, **owner, **changed}).scalar()
        if found is None:
            row = {"id": new_id(), "channel": channel, "external_id": stored, "person_id": person, "created_at": at}
            found = connection.execute(inserts(connection.dialect.name).conversation, {**row, **changed}).scalar()
        if found is not None:
            return str(found), name_now
    raise AssertionError("a conversation under a fresh name was neither found nor made")


def _added_turn(connection: Connection, row: dict[str, Any]) -> int:
    """Add one turn and return its id."""
    key = connection.execute(insert(TURNS), row).inserted_primary_key
    return int(key[0]) if key else 0


def _answer_row(exchange: Exchange, conversation: str, question_turn: int, turn: int) -> dict[str, Any]:
    """Return the ledger's row of the reply."""
    reply = exchange.reply
    return {
        "id": reply.answer_id,
        "conversation_id": conversation,
        "question_turn_id": question_turn,
        "turn_id": turn,
        "task": reply.task,
        "language": reply.language,
        "answered": reply.answered,
        "confidence": reply.confidence,
        "checks": reply.checks,
        "check_details": cleaned_json(exchange.check_details),
        "nearest": [{"passage": cleaned(n.passage), "question": cleaned(n.question)} for n in reply.nearest],
        "legs": cleaned_json(exchange.legs),
        "extract": reply.extract,
        "model": name_of(reply.model, 120),
        "prompt": cleaned_or_none(exchange.prompt),
        "prompt_version": exchange.prompt_version,
        "input_tokens": reply.tokens.input,
        "output_tokens": reply.tokens.output,
        "cost_usd": reply.cost_usd,
        "latency_ms": reply.latency_ms,
        "notice": cleaned_or_none(reply.notice),
        "error": cleaned_or_none(reply.error),
        "created_at": exchange.at,
    }


def _source_rows(exchange: Exchange) -> list[dict[str, Any]]:
    """Return one row a source, with the scores of its legs where they are known."""
    details: list[SourceDetail | None] = [*exchange.source_details]
    details += [None] * (len(exchange.reply.sources) - len(details))
    return [
        {
            "answer_id": exchange.reply.answer_id,
            "position": position,
            "passage_id": detail.passage_id if detail else None,
            "document": cleaned(source.document),
            "passage": cleaned(source.passage),
            "version": source.version,
            "title": cleaned(source.title),
            "page": source.page,
            "score": source.score,
            "keyword_score": detail.keyword_score if detail else None,
            "vector_score": detail.vector_score if detail else None,
            "quote": cleaned(source.quote),
        }
        for position, (source, detail) in enumerate(zip(exchange.reply.sources, details, strict=False))
    ]


def _count_usage(connection: Connection, exchange: Exchange, person: int | None) -> None:
    """Add the answer to the day's sums."""
    reply = exchange.reply
    row = {
        "day": exchange.at.date(),
        "model": name_of(reply.model, 120),
        "person_id": person or NOBODY,
        "answers": 1,
        "input_tokens": reply.tokens.input,
        "output_tokens": reply.tokens.output,
        "cost_usd": reply.cost_usd or 0.0,
    }
    connection.execute(inserts(connection.dialect.name).usage, row)


def add_feedback(
    session: Session,
    answer_id: str,
    rating: int,
    *,
    channel: str,
    person: str | None = None,
    reason: str | None = None,
    comment: str | None = None,
) -> None:
    """Keep what a person thought of an answer (1 or -1); a person who is known has one opinion, the last.

    Raises:
        UserError: there is no such answer, or the rating or the reason is none that is known.
    """
    if rating not in (1, -1) or reason not in (None, *REASONS):
        raise UserError("feedback.unknown_rating", reasons=", ".join(REASONS))
    connection = session.connection()
    if connection.execute(select(ANSWERS.c.id).where(ANSWERS.c.id == cleaned(answer_id))).scalar() is None:
        raise UserError("feedback.no_answer")
    at = now()
    who = person_id(connection, Message("", channel, person=person), at)
    opinion = {"rating": rating, "reason": reason, "comment": cleaned_or_none(comment), "created_at": at}
    connection.execute(inserts(connection.dialect.name).feedback, {"answer_id": answer_id, "person_id": who, **opinion})
