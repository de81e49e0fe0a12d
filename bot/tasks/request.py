"""What a task is given and what it gives back; every task has the same shape."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.llm import LanguageModel, model_for
from bot.llm.deadline import Deadline
from bot.messages import Checks, Event, Message, Nearest, Source, Tokens
from bot.preferences import Preferences
from knowledge.confidence import LINES
from knowledge.language import Language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from bot.database.conversations import PastTurn
    from bot.lookup import Rows, Searchable
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to do: ``question`` is the message's text, cleaned, and completed from the earlier turns.

    ``material`` is the text that it is to be done to, "" where the message gives none. ``deadline`` is the one of the
    whole answer, for everything that is asked of a language model. ``preferences`` are the asker's.
    """

    message: Message
    question: str
    language: Language
    deadline: Deadline
    turns: Sequence["PastTurn"] = ()
    material: str = ""
    preferences: Preferences = field(default_factory=Preferences)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a task may use; ``llm`` is None where no language model is configured, ``clock`` tells local time.

    For a trial, ``line`` (0..1) stands in for that of the settings, ``read`` for the number of passages read, and
    ``rows`` for the documents as they are.
    """

    settings: "Settings"
    sessions: "sessionmaker[Session]"
    knowledge: "Searchable"
    llm: LanguageModel | None
    clock: Callable[[], datetime]
    line: float | None = None
    read: int = 8
    rows: "Rows | None" = None

    @property
    def least(self) -> float:
        """The confidence (0..1) from which on a question is answered."""
        return LINES[self.settings.line] if self.line is None else self.line

    def model_for(self, task: str) -> LanguageModel | None:
        """Return the model that does ``task``, by the task's name in the settings; None without models."""
        return None if self.llm is None else model_for(task, self.llm)


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """What the ledger keeps of a source beside the source itself: its row, and each leg's score."""

    passage_id: int
    keyword_score: float | None = None
    vector_score: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task made of it; the orchestrator turns it into a Reply and records it.

    ``source_details`` goes with ``sources``, in the same order; ``check_details`` holds one dict a sentence;
    ``prompt_version`` is a hash of the templates, None where no model was asked. ``failure`` is the key of the phrase
    that says why what a model wrote, or should have, is not in it.
    """

    text: str
    answered: bool = True
    confidence: float = 1.0
    sources: tuple[Source, ...] = ()
    source_details: tuple[SourceDetail, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    checks: Checks = "none"
    check_details: tuple[dict[str, Any], ...] = ()
    legs: dict[str, str] = field(default_factory=dict)
    model: str = "extractive"
    tokens: Tokens = field(default_factory=Tokens)
    cost_usd: float | None = 0.0
    extract: bool = False
    notice: str | None = None
    error: str | None = None
    failure: str | None = None
    prompt: str | None = None
    prompt_version: str | None = None
    summary: Mapping[str, Any] | None = None
    """As ``Reply.summary``."""


Task = Callable[[Asked, Tools], Generator[Event, None, Outcome]]
"""Yields the events on the way (status, sources, text) and returns the outcome."""


def finished(task: Generator[Event, None, Outcome]) -> Outcome:
    """Run a task to its end, and return what it made."""
    while True:
        try:
            next(task)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
