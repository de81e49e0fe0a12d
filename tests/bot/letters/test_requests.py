"""What a mail asks for: by its tag, by its sender's words, else three lines; and what comes back without a model."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from bot.letter import Address, Attachment, Letter, Post
from bot.letters.requests import message_for
from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply
from tests.samples import BotMaker

SENT = datetime(2026, 11, 24, 15, 5, tzinfo=timezone(timedelta(hours=9)))
LETTER = Letter(
    "서버 3대의 견적을 11월 27일까지 보내 주세요. 예산은 3,000만 원입니다. 환불은 얼마나 걸리나요?",
    "견적 요청",
    Address("박영희", "park@vendor.example"),
    (Address("김철수", "kim@corp.example"),),
    (Address("이민호 과장", "lee@vendor.example"),),
    sent=SENT,
)
FILE = Attachment("계약서.pdf", 9_000, "application/pdf", "계약 금액은 5,500만 원입니다. 12월 1일까지 서명해 주세요.")


def forwarded(words: str, tag: str = "", letter: Letter = LETTER) -> Message:
    return message_for(Post(words, (letter,), forwarded=True, tag=tag), Message("", "mail", person="kim@corp.example"))  # type: ignore[arg-type]


def direct(words: str, tag: str = "", **letter: object) -> Message:
    mail = Letter(words, sender=Address("김철수", "kim@corp.example"), **letter)  # type: ignore[arg-type]
    return message_for(Post(words, (mail,), tag=tag), Message("", "mail"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ("", "summarize"),
        ("참고하세요", "summarize"),
        ("아래 메일 확인 부탁드립니다.", "summarize"),
        ("금액만 정리해줘", "summarize"),
        ("몇 시 회의인지만", "summarize"),
        ("영어로", "summarize"),
        ("in English", "summarize"),
        ("What does he want?", "summarize"),
        ("회신 부탁드립니다", "draft"),
        ("김 과장한테 답장 초안 써줘", "draft"),
        ("정중하게 거절하는 답장 부탁해요", "draft"),
        ("draft a polite reply", "draft"),
        ("Please reply that we accept", "draft"),
        ("안녕하세요\n아래 메일 번역 부탁드립니다\n감사합니다", "translate"),
        ("영어로 번역해줘", "translate"),
        ("일본어로", "translate"),
        ("please translate", "translate"),
        ("이 고객 기분이 어때?", "sentiment"),
        ("is he angry?", "sentiment"),
        ("이 문의에 답변해줘", "answer"),
        ("쉽게 설명해줘", "tutor"),
        ("도움말", "smalltalk"),
        ("help", "smalltalk"),
    ],
)
def test_words_above_a_letter(words: str, task: str) -> None:
    message = forwarded(words)
    assert message.task == task
    assert "견적" not in message.text


@pytest.mark.parametrize("tag", ["summarize", "translate", "draft", "sentiment", "tutor"])
def test_a_tag_wins(tag: str) -> None:
    message = forwarded("답장 초안 써주고 번역도 해줘", tag)
    assert (message.task, message.letter) == (tag, LETTER)


@pytest.mark.parametrize(("words", "language"), [("영어로", "en"), ("in Korean please", "ko"), ("금액만", None)])
def test_the_language_that_is_asked(words: str, language: str | None) -> None:
    message = forwarded(words)
    assert (message.language, message.options.get("language")) == (language, language)


def test_the_language_of_a_translation() -> None:
    message = forwarded("일본어로 번역")
    assert (message.options["to"], message.language) == ("ja", None)
    assert message.material.startswith("견적 요청\n\n서버 3대")


def test_several_letters_are_asked_about_one_by_one() -> None:
    other = Letter("회의는 3시입니다.", "회의")
    post = Post("영어로", (LETTER, other), forwarded=True)
    assert [message_for(post, Message("", "mail"), number).letter for number in (0, 1)] == [LETTER, other]


def test_a_question_mailed_directly_is_a_message_like_any_other() -> None:
    message = direct("환불은 얼마나 걸리나요?")
    assert (message.text, message.task, message.letter) == ("환불은 얼마나 걸리나요?", "", None)
    assert direct("", subject="배송비는 얼마인가요?").text == "배송비는 얼마인가요?"
    assert direct("감사합니다", subject="배송비는 얼마인가요?").text == "배송비는 얼마인가요?"


def test_a_file_without_words_is_summarised() -> None:
    for words in ("", "요약해줘", "이 파일 번역해줘"):
        message = direct(words, attachments=(FILE,))
        assert message.letter is not None
        assert message.letter.text == ""
    assert direct("환불은 얼마나 걸리나요?", attachments=(FILE,)).letter is None


def test_a_long_text_that_asks_nothing_is_summarised() -> None:
    message = direct("지난 회의에서 정한 내용을 공유합니다. 창고를 김포로 옮깁니다. " * 20)
    assert (message.task, message.letter is not None) == ("summarize", True)


@pytest.mark.parametrize(
    "words", ["\0" * 50, "가" * 100_000, "[" * 5_000, "답장 " * 20_000, "<script>" * 1_000, "\ud800"]
)
def test_odd_words(words: str) -> None:
    assert len(forwarded(words).text) <= 4_000
    direct(words)
    message_for(Post(words, ()), Message("", "mail"))


def reply_to(make_bot: BotMaker, words: str, tag: str = "", model: ScriptedModel | None = None) -> Reply:
    return make_bot(model).ask(forwarded(words, tag))


def test_without_a_model_each_request_has_its_part(make_bot: BotMaker) -> None:
    summary = reply_to(make_bot, "")
    assert summary.summary is not None
    assert summary.summary["from"] == {"name": "박영희", "address": "park@vendor.example"}
    assert (summary.summary["date"], summary.summary["forwarded"]) == ("2026-11-24T15:05:00+09:00", True)
    assert len([line for line in summary.text.splitlines() if line[:2] in ("1.", "2.", "3.")]) == 3
    assert reply_to(make_bot, "번역해줘").task == "translate"
    assert reply_to(make_bot, "기분이 어때?").task == "sentiment"
    answer = reply_to(make_bot, "", "answer")
    assert (answer.task, answer.answered) == ("answer", True)
    assert "영업일 기준 3일" in answer.text
    assert "메일" in reply_to(make_bot, "도움말").text


def test_a_frame_of_a_reply_names_what_is_asked(make_bot: BotMaker) -> None:
    reply = reply_to(make_bot, "답장 초안 써줘")
    assert reply.text.startswith("받는 사람: 박영희 <park@vendor.example>\n제목: Re: 견적 요청\n")
    assert "견적을 11월 27일까지" in reply.text
    assert "환불은 얼마나 걸리나요?" in reply.text
    assert reply.text.rstrip().endswith("김철수 드림")
    assert reply.notice
    assert "보내지 않았습니다" in reply.notice


def test_a_reply_is_to_whom_the_words_name(make_bot: BotMaker) -> None:
    assert "받는 사람: 이민호 과장 <lee@vendor.example>" in reply_to(make_bot, "이 과장한테 답장 써줘").text
    assert "받는 사람: 박영희" in reply_to(make_bot, "최 부장한테 답장 써줘").text


def test_a_reply_by_a_model_leaves_gaps_for_links_that_nobody_gave(make_bot: BotMaker) -> None:
    body = "박영희 님, 안녕하세요. 견적은 11월 27일까지 보내겠습니다. 9억 원입니다. https://evil.example 를 보세요."
    model = ScriptedModel([json.dumps({"body": body}, ensure_ascii=False)])
    reply = reply_to(make_bot, "수락하는 답장 써줘", model=model)
    assert "11월 27일까지 보내겠습니다" in reply.text
    assert "evil" not in reply.text
    assert "9억" in (reply.notice or "")
    assert "수락하는 답장 써줘" in model.asked[-1].user.partition("===")[0]


@pytest.mark.parametrize("said", ["", "no JSON", "{}", '{"body": ""}'])
def test_a_reply_that_cannot_be_read_is_a_frame(make_bot: BotMaker, said: str) -> None:
    reply = reply_to(make_bot, "답장 써줘", model=ScriptedModel([said]))
    assert reply.extract
    assert reply.failed
    assert reply.text.startswith("받는 사람: 박영희")
