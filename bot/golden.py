"""Asks the golden questions: is each answered by the entry that should, or not at all where it must not be?

The search and the decision whether to answer are those of every question; no language model is asked, so that it costs
nothing and always says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot import background
from bot.background import Result
from bot.database import golden
from bot.database.golden import Golden
from bot.messages import Message
from bot.replaying import tools_for
from bot.tasks.looking import look_up_all
from bot.understanding import understand
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.tasks.request import Tools
    from bot.wiring import Bot

KIND = "golden"


@dataclass(frozen=True, slots=True)
class Came:
    """What answers a question: the first entries (of several questions in one message each one's), none where it is
    not answered; ``confidence`` is 0..1. ``nearest`` is the entry that would have, below the line.
    """

    answered: bool
    confidence: float
    entries: tuple[tuple[int, str, str], ...]
    nearest: tuple[int, str, str] | None = None
    task: str = "answer"


@dataclass(frozen=True, slots=True)
class Tested:
    """A golden question and what came of it."""

    golden: Golden
    came: Came

    @property
    def passed(self) -> bool:
        """Whether what came is what is expected."""
        return self.golden.is_met(self.came.entries if self.came.answered else None)


def ask(tools: "Tools", wanted: Golden) -> Came:
    """Look a golden question up, and decide as for every question."""
    message = Message(wanted.question, "web", audience=wanted.audience, language=wanted.language)
    asked, task = understand(message, (), [], tools)
    if task != "answer":
        return Came(answered=False, confidence=0.0, entries=(), task=task)
    looked = look_up_all(asked, tools)
    confidence = min(each.found.confidence for each in looked)
    firsts = [each.hits[0].record for each in looked if each.hits]
    entries = tuple((record.document_id, record.document, record.key) for record in firsts)
    if all(each.sure for each in looked):
        return Came(answered=True, confidence=confidence, entries=entries)
    return Came(answered=False, confidence=confidence, entries=(), nearest=entries[0] if entries else None)


def ask_all(bot: "Bot", progress: Progress | None = None, questions: Sequence[Golden] | None = None) -> list[Tested]:
    """Ask all golden questions, or these; 5 to 30 ms each."""
    tools = tools_for(bot)
    if questions is None:
        with bot.sessions() as session:
            questions = golden.listed(session)
    found = []
    for done, wanted in enumerate(questions):
        if progress:
            progress(done, len(questions))
        found.append(Tested(wanted, ask(tools, wanted)))
    if progress:
        progress(len(questions), len(questions))
    return found


def start(bot: "Bot", author: str | None) -> int:
    """Begin to ask all of them in the background; return the number of the run.

    Raises:
        UserError: that goes on already, or there is none to ask.
    """
    return background.start(bot.sessions, KIND, author, lambda progress: _result(ask_all(bot, progress)))


def run(bot: "Bot", author: str | None, progress: Progress | None = None) -> list[Tested]:
    """Ask all of them now, and keep the result."""
    found: list[Tested] = []
    with bot.sessions() as session:
        if not golden.count(session):
            return found

    def work(told: Progress) -> Result:
        found.extend(ask_all(bot, told))
        return _result(found)

    background.run(bot.sessions, KIND, author, work, progress)
    return found


def tested_line(tested: Tested) -> dict[str, Any]:
    """Return one result as JSON."""
    return golden_line(tested.golden) | {"passed": tested.passed, "came": came_line(tested.came)}


def tests_line(found: Sequence[Tested]) -> dict[str, Any]:
    """Return all results as JSON."""
    return {**_summary(found), "questions": [tested_line(each) for each in found]}


def golden_line(one: Golden) -> dict[str, Any]:
    """Return a golden question as JSON."""
    return {
        "id": one.id,
        "question": one.question,
        "expects": one.expects,
        "document_id": one.document_id,
        "document": one.document,
        "passage": one.key,
        "language": one.language,
        "audience": sorted(one.audience),
        "note": one.note,
        "author": one.author,
        "created_at": _moment(one.created_at),
        "updated_at": _moment(one.updated_at),
    }


def came_line(came: Came) -> dict[str, Any]:
    """Return what came as JSON: as results are kept, and as programs read it."""
    return {
        "answered": came.answered,
        "confidence": round(came.confidence, 6),
        "entries": [_entry(entry) for entry in came.entries],
        "nearest": _entry(came.nearest) if came.nearest else None,
        "task": came.task,
    }


def _entry(entry: tuple[int, str, str]) -> dict[str, Any]:
    return dict(zip(("document_id", "document", "passage"), entry, strict=True))


def _moment(at: datetime) -> str:
    return at.isoformat()


def _result(found: Sequence[Tested]) -> Result:
    """Return a run's result: no words of the questions, which are looked up by their numbers when it is shown."""
    lines = {str(each.golden.id): came_line(each.came) | {"passed": each.passed} for each in found}
    return Result(_summary(found), {"questions": lines})


def _summary(found: Sequence[Tested]) -> dict[str, int]:
    failed = sum(not each.passed for each in found)
    return {"asked": len(found), "passed": len(found) - failed, "failed": failed}
