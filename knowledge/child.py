"""The process that reads documents, one after the other, for ``knowledge.guarded``, which starts this file.

It takes a line ``{"name", "size", "cpu", "wall"}``, perhaps with a ``plan``, and the bytes of a document, and answers
with lines (``transport``), the last of which has ``kind``, ``unreadable`` or ``failed``; or, where it is asked to
``look``, with one line of that name.
"""

import json
import os
import sys
import threading
from typing import BinaryIO

IDLE = 60.0
"""Seconds without work after which this process ends."""

ENDED_IDLE = 3
"""The exit code then."""

_STATM = "/proc/self/statm"
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4_096

MOST_FAILURE = 20_000
"""Characters of a traceback that are told."""


def main() -> None:
    """Confine this process, then serve until the pipe ends."""
    options = json.loads(sys.argv[1])
    sys.path[:] = options["path"]
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what a library prints is no answer
        os.dup2(nothing, standard)
    from knowledge import looking, reading, transport  # noqa: F401 - loaded while files can be opened anywhere
    from knowledge.confined import confine

    memory = _Memory()
    held = confine(memory=options["memory"], files=options["files"], parent=options["parent"])
    answers.write(transport.line({"limits": held.limits, "landlock": held.landlock, "seccomp": held.seccomp}))
    answers.flush()
    while (request := _next(requests)) is not None:
        _serve(request, requests, answers)
        if memory.held() > options["kept"]:  # what was freed may lie in pieces: too little may be left for the next
            os._exit(ENDED_IDLE)


class _Memory:
    """The memory that this process holds, where the system tells (Linux); opened before it may open nothing more.

    The peak that every system tells is no use: a process inherits it from the one that started it.
    """

    def __init__(self) -> None:
        self._told = os.open(_STATM, os.O_RDONLY) if os.path.exists(_STATM) else None  # noqa: PTH110 - imports are few

    def held(self) -> int:
        """Return bytes that are in memory, 0 where they are not told."""
        return 0 if self._told is None else int(os.pread(self._told, 100, 0).split()[1]) * _PAGE


def _next(requests: BinaryIO) -> dict[str, object] | None:
    """Return the next request; end this process where none comes for long."""
    idle = threading.Timer(IDLE, os._exit, (ENDED_IDLE,))
    idle.daemon = True
    idle.start()
    line = requests.readline()
    idle.cancel()
    return dict(json.loads(line)) if line else None


def _serve(request: dict[str, object], requests: BinaryIO, answers: BinaryIO) -> None:
    import faulthandler
    import traceback

    from knowledge import transport
    from knowledge.confined import allow_cpu
    from knowledge.entries import UnreadableError
    from knowledge.looking import look, look_line
    from knowledge.plans import plan_of
    from knowledge.reading import GUESSED, read

    size, cpu, wall = (int(str(request[key])) for key in ("size", "cpu", "wall"))
    # The parent ends this process in time; should it be gone, this does, whatever holds the interpreter.
    faulthandler.dump_traceback_later(wall + 5, exit=True, file=sys.__stderr__ or sys.stderr)
    allow_cpu(cpu)
    try:
        data = requests.read(size)
        plan = plan_of(request["plan"]) if request.get("plan") else GUESSED
        if request.get("look"):
            answers.write(transport.line({"look": look_line(look(data, plan))}))
        else:
            answers.writelines(transport.lines(read(str(request["name"]), data, plan)))
    except UnreadableError as error:
        answers.write(transport.line({"unreadable": [error.note.phrase, error.note.values]}))
    except MemoryError:
        answers.write(transport.line({"failed": "MemoryError"}))
    except BaseException:  # noqa: BLE001 - the edge of this process: panics of native readers are no Exceptions
        answers.write(transport.line({"failed": traceback.format_exc()[-MOST_FAILURE:]}))
    answers.flush()
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
