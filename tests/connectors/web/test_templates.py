"""The templates: every phrase they say exists, nothing in them needs inline script, style or another server."""

import re
from pathlib import Path

import pytest

from bot.phrases import PHRASES
from connectors.web.templating import FOLDER, STATIC

TEMPLATES = sorted((FOLDER / "templates").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_phrase_exists(path: Path) -> None:
    said = re.findall(r"""say\(["']([\w.]+)["'](\s*\+)?""", path.read_text("utf-8"))
    for key, joined in said:
        assert key in PHRASES or (joined and any(each.startswith(key) for each in PHRASES)), key


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert "| safe" not in text


@pytest.mark.parametrize("path", [*TEMPLATES, *sorted(STATIC.iterdir())], ids=lambda path: path.name)
def test_nothing_comes_from_another_server(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    text = re.sub(r"^/\*! https://\S+ \(v[\d.]+\) \*/", "", text)  # where a library says where it is from
    assert not re.search(r"https?://|//[a-z]+\.[a-z]|@import|url\(", text)
