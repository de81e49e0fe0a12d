"""Questions asked again, as documents are or as they would be: past the same search and decision as every question.

Nothing of it is recorded. Without a model it takes some milliseconds a question; what a model costs counts for the
limits all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.database.golden import Golden
from bot.llm.deadline import Deadline
from bot.llm.metered import Metered
from bot.lookup import LIVE
from bot.messages import Message
from bot.tasks.answer import run
from bot.tasks.request import Asked, Tools, finished
from bot.understanding import LONGEST_QUESTION
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.documents import PassageRecord
    from bot.lookup import Rows
    from bot.wiring import Bot

Stop = Callable[[], bool]
"""Tells whether the work is to end before it is done."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question to ask again, as somebody in these groups."""

    text: str
    groups: frozenset[str]
    language: Language

    @classmethod
    def of(cls, golden: Golden) -> "Replayed":
        """Return a golden question as one to ask."""
        return cls(golden.question, golden.audience, golden.language)


@dataclass(frozen=True, slots=True)
class Said:
    """What a question is answered: ``text`` as its reader has it; the entry that it rests on first.

    ``answered`` is False and all else empty where there is no answer.
    """

    answered: bool
    confidence: float
    text: str = ""
    document_id: int = 0
    document: str = ""
    key: str = ""
    title: str = ""


def replay(
    bot: "Bot",
    questions: Sequence[Replayed],
    *,
    rows: "Rows | None" = None,
    model: bool = False,
    progress: Progress | None = None,
    stop: Stop = lambda: False,
) -> Iterator[Said]:
    """Yield what each question is answered, in order; fewer where ``stop`` says so.

    ``rows``: what is taken to be live, the documents as they are without it. ``model``: a language model writes the
    answers, where one is configured and may be asked.

    Raises:
        DataError: the indexes are damaged.
    """
    tools = tools_for(bot, rows)
    for done, question in enumerate(questions, 1):
        if stop():
            return
        yield ask_again(bot, question, tools, model=model)
        if progress:
            progress(done, len(questions))


def tools_for(bot: "Bot", rows: "Rows | None" = None) -> Tools:
    """Return what an answer may use, no model among it; nothing that was answered before is given again."""
    settings = bot.settings.model_copy(update={"cache_days": 0})
    return Tools(settings, bot.sessions, bot.knowledge, None, bot.clock, rows=rows)


def ask_again(bot: "Bot", question: Replayed, tools: Tools, *, model: bool = False) -> Said:
    """Answer one question; errors as for ``replay``."""
    message = Message(question.text[:LONGEST_QUESTION], "web", audience=question.groups, language=question.language)
    llm = bot.llm if model and bot.limits.capped(message, own=False) is None else None
    meter = Metered(llm) if llm is not None else None
    asked = Asked(message, message.text, question.language, Deadline(tools.settings.llm_deadline))
    outcome = finished(run(asked, replace(tools, llm=meter)))
    if meter is not None:
        bot.limits.use_unrecorded(message, meter.used(), meter.spent())
    if not outcome.answered or not outcome.source_details:
        return Said(False, outcome.confidence)
    first = _first(bot, tools, outcome.source_details[0].passage_id)
    text = outcome.text.strip()
    if first is None:  # published anew in this very moment
        return Said(
            True, outcome.confidence, text, key=outcome.sources[0].passage, document=outcome.sources[0].document
        )
    title = first.question or first.title
    return Said(True, outcome.confidence, text, first.document_id, first.document, first.key, title)


def holds(golden: Golden, said: Said) -> bool:
    """Tell whether a golden question is answered as it should be."""
    return golden.is_met([(said.document_id, said.document, said.key)] if said.answered else None)


def _first(bot: "Bot", tools: Tools, passage: int) -> "PassageRecord | None":
    with bot.sessions() as session:
        return (tools.rows or LIVE).load(session, [passage]).get(passage)
