"""People who are being erased by this server: in the background, with what came of it."""

import logging
import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.database import erasing

if TYPE_CHECKING:
    from bot.database.audit import Actor
    from bot.database.erasing import Erased, Found
    from bot.wiring import Bot

log = logging.getLogger(__name__)

KEPT = 100
"""Reports that are kept until the server restarts; the audit log has its own line of each."""


@dataclass
class Erasure:
    """One of them; ``erased`` is None until it is done, ``failed`` says that it could not be."""

    number: int
    erased: "Erased | None" = None
    failed: bool = False
    _done: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is not done yet."""
        return not self._done.is_set()

    def finish(self) -> None:
        """Say that it has come to its end."""
        self._done.set()


class Erasures:
    """Erases people one after the other; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._known: dict[str, Erasure] = {}

    def begin(self, bot: "Bot", person: "Found", actor: "Actor") -> str:
        """Begin to erase somebody, and return the name of the report; somebody who is being erased has one already."""
        with self._lock:
            for name, each in self._known.items():
                if each.number == person.id and each.running:
                    return name
            name, erasure = secrets.token_hex(8), Erasure(person.id)
            self._known[name] = erasure
            for old in [key for key, each in self._known.items() if not each.running][:-KEPT]:
                del self._known[old]
        threading.Thread(target=self._erase, args=(bot, person, actor, erasure), name="erasing", daemon=True).start()
        return name

    def get(self, name: str) -> Erasure | None:
        """Return one by its name."""
        with self._lock:
            return self._known.get(name)

    def _erase(self, bot: "Bot", person: "Found", actor: "Actor", erasure: Erasure) -> None:
        try:
            with self._turn:
                erasure.erased = erasing.erase(bot.engine, [person], folder=bot.settings.data, actor=actor)
        except Exception as error:  # whoever waits is told that it could not be done
            log.error("a person could not be erased: %s", type(error).__name__, exc_info=error)  # noqa: TRY400
            erasure.failed = True
        finally:
            erasure.finish()
