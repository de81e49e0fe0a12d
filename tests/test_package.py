"""The wheel, installed elsewhere in a clean environment, is whole: it can make its database from its own migrations."""

import os
import sqlite3
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=ROOT)
    (built,) = folder.glob("dapbot-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, which sees the libraries of this one, and not this checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, symlinks=os.name != "nt")
    libraries = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    Path(libraries, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = folder / "bin" / "python"
    arguments = ["install", "--quiet", "--no-deps", "--no-index", "--ignore-installed", wheel]
    call(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, *arguments, cwd=folder)
    return folder


def call(*command: object, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_holds_migrations_and_all_that_is_no_code(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "bot/database/migrations/env.py" in names
    assert any(name.startswith("bot/database/migrations/versions/0001") for name in names)
    packages = [path for folder in ("bot", "connectors", "knowledge") for path in (ROOT / folder).glob("**/[!.]*.*")]
    data = {path.relative_to(ROOT).as_posix() for path in packages if path.suffix not in (".py", ".pyc", ".so")}
    assert data <= names
    assert {"bot/sentiment/korean.npz", "bot/sample/duruchae-faq-ko.csv", "bot/prompts/answer.ko.txt"} <= data


def test_wheel_puts_nothing_where_it_would_be_in_the_way(wheel: Path) -> None:
    """A top-level ``alembic/`` would be unpacked into the library of that name."""
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bot", "connectors", "knowledge"}


def test_installed_wheel_makes_its_database(elsewhere: Path, tmp_path: Path) -> None:
    place = call(elsewhere / "bin" / "python", "-c", "import bot; print(bot.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(elsewhere)
    call(elsewhere / "bin" / "dapbot", "database", "upgrade", "--data", tmp_path / "data", cwd=tmp_path)
    database = sqlite3.connect(tmp_path / "data" / "dapbot.sqlite3")
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert {"conversations", "turns", "answers", "documents", "passages", "alembic_version"} <= tables
