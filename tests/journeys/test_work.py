"""The server works on the inbox: what a dead process had, jobs, pause and resume from a terminal, a clean end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.database.opening import opened
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.messages import Message
from tests.servers import postgres
from tests.servers.commands import dapbot
from tests.servers.dapbot import ROOT, STARTS, serving
from tests.servers.databases import settings_of

JOB = Incoming("cron:retention:2026-11-24T03:30", kind="job", where={"job": "retention"})
LONG = 3600.0


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    found = dapbot("inbox", "list", *(f"--state={s}" for s in ("new", "done", "dead")), "--json", "--data", folder)
    return {row["key"]: row for row in found.json["rows"]}


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + STARTS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.sqlite
def test_a_server_works_on_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    message = Message("환불은요?", "slack", conversation="C1", person="U1")
    with opened(settings_of(folder)) as sessions:
        inbox = Inbox(sessions, lease=LONG)
        inbox.accept(Incoming("slack:1", message))
        assert inbox.claim("another-machine:1/0") is not None  # and its process died
        inbox.pause()
        inbox.accept(JOB)
    with serving(folder) as site:
        assert site.process is not None
        ready = site.call("GET", "/ready").json["parts"]
        assert (ready["workers"], ready["schedules"]) == ("off: paused", "ready")
        assert rows(folder)[JOB.key]["attempts"] == 0
        assert dapbot("resume", "--data", folder, DAPBOT_LANGUAGE="ko").out == "다시 답하기 시작합니다.\n"
        wait_for(lambda: rows(folder)[JOB.key]["state"] == "done")
        wait_for(lambda: rows(folder)["slack:1"]["error"] is not None)  # long before its lease ends
        kept = rows(folder)["slack:1"]
        assert kept["error"] == "there is no channel slack here"
        dapbot("inbox", "drop", kept["id"], "--data", folder)
        assert rows(folder)["slack:1"]["state"] == "dead"
        assert site.call("GET", "/ready").json["parts"]["workers"] == "ready"
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(STARTS) == 0
        assert site.process.stdout is not None
        told = [*site.lines, *site.process.stdout.read().splitlines()]
    assert any("dapbot resume" in line for line in told)
    assert told[-1] == "답봇을 껐습니다."


def test_workers_of_their_own(tmp_path: Path) -> None:
    """On PostgreSQL: what a command puts in is done by `dapbot worker`, which ends when it is told to."""
    folder, address = tmp_path / "data", postgres.new_database()
    environment = {**os.environ, "DAPBOT_DATABASE_URL": address, "DAPBOT_LANGUAGE": "ko", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from connectors.cli import main; main()", "worker", "--count", "2"]
    process = subprocess.Popen(
        [*command, "--data", str(folder)], stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "한 번에 2건씩 답하고 있습니다.\n"
        with opened(settings_of(folder, database_url=address)) as sessions:
            Inbox(sessions).accept(JOB)

            def done() -> bool:
                return Inbox(sessions).counts()["done"] == 1

            wait_for(done)
        said = dapbot("inbox", "list", "--json", "--data", folder, DAPBOT_DATABASE_URL=address)
        assert json.loads(said.out)["counts"]["done"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(STARTS) == 0
        assert process.stdout.read().splitlines() == ["끝내고 있습니다…", "답하는 일을 마쳤습니다."]
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
