"""`dapbot serve`: its port, its data folder, how it starts and how it stops."""

import json
import signal
import socket
import time
from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.errors import SettingsError
from bot.wiring import build_bot
from connectors.serve import address_of, is_loopback, listen
from tests.servers.dapbot import serving, start
from tests.servers.databases import copy_folder, settings_of
from tests.servers.openai import Hang, OpenAIServer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.com", "localhost.example", ""])  # noqa: S104
def test_never_beyond_this_machine(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError) as error:
        listen(host, 0)
    assert error.value.phrase == "serve.beyond"


def test_the_next_free_port_if_another_program_has_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        made = listen("127.0.0.1", port)
        with made:
            assert port < made.getsockname()[1] < port + 50
            assert address_of(made, "127.0.0.1") == f"http://127.0.0.1:{made.getsockname()[1]}"


def test_a_whole_life(korean_folder: Path, tmp_path: Path) -> None:
    """Start, say where and what to try, refuse a second server, stop while a model hangs."""
    data = tmp_path / "data"
    copy_folder(korean_folder, data)
    with OpenAIServer([Hang(60)]) as provider:
        environment = {"DAPBOT_LLM": "openai:test", "OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "test-key"}
        with serving(data, **environment) as site:
            assert site.process is not None
            assert site.process.stdout is not None
            assert "이렇게 물어보세요" in site.process.stdout.readline()
            site.wait_ready()
            owner = json.loads((data / "owner.json").read_text("utf-8"))
            assert owner["pid"] == site.process.pid
            assert (data / "owner.json").stat().st_mode & 0o777 == 0o600
            assert (data / "secret").stat().st_mode & 0o777 == 0o600
            second = start(data, "--port", "0")
            said, _ = second.communicate(timeout=60)
            assert site.address in said
            with socket.create_connection((site.host, site.port)) as line:
                body = '{"question": "배송비는 얼마인가요?"}'.encode()
                line.sendall(
                    f"POST /api/v1/ask HTTP/1.1\r\nHost: {site.host}:{site.port}\r\nAccept: text/event-stream\r\n"
                    f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                line.recv(100)
                while not provider.requests:
                    time.sleep(0.05)
                site.process.send_signal(signal.SIGINT)
                began = time.monotonic()
                assert site.process.wait(15) == 0
                print(f"stopped in {time.monotonic() - began:.1f} s")
        assert not (data / "owner.json").exists()


def test_beyond_loopback_is_refused_in_a_sentence(tmp_path: Path) -> None:
    process = start(tmp_path / "data", DAPBOT_WEB_HOST="0.0.0.0", DAPBOT_LANGUAGE="ko")  # noqa: S104
    process.communicate(timeout=60)
    assert process.returncode == 1
    log = (tmp_path / "serve.log").read_text("utf-8")
    assert "DAPBOT_WEB_HOST" in log
    assert "dapbot admin create" in log
    assert "Traceback" not in log


def test_beyond_loopback_with_an_administrator(tmp_path: Path) -> None:
    """Commands still find the server; whoever comes must sign in, also to ask, unless the setting opens that."""
    data = tmp_path / "data"
    with build_bot(settings_of(data)) as bot:
        Accounts(bot.sessions).create("boss", "correct horse battery", actor="command:test")
    everywhere = {"DAPBOT_WEB_HOST": "0.0.0.0", "DAPBOT_LANGUAGE": "ko"}  # noqa: S104
    with serving(data, **everywhere) as site:
        assert json.loads((data / "owner.json").read_text("utf-8"))["address"] == site.address
        for path in ("/", "/documents", "/api/v1/knowledge"):
            assert site.call("GET", path).status == 401
        assert site.post("/api/v1/ask", {"question": "안녕하세요"}).status == 401
        headers = {"Authorization": f"Bearer {site.token}"}
        assert site.post("/api/v1/ask", {"question": "안녕하세요"}, **headers).status == 200
        assert site.process is not None
        assert site.process.stdout is not None
        assert "HTTPS 프록시" in site.process.stdout.readline()
