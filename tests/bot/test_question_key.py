"""Questions that are given one answer and such that must not be, in both languages (``question_keys.jsonl``)."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bot.question_key import LONGEST, question_key
from knowledge.language import Language

LINES = [json.loads(line) for line in Path(__file__).with_name("question_keys.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("line", [line for line in LINES if "same" in line], ids=lambda line: line["same"][0])
def test_the_same_question_has_one_key(line: dict[str, Any]) -> None:
    keys = {question_key(text, _language(line)): text for text in line["same"]}
    assert "" not in keys
    assert len(keys) == 1, keys


@pytest.mark.parametrize("line", [line for line in LINES if "different" in line], ids=lambda line: line["different"][0])
def test_different_questions_have_keys_of_their_own(line: dict[str, Any]) -> None:
    keys = {text: question_key(text, _language(line)) for text in line["different"]}
    alike = [pair for pair in combinations(keys, 2) if keys[pair[0]] == keys[pair[1]]]
    assert not alike


@pytest.mark.parametrize("text", ["", "  \n", "?!", "👋", "알려 주세요", "가" * (LONGEST + 1)])
def test_what_asks_nothing_by_itself_has_no_key(text: str) -> None:
    assert question_key(text, "ko") == ""


@pytest.mark.parametrize("text", ["", "...", "Please tell me", "refund " * 100])
def test_what_asks_nothing_in_english_has_no_key(text: str) -> None:
    assert question_key(text, "en") == ""


@pytest.mark.parametrize("text", ["\x00환불\ud800", "환불\u200b은?", "<b>환불</b> {0} %s", "'" * 300, "환불 '" * 50])
def test_odd_text_is_read(text: str) -> None:
    assert question_key(text, "ko") == question_key(text, "ko")


def test_languages_stay_apart() -> None:
    assert question_key("VPN?", "ko") != question_key("VPN?", "en")


def _language(line: dict[str, Any]) -> Language:
    return "ko" if line["language"] == "ko" else "en"
