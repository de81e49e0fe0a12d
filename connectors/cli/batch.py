"""Many questions in one process: a line of JSON in, a line of JSON out, in the same order, whatever happens."""

import json
import logging
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast
from uuid import uuid4

from bot.errors import DapbotError, UserError
from bot.json_lines import id_of, lines_of, object_of
from bot.messages import Message, Reply, answer_line
from connectors.cli.session import explain, words
from connectors.terminal import CHANNEL
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

THREADS = 4
"""Lines at a time without a language model: the work takes the processor, and more would only queue."""

MOST_THREADS = 64
"""Lines at a time with one, however many calls it may be sent: each line searches the documents as well."""

Ask = Callable[[Message], Reply]
Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input: the message, or the sentence that says why there is none."""

    id: Any
    message: Message | None = None
    conversation: str | None = None
    error: str = ""


def answer_all(ask: Ask, lines: Sequence[bytes], output: TextIO, progress: Progress, threads: int = THREADS) -> int:
    """Answer every line and write one answer line for each, in order; return how many could not be answered.

    ``ask`` must record nothing: lines with the same ``conversation`` are turns, one after the other, and their
    conversations are told apart from those of any other run.
    """
    run = uuid4().hex
    parsed = [parse(raw, number, run) for number, raw in enumerate(lines, 1)]
    failed = 0
    groups = _groups(parsed)
    with closing(at_once(lambda turns: [_answer(ask, line) for line in turns], groups, threads)) as answers:
        for done, answer in enumerate(_in_order(parsed, groups, answers), 1):
            failed += "error" in answer and "answer" not in answer
            output.write(json.dumps(answer, ensure_ascii=False) + "\n")
            progress(done, len(parsed))
    return failed


def lines_at_once(settings: "Settings") -> int:
    """Return how many lines of a batch are worked on at a time: as many as the model may be asked at once.

    Each asks one thing after the other, several tries of an answer all at once (``DAPBOT_LLM_ATTEMPTS``).
    """
    if not settings.llm:
        return THREADS
    return max(1, min(MOST_THREADS, settings.llm_concurrency // settings.llm_attempts))


def at_once(work: Callable[[Item], Made], items: Sequence[Item], threads: int) -> Generator[Made, None, None]:
    """Yield what ``work`` makes of each item, in their order, up to ``threads`` at a time.

    To be closed by whoever stops before its end (Ctrl-C, a full disk): what has not begun then never does.
    """
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(work, items)
        pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _has_nothing(line: dict[str, Any]) -> bool:
    """Tell a line that has only an ``error`` to show: an answer with one stands all the same."""
    return "error" in line and "answer" not in line


def write_lines(
    work: Callable[[Item], dict[str, Any]],
    items: Sequence[Item],
    output: TextIO,
    progress: Progress,
    threads: int,
    fails: Callable[[dict[str, Any]], bool] = _has_nothing,
) -> int:
    """Write the line that ``work`` makes of each item, in their order; return how many of them failed."""
    failed = 0
    with closing(at_once(work, items, threads)) as made:
        for done, line in enumerate(made, 1):
            failed += fails(line)
            output.write(json.dumps(line, ensure_ascii=False) + "\n")
            progress(done, len(items))
    return failed


def parse(raw: bytes, number: int, run: str = "") -> Line:
    """Return what line ``number`` of the input asks; conversations are named after ``run`` too."""
    found = object_of(raw)
    if isinstance(found, str):
        return Line(None, error=words(found, number=number))
    wrong = [name for name, fits in FIELDS.items() if name in found and not fits(found[name])]
    if wrong or not isinstance(found.get("question"), str):
        names = ", ".join(wrong or ["question"])
        return Line(id_of(found), error=words("batch.wrong_field", number=number, names=names))
    conversation = found.get("conversation")
    message = Message(
        found["question"],
        CHANNEL,
        conversation=None if conversation is None else f"{run}:{conversation}",
        person=found.get("person"),
        audience=frozenset(found.get("audience") or ()),
        language=cast("Language | None", found.get("language")),
    )
    return Line(id_of(found), message, conversation)


def _is_name(value: Any) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= 100)


FIELDS: dict[str, Callable[[Any], bool]] = {
    "question": lambda value: isinstance(value, str),
    "language": lambda value: value in (None, "ko", "en"),
    "conversation": _is_name,
    "person": _is_name,
    "audience": lambda value: value is None or (isinstance(value, list) and all(map(_is_name, value))),
}
"""What each field of a question line must be."""


def _answer(ask: Ask, line: Line) -> dict[str, Any]:
    if line.message is None:
        return {"id": line.id, "error": line.error}
    try:
        reply = ask(line.message)
    except DapbotError as error:
        return {"id": line.id, "error": explain(error)}
    except Exception as error:  # one question must not cost the others their answers
        log.debug("a question failed", exc_info=True)
        return {"id": line.id, "error": words("cli.unexpected", kind=type(error).__name__, error=error)}
    answer = answer_line(reply) | {"id": line.id}
    if line.conversation is not None:
        answer["conversation"] = line.conversation
    return answer


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the turns of a conversation together, where its first one stands."""
    groups: dict[object, list[Line]] = {}
    for place, line in enumerate(lines):
        groups.setdefault(place if line.conversation is None else line.conversation, []).append(line)
    return list(groups.values())


def _in_order(
    lines: Sequence[Line], groups: Sequence[Sequence[Line]], answers: Iterator[list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Yield the answers in the order of the lines, each as soon as those before it are there."""
    ready: dict[int, dict[str, Any]] = {}
    place = {id(line): number for number, line in enumerate(lines)}
    following = 0
    for turns, group in zip(groups, answers, strict=True):
        ready.update({place[id(line)]: answer for line, answer in zip(turns, group, strict=True)})
        while following in ready:
            yield ready.pop(following)
            following += 1


def read_lines(path: Path) -> list[bytes]:
    """Return the lines of a file, or of standard input for ``-``; a last line that is empty is none.

    Raises:
        UserError: the file cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UserError("cli.cannot_read", name=path, reason=error.strerror or error) from error
    return lines_of(data)


@contextmanager
def written_aside(path: Path) -> Iterator[TextIO]:
    """Yield a file beside ``path`` that takes its place at the end, so that no half output ever stands there.

    ``-`` is standard output; a device or a pipe is written directly.

    Raises:
        UserError: the file cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout
        return
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", errors="replace") as file:
                yield file
            return
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with aside.open("w", encoding="utf-8", errors="replace") as file:
                yield file
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError("cli.cannot_write", name=path, reason=error.strerror or error) from error
