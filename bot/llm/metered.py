"""A language model with a meter: what it used is known at any moment, and where nobody listened to its end too.

Providers tell the tokens with their last piece; some never do. What they have not told is estimated from the text.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil

from bot.llm import Chunk, LanguageModel, Prompt, fallback_of, model_for
from bot.llm.deadline import added
from bot.messages import Tokens

LETTERS_A_TOKEN = 4.0
OTHERS_A_TOKEN = 1.5
"""Characters of a token: of ASCII, and of Hangul and the like."""


def estimate(text: str) -> int:
    """Return how many tokens a text has, about."""
    plain = sum(character.isascii() for character in text)
    return ceil(plain / LETTERS_A_TOKEN + (len(text) - plain) / OTHERS_A_TOKEN)


@dataclass(slots=True)
class _Call:
    """One prompt and what came back so far; ``refused``: the provider failed before it wrote anything."""

    model: LanguageModel
    prompt: Prompt
    text: str = ""
    told: Tokens = field(default_factory=Tokens)
    refused: bool = False
    seconds: float = 0.0

    def used(self) -> Tokens:
        if self.refused:
            return self.told
        told = self.told
        return replace(told, input=told.input or estimate(self.prompt.whole), output=told.output or estimate(self.text))


class Metered:
    """A model for one answer; other threads may read from it while its meter is looked at.

    The models it hands out, for a task or as the fallback, share its meter.
    """

    def __init__(self, model: LanguageModel, calls: list[_Call] | None = None) -> None:
        self._model = model
        self._calls: list[_Call] = [] if calls is None else calls

    @property
    def fallback(self) -> "Metered | None":
        """The model that is asked where this one fails."""
        other = fallback_of(self._model)
        return None if other is None else Metered(other, self._calls)

    def for_task(self, task: str) -> "Metered":
        """Return the model that does ``task``."""
        return Metered(model_for(task, self._model), self._calls)

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def used(self) -> Tokens:
        """Return what was used so far, of all models."""
        return sum((call.used() for call in list(self._calls)), Tokens())

    def seconds(self) -> float:
        """Return how long was waited for the models."""
        return sum(call.seconds for call in list(self._calls))

    def spent(self) -> float | None:
        """Return what that cost in US dollars, each model at its own price; None where one is not known."""
        total: float | None = 0.0
        for call in list(self._calls):
            if (used := call.used()) != Tokens():
                total = added(total, call.model.cost(used))
        return total

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Pass on what the model writes, and count it."""
        call = _Call(self._model, prompt)
        self._calls.append(call)
        began = time.perf_counter()
        try:
            for chunk in self._model.stream(prompt):
                call.text += chunk.text
                call.told += chunk.tokens
                yield chunk
        except Exception:
            call.refused = not call.text
            raise
        finally:
            call.seconds = time.perf_counter() - began

    def warm(self) -> None:
        """Load what the model needs."""
        self._model.warm()

    def cost(self, tokens: Tokens) -> float | None:
        """Return what these tokens cost."""
        return self._model.cost(tokens)
