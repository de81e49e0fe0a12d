"""A message's way through the bot: route -> history -> task -> check -> record -> Reply."""

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import answer_log
from bot.answer_log import Told
from bot.channels import Earlier
from bot.database import conversations, documents, erasures, threads
from bot.database.conversation_ids import id_of
from bot.database.conversations import Exchange, Keeping, PastTurn
from bot.database.tables import new_id
from bot.errors import DataError
from bot.forgetting import Forgetting
from bot.language import foreign_notice
from bot.limits import Limits
from bot.llm import LanguageModel
from bot.llm.deadline import Said, added
from bot.llm.metered import Metered
from bot.log_context import also_about, lines_about
from bot.memory import Memory
from bot.messages import Event, Message, Reply, Source, Tokens
from bot.phrases import say
from bot.recalling import behind, recalled
from bot.sentiment.listening import mood_of
from bot.tasks import TASKS
from bot.tasks.request import Asked, Outcome, Tools
from bot.understanding import LONGEST_MESSAGE, LONGEST_QUESTION, READING, readable, understand
from knowledge.language import Language

log = logging.getLogger(__name__)

TURNS = 8
"""Earlier turns that are looked at."""

NAMED = 10
"""Documents whose names are recorded where a question could be answered from some only."""

STOPPED = "stopped"
"""The ``error`` of a reply whose consumer stopped listening before its end."""


