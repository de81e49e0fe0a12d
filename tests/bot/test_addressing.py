"""What looks like a question or a problem, in places where people talk to each other as well."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.addressing import judged, may_ask, names_somebody

ASKED = Path(__file__).with_name("said_and_asked.txt").read_text("utf-8").splitlines()
"""What people write at an office or to a shop when they want an answer."""

TALKED = Path(__file__).with_name("said_and_left_alone.txt").read_text("utf-8").splitlines()
"""What people write to each other at an office."""

QUESTIONS = """
환불은 어떻게 하나요
연차는 어떻게 신청해요
이거 얼마임
제주도 배송비는요
사이즈 교환 되나요ㅠ
해외 배송도 되나
배송지 바꿀 수 있을까요
얼마예요
회의실 예약 방법 좀 알려주세요
회의실 예약하는 법
영업시간 문의드립니다
교환 가능 여부 문의
반품하고 싶은데요
영수증 재발급 받고 싶습니다
법인카드 한도 늘리려면요
연차 며칠 남았는지 궁금합니다
환불 처리 언제 되는지 아시는 분 계신가요
어떻게 하는지 모르겠어요
배송 상태 확인 부탁드려요
안녕하세요, 환불은 어떻게 하나요
담당자님, 환불은 어떻게 하나요?
고객님이 환불을 원하시는데 어떻게 하죠?
민수님이 올린 양식은 어디에 있나요?
도와주세요
담당자 연결해 주세요
How do I get a refund?
how do i reset my password
where's the office wifi password
can anyone help me with VPN
anyone know how to book a meeting room
does the store ship to Jeju
I'd like to change my delivery address
wondering if there is a discount for students
not sure how to apply for parental leave
Hi team, how do I request leave
""".strip().splitlines()

PROBLEMS = """
환불이 안 돼요
배송이 아직 안 왔어요
로그인이 계속 안 되네요 ㅠㅠ
인증 메일이 안 와요
엑셀 파일이 안 열려요
vpn 접속이 안됩니다
상품 수정이 안돼요
썸네일 이미지가 노출되지 않아요
비밀번호를 까먹었어요
비밀번호를 못 찾겠어요
옷이 찢어져서 왔어요
결제가 자꾸 실패해요
앱이 자꾸 튕겨요
와이파이가 자꾸 끊겨요
프린터가 먹통이에요
두 번 결제됐어요
"접근권한이 없습니다" 문구가 노출됩니다
I can't log in
my order hasn't arrived yet
the app keeps crashing
I was charged twice
Unfortunately, I can't find my invoice
VPN not working
the printer is broken
""".strip().splitlines()

LEFT_ALONE = """
안녕하세요
다들 수고 많으셨어요!
감사합니다 지연님
넵 확인했습니다
내일 휴가입니다
저는 오늘 회의에 못 가요
회의록 공유해 주세요
이 문서 검토 부탁드립니다
방금 배포했습니다. 오류 있으면 말씀해 주세요.
결제 오류 해결됐습니다
문제 없습니다
서버 점검 중입니다. 접속이 안 될 수 있습니다.
[공지] 오늘 18시부터 점검으로 로그인이 안 됩니다.
[공지] 워크숍 참석하실 분 계신가요?
여기 주차하시면 안 돼요
저희 팀은 이번 분기 목표를 못 채웠어요
점심 뭐 먹을까요?
다들 식사하셨어요?
주말 잘 보내셨나요?
누가 알겠어요
말이 되냐고요
그게 아니잖아요
와 진짜요?
그래요?
민수님, 그거 어떻게 됐어요?
지연 씨 이거 봤어요?
김민수 팀장님 내일 회의 몇 시예요?
민수야, 이거 왜 안 돼?
맞죠 민수님?
@민수 이거 어떻게 해요?
환불
ㅋㅋㅋㅋ
Thanks!
good morning everyone
I'll be late today
I can't make it to the standup tomorrow
the error is fixed
FYI: the server will be down tonight
Minsu, can you check this?
Hi Jiyeon, did you send the file?
please review my PR
who wants coffee?
why not
what a day
Great work on the launch!
""".strip().splitlines()


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions(text: str) -> None:
    assert judged(text).intent == "question", judged(text)


@pytest.mark.parametrize("text", PROBLEMS)
def test_problems(text: str) -> None:
    assert judged(text).intent == "problem", judged(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_left_alone(text: str) -> None:
    assert not judged(text).asks, judged(text)


def test_a_day_at_an_office() -> None:
    assert [text for text in ASKED if not judged(text).asks] == []
    assert [text for text in TALKED if judged(text).asks] == []


@pytest.mark.parametrize("text", [*QUESTIONS, *PROBLEMS])
def test_the_quick_look_keeps_nothing_back_that_asks(text: str) -> None:
    assert may_ask(text)


def test_a_question_among_sentences_counts() -> None:
    assert judged("안녕하세요.\n어제 만년필을 주문했어요.\n언제쯤 받을 수 있을까요").asks
    assert judged("배송이 안 왔어요. 확인 부탁드립니다. 감사합니다.").intent == "problem"
    assert judged("어제 만년필을 주문했어요. 잘 쓸게요.").intent == "statement"


def test_code_quotes_and_links_ask_nothing() -> None:
    assert not judged("```\nwhy does it fail?\n```").asks
    assert not judged("> 환불은 어떻게 하나요?\n네 해결됐습니다").asks
    assert not judged("https://example.com/?q=how").asks
    assert judged("`pip install` 하면 오류가 나요").asks


@pytest.mark.parametrize(
    "text",
    [
        "고객님이 환불을 원하세요",
        "담당자님 계신가요",
        "성씨가 어떻게 되세요",
        "부모님 결혼기념일 알려줘",
        "날씨 알려줘",
        "Quick question, where is the form",
        "Unfortunately, it broke",
    ],
)
def test_not_every_word_before_a_title_is_a_name(text: str) -> None:
    assert not names_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00\u202e\u200b",
        "?" * 40_000,
        "ㅋ" * 40_000,
        "> " * 20_000,
        "`" * 40_000,
        "https://" * 5_000,
        "\ud800" * 100,
    ],
)
def test_nothing_is_nothing(text: str) -> None:
    assert not judged(text).asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("가나다라" * 10_000, False),
        ("a" * 40_000, False),
        ("점심 " * 20_000, False),
        ("어제 회의를 했습니다. " * 3_000, False),
        ("어제 회의를 했습니다. " * 3_000 + "환불은 어떻게 하나요", True),
        ("환불이 안 돼요. " + "어제 회의를 했습니다. " * 3_000, True),
        ("안 못 " * 20_000, False),
        ("<!channel> <@U1> " * 2_000 + "<|system|>", False),
    ],
)
def test_a_long_message_is_read_at_both_ends(text: str, asks: bool) -> None:
    assert judged(text).asks is asks


def test_letters_in_parts_are_letters() -> None:
    import unicodedata

    assert judged(unicodedata.normalize("NFD", "환불이 안 돼요")).intent == "problem"
    assert judged("환\u200b불이 안 돼요").intent == "problem"


def test_the_quick_look_loads_no_analysis_of_korean() -> None:
    said = (
        "from bot.addressing import may_ask; import sys; may_ask('환불이 안 돼요'); print('kiwipiepy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "False"
