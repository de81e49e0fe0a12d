"""Long work that goes on when nobody waits for it: in a thread, with its progress and its result in the database.

Any process shows how far it is, and may cancel it. What a process that stops leaves behind counts as interrupted.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.database import runs
from bot.errors import DapbotError, UserError
from knowledge.passages import Progress

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

TOLD_SECONDS = 0.5
"""How often progress is written, at most."""

BEAT_SECONDS = 5.0
"""How often a run that makes no progress says that it goes on."""


class CancelledError(Exception):
    """Somebody cancelled the run, or the process is about to end."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found: its figures, and all of it, as JSON."""

    summary: Mapping[str, Any]
    whole: Mapping[str, Any]


Work = Callable[[Progress], Result]
"""Is given what to tell its progress, which raises ``CancelledError`` where it is to stop."""


def start(sessions: "Sessions", kind: str, author: str | None, work: Work) -> int:
    """Begin to work in a thread and return the number of the run.

    Raises:
        UserError: one of this kind goes on already.
    """
    with sessions.begin() as session:
        number = runs.begin(session, kind, author)
    if number is None:
        raise UserError("golden.running")
    going = _Going(sessions, number)
    threading.Thread(target=going.run, args=(work,), name=f"run-{kind}", daemon=True).start()
    return number


def run(sessions: "Sessions", kind: str, author: str | None, work: Work, progress: Progress | None = None) -> Result:
    """Work here and now, with the result kept as that of a run in the background; its errors are raised."""
    with sessions.begin() as session:
        number = runs.begin(session, kind, author)
    if number is None:
        raise UserError("golden.running")
    going = _Going(sessions, number)

    def told(done: int, total: int) -> None:
        going.tell(done, total)
        if progress:
            progress(done, total)

    return going.whole(lambda _: work(told))


class _Going:
    """One run that this process works on."""

    def __init__(self, sessions: "Sessions", number: int) -> None:
        self._sessions = sessions
        self._number = number
        self._at = (0, 0)
        self._told = 0.0
        self._over = threading.Event()

    def run(self, work: Work) -> None:
        """Work to the end; what goes wrong is kept with the run."""
        try:
            self.whole(work)
        except CancelledError:
            log.info("run %s was cancelled", self._number)
        except DapbotError as error:
            log.warning("run %s failed: %s", self._number, error)
        except Exception:  # the thread ends here: there is nobody to raise it to
            log.exception("run %s failed", self._number)

    def whole(self, work: Work) -> Result:
        """Work to the end and keep what was found."""
        threading.Thread(target=self._beat, name="run-beat", daemon=True).start()
        try:
            result = work(self.tell)
        except CancelledError:
            raise
        except Exception as error:
            phrase = error.phrase if isinstance(error, DapbotError) and not error.values else "golden.failed"
            self._end("failed", error=phrase)
            raise
        finally:
            self._over.set()
        self._end("done", result)
        return result

    def tell(self, done: int, total: int) -> None:
        """Write how far it is, now and then."""
        self._at = (done, total)
        moment = time.monotonic()
        if moment - self._told < TOLD_SECONDS and done < total:
            return
        self._told = moment
        with self._sessions.begin() as session:
            going = runs.beat(session, self._number, done, total)
        if not going:
            raise CancelledError

    def _beat(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            try:
                with self._sessions.begin() as session:
                    runs.beat(session, self._number, *self._at)
            except DapbotError as error:
                log.warning("run %s could not say that it goes on: %s", self._number, error)

    def _end(self, state: runs.State, result: Result | None = None, error: str | None = None) -> None:
        with self._sessions.begin() as session:
            whole = None if result is None else dict(result.whole)
            summary = {} if result is None else dict(result.summary)
            runs.finish(session, self._number, state, summary=summary, result=whole, error=error)
