"""A mail in three lines that a language model writes, each held against the sentences that it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from bot.checking import check_sentence
from bot.errors import ModelError
from bot.letter import Letter
from bot.llm import LanguageModel, Prompt
from bot.llm.deadline import Deadline, Said
from bot.llm.structured import UnreadableError, structured
from bot.llm.templates import template
from bot.phrases import say
from bot.summary.asking import Action, action_of, due_of
from bot.summary.choosing import chosen
from bot.summary.due_dates import date_of
from bot.summary.letter_shapes import (
    LONGEST_WRITTEN,
    TranslatedLetter,
    WrittenAction,
    WrittenLetter,
    WrittenLine,
    WrittenQuestion,
)
from bot.summary.ranking import fitting
from bot.summary.result import LINES, Line, Summary
from bot.summary.sentences import Unit
from bot.summary.trimming import brief_of
from knowledge.language import Language, language_of

SHOWN = 24_000
"""Characters of a thread that a model is shown: the newest mail first, of the rest the sentences of most worth."""

MOST_SENTENCES = 3
MOST_WISH = 300

LEAKED = 24
"""Characters in a row of the orders to the model that are in no line of a mail by chance."""

_WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True, slots=True)
class _Held:
    """The sentences a model was shown, by the numbers it knows them by, and what a line is held against."""

    letter: Letter
    units: Sequence[Unit]
    orders: str
    reader: Language

    def at(self, number: int) -> Unit | None:
        return self.units[number - 1] if 1 <= number <= len(self.units) else None

    def bears_out(self, said: str, units: Sequence[Unit], own: str | None = None) -> bool:
        """Whether sentences say what a line says: its numbers, dates, names, links, denials, most of its words.

        ``own``: the line in the language of the mail, whose words are compared where those of ``said`` cannot be.
        """
        if not units or len(said) > LONGEST_WRITTEN or language_of(said, self.reader) != self.reader:
            return False
        if self._leaks(said):
            return False
        source = "\n".join(_source(unit, self.letter) for unit in units)
        found = check_sentence(said, [source], question=_names(self.letter))
        if not found.ok or found.measured or own is None:
            return found.ok
        said_so = check_sentence(own, [source], question=_names(self.letter))
        return said_so.ok and said_so.measured

    def _leaks(self, said: str) -> bool:
        """Whether a line holds a piece of the orders to the model."""
        squeezed = "".join(said.split())
        pieces = (squeezed[at : at + LEAKED] for at in range(max(1, len(squeezed) - LEAKED + 1)))
        return any(len(piece) == LEAKED and piece in self.orders for piece in pieces)


def written_letter(
    letter: Letter,
    units: Sequence[Unit],
    extract: Summary,
    model: LanguageModel,
    deadline: Deadline,
    reader: Language,
    *,
    wish: str = "",
) -> Summary:
    """Return what the model writes of a mail, with a line of ``extract`` for each that the mail does not bear out.

    The newest request that is still open is in the lines or behind them, whatever the model thought of it. Whatever
    goes wrong, the summary is the extract and says why (``failure``), with what was used up.
    """
    shown = _shown(units)
    prompt, version = _fill(letter, shown, reader, wish)
    asked = replace(extract, prompt=prompt.whole, prompt_version=version, left_out=len(units) - len(shown))
    foreign = language_of("\n".join(unit.text for unit in shown)[:SHOWN]) != reader
    try:
        answer = structured(model, prompt, TranslatedLetter if foreign else WrittenLetter, deadline)
    except UnreadableError as error:
        return _paid(replace(asked, failure=error.phrase), error.said)
    except ModelError as error:
        return replace(asked, failure=error.phrase)
    held = _Held(letter, shown, "".join(prompt.system.split()), reader)
    lines = _with_request(_lines(answer.value.lines[:LINES], held, extract), units)
    summary = replace(
        asked,
        lines=lines,
        actions=_actions(answer.value.actions, held, extract.actions),
        questions=_questions(answer.value.questions, held) or extract.questions,
        language=language_of("\n".join(line.text for line in lines), reader),
        replaced=sum(line.replaced for line in lines),
        failure=None if any(line.written for line in lines) else "summary.not_supported",
    )
    return _paid(summary, answer.said)


def _paid(summary: Summary, said: Said) -> Summary:
    return replace(summary, model=said.model, tokens=said.tokens, cost_usd=said.cost_usd)


def _shown(units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences that a model is shown: of a long thread the newest mail as far as half of the room goes."""
    newest = fitting([unit for unit in units if unit.age == 0 and not unit.attached], SHOWN // 2)
    room = SHOWN - sum(len(unit.text) + 1 for unit in newest)
    return [*newest, *fitting([unit for unit in units if unit.age or unit.attached], room)]


def _fill(letter: Letter, shown: Sequence[Unit], reader: Language, wish: str) -> tuple[Prompt, str]:
    """Return the prompt and its version; the mark between data and orders is one that no mail can guess."""
    text = "\n".join(_numbered(letter, shown, reader))
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    form = template("letter", reader)
    wanted = say("summary.wish", reader, wish=" ".join(wish.split())[:MOST_WISH]) if wish.strip() else ""
    return form.fill(mark=mark, text=text, wish=wanted), form.version


def _numbered(letter: Letter, shown: Sequence[Unit], reader: Language) -> Iterator[str]:
    """Yield the lines that a model is shown: before each mail and each file what it is."""
    before: tuple[int, str] | None = None
    for number, unit in enumerate(shown, 1):
        place = (unit.age, unit.attached)
        if place != before:
            yield _heading(letter, unit, reader)
            before = place
        day = _day_of(unit, letter)
        yield f"({number}) {unit.text}" + (f" [{day.date().isoformat()}]" if day else "")


def _heading(letter: Letter, unit: Unit, reader: Language) -> str:
    if unit.attached:
        return say("letter.heading.file", reader, name=unit.attached)
    one = _mail_of(letter, unit)
    sender = " ".join(filter(None, [one.sender.name, one.sender.address]))[:120]
    sent = one.sent.isoformat(" ", "minutes") if one.sent else one.date
    to = ", ".join(each.name or each.address for each in one.to[:5])[:200]
    return say(
        "letter.heading.mail",
        reader,
        sender=sender or "?",
        to=to or "?",
        sent=sent[:60] or "?",
        subject=" ".join(one.subject.split())[:200],
    )


def _mail_of(letter: Letter, unit: Unit) -> Letter:
    return letter.earlier[unit.age - 1] if 0 < unit.age <= len(letter.earlier) else letter


def _day_of(unit: Unit, letter: Letter) -> datetime | None:
    """Return the day that the deadline of a sentence means, where that can be told."""
    due = due_of(unit.text)
    when = date_of(due, _mail_of(letter, unit).sent) if due else None
    return datetime.fromisoformat(when) if when else None


def _source(unit: Unit, letter: Letter) -> str:
    """Return a sentence as it is held against a line: with its speaker, and the day that it means."""
    text = f"{unit.speaker}: {unit.text}" if unit.speaker else unit.text
    day = _day_of(unit, letter)
    return text if day is None else f"{text} ({_spelled(day)})"


def _spelled(day: date) -> str:
    weekday = _WEEKDAYS[day.weekday()]
    korean = f"{day.year}년 {day.month}월 {day.day}일 {weekday}요일"
    return f"{korean}, {day:%A}, {day:%B} {day.day}, {day.year}, {day:%Y-%m-%d}"


def _names(letter: Letter) -> str:
    """Return the names that stand in the head of a mail: a line may call people by them."""
    people = [letter.sender, *letter.to[:20], *letter.cc[:20], *(one.sender for one in letter.earlier[:20])]
    return ", ".join([*(f"{one.name} {one.address}".strip() for one in people), letter.subject])


def _lines(given: Sequence[WrittenLine], held: _Held, extract: Summary) -> list[Line]:
    """Return the lines in their order, those that fail taken from the mail."""
    lines: list[Line] = []
    for one in given:
        said = " ".join(one.text.split())
        units = [unit for number in sorted(set(one.sentences))[:MOST_SENTENCES] if (unit := held.at(number))]
        if held.bears_out(said, units, one.own) and said not in {line.text for line in lines}:
            lines.append(Line(said, " ".join(unit.text for unit in units), written=True))
        elif (line := _next(extract, lines)) is not None:
            lines.append(replace(line, replaced=True))
    while len(lines) < LINES and (line := _next(extract, lines)) is not None:
        lines.append(line)
    return lines


def _next(extract: Summary, lines: Sequence[Line]) -> Line | None:
    """Return the next line of the extract that no line says yet."""
    said = " ".join(line.evidence or line.text for line in lines)
    return next((line for line in extract.lines if (line.evidence or line.text) not in said), None)


def _with_request(lines: list[Line], units: Sequence[Unit]) -> tuple[Line, ...]:
    """Return the lines, the last one about the newest open request where none was."""
    request = chosen(units, LINES).request
    if request is None or any(request.text in line.evidence for line in lines):
        return tuple(lines)
    return (*lines[: LINES - 1], Line(brief_of(request.text), request.text, replaced=True))


def _actions(given: Sequence[WrittenAction], held: _Held, extracted: Sequence[Action]) -> tuple[Action, ...]:
    """Return what is to be done as far as its sentence bears it out, and every deadline that the model left out."""
    found: list[Action] = []
    for one in given:
        unit = held.at(one.sentence)
        if unit is None:
            continue
        own, what = action_of(unit), " ".join(one.what.split())
        if not held.bears_out(what, [unit], one.own):
            what = brief_of(unit.text)
        around = f"{unit.text} {_names(held.letter)}"
        who = _standing(one.who, around) or (own.who if own else None)
        due = _standing(one.due, unit.text) or (own.due if own else None)
        found.append(Action(what, who, due, date_of(due, _mail_of(held.letter, unit).sent) if due else None))
    there = {action.when or action.due for action in found}
    left = [action for action in extracted if (action.when or action.due) not in there] if there else list(extracted)
    return tuple(dict.fromkeys([*found, *(action for action in left if action.due or not found)]))


def _standing(said: str | None, around: str) -> str | None:
    """Return a name or a date where it stands in the mail so, else None."""
    said = " ".join((said or "").split())
    return said if said and re.sub(r"\s", "", said.casefold()) in re.sub(r"\s", "", around.casefold()) else None


def _questions(given: Sequence[WrittenQuestion], held: _Held) -> tuple[str, ...]:
    found = []
    for one in given:
        unit, said = held.at(one.sentence), " ".join(one.text.split())
        if unit is not None:
            found.append(said if held.bears_out(said, [unit], one.own) else brief_of(unit.text))
    return tuple(dict.fromkeys(found))
