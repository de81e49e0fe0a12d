"""Which Korean vectors the indexes of a data folder are made with: those that the rows name."""

import logging
from typing import TYPE_CHECKING

from knowledge.errors import EmbeddingModelError

if TYPE_CHECKING:
    from knowledge.search import Knowledge

log = logging.getLogger(__name__)


def want_korean(knowledge: "Knowledge", korean: bytes | None) -> None:
    """Have the next indexes made with these vectors, none: without; damaged ones are none. None: nothing changed."""
    if korean is None:
        return
    try:
        knowledge.models.want(korean)
    except EmbeddingModelError as error:
        log.error("the Korean vectors that were chosen are left out: %s", error)  # noqa: TRY400 - it says it all
        knowledge.models.want(b"")
