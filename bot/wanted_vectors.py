"""Which Korean vectors the indexes of a data folder are made with: those that the rows name."""

import logging
from typing import TYPE_CHECKING

from bot.database import korean_vectors
from knowledge.errors import EmbeddingModelError

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)


def want_korean(sessions: "Sessions", knowledge: "Knowledge") -> None:
    """Have the next indexes made with the vectors that were chosen; damaged ones are none."""
    with sessions() as session:
        name = korean_vectors.chosen(session)
        if name == knowledge.models.korean:
            return
        data = korean_vectors.data_of(session, name) if name else b""
    try:
        knowledge.models.want(data)
    except EmbeddingModelError as error:
        log.error("the Korean vectors %s are left out: %s", name, error)  # noqa: TRY400 - it says it all
        knowledge.models.want(b"")
