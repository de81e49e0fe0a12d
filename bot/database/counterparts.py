"""An entry in the other language: its id is that of the first, but for the language (refund, refund-en)."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database.documents import PASSAGES, PassageRecord, load, visible
from knowledge.language import Language

_MARKS: Final[dict[Language, tuple[str, ...]]] = {"ko": ("ko", "kr", "kor"), "en": ("en", "eng")}
_ENDING: Final = re.compile(r"[-_./](?:ko|kr|kor|en|eng)$", re.IGNORECASE)
_BEGINNING: Final = re.compile(r"^(?:ko|kr|kor|en|eng)[-_./](?=.)", re.IGNORECASE)


def counterpart(
    session: Session,
    record: PassageRecord,
    language: Language,
    audience: Collection[str],
    today: date,
    only: Collection[str] = (),
) -> PassageRecord | None:
    """Return the live entry in ``language`` that has the same id, one that those of ``audience`` may see, ``only`` from
    the documents of these names where some are given; else None."""
    name = _BEGINNING.sub("", _ENDING.sub("", record.key))
    keys = {name, *(f"{name}{join}{mark}" for mark in _MARKS[language] for join in "-_./")}
    keys |= {f"{mark}{join}{name}" for mark in _MARKS[language] for join in "-_./"}
    statement = select(PASSAGES.c.id).where(PASSAGES.c.key.in_(sorted(keys)), PASSAGES.c.language == language)
    ids = list(session.execute(statement.order_by(PASSAGES.c.id)).scalars())
    seen = visible(session, ids, audience, today, only)
    found = load(session, [each for each in ids if each in seen])
    return next((found[each] for each in ids if each in found and each != record.id), None)
