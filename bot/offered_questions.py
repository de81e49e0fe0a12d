"""Example questions for pages and for Slack, read again after every change of the documents, and every few seconds.

A question that is for some groups only from now on must be gone at once, and that raises the change number; a version
that goes live later than it was asked for does not.
"""

import time
from datetime import date
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
        self._kept: dict[tuple[Language, int], tuple[tuple[int, date], float, list[str]]] = {}
        self._lock = Lock()

    def some(self, language: Language, count: int = 4) -> list[str]:
        """Return up to ``count`` questions that anyone may ask, in the reader's language if the documents have it."""
        state = self.bot.library.change_number(), self.bot.clock().date()
        with self._lock:
            kept_for, read_at, questions = self._kept.get((language, count), (None, 0.0, []))
        if kept_for == state and questions and time.monotonic() - read_at < FRESH_SECONDS:
            return questions
        with self.bot.sessions() as session:
            questions = example_questions(session, language, state[1], count)
        with self._lock:
            self._kept[language, count] = state, time.monotonic(), questions
        return questions

    def forget(self) -> None:
        """Read them again next time: the documents have changed."""
        with self._lock:
            self._kept.clear()
