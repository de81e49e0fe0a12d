"""What a running process keeps in memory of people goes when they are erased, in whichever process that is done."""

import logging
import threading
from typing import TYPE_CHECKING

from bot import likeness, quantities, support
from bot.database import erasures
from bot.llm import extractive
from bot.measured import EFFECTS
from bot.memory import Memory
from bot.sentiment import grams
from knowledge import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

WATCH_SECONDS = 5.0


class Forgetting:
    """Watches for erasures, for one process; threads share it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._number: str | None = None

    def look(self, session: "Session") -> None:
        """Forget whoever was erased since the last look: one value is read where nobody was."""
        number = erasures.number(session)
        if number == self._number:
            return
        gone = set(erasures.marks(session))
        self._memory.forget(lambda channel, person: erasures.mark(channel, person) in gone)
        if self._number is not None:
            forget_texts()
            log.info("what was kept in memory of erased people is gone")
        self._number = number


class Watch:
    """One thread that looks every few seconds, in a process that may not be asked anything for hours."""

    def __init__(
        self, sessions: "Sessions", forgetting: "Callable[[], Forgetting | None]", every: float = WATCH_SECONDS
    ) -> None:
        """``forgetting`` returns None as long as nobody has asked anything."""
        self._sessions = sessions
        self._forgetting = forgetting
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forgetting", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            forgetting = self._forgetting()
            if forgetting is None:
                continue
            try:
                with self._sessions() as session:
                    forgetting.look(session)
            except Exception as error:  # noqa: BLE001 - the thread must live on: the database may be restarting
                log.debug("nobody can say whether someone was erased: %s", type(error).__name__)


def forget_texts() -> None:
    """Empty the caches that are keyed by texts: sentences, words."""
    for cached in (
        quantities.quantities, support.taken_apart, support.take_apart, tokens.stem, tokens.term_and_noun,
        likeness.vector_of, extractive.sentences_of, grams.buckets, EFFECTS,
    ):  # fmt: skip
        cached.cache_clear()
