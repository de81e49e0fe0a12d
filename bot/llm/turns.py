"""At most so many calls of a model at once, and none while its provider wants to be left alone."""

import time
from collections.abc import Iterator
from threading import BoundedSemaphore, Lock

from bot.errors import ModelError
from bot.llm import Chunk, LanguageModel, Prompt
from bot.messages import Tokens

LONGEST_REST = 60.0
"""Seconds that a provider is left alone at most after it named a time; then it is asked again, whatever it said."""

MY_TURN = Chunk()
"""Comes before the provider is asked, so that a caller who has gone meanwhile ends it there (bot/llm/deadline.py)."""


class Gate:
    """The turns of one model in this process."""

    def __init__(self, calls: int) -> None:
        self.turns = BoundedSemaphore(calls)
        self._until = 0.0
        self._lock = Lock()

    def left_alone(self) -> float:
        """Return the seconds for which the provider still wants no calls, never below 0."""
        with self._lock:
            return max(0.0, self._until - time.monotonic())

    def leave_alone(self, seconds: float) -> None:
        """Keep all calls back for so long."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + min(seconds, LONGEST_REST))


class Gated:
    """A model whose calls wait for their turn; who waits too long is left behind by the deadline."""

    def __init__(self, model: LanguageModel, gate: Gate) -> None:
        self._model = model
        self._gate = gate

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Wait for a turn, and yield what the model writes; ModelError "limited" without asking, where it would be."""
        with self._gate.turns:
            yield MY_TURN
            if rest := self._gate.left_alone():
                raise ModelError("model.limited", retry_after=rest)
            try:
                yield from self._model.stream(prompt)
            except ModelError as error:
                if error.phrase == "model.limited" and error.retry_after:
                    self._gate.leave_alone(error.retry_after)
                raise

    def warm(self) -> None:
        """Load what the model needs."""
        self._model.warm()

    def cost(self, tokens: Tokens) -> float | None:
        """Return what these tokens cost."""
        return self._model.cost(tokens)
