"""A language model with a meter: what it used is known at any moment, and where nobody listened to its end too.

Providers tell the tokens with their last piece; some never do. What they have not told is estimated from the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from bot.llm import Chunk, LanguageModel, Prompt
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

    prompt: Prompt
    text: str = ""
    told: Tokens = field(default_factory=Tokens)
    refused: bool = False

    def used(self) -> Tokens:
        if self.refused:
            return self.told
        return Tokens(self.told.input or estimate(self.prompt.whole), self.told.output or estimate(self.text))


class Metered:
    """A model for one answer; other threads may read from it while its meter is looked at."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._calls: list[_Call] = []

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def used(self) -> Tokens:
        """Return what was used so far."""
        return sum((call.used() for call in list(self._calls)), Tokens())

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Pass on what the model writes, and count it."""
        call = _Call(prompt)
        self._calls.append(call)
        try:
            for chunk in self._model.stream(prompt):
                call.text += chunk.text
                call.told += chunk.tokens
                yield chunk
        except Exception:
            call.refused = not call.text
            raise

    def warm(self) -> None:
        """Load what the model needs."""
        self._model.warm()

    def cost(self, tokens: Tokens) -> float | None:
        """Return what these tokens cost."""
        return self._model.cost(tokens)
