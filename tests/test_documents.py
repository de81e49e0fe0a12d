"""The documents cannot lie: what they name exists, and the examples marked as such run."""

import csv
import re
import shlex
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.main import get_command

from bot.settings import VARIABLES
from connectors.cli import app
from tests.servers.commands import dapbot

ROOT = Path(__file__).parent.parent
DOCUMENTS = [path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")) if path.name != "LICENSE"]
READMES = ["README.md", "README.ko.md"]


def text_of(document: str | Path) -> str:
    return (ROOT / document).read_text("utf-8")


def code_in(text: str) -> list[str]:
    """The lines of code blocks, and what stands between backticks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [*"\n".join(blocks).splitlines(), *indented, *spans]


def commands_in(text: str) -> list[list[str]]:
    lines = [line.partition("  #")[0].strip() for line in code_in(text)]
    return [shlex.split(line)[1:] for line in lines if line.startswith("dapbot ") and "`" not in line]


def problem_with(words: list[str]) -> str:
    """Say what is wrong with a command line, by the commands and flags that there are."""
    command: Any = get_command(app)
    words = list(words)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return f"no command {words[0]}"
        command = command.commands[words.pop(0)]
    flags = {flag for parameter in command.params for flag in parameter.opts} | {"--help", "--debug"}
    unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in flags]
    return f"no flag {unknown}" if unknown else ""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_flags_exist(document: Path) -> None:
    found = {" ".join(words): problem_with(words) for words in commands_in(text_of(document))}
    assert {line: problem for line, problem in found.items() if problem} == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_settings_exist(document: Path) -> None:
    named = set(re.findall(r"\b(?:DAPBOT|OPENAI|ANTHROPIC|SLACK)_[A-Z_]+\b", text_of(document)))
    assert named - set(VARIABLES) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = {line.split()[1] for line in code_in(text_of(document)) if re.match(r"make [a-z]", line)}
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_exist(document: Path) -> None:
    text = text_of(document)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    paths = re.findall(r"`((?:bot|connectors|knowledge|tests|alembic|\.ci)/[\w./]*)`", text)
    assert [name for name in (*links, *paths) if not (ROOT / name).exists()] == []


def test_every_make_target_is_explained() -> None:
    assert re.findall(r"^([a-z]+):(?!.*## )(?!=)", text_of("Makefile"), re.MULTILINE) == []


def test_both_readmes_say_the_same() -> None:
    def named(document: str) -> set[str]:
        text = text_of(document)
        settings = set(re.findall(r"\bDAPBOT_[A-Z_]+\b", text))
        return settings | {word for line in commands_in(text) for word in line[:2]} - {"주말에도 배송하나요?"}

    english, korean = map(named, READMES)
    assert english == korean


def test_figures_are_the_same_in_both_readmes() -> None:
    def figures(document: str) -> list[str]:
        found = re.search(r"<!-- figures: begin -->(.*?)<!-- figures: end -->", text_of(document), re.DOTALL)
        assert found
        return re.findall(r"\d[\d.,]*", found[1])

    english, korean = map(figures, READMES)
    assert english == korean


@pytest.fixture
def customer_folder(tmp_path: Path) -> Path:
    """A folder with a workbook as the examples have it: the sample FAQ as a spreadsheet."""
    sheet = openpyxl.Workbook()
    source = ROOT / "bot" / "sample" / "duruchae-faq-ko.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            sheet.active.append(row)  # type: ignore[union-attr]
    sheet.save(tmp_path / "faq.xlsx")
    return tmp_path


def examples(document: str) -> list[str]:
    blocks = re.findall(r"<!-- runs -->\n```sh\n(.*?)```", text_of(document), re.DOTALL)
    assert blocks
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("dapbot ")]


def test_examples_run(customer_folder: Path) -> None:
    for line in examples("README.md"):
        done = dapbot(*shlex.split(line)[1:], folder=customer_folder)
        assert done.code == 0, f"{line}: {done.out}{done.err}"


def test_examples_are_the_same_in_both_readmes() -> None:
    assert examples("README.md") == examples("README.ko.md")
