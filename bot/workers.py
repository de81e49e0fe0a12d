"""Threads that see the rows of the inbox through, and one that keeps their leases.

Nothing that happens to a row, to a channel or to the database ends a thread: a database may restart, or be locked, and
everything goes on where it was.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from typing import Self, TypeVar
from uuid import uuid4

from bot.alone import Gate
from bot.channels import Channel, ChannelError
from bot.delivering import LATEST, Answering, Delivering, Jobs, UnaskedError, UndeliverableError
from bot.errors import DapbotError, ModelError
from bot.holding import Hands, Hold, Moment
from bot.inbox import GONE, Claimed, Inbox, LeaseLostError
from bot.waking import Bell
from knowledge.language import Language

log = logging.getLogger(__name__)

_Result = TypeVar("_Result")

GRACE = 20.0
"""Seconds in which what is at hand is finished, when it is time to stop."""

SEND_GRACE = 5.0
"""Seconds more for what is being sent then: whoever took it over could not know whether it has come through."""

MENDING = 60.0
LONGEST_PAUSE = 5.0
"""Seconds between two tries to reach a database, at most."""


class Workers:
    """Worker threads of one process.

    ``slot`` names the process among all that work with the database, after each start the same: what it had at hand
    when it died it takes again at once. ``jobs`` are called by name; ``heartbeat`` is in seconds.
    """

    def __init__(
        self,
        bot: Answering,
        inbox: Inbox,
        channels: Mapping[str, Channel],
        count: int,
        jobs: Jobs | None = None,
        *,
        slot: str,
        heartbeat: float | None = None,
        latest: float = LATEST,
        language: Language | None = None,
        reached: Callable[[str], None] = lambda _point: None,
    ) -> None:
        self._inbox = inbox
        self._slot = f"{slot}@"  # no slot has it: that of one process does not begin as another's does
        self.owner = f"{self._slot}{uuid4().hex[:12]}"
        self._beat = heartbeat or inbox.lease / 4
        self._hands = Hands(inbox)
        self._bell = Bell()
        self._gate = Gate()
        self._ready, self._stopping, self._stopped = threading.Event(), threading.Event(), threading.Event()
        self._delivering = Delivering(
            bot,
            inbox,
            channels,
            jobs or {},
            insist=self._insist,
            latest=latest,
            language=language,
            reached=reached,
        )
        inbox.on_work(self.wake)
        self._keeper = threading.Thread(target=self._keep, name="leases", daemon=True)
        self._threads = [
            threading.Thread(target=self._work, args=(n,), name=f"worker-{n}", daemon=True) for n in range(count)
        ]

    # --- from outside ---------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Begin. What an earlier start of this process had is taken up again as soon as the database answers."""
        for thread in (self._keeper, *self._threads):
            thread.start()
        return self

    def wake(self) -> None:
        """Have a thread look for work now."""
        self._bell.ring()

    def at_hand(self) -> int:
        """Return how many rows are worked on."""
        return len(self._hands.all())

    def stop(self, grace: float = GRACE) -> bool:
        """Take nothing more, finish what is at hand within ``grace`` seconds, and give the rest back.

        What is being sent after that has some seconds more. Returns whether everything was finished.
        """
        self._stopping.set()
        self._bell.close()
        self._ready.set()
        self._join(grace)
        kept = [hold.claimed.seq for hold in self._hands.all() if not hold.give_up()]
        finished = not self.at_hand()
        if not finished:
            _guarded("give rows back", partial(self._inbox.release, self.owner, but=kept))
        if kept:
            self._join(SEND_GRACE)
        self._stopped.set()
        if self._keeper.ident is not None:
            self._keeper.join(1)
        return finished

    def _join(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    # --- threads --------------------------------------------------------------------------------------------------

    def _work(self, number: int) -> None:
        owner, failures = f"{self.owner}/{number}", 0
        self._ready.wait()
        while not self._stopping.is_set():
            rings = self._bell.rings
            found = _guarded("look for messages", partial(self._work_once, owner))
            if found is None:  # the database does not answer
                failures += 1
                self._stopping.wait(min(0.1 * 2**failures, LONGEST_PAUSE))
                continue
            failures = 0
            if not found:
                self._bell.wait(rings)

    def _work_once(self, owner: str) -> bool:
        """Claim a row and see it through; tell whether there was one."""
        with self._gate.beside_others():
            found = self._claimed(owner, suspects=False)
        if not self._inbox.suspects_wait or self._stopping.is_set():
            return found
        with self._gate.alone() as alone:
            return (alone and self._claimed(owner, suspects=True)) or found

    def _claimed(self, owner: str, *, suspects: bool) -> bool:
        if self._stopping.is_set():
            return False
        moment = Moment()
        row = self._inbox.claim(owner, suspects=suspects)
        if row is None:
            return False
        self._bell.ring()  # there may be more
        with self._hands.hold(row, moment) as hold:
            self._see_through(hold)
        return True

    def _see_through(self, hold: Hold) -> None:
        row = hold.claimed
        try:
            self._delivering.deliver(hold)
        except LeaseLostError:
            log.warning("row %d went to another worker meanwhile; nothing more is done here", row.seq)
        except Exception as error:  # noqa: BLE001 - whatever a row does to its worker, the others must be answered
            self._put_back(row, error)

    def _put_back(self, row: Claimed, error: Exception) -> None:
        """Have the row tried again later, or given up."""
        what, permanent = _told(error), getattr(error, "permanent", False)
        retry_after = error.retry_after if isinstance(error, ChannelError | ModelError) else None
        refused = retry_after is not None and not isinstance(error, UnaskedError)
        away = isinstance(error, ChannelError) and error.away and time.time() - row.created_at < LATEST
        log.warning("row %d (try %d) could not be done: %s", row.seq, row.attempts, what)
        try:
            self._insist(
                lambda: self._inbox.fail(row, what, retry_after, permanent=permanent, refused=refused, counts=not away)
            )
        except LeaseLostError:
            log.warning("row %d went to another worker meanwhile", row.seq)

    def _insist(self, write: Callable[[], object]) -> None:
        """Write to the inbox, again and again where the database does not answer, for as long as two leases.

        After that the row is another worker's; who takes it asks the channel what was sent.
        """
        began, pause = time.monotonic(), 0.1
        while True:
            try:
                write()
            except LeaseLostError:
                raise
            except Exception as error:
                if self._stopped.is_set() or time.monotonic() - began > 2 * self._inbox.lease:
                    log.error("the inbox could not be written: %s", _told(error))  # noqa: TRY400 - no content
                    raise LeaseLostError("the inbox could not be written") from error
                self._stopped.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return

    def _keep(self) -> None:
        """Keep the leases of what is at hand; first take what an earlier start of this process left."""
        pause = 0.1
        while not self._stopping.is_set():
            if _guarded("take up what was left", self._take_up) is not None:
                break
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._ready.set()
        mended = Moment()
        wait = self._beat
        while not self._stopped.wait(wait):
            kept = _guarded("keep leases", partial(self._renew, self.owner))
            wait = self._beat if kept else min(1.0, self._beat)
            if mended.ago() > MENDING:
                mended = Moment()
                _guarded("mend the inbox", self._inbox.mend)

    def _renew(self, owner: str) -> bool:
        self._hands.renew(owner)
        return True

    def _take_up(self) -> int:
        left = self._inbox.release(self._slot, crashed=True)
        if left:
            log.warning("an earlier start of this process left %d rows; they are taken up again", left)
        return left


def _guarded(what: str, work: Callable[[], _Result]) -> _Result | None:
    """Return what the work does, None where it fails; the thread lives on, whatever it was."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - a thread of a server lives on
        log.warning("cannot %s: %s", what, _told(error))
        return None


def _told(error: Exception) -> str:
    """Return what may be kept and logged of an error: nothing that a person wrote, which other messages may quote."""
    if isinstance(error, ChannelError) and error.gone:
        return f"{GONE}{error.gone}"
    if isinstance(error, ChannelError | UndeliverableError):
        return str(error)
    if isinstance(error, DapbotError):
        return f"{type(error).__name__}: {error.phrase}"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
