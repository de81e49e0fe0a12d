"""What "this" is, where a message brings no text of its own."""

import pytest

from bot.database.conversations import PastTurn
from bot.phrases import say
from bot.tasks.material import own_text, pointed_at

QUESTION = PastTurn("person", "환불은 언제 되나요?")
ANSWER = PastTurn("bot", "3영업일 안에 처리합니다. [1]", passages=(1,), task="answer")
LETTER = PastTurn("person", "안녕하세요. 이번 주 회의는 금요일로 옮겼습니다. 장소는 같습니다.")
UNKNOWN = PastTurn(
    "bot",
    "죄송합니다. 등록된 자료에서 관련된 내용을 찾지 못했습니다. 담당자에게 문의해 주세요.",
    task="answer",
)
ORDER = PastTurn("person", "이거 번역해줘: 안녕하세요")
MADE = PastTurn("bot", "Hello", task="translate")
ASKED_BACK = PastTurn("bot", say("summary.no_text", "ko"), task="summarize")
THANKS = (PastTurn("person", "고마워요"), PastTurn("bot", "천만에요.", task="smalltalk"))


@pytest.mark.parametrize(
    ("order", "turns", "text"),
    [
        ("이거 영어로 번역해줘", (QUESTION, ANSWER), ANSWER.text),
        ("translate this", (QUESTION, ANSWER), ANSWER.text),
        ("이 내용으로 안내 메일 써줘", (QUESTION, ANSWER), ANSWER.text),
        ("내 질문을 영어로 번역해줘", (QUESTION, ANSWER), QUESTION.text),
        ("translate my message", (QUESTION, ANSWER), QUESTION.text),
        ("요약해줘", (LETTER, UNKNOWN), LETTER.text),
        ("네가 한 답변 요약해줘", (QUESTION, ANSWER, LETTER, UNKNOWN), ANSWER.text),
        ("이거 요약해줘", (ORDER, MADE), "Hello"),
        ("이거 요약해줘", (ORDER, MADE, *THANKS), "Hello"),
        ("제가 보낸 글 요약해줘", (ORDER, MADE), "안녕하세요"),
        ("이거 요약해줘", (), ""),
        ("이거 요약해줘", THANKS, ""),
        ("이거 요약해줘", (PastTurn("person", "요약해줘"), ASKED_BACK), ""),
    ],
)
def test_what_an_order_points_at(order: str, turns: tuple[PastTurn, ...], text: str) -> None:
    assert pointed_at(order, turns) == text


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("안녕하세요", ""),
        ("번역해줘", ""),
        ("번역해줘: 감사합니다", "감사합니다"),
        ("프린터가 안 돼요", "프린터가 안 돼요"),
    ],
)
def test_the_text_a_message_brings(text: str, own: str) -> None:
    assert own_text(text) == own
