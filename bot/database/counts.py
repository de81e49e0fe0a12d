"""How much there is of what."""

from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database.tables import Document, PassageRow, VersionPassage
from knowledge.language import Language


def live_passages(session: Session) -> dict[Language, int]:
    """Return the number of live passages of enabled documents, by language; a language without any is left out."""
    held = select(VersionPassage.passage_id).join(Document, Document.current_version == VersionPassage.version_id)
    ids = held.where(Document.enabled)
    rows = select(PassageRow.language, func.count()).where(PassageRow.id.in_(ids)).group_by(PassageRow.language)
    return {cast("Language", language): int(count) for language, count in cast("Any", session.execute(rows).all())}
