"""For which groups of people something is kept."""

import json

from sqlalchemy import Text, cast, select, union
from sqlalchemy.orm import Session

from bot.database.tables import Document, PassageRow


def audience_names(session: Session) -> frozenset[str]:
    """Return the groups that a document, or a part of one, is for."""
    kinds = (
        cast(Document.audience, Text),
        cast(PassageRow.audience, Text),
    )  # JSON itself cannot be compared everywhere
    found = union(*(select(kind).where(kind.is_not(None)).distinct() for kind in kinds))
    return frozenset(str(name) for (names,) in session.execute(found) for name in json.loads(names) or ())
