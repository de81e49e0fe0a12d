"""A language model that says what it was told to: for tests, demonstrations and the documentation."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from bot.errors import ModelError
from bot.llm import Chunk, Prompt
from bot.messages import Tokens

Line = str | ModelError
"""What it says, or the error with which it fails."""


@dataclass(frozen=True, slots=True)
class Script:
    """One answer: ``says`` piece by piece, ``pause`` seconds before each piece, and then ``fails``, if set."""

    says: str = ""
    fails: ModelError | None = None
    pause: float = 0.0


class ScriptedModel:
    """Answers from a list, in order, and keeps what it was asked in ``asked``; the last answer stands for the rest."""

    name = "scripted:model"

    def __init__(self, lines: Iterable[Line | Script] = (), *, piece: int = 4, price: float = 0.0) -> None:
        self.asked: list[Prompt] = []
        self._scripts = deque(_script(line) for line in lines)
        self._piece = piece
        self._price = price
        self._lock = Lock()

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Yield the next answer, ``piece`` characters at a time; a token is counted as such a piece."""
        with self._lock:
            self.asked.append(prompt)
            script = self._scripts.popleft() if len(self._scripts) > 1 else next(iter(self._scripts), Script())
        for start in range(0, len(script.says), self._piece):
            time.sleep(script.pause)
            yield Chunk(script.says[start : start + self._piece], Tokens(0, 1))
        if not script.says:
            time.sleep(script.pause)
        if script.fails:
            raise script.fails
        yield Chunk("", Tokens(len(prompt.whole) // self._piece, 0))

    def warm(self) -> None:
        """There is nothing to load."""

    def cost(self, tokens: Tokens) -> float | None:
        """Return the cost at ``price`` dollars a token."""
        return self._price * (tokens.input + tokens.output)


def _script(line: Line | Script) -> Script:
    if isinstance(line, Script):
        return line
    return Script(fails=line) if isinstance(line, ModelError) else Script(line)