class Orchestrator:
    """Answers messages; threads may share it."""

    def __init__(
        self, tools: Tools, limits: Limits | None = None, *, heard: Callable[[Told], None] = answer_log.tell
    ) -> None:
        """``heard`` is told every answer that was given."""
        self._tools = tools
        self._heard = heard
        self._limits = limits or Limits(tools.settings, tools.sessions)
        self._memory = Memory(TURNS)
        self.forgetting = Forgetting(self._memory)

    def use_model(self, model: LanguageModel | None) -> None:
        """Have ``model`` asked from the next message on."""
        self._tools = replace(self._tools, llm=model)

    def reply(self, message: Message, *, record: bool = True, turns: Sequence[PastTurn] | None = None) -> Reply:
        """Answer in one piece; otherwise as ``stream``."""
        for event in self.stream(message, record=record, turns=turns):
            if event.reply is not None:
                return event.reply
        raise AssertionError("a stream ends with its reply")

    def stream(
        self,
        message: Message,
        *,
        record: bool = True,
        turns: Sequence[PastTurn] | None = None,
        keeping: Keeping | None = None,
        earlier: Sequence[Earlier] | None = None,
    ) -> Generator[Event, None, None]:
        """Yield status, sources and text as they come, and at last ``done`` with the whole reply.

        ``record=False`` writes nothing to the database: the turns of such conversations are kept in memory while the
        bot runs. ``turns`` are the earlier turns, oldest first, where the caller keeps them itself; ``earlier`` is the
        channel's thread, where replies of ours are known again. What a consumer who hangs up has been told is recorded.

        ``keeping`` is called in the transaction that records the exchange: either both are there or none. Then a
        reply that cannot be recorded is an error, and one that nobody listens to until its end leaves nothing.
        """
        answer_id = new_id()
        with lines_about(answer_id=answer_id):
            yield from self._stream(answer_id, message, turns, earlier, keeping, record=record)

    def _stream(
        self,
        answer_id: str,
        message: Message,
        turns: Sequence[PastTurn] | None,
        earlier: Sequence[Earlier] | None,
        keeping: Keeping | None,
        *,
        record: bool,
    ) -> Generator[Event, None, None]:
        started = time.perf_counter()
        message, cut = readable(message, LONGEST_MESSAGE)
        conversation, past = self._conversation(message, earlier, record=record)
        used: list[Said] = []
        capped = self._limits.capped(message, own=record) if self._tools.llm else None
        tools = replace(self._tools, llm=Metered(self._tools.llm) if self._tools.llm and not capped else None)
        asked, task = understand(message, past if turns is None else turns, used, tools)
        message, cut = asked.message, cut or len(asked.message.text) < len(message.text)
        spoken = _Spoken()
        try:
            outcome = yield from _listened(TASKS[task](asked, tools), spoken)
        except GeneratorExit:
            outcome = spoken.outcome()
            reply = _reply(answer_id, outcome, task, asked.language, conversation, started)
            if keeping is None:
                self._keep(asked, reply, outcome, tools, record=record)
            else:
                self._limits.use_unrecorded(message, *_spent(tools, reply))
            raise
        for said in used:
            tokens, cost = outcome.tokens + said.tokens, added(outcome.cost_usd, said.cost_usd)
            outcome = replace(outcome, tokens=tokens, cost_usd=cost)
        limit = LONGEST_QUESTION if task in READING else LONGEST_MESSAGE
        said_too = say("answer.cut_question", asked.language, limit=limit) if cut else None
        why = capped.sentence(asked.language) if capped and outcome.extract else None
        outcome = _with_notices(outcome, message.notice, why, said_too, foreign_notice(message.text))
        reply = _reply(answer_id, outcome, task, asked.language, conversation, started)
        name = self._keep(asked, reply, outcome, tools, record=record, keeping=keeping)
        yield Event("done", reply=replace(reply, conversation=name, latency_ms=_since(started)))

    def _conversation(
        self, message: Message, earlier: Sequence[Earlier] | None, *, record: bool
    ) -> tuple[str, Sequence[PastTurn]]:
        """Return the name the conversation goes by, and its last turns."""
        if not record:
            name = message.conversation or new_id()
            return name, self._recalled(message, self._memory.turns(message.channel, name))
        if message.conversation is None:
            return new_id(), ()
        with self._tools.sessions() as session:
            name = conversations.conversation_for(session, message)
            if earlier is None:
                turns = conversations.recent_turns(session, message.channel, name, TURNS, person=message.person)
            else:
                turns = threads.turns_of_thread(session, earlier[-TURNS:])
            also_about(conversation=id_of(session, message.channel, name))
        return name, self._recalled(message, turns)

    def _recalled(self, message: Message, turns: Sequence[PastTurn]) -> Sequence[PastTurn]:
        """Return of the earlier turns what this asker may see."""
        with self._tools.sessions() as session:
            self.forgetting.look(session)
            today = self._tools.clock().date()
            audience, only = message.audience, message.documents
            return recalled(turns, lambda ids: documents.visible(session, ids, audience, today, only))

    def _keep(
        self,
        asked: Asked,
        reply: Reply,
        outcome: Outcome,
        tools: Tools,
        *,
        record: bool,
        keeping: Keeping | None = None,
    ) -> str:
        """Record the exchange, or remember it; return the name the conversation goes by."""
        row = ""
        try:
            name, row = self._kept(asked, reply, outcome, tools, record=record, keeping=keeping)
            return name
        finally:
            self._heard(Told(asked.message.channel, reply, outcome.failure, row))

    def _kept(
        self, asked: Asked, reply: Reply, outcome: Outcome, tools: Tools, *, record: bool, keeping: Keeping | None
    ) -> tuple[str, str]:
        """Record the exchange, or remember it; return the conversation's name and the id of its row, "" for none."""
        completed = asked.question if asked.question != asked.message.text else None
        if not record:
            turns = (
                PastTurn("person", asked.message.text, completed, behind(asked.turns) if completed else ()),
                PastTurn("bot", reply.text, passages=_passages(outcome), task=reply.task),
            )
            self._memory.add(asked.message.channel, reply.conversation, *turns, person=asked.message.person)
            self._limits.use_unrecorded(asked.message, *_spent(tools, reply))
            return reply.conversation, ""
        exchange = Exchange(
            asked.message,
            reply,
            completed=completed,
            source_details=outcome.source_details,
            check_details=outcome.check_details,
            legs={**outcome.legs, **_restricted(asked.message.documents)},
            prompt=None if asked.message.material else outcome.prompt,  # what others wrote is not kept
            prompt_version=outcome.prompt_version,
            at=self._tools.clock(),
            mood=mood_of(asked.message.text, reply.task),
        )
        name, row, recorded = reply.conversation, "", False
        try:
            begun = exchange.at - timedelta(milliseconds=reply.latency_ms)
            with erasures.unless_erased(self._tools.sessions, asked.message, begun) as session:
                name = conversations.record(session, exchange)
                row = id_of(session, asked.message.channel, name)
                if keeping is not None:
                    keeping(session, replace(reply, conversation=name))
                self._limits.use(session, asked.message, *_spent(tools, reply))
            recorded = True
        except DataError as error:  # a full disk: the person still gets the answer
            if keeping is not None:
                raise
            log.error("an answer was given but not recorded: %s", error)  # noqa: TRY400 - its sentence says it all
        finally:
            if not recorded:  # the model was paid all the same
                self._limits.use_unrecorded(asked.message, *_spent(tools, reply))
        return name, row if recorded else ""


