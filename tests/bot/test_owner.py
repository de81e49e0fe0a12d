"""The lock of a data folder, and where its server can be asked."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.owner import OWNER_FILE, Ownership, find_owner, is_owned

HOLD = """
import sys, time
from pathlib import Path
from bot.owner import Ownership
ownership = Ownership(Path(sys.argv[1]))
assert ownership.take()
ownership.announce("http://127.0.0.1:8080")
print("held", flush=True)
time.sleep(60)
"""


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = Ownership(tmp_path), Ownership(tmp_path)
    assert first.take()
    assert first.take()
    assert not second.take(0)
    assert is_owned(tmp_path)
    first.release()
    assert second.take(0)
    second.release()
    assert not is_owned(tmp_path)


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    assert not is_owned(tmp_path / "new")
    assert find_owner(tmp_path / "new") is None
    with Ownership(tmp_path / "new") as ownership:
        assert ownership.take()


def test_what_is_announced_is_for_this_user_only(tmp_path: Path) -> None:
    with Ownership(tmp_path) as ownership:
        ownership.take()
        owner = ownership.announce("http://127.0.0.1:8080")
        assert find_owner(tmp_path) == owner
        assert (owner.pid, len(owner.token)) == (os.getpid(), 43)
        assert stat.S_IMODE((tmp_path / OWNER_FILE).stat().st_mode) == 0o600
        assert ownership.announce("http://127.0.0.1:8081").token != owner.token
    assert not (tmp_path / OWNER_FILE).exists()
    assert find_owner(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "address": "a", "token": "t"}'])
def test_a_broken_file_is_nobody(tmp_path: Path, text: str) -> None:
    with Ownership(tmp_path) as ownership:
        ownership.take()
        (tmp_path / OWNER_FILE).write_text(text)
        assert find_owner(tmp_path) is None


def test_looking_does_not_keep_anybody_out(tmp_path: Path) -> None:
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            is_owned(tmp_path)

    lookers = [threading.Thread(target=look) for _ in range(3)]
    with Ownership(tmp_path) as first:  # so that there is a file to look at
        first.take()
    for thread in lookers:
        thread.start()
    try:
        for _ in range(50):
            with Ownership(tmp_path) as ownership:
                assert ownership.take(2)
    finally:
        stop.set()
        for thread in lookers:
            thread.join()


def test_a_killed_owner_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        found = find_owner(tmp_path)
        assert found is not None
        assert found.pid == holder.pid
        assert not Ownership(tmp_path).take(0)
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    assert json.loads((tmp_path / OWNER_FILE).read_text())["pid"] == found.pid  # it had no time to take it away
    assert find_owner(tmp_path) is None
    with Ownership(tmp_path) as next_one:
        assert next_one.take()
