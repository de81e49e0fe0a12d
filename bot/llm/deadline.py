"""One deadline per answer: a model that hangs, or drips, is left behind in time (DESIGN 1.9)."""

import time
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread

from bot.errors import ModelError
from bot.llm import Chunk, LanguageModel, Prompt, fallback_of
from bot.messages import Tokens

FIRST_TOKEN_SHARE = 0.4
"""Share of the deadline within which the first piece must come: 12 s of 30, so that one retry fits."""


PAUSE = 0.5
"""Seconds before the retry, where the provider names none."""


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
    first = FIRST_TOKEN_SHARE * deadline.seconds
    pieces: SimpleQueue[Chunk | BaseException | None] = SimpleQueue()
    stopped = Event()
    read = partial(copy_context().run, _read, model, prompt, pieces, stopped)  # its log lines name the answer too
    Thread(target=read, name="dapbot-model", daemon=True).start()
    wait = min(deadline.left(), first)
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
            first = deadline.seconds if piece.text else first
            wait = min(deadline.left(), first)
    finally:
        stopped.set()


@dataclass(frozen=True, slots=True)
class Said:
    """What was written in one piece. ``tokens`` and ``cost_usd`` (None: not known) are those of failed tries too."""

    text: str
    model: str
    tokens: Tokens
    cost_usd: float | None


def asked_whole(model: LanguageModel, prompt: Prompt, deadline: Deadline) -> Said:
    """Return all that the model writes, or its fallback where it fails; ModelError where that fails as well.

    A model without a fallback is asked once more, where that can help and the deadline allows.
    """
    said, failed = _said(model, prompt, deadline)
    if failed is not None and (other := fallback_of(model) or _rested(model, failed, deadline)):
        first = said
        said, failed = _said(other, prompt, deadline)
        said = replace(said, tokens=first.tokens + said.tokens, cost_usd=added(first.cost_usd, said.cost_usd))
    if failed is not None:
        raise failed
    return said


def _rested(model: LanguageModel, failed: ModelError, deadline: Deadline) -> LanguageModel | None:
    """Return the model once it may be asked again, None where asking again cannot help or is too late."""
    pause = PAUSE if failed.retry_after is None else failed.retry_after
    if not failed.retryable or pause >= deadline.left():
        return None
    time.sleep(pause)
    return model


def _said(model: LanguageModel, prompt: Prompt, deadline: Deadline) -> tuple[Said, ModelError | None]:
    """Return what a model wrote and used, and how it failed where it did."""
    text, used, failed = "", Tokens(), None
    try:
        for chunk in hurried(model, prompt, deadline):
            text += chunk.text
            used = used + chunk.tokens
    except ModelError as error:
        failed = error
    return Said(text, model.name, used, model.cost(used) if used != Tokens() else 0.0), failed


def added(one: float | None, other: float | None) -> float | None:
    """Return the sum of two costs; it is not known where one of them is not."""
    return None if one is None or other is None else one + other


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
