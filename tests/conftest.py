"""What holds for every test: no connection beyond this machine, no key and no setting of whoever runs the tests."""

import itertools
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from tests import loopback
from tests.servers import databases

if TYPE_CHECKING:
    from bot.llm import LanguageModel
    from bot.wiring import Bot
    from tests.samples import BotMaker

loopback.watch()

_FOREIGN_SETTINGS = ("DAPBOT_", "SLACK_", "OPENAI_", "ANTHROPIC_", "GOOGLE_", "UPSTAGE_", "LANGSMITH_", "LANGCHAIN_")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")

for _name in list(os.environ):
    if _name.startswith(_FOREIGN_SETTINGS) or _name.endswith("_API_KEY") or _name.lower() in _PROXIES:
        del os.environ[_name]  # now, before any module reads it; children of the tests inherit it
os.environ["NO_PROXY"] = "*"


_OF_NO_DATABASE = (
    "tests/knowledge/", "tests/bot/database/", "tests/bot/test_settings.py", "tests/bot/test_phrases.py",
    "tests/test_layout.py", "tests/test_documents.py", "tests/test_package.py",
)  # fmt: skip
"""Where a database is not used, or both are in every run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where the rows are")


def pytest_configure(config: pytest.Config) -> None:
    databases.choose(config.getoption("database"))
    if databases.on_postgresql():
        os.environ[databases.VARIABLE] = databases.NOWHERE


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what has nothing to do with it."""
    if databases.on_postgresql():
        kept = [i for i in items if not i.nodeid.startswith(_OF_NO_DATABASE) and not i.get_closest_marker("sqlite")]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(autouse=True)
def _own_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """On PostgreSQL, each test has a database of its own."""
    if not databases.on_postgresql():
        yield
        return
    with databases.of_a_test(request.getfixturevalue("tmp_path")):
        yield


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """Undo what a server's command that ran in this process did to the log: its stream is closed by then."""
    loggers = [logging.getLogger(name) for name in ("", "bot", "connectors", "knowledge")]
    levels, handlers = [each.level for each in loggers], list(loggers[0].handlers)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    for handler in [each for each in loggers[0].handlers if type(each) is logging.StreamHandler]:
        if handler not in handlers:
            loggers[0].removeHandler(handler)


@pytest.fixture(autouse=True)
def _nothing_leaves() -> Iterator[None]:
    """Fail the test during which something tried to leave the machine, even where the attempt was swallowed."""
    before = len(loopback.refused)
    yield
    assert loopback.refused[before:] == []


def _prepared(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """Return a folder that one of the processes of this run filled, and all of them copy.

    Where a folder has a database beside it, each process fills one of its own: their addresses are known to one only.
    """
    alone = databases.on_postgresql() or "PYTEST_XDIST_WORKER" not in os.environ
    root = factory.mktemp(name) if alone else factory.getbasetemp().parent / name
    root.mkdir(exist_ok=True)
    with FileLock(root / "lock"):
        if not (root / "filled").exists():
            fill(root / "data")
            (root / "filled").touch()
    return root / "data"


@pytest.fixture(scope="session")
def korean_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder with Korean documents only: no embedding model is loaded for it."""
    from tests.samples import make_folder

    return _prepared(tmp_path_factory, "korean", lambda folder: make_folder(folder, "ko"))


@pytest.fixture(scope="session")
def bilingual_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder with documents in both languages; making it loads the embedding model (12 s)."""
    from tests.samples import make_folder

    return _prepared(tmp_path_factory, "bilingual", lambda folder: make_folder(folder, "ko", "en"))


@pytest.fixture(scope="session")
def english_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared data folder with English documents only."""
    from tests.samples import make_folder

    return _prepared(tmp_path_factory, "english", lambda folder: make_folder(folder, "en"))


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample FAQ as `dapbot knowledge sample` makes it, to be copied."""

    def fill(folder: Path) -> None:
        assert databases.run(["knowledge", "sample", "--data", str(folder)]) == 0

    return _prepared(tmp_path_factory, "sample", fill)


@pytest.fixture
def make_bot(korean_folder: Path, tmp_path: Path) -> "Iterator[BotMaker]":
    """Makes bots over copies of the Korean folder (``template=``: of another one); all are closed at the end."""
    from tests.samples import open_copy

    with ExitStack() as bots:
        count = itertools.count()

        def make(model: "LanguageModel | None" = None, *, template: Path = korean_folder, **settings: Any) -> "Bot":
            return bots.enter_context(open_copy(template, tmp_path / f"data{next(count)}", model, **settings))

        yield make
