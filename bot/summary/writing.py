"""Lines that a language model writes: each names its sentences, and is held against them before it is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import BaseModel, Field

from bot.checking import check_sentence
from bot.errors import ModelError
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said
from bot.llm.structured import UnreadableError, structured
from bot.llm.templates import template
from bot.phrases import say
from bot.summary.asking import Action
from bot.summary.ranking import fitting
from bot.summary.result import Line, Summary
from bot.summary.sentences import Unit
from bot.summary.trimming import line_of
from knowledge.language import Language, language_of

SHOWN = 24_000
"""Characters of a text that a model is shown: of a longer one the sentences of most worth, in their order. Some 16,000
tokens of Korean, which fits the window of every model of today, costs cents and comes back within the deadline; asking
for each part and then for the whole (300 pages: 20 calls) would do neither.
"""

LONGEST_WRITTEN = 300
"""Characters of a line."""

MOST_SENTENCES = 3
"""Sentences that one line may rest on."""

MOST_WISH = 300


class WrittenLine(BaseModel):
    """One line and the numbers of the sentences it says."""

    text: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN)
    sentences: list[int] = Field(min_length=1, max_length=8)


class WrittenAction(BaseModel):
    """Something to do: in which sentence it stands, who is to do it and until when, as that says it."""

    what: str = Field(min_length=1, max_length=2 * LONGEST_WRITTEN)
    who: str | None = None
    due: str | None = None
    sentence: int


class Written(BaseModel):
    """What a model answers; ``questions`` are the numbers of the sentences that ask something still open."""

    lines: list[WrittenLine] = Field(min_length=1, max_length=12)
    actions: list[WrittenAction] = Field(default_factory=list, max_length=20)
    questions: list[int] = Field(default_factory=list, max_length=20)


@dataclass(frozen=True, slots=True)
class _Text:
    """The sentences a model was shown, by the numbers it knows them by."""

    units: Sequence[Unit]

    def at(self, number: int) -> Unit | None:
        return self.units[number - 1] if 1 <= number <= len(self.units) else None


def written(
    units: Sequence[Unit],
    extract: Summary,
    model: LanguageModel,
    deadline: Deadline,
    language: Language,
    *,
    count: int,
    wish: str = "",
) -> Summary:
    """Return what the model writes, with a line of ``extract`` for each that its sentences do not bear out.

    Whatever goes wrong, the summary is the extract and says why (``failure``), with what was used up.
    """
    shown = fitting(units, SHOWN)
    prompt, version = _fill(shown, language, count, wish)
    asked = replace(extract, prompt=prompt.whole, prompt_version=version, left_out=len(units) - len(shown))
    try:
        answer = structured(model, prompt, Written, deadline)
    except UnreadableError as error:
        return _paid(replace(asked, failure=error.phrase), error.said)
    except ModelError as error:
        return replace(asked, failure=error.phrase)
    text = _Text(shown)
    lines, replaced = _lines(answer.value.lines[:count], text, extract, language)
    summary = replace(
        asked,
        lines=lines,
        actions=_actions(answer.value.actions, text, extract.actions),
        questions=_questions(answer.value.questions, text),
        language=language_of("\n".join(line.text for line in lines)),
        replaced=replaced,
        failure=None if any(line.written for line in lines) else "summary.not_supported",
    )
    return _paid(summary, answer.said)


def _paid(summary: Summary, said: Said) -> Summary:
    return replace(summary, model=said.model, tokens=said.tokens, cost_usd=said.cost_usd)


def _fill(shown: Sequence[Unit], language: Language, count: int, wish: str) -> tuple[Prompt, str]:
    """Return the prompt and its version; the mark between data and orders is one that no text can guess."""
    numbered = "\n".join(f"({number}) {unit.text}" for number, unit in enumerate(shown, 1))
    mark = sha256(numbered.encode()).hexdigest()[:8]
    form = template("summarize", language)
    wanted = say("summary.wish", language, wish=" ".join(wish.split())[:MOST_WISH]) if wish.strip() else ""
    return form.fill(mark=mark, count=str(count), text=numbered, wish=wanted), form.version


def _lines(
    given: Sequence[WrittenLine], text: _Text, extract: Summary, language: Language
) -> tuple[tuple[Line, ...], int]:
    """Return the lines in their order, those that fail taken from the text, and how many failed."""
    lines: list[Line] = []
    replaced = 0
    for one in given:
        line = _borne_out(one, text, language)
        if line is None:
            replaced += 1
            line = _instead(one, text, extract, lines)
        if line is not None and line.text not in {other.text for other in lines}:
            lines.append(line)
    missing = min(len(extract.lines), len(given)) - len(lines)
    lines += [line for line in extract.lines if line.evidence not in {one.evidence for one in lines}][: max(0, missing)]
    return tuple(lines), replaced


def _borne_out(one: WrittenLine, text: _Text, language: Language) -> Line | None:
    """Return a line whose sentences say what it says: its numbers, dates, names, denials and most of its words."""
    said = " ".join(one.text.split())
    units = _named(one.sentences, text)
    if not units or len(said) > LONGEST_WRITTEN or not _in_language(said, language):
        return None
    sources = [f"{unit.speaker}: {unit.text}" if unit.speaker else unit.text for unit in units]
    if not check_sentence(said, ["\n".join(sources)]).ok:
        return None
    return Line(said, " ".join(unit.text for unit in units), written=True)


def _in_language(said: str, language: Language) -> bool:
    return language_of(said, language) == language


def _named(numbers: Iterable[int], text: _Text) -> list[Unit]:
    """Return the sentences by their numbers, in the order of the text."""
    units = (text.at(number) for number in sorted(set(numbers))[:MOST_SENTENCES])
    return [unit for unit in units if unit is not None]


def _instead(one: WrittenLine, text: _Text, extract: Summary, lines: Sequence[Line]) -> Line | None:
    """Return the sentence that the line names, else the next one of the extract that is not there yet."""
    there = {line.evidence for line in lines}
    named = [Line(line_of(unit.text, speaker=unit.speaker), unit.text) for unit in _named(one.sentences, text)]
    return next((line for line in [*named, *extract.lines] if line.evidence not in there), None)


def _actions(given: Sequence[WrittenAction], text: _Text, extracted: Sequence[Action]) -> tuple[Action, ...]:
    """Return what is to be done, as far as the sentence it stands in bears it out; who and when stand in the text."""
    found: list[Action] = []
    for one in given:
        unit = text.at(one.sentence)
        if unit is None:
            continue
        own = next((action for action in extracted if action.what == line_of(unit.text)), None)
        what, around = " ".join(one.what.split()), _around(unit, text)
        if not check_sentence(what, [around]).ok:
            what = line_of(unit.text)
        who = _standing(one.who, around) or (own.who if own else None)
        due = _standing(one.due, around) or (own.due if own else None)
        found.append(Action(what, who, due))
    return tuple(dict.fromkeys(found))


def _around(unit: Unit, text: _Text) -> str:
    """Return a sentence with its neighbours and its speaker: names and dates are often said just before."""
    at = text.units.index(unit)
    near = text.units[max(0, at - 2) : at + 2]
    return "\n".join(f"{one.speaker}: {one.text}" if one.speaker else one.text for one in near)


def _standing(said: str | None, around: str) -> str | None:
    """Return a name or a date where it stands in the text so, else None."""
    said = " ".join((said or "").split())
    return said if said and said.casefold() in around.casefold() else None


def _questions(numbers: Sequence[int], text: _Text) -> tuple[str, ...]:
    units = (text.at(number) for number in numbers)
    return tuple(dict.fromkeys(line_of(unit.text) for unit in units if unit is not None))
