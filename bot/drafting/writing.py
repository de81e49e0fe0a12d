"""Lets a language model write the draft, and holds it to its length: asked once to mend it, then cut at sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from bot.drafting.brief import Brief
from bot.drafting.lengths import counted, shorten
from bot.drafting.thread import Thread
from bot.errors import ModelError
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said, added
from bot.llm.structured import structured
from bot.llm.templates import template
from bot.phrases import say
from knowledge.language import Language

TEMPERATURE = 0.7
"""How freely drafts are written: several versions are to differ."""

LONGEST_ORDER = 8_000
"""Characters of the order, and of the earlier draft, that a model is shown."""


class Version(BaseModel):
    """One version of the text: ``subject`` its title, empty where it has none."""

    subject: str = ""
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Drafts(BaseModel):
    """What the model writes."""

    versions: list[Version] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Written:
    """The versions as they are shown; ``notes`` say where the length could not be kept."""

    texts: tuple[str, ...]
    said: Said
    prompt: Prompt
    version: str
    notes: tuple[str, ...] = ()


def write(thread: Thread, passages: Sequence[str], model: LanguageModel, deadline: Deadline) -> Written:
    """Return the draft a model writes; ModelError where it fails or writes what cannot be read."""
    brief = thread.brief
    prompt, version = _fill(thread, passages)
    found = structured(model, prompt, Drafts, deadline)
    texts, said = _texts(found.value, brief), found.said
    if wrong := _wrong(texts, brief):
        try:
            change = say("draft.mend", brief.language, faults=" ".join(wrong), length=_length(brief))
            again = structured(model, _fill(thread, passages, "\n\n".join(texts), change)[0], Drafts, deadline)
        except ModelError:
            pass  # what there is can be cut
        else:
            said = _both(said, again.said)
            texts = [_better(*pair, brief) for pair in zip(texts, _texts(again.value, brief), strict=False)] or texts
    kept = [_kept(text, brief) for text in texts]
    return Written(tuple(text for text, _ in kept), said, prompt, version, tuple(note for _, note in kept if note))


def titled(subject: str, body: str, language: Language) -> str:
    """Return a version as one text."""
    subject = " ".join(subject.split())
    return f"{say('draft.subject', language, subject=subject)}\n\n{body.strip()}" if subject else body.strip()


def _texts(drafts: Drafts, brief: Brief) -> list[str]:
    return [titled(one.subject, one.body, brief.language) for one in drafts.versions[: brief.versions]]


def _wrong(texts: Sequence[str], brief: Brief) -> list[str]:
    """Return what is wrong with the lengths, a sentence for each version."""
    if brief.length is None:
        return []
    unit = say(f"draft.unit.{brief.length.unit}", brief.language)
    counts = [(number, counted(text, brief.length.unit)) for number, text in enumerate(texts, 1)]
    return [
        say("draft.wrong_length", brief.language, number=number, count=count, unit=unit)
        for number, count in counts
        if not brief.length.holds(count)
    ]


def _better(first: str, second: str, brief: Brief) -> str:
    """Return the second try, unless it is no nearer to the length."""
    return first if _miss(first, brief) < _miss(second, brief) else second


def _miss(text: str, brief: Brief) -> int:
    if brief.length is None:
        return 0
    count, low, high = counted(text, brief.length.unit), brief.length.low, brief.length.high
    return max(0, (low or 0) - count, count - (count if high is None else high))


def _kept(text: str, brief: Brief) -> tuple[str, str]:
    """Return the text within its length, and what to say where that took cutting or was not possible."""
    length = brief.length
    if length is None or length.holds(counted(text, length.unit)):
        return text, ""
    short = shorten(text, length) if length.high is not None else text
    count, unit = counted(short, length.unit), say(f"draft.unit.{length.unit}", brief.language)
    if length.high is not None and count <= length.high:
        missed = short == text
        return short, say("draft.too_short" if missed else "draft.was_cut", brief.language, count=count, unit=unit)
    key = "draft.too_long" if length.high is not None else "draft.too_short"
    return short, say(key, brief.language, count=count, unit=unit)


def _both(first: Said, second: Said) -> Said:
    return replace(second, tokens=first.tokens + second.tokens, cost_usd=added(first.cost_usd, second.cost_usd))


def _fill(thread: Thread, passages: Sequence[str], previous: str = "", change: str = "") -> tuple[Prompt, str]:
    """Return the prompt and its version; no text can guess the mark and close its own block (tasks/writing.py)."""
    brief, language = thread.brief, thread.brief.language
    previous, change = previous or thread.previous, change or _wish(thread)
    mark = sha256("\0".join([brief.order, brief.material, previous, *passages]).encode()).hexdigest()[:8]
    form, open_ = template("draft", language), say("draft.not_said", language)
    filled = form.fill(
        mark=mark,
        kind=say(f"draft.kind.{brief.kind}", language),
        target=brief.target or open_,
        topic=brief.topic or open_,
        when=brief.when or open_,
        tone=brief.tone or open_,
        length=_length(brief),
        versions=str(brief.versions),
        order=brief.order[:LONGEST_ORDER],
        passages="\n\n".join(passages) or say("draft.none", language),
        previous=previous[:LONGEST_ORDER] or say("draft.none", language),
        change=change,
    )
    return replace(filled, temperature=TEMPERATURE), form.version


def _wish(thread: Thread) -> str:
    return say("draft.revise", thread.brief.language, wish=thread.wish[:LONGEST_ORDER]) if thread.wish else ""


def _length(brief: Brief) -> str:
    """Return the length in words, with its exact bounds."""
    if brief.length is None:
        return brief.length_said or say("draft.fitting", brief.language)
    unit = say(f"draft.unit.{brief.length.unit}", brief.language)
    low, high = brief.length.low, brief.length.high
    key = "draft.between" if low and high else "draft.at_most" if high else "draft.at_least"
    return say(key, brief.language, low=low, high=high, unit=unit)
