"""An answer to what was asked in vain: prepared, its effect looked at, made live, taken back, or an entry that is there
already found by these questions too.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.collected import names_in
from bot.database import audit, editing, question_groups
from bot.database.audit import Actor
from bot.database.question_groups import Group, Wording
from bot.effects import answers, compared, effect_of, golden_questions
from bot.entry_fields import LONGEST_ALIAS, EntryFields, fields_of
from bot.errors import UserError
from bot.measured import Effect
from bot.redacting import redacted
from bot.replaying import Replayed
from bot.version_trials import require_tried
from knowledge.language import language_of

if TYPE_CHECKING:
    from bot.wiring import Bot

MOST_MEASURED = 50
"""Wordings of a group on which an effect is measured, the most frequent."""

MOST_ALIASES = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits to answer a group: a version with one entry more; ``name`` is its document's."""

    version: int
    document: int
    name: str
    key: str
    fields: EntryFields
    effect: Effect


class Proposals:
    """Threads may share it."""

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot

    # --- an answer of its own -----------------------------------------------------------------------------------------

    def prepare(self, group: int, fields: EntryFields, document: int | None, actor: Actor) -> int:
        """Prepare an answer to a group, in the place of one that was prepared before; return the version that waits.

        ``document`` is the one it goes into, None for the answers that were collected (made where it is not there).

        Raises:
            UserError: there is no such group or document, or what was written cannot be.
            DataError: as for ``Library.add``.
        """
        found = self._group(group)
        fields.draft()  # whatever is wrong is said before anything is taken back
        self.discard(found.id, actor)
        library = self._bot.library
        if document is None:
            document = self._collected()
        if document is None:
            version = self._first(found.id, fields, actor)
        else:
            edit = library.stage_entry(document, fields, author=actor, key=self._key(found.id, document))
            version = edit.version.version
        with self._bot.sessions.begin() as session:
            question_groups.propose(session, found.id, version)
        return version

    def discard(self, group: int, actor: Actor) -> bool:
        """Take back what was prepared; False where nothing waits."""
        found = self._group(group)
        if found.staged is None:
            return False
        with self._bot.sessions.begin() as session:
            question_groups.propose(session, found.id, None)
        try:
            self._bot.library.discard(found.staged, author=actor)
        except UserError:  # somebody has published or discarded it elsewhere
            return False
        return True

    def waiting(self, group: int) -> Proposal | None:
        """Return what was prepared for a group, with its effect; None where nothing waits (any more)."""
        found = self._group(group)
        info = next((each for each in self._bot.library.staged() if each.version == found.staged), None)
        if info is None:
            return None
        with self._bot.sessions() as session:
            alike = editing.keys_like(session, info.document, info.version, _own(found.id))
            keys = [key for key in alike if _is_own(key, found.id)]
            newest = max(keys, key=lambda key: (len(key), key), default="")
            held = editing.held(session, info.document, info.version, newest)
        if held is None:
            return None
        meant = self._meant(found.id)
        draft = held.draft
        effect = effect_of(self._bot, meant, info.document, info.version)
        return Proposal(info.version, info.document, info.name, draft.key, fields_of(draft), effect)

    def approve(self, group: int, actor: Actor) -> Proposal:
        """Make what was prepared live; where its document was changed meanwhile, over what it says now.

        Raises:
            UserError: nothing waits, or the settings want it tried on real questions first.
            DataError: as for ``Library.add``.
        """
        made = self.waiting(group)
        if made is None:
            raise UserError("questions.nothing_waits")
        require_tried(self._bot, [made.version])
        try:
            self._bot.library.publish([made.version], author=actor)
        except UserError as error:
            if error.phrase != "library.changed_meanwhile":
                raise
            self.prepare(group, made.fields, made.document, actor)
            again = self.waiting(group)
            if again is None:
                raise
            made = again
            self._bot.library.publish([made.version], author=actor)
        self._decided(group, "answered", actor, document_id=made.document, entry=made.key)
        return made

    # --- an entry that is there ---------------------------------------------------------------------------------------

    def attach(self, group: int, document: int, key: str, texts: Sequence[str], actor: Actor) -> Effect:
        """Have an entry be found by a group's questions too; return what that has changed.

        Raises:
            UserError: there is no such group or entry.
            DataError: as for ``Library.add``.
        """
        found = self._group(group)
        self._bot.library.entry(document, key)
        meant, kept = self._meant(found.id), golden_questions(self._bot)
        asking = [*meant, *map(Replayed.of, kept)]
        before = answers(self._bot, asking)
        for text in list(dict.fromkeys(texts))[:MOST_ALIASES]:
            try:
                self._bot.library.alias_add(key, text, document=document, author=actor)
            except UserError as error:
                if error.phrase not in ("library.alias_taken", "library.alias_empty"):
                    raise
        self.discard(found.id, actor)
        self._decided(found.id, "answered", actor, document_id=document, entry=key)
        return compared(meant, kept, before, answers(self._bot, asking))

    # --- what becomes of a group --------------------------------------------------------------------------------------

    def dismiss(self, group: int, reason: str, actor: Actor) -> None:
        """Say that nobody will answer a group, and why; UserError where there is no such group or reason."""
        if reason not in question_groups.REASONS:
            raise UserError("questions.no_reason")
        self.discard(group, actor)
        self._decided(self._group(group).id, "dismissed", actor, reason=reason)

    def reopen(self, group: int, actor: Actor) -> None:
        """Take back what was decided: a dismissal, or the answer, which is gone from its document then.

        Raises:
            UserError: there is no such group.
            EntryMovedError: somebody changes the entry at this very moment.
        """
        found = self._group(group)
        if found.state == "answered" and found.document_id and found.entry:
            self._take_out(found, found.document_id, found.entry, actor)
        self._decided(found.id, "open", actor)

    def _take_out(self, found: Group, document: int, entry: str, actor: Actor) -> None:
        library = self._bot.library
        if not _is_own(entry, found.id):
            texts = {text for text, _ in self.wordings(found.id)}
            for row in library.aliases(document):
                if row.key == entry and row.alias in texts:
                    library.alias_remove(row.id, author=actor)
            return
        try:
            live = library.entry(document, entry)
        except UserError:  # it is gone already
            return
        if next((each.entries for each in library.documents() if each.id == document), 0) == 1:
            library.remove(document, author=actor)
        else:
            library.remove_entry(document, entry, seen=live.seen, author=actor)

    # --- reading ------------------------------------------------------------------------------------------------------

    def wordings(self, group: int, limit: int = MOST_MEASURED) -> list[tuple[str, int]]:
        """Return how a group was asked, without what is personal, and how often; the most frequent first."""
        with self._bot.sessions() as session:
            return without_people(question_groups.wordings(session, group, limit))

    def _meant(self, group: int) -> list[Replayed]:
        with self._bot.sessions() as session:
            asked = question_groups.asked_of(session, group, 1_000)
        counts = Counter((each.text, frozenset(each.audience)) for each in asked)
        return [Replayed(text, groups, language_of(text)) for (text, groups), _ in counts.most_common(MOST_MEASURED)]

    def _group(self, group: int) -> Group:
        with self._bot.sessions() as session:
            found = question_groups.get(session, group)
        if found is None:
            raise UserError("questions.none", id=group)
        return found

    def _decided(self, group: int, state: str, actor: Actor, **values: object) -> None:
        with self._bot.sessions.begin() as session:
            question_groups.decide(session, group, state, actor.name, **values)
            detail = {name: value for name, value in values.items() if name == "reason"}
            audit.note(session, actor, f"question.{'reopened' if state == 'open' else state}", f"#{group}", **detail)

    def _collected(self) -> int | None:
        """Return the document of collected answers, None where it is not there or nothing is live of it."""
        names = names_in(self._bot.settings.language or "ko")
        found = {each.name: each for each in self._bot.library.documents()}
        return next((found[name].id for name in names if name in found and found[name].state != "staged"), None)

    def _first(self, group: int, fields: EntryFields, actor: Actor) -> int:
        """Stage the document of collected answers, with this one as its first."""
        line = {"id": _own(group), "question": fields.question, "answer": fields.answer, "aliases": [*fields.aliases]}
        line |= {"audience": [*fields.audience]} if fields.audience else {}
        name = names_in(self._bot.settings.language or "ko")[0]
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        result = self._bot.library.add([(name, data)], author=actor, publish=False)[0]
        if result.problem is not None:
            raise UserError(result.problem.phrase, **result.problem.values)
        if result.version is None:
            raise UserError("questions.nothing_waits")
        return result.version

    def _key(self, group: int, document: int) -> str:
        """Return a key that no live entry of the document has."""
        free, number = _own(group), 2
        while self._has(document, free):
            free, number = f"{_own(group)}-{number}", number + 1
        return free

    def _has(self, document: int, key: str) -> bool:
        try:
            self._bot.library.entry(document, key)
        except UserError:
            return False
        return True


def without_people(said: Sequence[Wording]) -> list[tuple[str, int]]:
    """Return wordings without what is personal in them, and how often each was used."""
    counts: dict[str, int] = {}
    for each in said:
        plain = " ".join(redacted(each.text[:LONGEST_ALIAS], language_of(each.text)).text.split())
        counts[plain] = counts.get(plain, 0) + each.count
    return list(counts.items())


def _own(group: int) -> str:
    """Return how the keys of a group's own answers begin."""
    return f"asked-{group}"


def _is_own(key: str, group: int) -> bool:
    """Tell whether a key is that of an answer written for a group."""
    return key == _own(group) or key.startswith(f"{_own(group)}-")
