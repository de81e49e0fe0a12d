"""What holds for every test: no connection beyond this machine, no key and no setting of whoever runs the tests."""

import ipaddress
import itertools
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.llm import LanguageModel
    from bot.wiring import Bot
    from tests.samples import BotMaker

_LOCAL_NAMES = {"localhost", "", None, b"localhost"}
_refused: list[str] = []


class BeyondLoopbackError(OSError):
    """A test tried to reach another machine."""


def _is_local(host: object) -> bool:
    if host in _LOCAL_NAMES:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return text == socket.gethostname() or text.endswith(".localhost")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what leaves the machine; Python calls this before each of its own network functions."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None  # a path: a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        _refused.append(f"{event} {host!r}")
        raise BeyondLoopbackError(f"a test tried to reach {host!r} ({event})")


sys.addaudithook(_watch)

_FOREIGN_SETTINGS = ("DAPBOT_", "SLACK_", "OPENAI_", "ANTHROPIC_", "GOOGLE_", "UPSTAGE_", "LANGSMITH_", "LANGCHAIN_")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")

for _name in list(os.environ):
    if _name.startswith(_FOREIGN_SETTINGS) or _name.endswith("_API_KEY") or _name.lower() in _PROXIES:
        del os.environ[_name]  # now, before any module reads it; children of the tests inherit it
os.environ["NO_PROXY"] = "*"


@pytest.fixture(autouse=True)
def _nothing_leaves() -> Iterator[None]:
    """Fail the test during which something tried to leave the machine, even where the attempt was swallowed."""
    before = len(_refused)
    yield
    assert _refused[before:] == [], f"reached beyond this machine: {_refused[before:]}"


@pytest.fixture(scope="session")
def korean_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder with Korean documents only: no embedding model is loaded for it."""
    from tests.samples import make_folder

    return make_folder(tmp_path_factory.mktemp("korean") / "data", english=False)


@pytest.fixture(scope="session")
def bilingual_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder with documents in both languages; making it loads the embedding model (12 s)."""
    from tests.samples import make_folder

    return make_folder(tmp_path_factory.mktemp("bilingual") / "data", english=True)


@pytest.fixture
def make_bot(korean_folder: Path, tmp_path: Path) -> "Iterator[BotMaker]":
    """Makes bots over copies of the Korean folder (``template=``: of another one); all are closed at the end."""
    from tests.samples import open_copy

    with ExitStack() as bots:
        count = itertools.count()

        def make(llm: "LanguageModel | None" = None, *, template: Path = korean_folder, **settings: Any) -> "Bot":
            return bots.enter_context(open_copy(template, tmp_path / f"data{next(count)}", llm, **settings))

        yield make
