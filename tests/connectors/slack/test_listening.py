"""Whom a message is for."""

from typing import Any

import pytest

from connectors.slack.listening import (
    AUTO,
    DIRECT,
    FOLLOWED,
    MENTIONED,
    Known,
    answered_since,
    for_us,
    incoming,
    is_quiet,
    why,
)
from connectors.slack.posted import Posted

BOT = "UBOT"


def known(*, part: bool = False, muted: bool = False, auto: bool = False) -> Known:
    return Known(lambda _: part, lambda _: muted, lambda _: auto)


def posted(text: str, *, kind: Any = "channel", threaded: bool = False) -> Posted:
    return Posted("C1", "2.0", "1.0" if threaded else "2.0", "U1", text, kind, threaded)


@pytest.mark.parametrize(
    ("message", "state", "reason"),
    [
        (posted("안녕", kind="im"), known(), DIRECT),
        (posted(f"<@{BOT}> 배송비"), known(), MENTIONED),
        (posted(f"<@{BOT}> 배송비", kind="mpim"), known(), MENTIONED),
        (posted("배송비 얼마예요"), known(), None),
        (posted("그럼 제주는요", threaded=True), known(part=True), FOLLOWED),
        (posted("그럼 제주는요", threaded=True), known(part=False), None),
        (posted("그럼 제주는요", threaded=True), known(part=True, muted=True), None),
        (posted("<@U2> 이거 맞아요?", threaded=True), known(part=True), None),
        (posted(f"<@{BOT}> <@U2> 이거 맞아요?", threaded=True), known(muted=True), MENTIONED),
        (posted("  ", threaded=True), known(part=True), None),
        (posted("배송비 얼마예요"), known(auto=True), AUTO),
        (posted("환불이 안 돼요", kind="group"), known(auto=True), AUTO),
        (posted("환불이 안 돼요", kind="im"), known(auto=True), DIRECT),
        (posted(f"<@{BOT}> 환불이 안 돼요"), known(auto=True), MENTIONED),
        (posted("배송비 얼마예요"), known(auto=True, muted=True), None),
        (posted("그럼 제주는요", threaded=True), known(auto=True), None),
        (posted("<@U2> 이거 맞아요?"), known(auto=True), None),
        (posted("<!here> 이거 맞아요?"), known(auto=True), None),
        (posted("<!subteam^S1|@cs> 이거 맞아요?", threaded=True), known(part=True), None),
        (posted("민수님, 이거 맞아요?"), known(auto=True), None),
        (posted("고마워요!"), known(auto=True), None),
        (posted("조용히 해 줘"), known(auto=True), None),
        (posted("\x00" * 40_000), known(auto=True), None),
    ],
)
def test_why(message: Posted, state: Known, reason: str | None) -> None:
    assert why(message, BOT, state) == reason


@pytest.mark.parametrize(
    "text",
    [
        "조용히",
        "조용히 해 줘",
        "조용히 해주세요!",
        "이제 그만",
        "그만 말해",
        "mute",
        "Please be quiet.",
        "stop replying",
    ],
)
def test_words_for_quiet(text: str) -> None:
    assert is_quiet(posted(f"<@{BOT}> {text}"), BOT)


@pytest.mark.parametrize(
    "text", ["조용히 하는 방법", "mute 기능 있어요?", "그만두려면 어떻게 하나요", "stop sale은 언제예요", ""]
)
def test_questions_about_quiet(text: str) -> None:
    assert not is_quiet(posted(text), BOT)


def said(user: str, ts: str, text: str = "말") -> dict[str, Any]:
    return {"user": user, "ts": ts, "text": text}


@pytest.mark.parametrize(
    ("thread", "ours"),
    [
        ([said("U1", "1"), said(BOT, "2"), said("U1", "3", "그럼 제주는요")], True),
        ([said("U1", "1"), said(BOT, "2"), said("U1", "3", "감사합니다!")], False),
        ([said("U1", "1"), said(BOT, "2"), said("U1", "3", "담당자 연결해 주세요")], True),
        ([said("U1", "1"), said(BOT, "2"), said("U2", "2.5"), said("U1", "3", "그럼요")], False),
        ([said("U2", "1"), said(BOT, "2"), said("U1", "3", "저도 그래요")], False),
        ([said("U2", "1"), said(BOT, "2"), said("U1", "3", "해외도 되나요?")], True),
        ([said("U2", "1"), said(BOT, "2"), said("U1", "3", "저는 결제가 안 돼요")], True),
        ([said("U2", "1"), said(BOT, "2"), said("U1", "3", "오 진짜요?")], False),
        ([said("U1", "1"), said(BOT, "2"), said("U1", "3", "지연님, 이거 맞아요?")], False),
        ([said("U1", "1"), said("U1", "3", "배송비는요")], False),
    ],
)
def test_follow_ups_in_a_thread(thread: list[dict[str, Any]], ours: bool) -> None:
    assert for_us(thread, BOT, "3", "U1") is ours


@pytest.mark.parametrize(
    ("thread", "answered"),
    [
        ([said("U1", "1")], False),
        ([said("U1", "1"), said("U1", "2"), said(BOT, "3")], False),
        ([said("U1", "1"), said("U2", "2")], True),
        ([said("U1", "1"), said("U9", "2") | {"bot_id": "B9"}], False),
    ],
)
def test_whether_people_have_answered(thread: list[dict[str, Any]], answered: bool) -> None:
    assert answered_since(thread, BOT, "1", "U1") is answered


def test_what_the_inbox_keeps() -> None:
    kept = incoming(posted(f"<@{BOT}> 배송비 얼마예요", threaded=True), MENTIONED, team="T1", own=BOT)
    assert kept.message is not None
    assert (kept.message.text, kept.message.conversation, kept.message.person) == ("배송비 얼마예요", "C1:1.0", "U1")
    assert kept.where == {
        "channel": "C1",
        "ts": "2.0",
        "thread": "1.0",
        "threaded": True,
        "kind": "channel",
        "team": "T1",
        "asked": "mentioned",
    }
