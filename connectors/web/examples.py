"""Example questions for the page, read at most every few seconds."""

import time
from threading import Lock
from typing import TYPE_CHECKING

from bot.database.examples import example_questions
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.wiring import Bot

FRESH_SECONDS = 10.0


class Examples:
    """Questions out of the documents; threads may share it."""

    def __init__(self, bot: "Bot") -> None:
        self.bot = bot
        self._kept: dict[str, tuple[float, list[str]]] = {}
        self._lock = Lock()

    def some(self, language: Language) -> list[str]:
        """Return a few questions that anyone may ask, in the reader's language if the documents have it."""
        with self._lock:
            read_at, questions = self._kept.get(language, (0.0, []))
        if questions and time.monotonic() - read_at < FRESH_SECONDS:
            return questions
        with self.bot.sessions() as session:
            questions = example_questions(session, language, self.bot.clock().date())
        with self._lock:
            self._kept[language] = (time.monotonic(), questions)
        return questions

    def forget(self) -> None:
        """Read them again next time: the documents have changed."""
        with self._lock:
            self._kept.clear()
