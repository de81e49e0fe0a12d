"""Where a test can end the process as a power cut would: ``DAPBOT_FAULT=point``, or ``point:3`` for the third time.

Each point lies between two steps that must both happen; the next start does what is left (``bot/following.py``). The
tests in ``tests/reliability/test_kill.py`` die at every one of them.
"""

import os
import signal
from collections.abc import Callable
from itertools import count

POINTS = {
    # rows (bot/library.py)
    "before_commit": "the rows of a change are written, their transaction is not committed",
    "after_rows": "the rows of a change are committed, no index knows of it",
    # one pass of the owner over the indexes (bot/following.py)
    "between_legs": "passages have their vectors, the keyword index does not hold them",
    "between_chunks": "a part of the passages is in both indexes, the others are in none",
    "after_index": "both indexes hold everything, nothing is published",
    "after_publish": "the new versions are live, the indexes still hold the old ones",
    "between_removals": "the vectors of what is gone are removed, the keyword index still holds it",
    "after_sweep": "the indexes are right, nothing says so yet",
    "in_followed": "the file that says so is written aside, not in place",
    "before_calibration": "the indexes follow, the confidence is that of before",
    "after_calibration": "the confidence is fitted, nothing says so yet",
    # the indexes built anew beside the present ones (bot/following.py, knowledge/search.py)
    "in_rebuild": "a part of the new indexes is built",
    "before_switch": "the new indexes are whole, the old ones are searched",
    "in_switch": "the new indexes are named as those to search, the old ones are still there",
    "after_switch": "the old indexes are removed, nothing says that the rebuild is done",
}
"""Every point on the way of a document, and what has happened when it is reached."""

SERVER_POINTS = {
    "between_vectors": "a part of the vectors is on the server that several machines share, the others are not",
}
"""Points that only the process reaches that keeps the vectors for others (``bot/server_vectors.py``)."""

MESSAGE_POINTS = {
    "after_accept": "a message is accepted, its channel does not know yet",
    "before_llm": "a message is claimed, nothing is worked out",
    "after_llm": "the reply is worked out, not recorded",
    "before_send": "the row says that the reply is being sent, it is not",
    "in_send": "the channel is sending it (a point of the channel's own)",
    "after_send": "the reply is sent, nothing says so",
    "before_done": "the reply is sent and nothing is left to do but to say so",
}
"""Every point on the way of a message (``bot/inbox.py``, ``bot/workers.py``)."""


def fault(setting: str) -> Callable[[str], None]:
    """Return the function to be told the points: it ends this process at the one that the setting names."""
    name, _, times = setting.partition(":")
    wanted, seen = int(times or 1), count(1)

    def reached(point: str) -> None:
        if point == name and next(seen) == wanted:  # in one step: several threads come by here
            os.kill(os.getpid(), signal.SIGKILL)

    return reached
