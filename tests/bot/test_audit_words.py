"""The audit log in words: every action that the program notes has its own, in both languages."""

import re
from pathlib import Path

from bot.audit_words import action_in_words, actor_in_words, detail_in_words
from bot.phrases import PHRASES

ROOT = Path(__file__).parent.parent.parent
NOTED = re.compile(r"(?:note|_alter|_changing)\((?:[^()]|\([^()]*\))*?\"([a-z]+\.[a-z_]+)\"")


def test_every_action_has_words() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py")]
    actions = {action for source in sources for action in NOTED.findall(source)}
    assert len(actions) > 15
    assert {action for action in actions if f"audit.{action}" not in PHRASES} == set()


def test_who() -> None:
    assert actor_in_words("김민수", "ko") == "김민수"
    assert actor_in_words("command:root", "ko") == "root(명령줄)"
    assert actor_in_words("token:인트라넷", "en") == "인트라넷 (API token)"
    assert actor_in_words("local", "en") == "this machine"
    assert actor_in_words("command", "ko") == "명령줄"
    assert actor_in_words("command", "en") == "command line"


def test_what_and_how_much() -> None:
    assert action_in_words("document.published", "en") == "document published"
    assert action_in_words("of.tomorrow", "ko") == "of.tomorrow"
    assert (
        detail_in_words({"added": 3, "removed": 0, "groups": [], "key": "", "days": None}, "ko") == "추가: 3, 삭제: 0"
    )
    assert detail_in_words({"groups": ["인사", "영업"], "disabled": True, "x": {"a": 1}}, "en") == (
        'groups: 인사 영업, disabled account: yes, x: {"a": 1}'
    )
    assert detail_in_words({"conversations": 2}, "ko") == "대화: 2"
    assert detail_in_words({}, "ko") == ""
    assert detail_in_words({"outcome": "answered", "mail": False}, "ko") == "결과: 담당자가 답함, 메일로도 보냄: 아니요"
    assert detail_in_words({"outcome": "of its own"}, "en") == "outcome: of its own"
