"""Where a test can end the process as a power cut would: ``DAPBOT_FAULT=point``, or ``point:3`` for the third time.

Each point lies between two steps that must both happen; the next start does what is left (``bot/following.py``). The
tests in ``tests/reliability/test_kill.py`` die at every one of them.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable

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
"""Every point, and what has happened when it is reached."""


def fault(setting: str) -> Callable[[str], None]:
    """Return the function to be told the points: it ends this process at the one that the setting names."""
    name, _, times = setting.partition(":")
    wanted, seen = int(times or 1), Counter[str]()

    def reached(point: str) -> None:
        if point == name:
            seen[point] += 1
            if seen[point] == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    return reached