@dataclass(slots=True)
class _Spoken:
    """What a reply had let out when its consumer stopped."""

    text: str = ""
    sources: tuple[Source, ...] = ()

    def outcome(self) -> Outcome:
        """Return it as an outcome; the rows of its sources are not known."""
        return Outcome(self.text, bool(self.text), 0.0, self.sources if self.text else (), error=STOPPED)


def _spent(tools: Tools, reply: Reply) -> tuple[Tokens, float | None]:
    """Return what counts for the limits: what the meter shows, where a model was there."""
    if not isinstance(tools.llm, Metered):
        return reply.tokens, reply.cost_usd
    return tools.llm.used(), tools.llm.spent()


def _restricted(documents: frozenset[str]) -> dict[str, str]:
    """Return what the record says of a question that only some documents could answer."""
    if not documents:
        return {}
    named = ", ".join(sorted(documents)[:NAMED])
    return {"documents": f"only: {named}, …" if len(documents) > NAMED else f"only: {named}"}


def _passages(outcome: Outcome) -> tuple[int | None, ...]:
    """Return the passages an answer rests on, None for each that is not known."""
    known = [detail.passage_id for detail in outcome.source_details]
    return (*known, *[None] * (len(outcome.sources) - len(known)))


def _listened(task: Generator[Event, None, Outcome], spoken: _Spoken) -> Generator[Event, None, Outcome]:
    """Pass on the task's events, and keep what was let out in ``spoken``."""
    with closing(task):  # where the consumer stops, the model must not write on
        while True:
            try:
                event = next(task)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            spoken.text += event.text if event.kind == "text" else ""
            spoken.sources = event.sources or spoken.sources
            yield event


def _with_notices(outcome: Outcome, *notices: str | None) -> Outcome:
    """Add sentences to the outcome's notice."""
    return replace(outcome, notice=" ".join(filter(None, [outcome.notice, *notices])) or None)


def _since(started: float) -> float:
    """Return the milliseconds since ``started``."""
    return (time.perf_counter() - started) * 1000


def _reply(answer_id: str, outcome: Outcome, task: str, language: Language, conversation: str, started: float) -> Reply:
    return Reply(
        answer_id=answer_id,
        conversation=conversation,
        text=outcome.text,
        answered=outcome.answered,
        confidence=outcome.confidence,
        task=task,
        language=language,
        sources=outcome.sources,
        nearest=outcome.nearest,
        checks=outcome.checks,
        model=outcome.model,
        tokens=outcome.tokens,
        cost_usd=outcome.cost_usd,
        latency_ms=_since(started),
        extract=outcome.extract,
        notice=outcome.notice,
        error=outcome.error,
        failed=outcome.failure is not None,
        summary=outcome.summary,
    )
