"""Lets a language model write the answer, and lets each sentence out only after its own check (DESIGN 1.8)."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from bot.errors import ModelError
from bot.llm import Chunk, LanguageModel, Prompt, fallback_of
from bot.llm.deadline import PAUSE, Deadline, added, hurried
from bot.llm.templates import template
from bot.messages import Checks, Event, Source, Tokens
from bot.phrases import say
from bot.tasks.extracting import extracted, unknown
from bot.tasks.guarding import CITATION, Judged, Manner, judge
from bot.tasks.looking import Hit, Looked
from bot.tasks.mending import MOST_MENDED, manner_of, mended_text, mending
from bot.tasks.releasing import Sentences
from bot.tasks.request import Asked, Outcome
from knowledge.language import Language

PASSAGES = 5
PASSAGE_CHARACTERS = 2_000
"""Passages a model is shown, and how much of each."""

NO_ANSWER = "NO_ANSWER"
"""What the prompts tell the model to write when the passages do not answer."""

LONGEST_ANSWER = 6_000
"""Characters after which a model that does not stop is stopped."""

DOUBT = 0.5
"""The confidence is cut to this share where the model, having read the passages, finds no answer in them."""

PATIENCE = 0.1
"""Share of the deadline that is waited for a limited model where another one could be asked at once."""


class _UnsupportedError(Exception):
    """A sentence did not pass its check."""


class _NoAnswerError(Exception):
    """The model says that the passages do not answer."""


@dataclass(slots=True)
class _Draft:
    """What one try has brought so far."""

    text: str = ""
    waiting: str = ""
    cited: list[int] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)
    mended: int = 0


@dataclass(slots=True)
class _Writer:
    """One answer being written: the passages, the prompt, what is used up (``earlier``: by a model that failed)."""

    asked: Asked
    hits: Sequence[Hit]
    prompt: Prompt
    version: str
    model: LanguageModel
    deadline: Deadline
    tokens: Tokens = field(default_factory=Tokens)
    earlier: Tokens = field(default_factory=Tokens)
    earlier_cost: float | None = 0.0
    draft: _Draft = field(default_factory=_Draft)

    def sources(self) -> tuple[Source, ...]:
        return tuple(self.hits[number].source() for number in self.draft.cited)


def write(
    asked: Asked, found: Sequence[Looked], model: LanguageModel, *, temperature: float = 0.0
) -> Generator[Event, None, Outcome]:
    """Yield the answer sentence by sentence; whatever goes wrong, the outcome is then the extract and says why."""
    hits = shown(found)
    filled, version = _fill(asked, hits)
    filled = replace(filled, temperature=temperature)
    writer = _Writer(asked, hits, filled, version, model, asked.deadline)
    yield Event("status", say("answer.writing", asked.language))
    try:
        yield from _try_all(writer)
        outcome = _written(writer, found)
    except ModelError as error:
        why = say(error.phrase, asked.language, **error.values)
        outcome = _instead(writer, found, error.phrase, say("answer.instead", asked.language, why=why))
    except _UnsupportedError:
        outcome = _instead(writer, found, "answer.not_supported", say("answer.not_supported", asked.language))
    except _NoAnswerError:
        outcome = replace(unknown(asked, found[0]), confidence=found[0].found.confidence * DOUBT)
    return _accounted(outcome, writer)


def orders(asked: Asked) -> tuple[str, str]:
    """Return what a model is told beside the question and the passages, and the version of that."""
    prompt, version = _fill(replace(asked, question=""), [])
    return prompt.whole, version


def shown(found: Sequence[Looked]) -> list[Hit]:
    """Return the passages a model is shown: the best ones; of several questions each one's best in turn."""
    turns = zip_longest(*(looked.hits for looked in found))
    hits = {hit.record.id: hit for turn in turns for hit in turn if hit is not None}
    return list(hits.values())[:PASSAGES]


def _fill(asked: Asked, hits: Sequence[Hit]) -> tuple[Prompt, str]:
    """Return the prompt and its version. The mark between data and orders is one that no passage can guess: it
    depends on all of them, so that none can close its own block and go on as if it were the bot."""
    whole = "\0".join([asked.question, *(hit.record.answer for hit in hits)])
    mark = sha256(whole.encode()).hexdigest()[:8]
    blocks = [_block(number, hit, mark, asked.language) for number, hit in enumerate(hits, 1)]
    form = template("answer", asked.language)
    values = {"manner": manner_of(asked), "passages": "\n\n".join(blocks), "question": asked.question}
    return form.fill(mark=mark, **values), form.version


def _block(number: int, hit: Hit, mark: str, language: Language) -> str:
    record = hit.record
    head = say("answer.passage_head", language, mark=mark, number=number)
    lines = [line for line in (record.title, record.question, record.answer[:PASSAGE_CHARACTERS]) if line]
    return "\n".join([head, *lines])


def _try_all(writer: _Writer) -> Generator[Event, None, None]:
    """Ask the model, and its fallback where it fails and the deadline allows.

    Where a sentence was out already, the fallback's whole answer takes the place of what was shown, at the end.
    """
    other = fallback_of(writer.model)
    try:
        yield from _try_twice(writer, spare=other is not None)
    except ModelError:
        if other is None or not writer.deadline.left():
            raise
        shown = bool(writer.draft.text)
        yield Event("status", say("answer.asking_another", writer.asked.language))
        writer.earlier = writer.tokens
        writer.earlier_cost = writer.model.cost(writer.tokens) if writer.tokens != Tokens() else 0.0
        writer.model, writer.tokens, writer.draft = other, Tokens(), _Draft()
        asking = _try_twice(writer)
        yield from (event for event in asking if not shown or event.kind == "status")


