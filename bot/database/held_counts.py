"""How many entries a version holds, by language: counted once in a process, for what a version holds never changes."""

from collections.abc import Collection
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.database.tables import PassageRow, VersionPassage

Counts = dict[str, int]

_COUNTED: "WeakKeyDictionary[Engine, dict[int, Counts]]" = WeakKeyDictionary()
_LOCK = Lock()


def held_counts(session: Session, versions: Collection[int]) -> dict[int, Counts]:
    """Return the numbers of entries of versions by their languages, of those that hold any.

    Ids of versions are never given twice, and what one holds is written in the transaction that makes it; a discarded
    one, which holds nothing any more, is not asked for.
    """
    engine = session.get_bind().engine
    with _LOCK:
        known = dict(_COUNTED.get(engine, {}))
    missing = [version for version in versions if version not in known]
    if missing:
        found = _count(session, missing)
        known |= found
        with _LOCK:
            # Only what this moment's documents hold is kept: old versions are asked for no more.
            _COUNTED[engine] = {version: known[version] for version in versions if version in known}
    return {version: known[version] for version in versions if version in known}


def _count(session: Session, versions: Collection[int]) -> dict[int, Counts]:
    both = select(VersionPassage.version_id, PassageRow.language, func.count())
    chosen = both.join(PassageRow, PassageRow.id == VersionPassage.passage_id).where(
        VersionPassage.version_id.in_(versions)
    )
    found: dict[int, Counts] = {}
    for version, language, count in session.execute(chosen.group_by(VersionPassage.version_id, PassageRow.language)):
        found.setdefault(version, {})[language] = count
    return found
