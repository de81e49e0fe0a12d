"""A question tried out: what it would be answered under these conditions, and all that is behind it.

It goes the way of every question, past the same search, tasks and checks; nothing of it is recorded or counted as an
answer. What a model costs counts for the limits all the same.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot import checking
from bot.database import documents
from bot.llm.deadline import Said
from bot.llm.metered import Metered
from bot.lookup import Lookup, look_up
from bot.messages import Message, Reply
from bot.phrases import say
from bot.replaying import tools_for
from bot.tasks import TASKS
from bot.tasks.request import Asked, Outcome, Tools, finished
from bot.understanding import LONGEST_MESSAGE, readable, understand
from knowledge.language import Language
from knowledge.passages import LEGS

if TYPE_CHECKING:
    from bot.limits import Reached
    from bot.wiring import Bot
    from knowledge.indexes import Held
    from knowledge.passages import Found, Visible
    from knowledge.search import Knowledge

SHOWN = 10
READ = 8
MOST_READ = 20


@dataclass(frozen=True, slots=True)
class Knobs:
    """The conditions of a trial; what is not set is as for every question.

    ``line`` is the least confidence (0..1); ``read`` how many passages an answer may rest on; ``day`` the day that it
    is asked on; ``model``: a language model may write the answer, where one is configured.
    """

    line: float | None = None
    legs: frozenset[str] = frozenset(LEGS)
    read: int = READ
    groups: frozenset[str] = frozenset()
    day: date | None = None
    language: Language | None = None
    model: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence and its check; ``score`` is how much of it the passages hold (0..1), None: nothing to back."""

    text: str
    ok: bool
    reasons: tuple[str, ...]
    score: float | None


@dataclass(frozen=True, slots=True)
class Stages:
    """Milliseconds: to understand the question, to search, to wait for models, for all the rest, and altogether."""

    understanding: float
    search: float
    model: float
    rest: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.understanding + self.search + self.model + self.rest


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a question. ``looked`` is what the search finds, ``outcome`` what the task made of it.

    ``line`` is the confidence that was asked for. ``capped`` is why no model was asked though there is one.
    """

    question: str
    knobs: Knobs
    asked: Asked
    task: str
    outcome: Outcome
    looked: Lookup
    line: float
    checks: tuple[Checked, ...]
    stages: Stages
    capped: "Reached | None" = None

    @property
    def language(self) -> Language:
        """The language of the answer."""
        return self.asked.language


def try_question(bot: "Bot", question: str, knobs: Knobs, *, channel: str = "web") -> Tried:
    """Answer a question under these conditions; nothing is recorded.

    Raises:
        SettingsError: the model that the settings name cannot be used.
        DataError: the indexes are damaged.
    """
    message, _ = readable(Message(question, channel, audience=knobs.groups, language=knobs.language), LONGEST_MESSAGE)
    model = bot.llm if knobs.model else None
    capped = bot.limits.capped(message, own=False) if model is not None else None
    meter = Metered(model) if model is not None and capped is None else None
    view = _View(bot.knowledge, knobs.legs)
    tools = replace(_tools(bot, knobs), knowledge=view, llm=meter)
    used: list[Said] = []
    began = time.perf_counter()
    asked, task = understand(message, (), used, tools)
    understood = time.perf_counter()
    outcome = finished(TASKS[task](asked, tools))
    ended = time.perf_counter()
    searched, waited = view.seconds, meter.seconds() if meter else 0.0
    if meter is not None:
        bot.limits.use_unrecorded(message, meter.used(), meter.spent())
        outcome = replace(outcome, tokens=meter.used(), cost_usd=meter.spent())
    looked = look_up(
        bot.sessions,
        _View(bot.knowledge, knobs.legs),
        asked.question,
        audience=knobs.groups,
        today=tools.clock().date(),
        limit=max(SHOWN, knobs.read),
    )
    rest = max(0.0, ended - understood - searched - waited)
    stages = Stages(*(1000 * seconds for seconds in (understood - began, searched, waited, rest)))
    checks = _checks(bot, asked, outcome)
    return Tried(message.text, knobs, asked, task, outcome, looked, tools.least, checks, stages, capped)


def reply_of(tried: Tried) -> Reply:
    """Return the answer as its reader would have it; it has no number, as it is nowhere kept."""
    outcome = tried.outcome
    names = ("text", "answered", "confidence", "sources", "nearest", "checks", "model", "tokens", "cost_usd")
    same = {name: getattr(outcome, name) for name in (*names, "extract", "notice", "error", "summary")}
    return Reply(
        answer_id="",
        conversation="",
        task=tried.task,
        language=tried.language,
        latency_ms=tried.stages.total,
        failed=outcome.failure is not None,
        **same,
    )


def reason_in_words(reason: str, language: Language) -> str:
    """Return why a sentence did not pass its check, with what in it; as it is kept where there are no words for it."""
    kind, _, detail = reason.partition(": ")
    try:
        return say(f"web.trials.reason.{kind}", language, detail=detail)
    except KeyError:
        return reason


def _tools(bot: "Bot", knobs: Knobs) -> Tools:
    clock = bot.clock if knobs.day is None else partial(_on, knobs.day, bot.clock)
    return replace(tools_for(bot), clock=clock, line=knobs.line, read=knobs.read)


def _on(day: date, clock: Callable[[], datetime]) -> datetime:
    """Return the present time of another day."""
    return datetime.combine(day, clock().timetz())


def _checks(bot: "Bot", asked: Asked, outcome: Outcome) -> tuple[Checked, ...]:
    """Return the check of each sentence: those made of what a model wrote, else one of the words that are shown."""
    with bot.sessions() as session:
        rows = documents.load(session, [detail.passage_id for detail in outcome.source_details])
    passages = [rows[each.passage_id] for each in outcome.source_details if each.passage_id in rows]
    if outcome.check_details:
        return tuple(
            Checked(
                str(kept["text"]),
                bool(kept["ok"]),
                tuple(kept["reasons"]),
                checking.check_sentence(kept["text"], passages, question=asked.question).score if passages else None,
            )
            for kept in outcome.check_details
        )
    if not outcome.answered or not passages:
        return ()
    verdict = checking.check(outcome.text, passages, asked.language, question=asked.question)
    return tuple(Checked(one.text, one.ok, tuple(map(str, one.reasons)), one.score) for one in verdict.sentences)


@dataclass(slots=True)
class _View:
    """The knowledge, searched by some legs only, and timed."""

    knowledge: "Knowledge"
    legs: Collection[str]
    seconds: float = field(default=0.0)

    def search(self, question: str, *, visible: "Visible | None" = None, limit: int = 100) -> "Found":
        """Search, and add up the time."""
        began = time.perf_counter()
        try:
            return self.knowledge.search(question, visible=visible, limit=limit, legs=self.legs)
        finally:
            self.seconds += time.perf_counter() - began

    def held(self) -> "Held":
        """Return how much there is."""
        return self.knowledge.held()
