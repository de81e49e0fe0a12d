"""Answers that people gave in a chat, kept as one document: each is an entry with a key, added or taken out again.

The document is like any other: it has versions, it can be downloaded, edited and uploaded, and brought back.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import DataError, UserError
from bot.phrases import say
from knowledge.columns import role_of
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.comparing import Finding
    from bot.library import DocumentInfo, Library

TRIES = 5
"""Somebody else may publish the document between reading and writing it: then it is done once more."""

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer; ``key`` tells it from all others, ``source`` is where it was said: an address."""

    key: str
    question: str
    answer: str
    source: str = ""

    def line(self) -> Line:
        """Return it as a line of the document."""
        line = {"id": self.key, "question": self.question, "answer": self.answer, "source": self.source}
        return {name: value for name, value in line.items() if value}


class Collected:
    """The document; threads may share it. ``names``: what it may be called, the first where it is not there yet."""

    def __init__(self, library: "Library", names: Sequence[str]) -> None:
        self._library = library
        self._names = names

    @property
    def name(self) -> str:
        """What it is called."""
        found = self._found()
        return found.name if found else self._names[0]

    def add(self, answered: Answered, author: str) -> bool:
        """Add an entry, or put it in the place of the one with its key; live when this returns. False: nothing changed.

        Raises:
            UserError: the document cannot be written, since somebody else writes it all the time.
            DataError: as for ``Library.add``.
        """

        def put(lines: list[Line]) -> list[Line]:
            kept = [each for each in lines if _key(each) != answered.key]
            return [*kept, answered.line()]

        return self._change(put, author)

    def remove(self, key: str, author: str) -> bool:
        """Take an entry out; errors as for ``add``. False: there is none."""
        return self._change(lambda lines: [each for each in lines if _key(each) != key], author)

    def findings(self, answered: Answered) -> "list[Finding]":
        """Return which live entries ask the same as this one would, with the same answer or another."""
        found = self._found()
        others = [each for each in (self._lines(found) if found else []) if _key(each) != answered.key]
        written = _written([*others, answered.line()])
        change = self._library.compare((found.name if found else self._names[0], written))[0].change
        both = (*change.conflicting, *change.duplicate)
        return [each for each in both if answered.key in (each.first.key, each.second.key)]

    def _change(self, change: Callable[[list[Line]], list[Line]], author: str) -> bool:
        for _ in range(TRIES):
            found = self._found()
            seen = self._library.live_number(found.id) if found else None
            before = self._lines(found) if found else []
            after = change(before)
            if after == before:
                return False
            if found and not after:
                self._library.remove(found.id, author=author)
                return True
            result = self._library.add(
                [(found.name if found else self._names[0], _written(after))], author=author, publish=False
            )[0]
            if result.problem is not None:
                raise UserError(result.problem.phrase, **result.problem.values)
            if result.version is None:
                return False
            try:
                self._library.publish([result.version], author=author, seen={result.version: seen})
            except UserError as error:
                if error.phrase == "library.changed_meanwhile":
                    self._library.discard(result.version, author=author)
                    continue
                raise
            return True
        raise DataError("collected.busy", name=self.name)

    def _found(self) -> "DocumentInfo | None":
        by_name = {each.name: each for each in self._library.documents()}
        return next((by_name[name] for name in self._names if name in by_name), None)

    def _lines(self, found: "DocumentInfo") -> list[Line]:
        """Return the lines of the document as it is, or is about to be; of a table its entries."""
        from bot.intake import Taken, read_in

        name, kind, data = self._library.download(found.id)
        if kind.startswith("application/jsonl"):
            return [json.loads(line) for line in data.decode().splitlines() if line.strip()]
        drafts = read_in(Taken(name, data, "")).drafts
        return [_line(each) for each in drafts]


def names_in(language: Language) -> tuple[str, ...]:
    """Return what the document is called: as in the language that is set, or as it was called in the other one."""
    other: Language = "en" if language == "ko" else "ko"
    return say("collected.document", language), say("collected.document", other)


def _key(line: Mapping[str, Any]) -> str:
    found = next((value for name, value in line.items() if (role_of(str(name)) or ("", 0))[0] == "key"), "")
    return str(found)


def _line(draft: Any) -> Line:
    line: Line = {"id": draft.key, "title": draft.title, "question": draft.question, "answer": draft.answer}
    line |= {"aliases": list(draft.aliases), "valid_from": draft.valid_from and draft.valid_from.isoformat()}
    line |= {"valid_until": draft.valid_until and draft.valid_until.isoformat()}
    kept = {name: value for name, value in line.items() if value}
    return kept if draft.audience is None else {**kept, "audience": list(draft.audience)}


def _written(lines: Sequence[Line]) -> bytes:
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines).encode()