def _try_twice(writer: _Writer, *, spare: bool = False) -> Generator[Event, None, None]:
    """Ask the model; once more if it fails before a sentence is out and the deadline allows.

    ``spare``: another one can be asked, so this one is neither waited for long nor asked again when it is slow.
    """
    try:
        yield from _try_once(writer)
    except ModelError as error:
        pause = PAUSE if error.retry_after is None else error.retry_after
        left = min(writer.deadline.left(), PATIENCE * writer.deadline.seconds if spare else writer.deadline.left())
        given_up = spare and error.phrase == "model.slow"
        if writer.draft.text or not error.retryable or given_up or pause >= left:
            raise
        yield Event("status", say("answer.trying_again", writer.asked.language))
        time.sleep(pause)
        writer.draft = _Draft()
        yield from _try_once(writer)


def _try_once(writer: _Writer) -> Generator[Event, None, None]:
    sentences = Sentences()
    written = 0
    for chunk in _counted(writer):
        written += len(chunk.text)
        for sentence in sentences.feed(chunk.text):
            yield from _release(writer, sentence)
        if written > LONGEST_ANSWER:
            raise ModelError("model.cut", retryable=False)
    rest = sentences.rest()
    if rest.strip():
        yield from _release(writer, rest.rstrip())
    if writer.draft.waiting.strip():
        raise _NoAnswerError  # it wrote, and said nothing that a passage could bear out
    if not writer.draft.text:
        raise ModelError("model.broken")


def _counted(writer: _Writer) -> Iterator[Chunk]:
    """Pass on the model's pieces and count their tokens, those of a failed try too."""
    for chunk in hurried(writer.model, writer.prompt, writer.deadline):
        writer.tokens += chunk.tokens
        yield chunk


def _release(writer: _Writer, sentence: str) -> Generator[Event, None, None]:
    """Check a sentence and let it out; what states nothing waits for the first sentence that does."""
    draft = writer.draft
    if NO_ANSWER in sentence:
        raise _UnsupportedError if draft.text else _NoAnswerError
    judged = _judged(writer, sentence)
    if judged.mendable and draft.mended < MOST_MENDED and writer.deadline.left():
        yield Event("status", say("answer.mending", writer.asked.language))
        judged = _mended(writer, judged)
    draft.details.append(judged.detail)
    if not judged.released:
        raise _UnsupportedError
    draft.waiting += judged.text
    if not draft.text and not judged.claims:
        return
    fresh = [number for number in judged.rests_on if number not in draft.cited]
    draft.cited += dict.fromkeys(fresh)
    if fresh:
        yield Event("sources", sources=writer.sources())
    told = _renumbered(draft.waiting if draft.text else draft.waiting.lstrip(), draft.cited)
    draft.text, draft.waiting = draft.text + told, ""
    yield Event("text", told)


def _judged(writer: _Writer, sentence: str) -> Judged:
    manner = Manner(writer.asked.language, writer.asked.preferences.politeness)
    texts = [_passage_text(hit) for hit in writer.hits]
    return judge(sentence, texts, writer.asked.question, writer.prompt.system, manner)


def _mended(writer: _Writer, judged: Judged) -> Judged:
    """Return the sentence as the model writes it when asked for it alone, else as it was."""
    writer.draft.mended += 1
    texts = [_passage_text(hit) for hit in writer.hits]
    prompt, said = mending(judged, writer.asked, texts), ""
    try:
        for chunk in hurried(writer.model, prompt, writer.deadline):
            writer.tokens += chunk.tokens
            said += chunk.text
    except ModelError:
        return judged
    text = mended_text(said, judged.text)
    if not text or NO_ANSWER in text:
        return judged
    again = _judged(writer, text)
    return again if again.released and again.claims else judged


def _renumbered(text: str, cited: Sequence[int]) -> str:
    """Number the citations by the order of the reply's sources, not by that of the passages in the prompt."""
    places = {str(number + 1): f"[{place}]" for place, number in enumerate(cited, 1)}
    return CITATION.sub(lambda match: places.get(match[1], ""), text)


def _passage_text(hit: Hit) -> str:
    return "\n".join(filter(None, [hit.record.title, hit.record.question, hit.record.answer[:PASSAGE_CHARACTERS]]))


def _written(writer: _Writer, found: Sequence[Looked]) -> Outcome:
    """Return what the model wrote, every sentence of it checked."""
    return Outcome(
        writer.draft.text.strip(),
        confidence=min(looked.found.confidence for looked in found),
        sources=writer.sources(),
        source_details=tuple(writer.hits[number].detail for number in writer.draft.cited),
        checks="supported",
        legs=found[0].found.legs,
        notice=found[0].notice,
    )


def _instead(writer: _Writer, found: Sequence[Looked], failure: str, notice: str) -> Outcome:
    """Return the extract in place of what the model wrote; ``checks`` says how far that was supported."""
    checked = [detail["ok"] for detail in writer.draft.details]
    checks: Checks = "supported" if all(checked) else "partly" if any(checked) else "none"
    return replace(extracted(found), checks=checks, notice=notice, failure=failure)


def _accounted(outcome: Outcome, writer: _Writer) -> Outcome:
    """Add what was asked of the model, and what it used."""
    tokens = writer.earlier + writer.tokens
    asked_in_vain = outcome.extract and tokens == Tokens() and not writer.draft.details
    return replace(
        outcome,
        model="extractive" if asked_in_vain else writer.model.name,
        tokens=tokens,
        cost_usd=added(writer.earlier_cost, writer.model.cost(writer.tokens)),
        check_details=tuple(writer.draft.details),
        prompt=writer.prompt.whole,
        prompt_version=writer.version,
    )
