"""One deadline per answer: a model that hangs, or drips, is left behind in time (DESIGN 1.9)."""

import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from bot.errors import ModelError
from bot.llm import Chunk, LanguageModel, Prompt
from bot.messages import Tokens

FIRST_TOKEN_SHARE = 0.4
"""Share of the deadline within which the first piece must come: 12 s of 30, so that one retry fits."""


class Deadline:
    """A point in time that all tries share; seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())


def hurried(model: LanguageModel, prompt: Prompt, deadline: Deadline) -> Iterator[Chunk]:
    """Yield what the model writes, and raise ModelError ("slow") when it is not there in time.

    The provider is read in a thread of its own: client time limits bound a single read and not a stream that
    drips, and differ from library to library. The thread of a model left behind ends with its own time limit.
    """
    pieces: SimpleQueue[Chunk | BaseException | None] = SimpleQueue()
    stopped = Event()
    Thread(target=_read, args=(model, prompt, pieces, stopped), name="dapbot-model", daemon=True).start()
    wait = min(deadline.left(), FIRST_TOKEN_SHARE * deadline.seconds)
    try:
        while True:
            try:
                piece = pieces.get(timeout=wait)
            except Empty:
                raise ModelError("model.slow") from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
            wait = deadline.left()
    finally:
        stopped.set()


def whole(model: LanguageModel, prompt: Prompt, deadline: Deadline) -> tuple[str, Tokens]:
    """Return all that the model writes, and what it used; ModelError as for ``hurried``."""
    text, used = "", Tokens()
    for chunk in hurried(model, prompt, deadline):
        text += chunk.text
        used = used + chunk.tokens
    return text, used


def _read(
    model: LanguageModel, prompt: Prompt, pieces: "SimpleQueue[Chunk | BaseException | None]", stopped: Event
) -> None:
    try:
        for chunk in model.stream(prompt):
            if stopped.is_set():
                return
            pieces.put(chunk)
        pieces.put(None)
    except BaseException as error:  # noqa: BLE001 - carried over to the thread that waits, and raised there
        pieces.put(error)
