"""`dapbot` commands as processes of their own, forked from one that has the libraries loaded: two seconds less each.

What a command does, and how it ends, is real: it can be killed, its files can be limited, it holds locks.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests.servers import databases

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Ended:
    """How a command ended: ``code`` is negative where a signal ended it."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def dapbot(*words: object, file_bytes: int = 0, folder: Path = ROOT, **environment: str) -> Ended:
    """Run one command to its end in ``folder``; ``file_bytes`` limits each file it writes, as a full disk would. Also
    where root runs the tests, the command has no more rights to files than their bits say."""
    with tempfile.TemporaryDirectory(prefix="dapbot-command-") as name:
        out = Path(name)
        request = {
            "words": [str(word) for word in words],
            "file_bytes": file_bytes,
            "environment": {**_of_this_test(words), **environment},
            "folder": str(folder),
            "out": name,
        }
        zygote = _zygote()
        assert zygote.stdin is not None
        assert zygote.stdout is not None
        zygote.stdin.write(json.dumps(request) + "\n")
        zygote.stdin.flush()
        code = int(zygote.stdout.readline())
        return Ended(code, (out / "out").read_text("utf-8"), (out / "err").read_text("utf-8"))


def _of_this_test(words: Sequence[object]) -> dict[str, str]:
    """Return what the environment says of the database now: the commands' own is from when the first one ran."""
    now = {databases.VARIABLE: os.environ[databases.VARIABLE]} if databases.VARIABLE in os.environ else {}
    return now | databases.environment(words)


@cache
def _zygote() -> "subprocess.Popen[str]":
    """Start the process that the commands are forked from; it ends with the tests, at the end of its input."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", "from tests.servers.commands import serve; serve()"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )


def serve() -> None:
    """Load what commands need, then run one a line."""
    import knowledge.search  # noqa: F401 - all of them for the children

    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _run(request: Mapping[str, Any]) -> None:
    """Be the command."""
    for number, name in enumerate(("out", "err"), 1):
        with (Path(request["out"]) / name).open("wb") as file:
            os.dup2(file.fileno(), number)
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    if request["file_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["file_bytes"], request["file_bytes"]))
    if sys.platform == "linux" and os.geteuid() == 0:
        _give_up_capabilities()
    from connectors.cli import main

    sys.argv = ["dapbot", *request["words"]]
    sys.stdin, sys.stdout, sys.stderr = _open(0, "r"), _open(1, "w"), _open(2, "w")
    try:
        main()
    except SystemExit as end:
        _end(end.code if isinstance(end.code, int) else int(end.code is not None))
    except BaseException:  # noqa: BLE001 - the end of the process: its last words are the traceback
        import traceback

        traceback.print_exc()
        _end(70)


def _give_up_capabilities() -> None:
    """Be a root that asks files for permission like anybody else."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version of the structure, this process
    none = (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0


def _open(number: int, mode: str) -> IO[str]:
    return os.fdopen(number, mode, encoding="utf-8", closefd=False)


def _end(code: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)
