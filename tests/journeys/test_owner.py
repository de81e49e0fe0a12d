"""Every command works while the server runs, and beside other commands; one folder has one server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.owner import Ownership
from bot.wiring import build_bot
from tests.samples import lines
from tests.servers.commands import ROOT, Ended, dapbot
from tests.servers.dapbot import Site, serving, start
from tests.servers.databases import copy_folder, environment, settings_of

QUESTION = "사물함은 어디에 있나요?"


def lockers(place: str) -> bytes:
    return lines([{"id": "lockers", "question": QUESTION, "answer": f"사물함은 {place}에 있습니다."}])


@pytest.fixture(scope="module")
def server(korean_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("owner") / "data"
    copy_folder(korean_folder, data)
    with serving(data) as site:
        site.wait_ready()
        yield site


def answer(site: Site, question: str) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])


def test_every_command_works_while_the_server_runs(server: Site, tmp_path: Path) -> None:
    """Walk through them as an admin would; the server answers from each change as soon as the command is done."""
    (tmp_path / "lockers.jsonl").write_bytes(lockers("1층"))
    (tmp_path / "corpus.jsonl").write_bytes(lockers("1층"))
    (tmp_path / "questions.jsonl").write_bytes(lines([{"id": "q", "question": QUESTION}]))
    took: dict[str, float] = {}

    def run(*words: object) -> Ended:
        began = time.monotonic()
        ended = dapbot(*words, "--data", server.data)
        took[" ".join(str(word) for word in words[:3] if "/" not in str(word))] = time.monotonic() - began
        assert ended.code == 0, (words, ended)
        assert "Traceback" not in ended.err
        return ended

    assert "사물함" not in answer(server, QUESTION)
    run("knowledge", "add", tmp_path / "lockers.jsonl", "--dry-run")
    assert "1층" not in answer(server, QUESTION)
    run("knowledge", "add", tmp_path / "lockers.jsonl")
    assert "1층" in answer(server, QUESTION)
    (tmp_path / "lockers.jsonl").write_bytes(lockers("2층"))
    run("knowledge", "add", tmp_path / "lockers.jsonl", "--stage")
    assert "1층" in answer(server, QUESTION)
    (staged,) = run("knowledge", "staged", "--json").json
    run("knowledge", "publish", staged["version"], "--yes")
    assert "2층" in answer(server, QUESTION)
    number = next(line["id"] for line in run("knowledge", "list", "--json").json if line["name"] == "lockers.jsonl")
    for words in (("show", number), ("history", number), ("diff", number, 1, 2), ("download", number, "-o", "-")):
        run("knowledge", *words)
    run("knowledge", "rollback", number)
    assert "1층" in answer(server, QUESTION)
    run("knowledge", "disable", number)
    assert "1층" not in answer(server, QUESTION)
    run("knowledge", "enable", number)
    assert "1층" in answer(server, QUESTION)
    run("knowledge", "audience", number, "staff")
    assert "1층" not in answer(server, QUESTION)
    run("knowledge", "audience", number, "--everyone")
    run("knowledge", "alias", "add", "lockers", "짐 보관하는 곳")
    assert "1층" in answer(server, "짐 보관하는 곳")
    (alias,) = run("knowledge", "alias", "list", "--json").json
    run("knowledge", "alias", "remove", alias["id"])
    assert run("knowledge", "search", QUESTION, "--json").json["passages"][0]["passage"] == "lockers"
    run("knowledge", "rebuild")
    assert "1층" in answer(server, QUESTION)
    run("knowledge", "check")
    said = run("ask", QUESTION, "--json").json
    assert "1층" in said["answer"]
    run("ask", "--input", tmp_path / "questions.jsonl", "--output", tmp_path / "answers.jsonl")
    run("chat")
    run("report", "answer", said["answer_id"])
    run("database", "upgrade")
    run("database", "backup", tmp_path / "backup.sqlite3")
    run("doctor")
    run("admin", "list")
    run("evaluate", "retrieval", "--corpus", tmp_path / "corpus.jsonl", "--questions", tmp_path / "questions.jsonl",
        "--run", tmp_path / "run.trec")  # fmt: skip
    run("knowledge", "remove", number, "--yes")
    assert "사물함" not in answer(server, QUESTION)
    print("\n" + ", ".join(f"{words} {seconds:.1f} s" for words, seconds in took.items()))


def test_commands_that_need_the_folder_alone_say_so(server: Site, tmp_path: Path) -> None:
    assert dapbot("database", "backup", tmp_path / "backup.sqlite3", "--data", server.data).code == 0
    for words in (("restore", tmp_path / "backup.sqlite3", "--yes"), ("downgrade", "--yes")):
        refused = dapbot("database", *words, "--data", server.data, DAPBOT_LANGUAGE="ko")
        assert refused.code == 1
        assert str(server.data) in refused.err


def test_a_second_server_is_refused_with_the_address(server: Site) -> None:
    second = start(server.data, "--port", "0")
    said, _ = second.communicate(timeout=120)
    assert server.address in said
    assert server.call("GET", "/health").status == 200


@pytest.mark.postgresql
def test_a_change_by_another_process_is_answered_within_a_second(server: Site) -> None:
    """From the rows committed by a process that does not own the folder, to the server's answer."""
    with build_bot(settings_of(server.data), ownership=Ownership(server.data)) as bot:
        seconds = []
        for place in ("3층", "4층", "5층"):
            began = time.monotonic()
            bot.library.add([("lockers.jsonl", lockers(place))])
            while place not in answer(server, QUESTION):
                time.sleep(0.02)
            seconds.append(time.monotonic() - began)
    print(
        "\nfrom the upload in another process to the server's answer:", ", ".join(f"{each:.2f} s" for each in seconds)
    )


def test_commands_beside_each_other_without_a_server(korean_folder: Path, tmp_path: Path) -> None:
    """Each takes the folder when it is free, or has its change taken up by the one that has it."""
    data = tmp_path / "data"
    copy_folder(korean_folder, data)
    commands: list[tuple[object, ...]] = [("knowledge", "search", "환불은 얼마나 걸리나요?", "--json")]
    for place in ("1층", "2층", "3층"):
        file = tmp_path / f"{place}.jsonl"
        file.write_bytes(lines([{"id": place, "question": f"{place}에는 무엇이 있나요?", "answer": f"{place} 창고"}]))
        commands.append(("knowledge", "add", file))
    program = [sys.executable, "-c", "from connectors.cli import main; main()"]
    processes = [
        subprocess.Popen(
            [*program, *map(str, words), "--data", str(data)],
            cwd=ROOT,
            env={**os.environ, **environment(("--data", data))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for words in commands
    ]
    ended = [(process.communicate(timeout=180), process.returncode) for process in processes]
    assert [code for _, code in ended] == [0] * len(commands), ended
    with build_bot(settings_of(data)) as bot:
        assert len(bot.library.documents()) == 5
        with bot.sessions() as session:
            from bot.database import documents

            assert bot.knowledge.all_ids() == documents.wanted(session)
        assert not bot.library.is_behind()
