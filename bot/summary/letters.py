"""A mail in exactly three lines: who wants what, what matters, and what happens next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.errors import UserError
from bot.letter import Address, Letter
from bot.llm import LanguageModel
from bot.llm.deadline import Deadline
from bot.phrases import say
from bot.summary.asking import Action, action_of, asks, is_question, most_pressing, questions_of
from bot.summary.choosing import chosen
from bot.summary.due_dates import date_of
from bot.summary.due_words import CLOCK
from bot.summary.mood import mood_of_letter
from bot.summary.result import LINES, Line, Summary
from bot.summary.sentences import Unit, units_of
from bot.summary.trimming import brief_of
from bot.summary.wishes import with_wish
from knowledge.language import Language, language_of

LONGEST_THREAD = 60
"""Mails of a thread that are read, the newest ones."""

ROOM, FILE_ROOM = 30_000, 15_000
"""Characters of a thread and of its files that are read: a mail is told in some 300 ms."""

INTRODUCTION = 40
"""Characters beside the name in a sentence that only says who writes."""

_I_AM = r"{}\s?(?:\S{{1,6}}\s?)?(?:입니다|이라고 합니다|라고 합니다|이에요|예요|올림|드림)[.!]?$"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?(?: UTC)?$")
_COUNTED = re.compile(r"이내|내$|안$|within|\d\s?(?:주|개월|달|영업일|시간)", re.IGNORECASE)
_AND_THEN = re.compile(r"(?<=[가-힣]\s)주시고,?\s+|(?<=[해여내려])주시고,?\s+")
_NAMES_A_DAY = re.compile(
    r"내일|모레|글피|요일|\d\s?[월일]|다음\s?(?:주|달)|\b(?:tomorrow|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
"""Beside a day, a time alone is not one of the day of the mail."""

SHORTEST_PART = 10
"""Characters of one of several requests in a sentence."""

_AFTER = re.compile(r"(?:후|뒤|이후|면|로부터|after|upon|once)\s?\Z|(?:받으면|되면|하면|후)\s.{0,12}\Z", re.IGNORECASE)
"""Before days that are counted from something else than the day of the mail."""

_BOTS = ("dapbot", "답봇")


def summarize_letter(
    letter: Letter,
    *,
    reader: Language,
    model: LanguageModel | None = None,
    deadline: Deadline | None = None,
    wish: str = "",
) -> Summary:
    """Return a mail in three lines, with what is to be done until when, what is asked, its mood and its attachments.

    ``reader``: the language of the lines where a model writes them; without one they stay in the mail's own, whatever
    the reader's. ``wish``: the reader's own words of what to look for. "Tomorrow" is the day after the mail was sent.
    About 30 ms for a mail, 300 ms for a thread of many.

    Raises:
        UserError: there is nothing in it, not even a subject.
    """
    units = units_of_letter(letter)
    extract = extracted_letter(letter, units, reader=reader)
    if model is None or not units:
        return with_wish(extract, units, wish) if wish else extract
    from bot.summary.letter_writing import written_letter

    found = written_letter(letter, units, extract, model, deadline or Deadline(120.0), reader, wish=wish)
    return _completed(found, extract, letter, units)


def _completed(found: Summary, extract: Summary, letter: Letter, units: Sequence[Unit]) -> Summary:
    """Return what a model wrote as three lines, with the days that its deadlines mean."""
    there = {line.evidence for line in found.lines}
    more = [line for line in extract.lines if line.evidence not in there or not line.evidence]
    lines = (*found.lines, *more[: max(0, LINES - len(found.lines))])[:LINES]
    return replace(found, lines=lines, actions=tuple(_dated(one, letter, units) for one in found.actions))


def _dated(action: Action, letter: Letter, units: Sequence[Unit]) -> Action:
    """Return an action with its day, seen from the mail in which its words stand."""
    due = action.due
    if due is None or action.when is not None:
        return action
    stands = next((unit for unit in units if due.casefold() in unit.text.casefold()), None)
    if stands is None:
        return action
    return replace(_settled(replace(action, due=due), letter, stands), what=action.what, who=action.who)


def units_of_letter(letter: Letter) -> tuple[Unit, ...]:
    """Return the sentences of a mail, its thread and its attachments: the newest mail first, the files last.

    ``place`` counts through all of them; ``speaker`` is the name of who wrote the mail a sentence stands in.
    """
    found: list[Unit] = []
    room = ROOM
    for age, one in enumerate((letter, *letter.earlier[: LONGEST_THREAD - 1])):
        found += _written(one, age, room)
        room = max(0, room - len(one.text))
    room = FILE_ROOM
    for file in letter.attachments:
        text = _invitation(file.text) if file.kind == "text/calendar" else file.text
        found += [replace(unit, speaker="", attached=file.name) for unit in units_of(text[:room])]
        room = max(0, room - len(file.text))
    return tuple(replace(unit, place=place) for place, unit in enumerate(found))


def _invitation(text: str) -> str:
    """Return an invitation with its title, times and place in one sentence, as far as they stand in its first lines."""
    lines = text.split("\n")
    times = [at for at, line in enumerate(lines[:3]) if _MOMENT.match(line)]
    if not times:
        return text
    head = [*lines[: times[0]], " ~ ".join(lines[at] for at in times), *lines[times[-1] + 1 : times[-1] + 2]]
    return "\n".join([", ".join(head) + ".", *lines[times[-1] + 2 :]])


def _written(letter: Letter, age: int, room: int) -> Iterator[Unit]:
    """Yield the sentences of one mail; the one in which its writer says who writes says nothing else."""
    name = letter.sender.name.strip()
    speaker = name or letter.sender.address
    for unit in units_of(letter.text[:room]):
        introduced = (
            name and len(unit.text) <= len(name) + INTRODUCTION and re.search(_I_AM.format(re.escape(name)), unit.text)
        )
        role = "plain" if unit.role == "heading" and asks(unit.text) else unit.role
        yield replace(unit, speaker=speaker, age=age, role="empty" if introduced else role)


def extracted_letter(letter: Letter, units: Sequence[Unit], *, reader: Language) -> Summary:
    """Return the summary without a model: sentences of the mail, made shorter only by what says nothing.

    ``lines`` are always three; what a short mail has too few sentences for, its subject, its files and its head say.

    Raises:
        UserError: there is nothing in it, not even a subject.
    """
    own = [unit for unit in units if unit.age == 0 and not unit.attached]
    picked = chosen(units, LINES)
    lines = [Line(brief_of(unit.text), _behind(unit, picked.request, own)) for unit in picked.told]
    actions = _actions(letter, units, picked.request)
    lines += list(_from_head(letter, reader, due=any(one.due for one in actions)))[: LINES - len(lines)]
    if not units and not letter.subject.strip() and not letter.attachments:
        raise UserError("summary.empty")
    return Summary(
        tuple(lines),
        actions,
        tuple(questions_of(own)),
        language_of("\n".join(line.text for line in lines if line.evidence), reader),
        mood_of_letter(own),
        attachments=letter.attachments,
    )


def _behind(unit: Unit, request: Unit | None, own: Sequence[Unit]) -> str:
    """Return the sentence behind a line; what is asked just before or after the request belongs to it."""
    if unit != request:
        return unit.text
    near = [one for one in own if abs(one.place - unit.place) <= 1 and (asks(one.text) or is_question(one.text))]
    return " ".join(one.text for one in near) or unit.text


def _from_head(letter: Letter, reader: Language, *, due: bool) -> Iterator[Line]:
    """Yield what can be said of a mail whose sentences are too few; evidence is what stands in its head."""
    if letter.subject.strip():
        subject = " ".join(letter.subject.split())
        yield Line(say("summary.letter.subject", reader, subject=subject), subject)
    if letter.attachments:
        names = ", ".join(file.name for file in letter.attachments)
        yield Line(say("summary.letter.files", reader, names=names), names)
    if not due:
        yield Line(say("summary.letter.no_date", reader), "")
    yield Line(say("summary.letter.no_more", reader), "")
    yield Line(say("summary.letter.no_question", reader), "")


def _actions(letter: Letter, units: Sequence[Unit], request: Unit | None) -> tuple[Action, ...]:
    """Return what is to be done: of the newest mail, and of the earlier one whose request is still open."""
    ages = {0, request.age if request else 0}
    own = [unit for unit in units if unit.age in ages and not unit.attached]
    found = (
        (part, action)
        for unit in own
        for part in _parts(unit)
        if (action := action_of(part)) and (action.due or not is_question(part.text))
    )
    return tuple(most_pressing([_settled(action, letter, part) for part, action in found]))


def _parts(unit: Unit) -> Iterator[Unit]:
    """Yield each request of a sentence that asks several: "11/30까지 입고해 주시고, 12월 4일까지 회신 바랍니다"."""
    begun = 0
    for found in _AND_THEN.finditer(unit.text):
        if found.start() - begun >= SHORTEST_PART <= len(unit.text) - found.end():
            yield replace(unit, text=f"{unit.text[begun : found.start()]}주세요.")
            begun = found.end()
    yield replace(unit, text=unit.text[begun:]) if begun else unit


def _settled(action: Action, letter: Letter, unit: Unit) -> Action:
    """Return an action with the day it is due, seen from its mail; a mail that asks asks its only reader."""
    one = letter if not unit.age else letter.earlier[unit.age - 1]
    elsewhere = action.due and CLOCK.fullmatch(action.due) and _NAMES_A_DAY.search(unit.text)
    counted = action.due and _COUNTED.search(action.due) and _AFTER.search(unit.text[: unit.text.find(action.due)])
    who = None if asks(unit.text) and action.who == unit.speaker and not action.due else action.who
    who = who or (_only_reader(letter.to) if asks(unit.text) else None)
    what = brief_of(unit.text)
    return replace(
        action,
        what=what,
        who=who,
        when=date_of(action.due, one.sent) if action.due and not (counted or elsewhere) else None,
    )


def _only_reader(to: Sequence[Address]) -> str | None:
    if len(to) != 1 or any(name in f"{to[0].name} {to[0].address}".lower() for name in _BOTS):
        return None
    return to[0].name or None
