"""What files would change, as an admin is shown it in Slack before and after: counts, first rows, what is amiss."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.phrases import say
from connectors.slack.board import Block, button, buttons, section, small
from connectors.slack.safe_text import escaped
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.comparing import Change, EntryChange
    from bot.library import FileResult, StagedInfo
    from knowledge.entries import Note

PUBLISH, CANCEL, UNDO = "files:publish", "files:cancel", "files:undo"
"""The actions of the buttons; their value is the place where it is kept what the files are."""

FIRST = 3
"""Rows of each kind, and findings, that are shown."""

DOCUMENTS = 10
"""Documents of an archive that are named."""

SHORT, LONG = 120, 240
"""Characters of a question and of an answer."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that waits: what it would change now, None where only its numbers are known.

    ``seen`` is the number of the live version, None without one.
    """

    info: "StagedInfo"
    change: "Change | None"
    seen: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that was dropped: what waits of it, what could not be read, what is as it was; ``link`` to the web."""

    name: str
    waiting: Sequence[Looked]
    unread: Sequence["FileResult"]
    same: int
    link: str = ""


def preview(shown: Shown, value: str, language: Language, notice: str = "") -> list[Block]:
    """Return the preview with its buttons; ``notice`` stands above it."""
    blocks = [section(escaped(notice))] if notice else []
    if len(shown.waiting) == 1:
        blocks += _one(shown.waiting[0], language)
    else:
        blocks += _many(shown, language)
    blocks += [small(text) for text in _unread(shown, language)]
    if shown.link:
        blocks.append(small(f"<{shown.link}|{escaped(say('slack.files.on_the_web', language))}>"))
    return [
        *blocks,
        buttons(
            button(PUBLISH, say("slack.files.publish", language), value, "primary"),
            button(CANCEL, say("slack.files.cancel", language), value),
        ),
    ]


def nothing_to_do(shown: Shown, language: Language) -> list[Block]:
    """Return what is said where nothing waits: all of it is there already, or none could be read."""
    blocks = [section(f":page_facing_up: *{escaped(shown.name)}*")]
    if shown.same:
        blocks.append(section(escaped(say("slack.files.same", language, count=shown.same))))
    return [*blocks, *map(small, _unread(shown, language))]


def summary(shown: Shown, language: Language) -> str:
    """Return in a sentence why nothing of a file waits."""
    if shown.unread and not shown.same:
        reason = shown.unread[0].message(language)
        return say("slack.files.problem", language, name=shown.name, reason=reason)
    return say("slack.files.same", language, count=shown.same)


def published(said: str, lines: Sequence[str], value: str, language: Language) -> list[Block]:
    """Return what is shown once it is live; ``lines`` are the documents."""
    return [
        section(f":white_check_mark: {escaped(said)}"),
        section("\n".join(f"• {escaped(line)}" for line in _some(lines, language))),
        buttons(button(UNDO, say("slack.files.undo", language), value)),
    ]


def _some(lines: Sequence[str], language: Language) -> list[str]:
    more = [say("slack.files.more", language, count=len(lines) - DOCUMENTS)] if len(lines) > DOCUMENTS else []
    return [*lines[:DOCUMENTS], *more]


def _one(looked: Looked, language: Language) -> Iterator[Block]:
    info, change = looked.info, looked.change
    if change is None:  # of one document it is always known
        return
    yield section(f":page_facing_up: *{escaped(info.name)}*\n{escaped(_replaces(looked, language))}")
    yield section(escaped(change.words(language)))
    if reading := info.reading(language):
        yield small(escaped(f"{say('slack.files.read_as', language)} {reading}"))
    for kind, rows in (("added", change.added), ("changed", change.changed), ("removed", change.removed)):
        if rows:
            yield section(_rows(kind, rows, language))
    findings = [each.words(language) for each in (*change.conflicting, *change.duplicate)]
    if findings:
        yield section("\n".join(f":warning: {escaped(line)}" for line in _first(findings, language)))
    if unread := change.unread(language):
        yield small(escaped("\n".join(_first(unread, language))))


def _replaces(looked: Looked, language: Language) -> str:
    if looked.seen is None:
        return say("slack.files.new", language)
    return say("slack.files.replaces", language, number=looked.seen)


def _rows(kind: str, rows: Sequence["EntryChange"], language: Language) -> str:
    head = say(f"slack.files.first_{kind}", language, count=len(rows))
    lines = [f"*{escaped(head)}*"]
    for each in rows[:FIRST]:
        lines.append(f"• {escaped(_cut(each.title, SHORT))}")
        lines += [f"    {line}" for line in _answers(each)]
    return "\n".join(lines)


def _answers(row: "EntryChange") -> Iterator[str]:
    """Yield what an entry says; of a changed answer how it was as well."""
    if row.after is None:
        return
    before, after = row.before.answer if row.before else "", row.after.answer
    if before and before != after:
        yield f"~{escaped(_cut(before, SHORT)).replace('~', '-')}~"
    if after and (row.after.question or not row.before):
        yield escaped(_cut(after, LONG))


def _many(shown: Shown, language: Language) -> Iterator[Block]:
    yield section(f":card_file_box: *{escaped(shown.name)}*")
    counts = {name: sum(getattr(each.info, name) for each in shown.waiting) for name in ("added", "changed", "removed")}
    yield section(escaped(say("slack.files.many", language, count=len(shown.waiting), **counts)))
    lines = [f"{each.info.name}: {each.change.words(language)}" for each in shown.waiting if each.change is not None]
    lines += [each.info.name for each in shown.waiting if each.change is None]
    yield section("\n".join(f"• {escaped(_cut(line, LONG))}" for line in _some(lines, language)))
    if shown.same:
        yield small(escaped(say("slack.files.same", language, count=shown.same)))


def _unread(shown: Shown, language: Language) -> Iterator[str]:
    """Yield why files, or some of an archive, could not be read."""
    lines = [f"*{escaped(each.name)}*: {escaped(each.message(language))}" for each in shown.unread]
    if lines:
        yield "\n".join(f":no_entry: {line}" for line in _first(lines, language))


def _first(lines: Iterable[str], language: Language) -> list[str]:
    found = list(lines)
    more = [say("slack.files.more", language, count=len(found) - FIRST)] if len(found) > FIRST else []
    return [*found[:FIRST], *more]


def problem(name: str, note: "Note", language: Language) -> str:
    """Return why a file was not taken, in a sentence."""
    return say("slack.files.problem", language, name=name, reason=say(note.phrase, language, **note.values))


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
