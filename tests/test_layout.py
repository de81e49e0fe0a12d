"""The shape of the code itself: sizes, names, who imports what, what importing costs."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "connectors", "knowledge")

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 50
LONGER_FOLDERS = ("bot/phrases/",)
"""Files that are one table of constants each."""

JUNK = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "managers", "misc", "shared"}

READS_ENVIRONMENT = {"bot/settings.py", "connectors/cli/session.py", "knowledge/reading_process.py"}
"""The settings; the command line, which speaks the system's language before any setting is read; and what starts a
process and hands it nothing but the names that the system's libraries need."""

HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "sentence_transformers", "tantivy", "kiwipiepy")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


CODE = sources(*PACKAGES)
ALL = [*CODE, *sources("tests"), *sources("alembic")]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_files_are_short() -> None:
    long = {
        name_of(path): count for path in CODE if (count := len(path.read_text("utf-8").splitlines())) > MOST_FILE_LINES
    }
    assert {name: count for name, count in long.items() if not name.startswith(LONGER_FOLDERS)} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name_of(path)}:{function.lineno} {function.name} has {body_lines(function)} lines"
        for path in CODE
        for function in functions(path)
        if body_lines(function) > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_names_say_what_is_inside() -> None:
    named = [name_of(p) for p in (*ALL, *(d for d in ROOT.glob("[!.]*/**/") if d.is_dir())) if p.stem in JUNK]
    assert [name for name in named if name.partition("/")[0] in (*PACKAGES, "tests", "alembic")] == []


def test_nothing_is_mocked_or_patched() -> None:
    """Environment variables may be set; code is never replaced."""
    found = []
    for path in sources("tests"):
        if any(
            module.partition(".")[0] in ("mock", "pytest_mock") or "unittest.mock" in module
            for module in imported(path)
        ):
            found.append(f"{name_of(path)}: mock")
        tree = ast.parse(path.read_text("utf-8"))
        calls = (
            node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        )
        found += [
            f"{name_of(path)}:{call.lineno} {ast.unparse(call)}"
            for call in calls
            if isinstance(call.value, ast.Name)
            and call.value.id == "monkeypatch"
            and call.attr in ("setattr", "setitem")
        ]
    assert found == []


def test_only_the_settings_read_the_environment() -> None:
    readers = set()
    for path in CODE:
        tree = ast.parse(path.read_text("utf-8"))
        if any(isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") for node in ast.walk(tree)):
            readers.add(name_of(path))
    assert readers <= READS_ENVIRONMENT


def test_alembic_is_a_folder_and_not_a_package() -> None:
    """With an `__init__.py` it would shadow the library of that name."""
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_broad_excepts_say_why() -> None:
    """A bare `except:` nowhere; `except Exception` only with its reason, or where it is raised again."""
    found = []
    for path in CODE:
        lines = path.read_text("utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            )
            raised = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            if broad and not raised and "#" not in lines[node.lineno - 1]:
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize("module", ["connectors.cli", "connectors.web", "connectors.web.app", "bot.wiring"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    loaded = loaded_by(f"import {module}")
    assert [name for name in HEAVY if name in loaded] == []


def test_help_loads_neither_settings_nor_database() -> None:
    """`dapbot --help` is there at once."""
    loaded = loaded_by("from connectors.cli import run; run(['--help'])")
    assert [name for name in (*HEAVY, "pydantic", "sqlalchemy", "fastapi", "rich", "numpy") if name in loaded] == []


def test_a_setting_that_is_not_set_costs_nothing() -> None:
    """Reading the settings loads the library of cron expressions only where there is one to check."""
    assert "croniter" not in loaded_by("from bot.settings import load; load()")


def loaded_by(statement: str) -> set[str]:
    script = f"import json, sys\n{statement}\nsys.stderr.write(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stderr))
