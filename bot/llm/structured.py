"""Answers of a model as checked values: JSON that fits a shape, mended once by the model where it does not.

The schema stands in the prompt, which every model understands, and goes along with the request as well, for the
providers that hold a model to it (``Prompt.schema``).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ModelError
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said, added, asked_whole
from bot.llm.templates import template
from knowledge.language import language_of

Shape = TypeVar("Shape", bound=BaseModel)

LONGEST_SHOWN = 4_000
"""Characters of an answer that did not fit which the model is shown again."""

MOST_FAULTS = 8
"""Faults of one answer that the model is told."""

MOST_BEGINS = 20
"""Places in an answer where JSON may begin that are tried."""

_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_BEGIN = re.compile(r"[{\[]")


@dataclass(frozen=True, slots=True)
class Structured(Generic[Shape]):
    """A value that fits its shape; ``said`` is what the model wrote last, with tokens and cost of all tries."""

    value: Shape
    said: Said


class UnreadableError(ModelError):
    """A model wrote what does not fit, twice. ``said`` is what it wrote last, with tokens and cost of all tries."""

    def __init__(self, said: Said, faults: str) -> None:
        super().__init__("model.unreadable", retryable=False)
        self.said = said
        self.faults = faults


class _UnfitError(Exception):
    """An answer that does not fit; its text says why, for the model."""


def structured(model: LanguageModel, prompt: Prompt, shape: type[Shape], deadline: Deadline) -> Structured[Shape]:
    """Return what the model answers as a checked value of ``shape``.

    ``prompt`` says what is wanted; that it be JSON, and the schema, are added here. An answer that cannot be read,
    or does not fit, is asked for once more, with what was wrong with it.

    Raises:
        ModelError: the model and its fallback failed.
        UnreadableError: they answered, and what came does not fit the second time either.
    """
    asked = _with_schema(prompt, shape)
    said = asked_whole(model, asked, deadline)
    try:
        return Structured(read_value(said.text, shape), said)
    except _UnfitError as error:
        faults = str(error)
    try:
        again = _both(said, asked_whole(model, _mending(asked, said.text, faults), deadline))
    except ModelError as error:
        raise UnreadableError(said, faults) from error
    try:
        return Structured(read_value(again.text, shape), again)
    except _UnfitError as error:
        raise UnreadableError(again, str(error)) from error


def read_value(text: str, shape: type[Shape]) -> Shape:
    """Return the value that a model wrote, thoughts, code fences and words around it left out.

    Raises:
        _UnfitError: there is no JSON, or none that fits; the sentence says why.
    """
    fault = "There is no JSON in it."
    for found in _values(_THOUGHTS.sub("", text)):
        if isinstance(found, str):
            fault = found
            continue
        try:
            return shape.model_validate(found[0])
        except ValidationError as error:
            fault = _told(error)
    raise _UnfitError(fault)


def _values(text: str) -> Iterator[tuple[Any] | str]:
    """Yield the JSON values in a text, outermost only, or why what looked like one cannot be read."""
    decoder = json.JSONDecoder(parse_constant=_no_number)
    place = 0
    for _ in range(MOST_BEGINS):
        begin = _BEGIN.search(text, place)
        if begin is None:
            return
        try:
            value, place = decoder.raw_decode(text, begin.start())
        except (ValueError, RecursionError) as error:
            place = begin.end()
            yield f"It is not JSON that can be read: {error}"
        else:
            yield (value,)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _told(error: ValidationError) -> str:
    """Return what does not fit, a line each."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "\n".join(
        f"- {'.'.join(map(str, fault['loc'])) or 'the whole'}: {fault['msg']}" for fault in faults[:MOST_FAULTS]
    )


def _with_schema(prompt: Prompt, shape: type[BaseModel]) -> Prompt:
    schema = shape.model_json_schema()
    form = template("structured", language_of(prompt.system))
    head = form.system.format(schema=json.dumps(schema, ensure_ascii=False))
    return replace(
        prompt, system=f"{head}\n\n{prompt.system}", schema=schema, stable=len(head) + len("\n\n") + prompt.stable
    )


def _mending(asked: Prompt, answer: str, faults: str) -> Prompt:
    """Return the prompt that asks once more; the orders, and what they are about, stay as they were."""
    form = template("structured", language_of(asked.system))
    return replace(asked, user=form.user.format(user=asked.user, answer=answer[:LONGEST_SHOWN], faults=faults))


def _both(first: Said, second: Said) -> Said:
    return replace(second, tokens=first.tokens + second.tokens, cost_usd=added(first.cost_usd, second.cost_usd))
