"""The letters that are forwarded: people, companies and addresses are made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

SEOUL = timezone(timedelta(hours=9))
Person = tuple[str, str]


@dataclass(frozen=True)
class Written:
    """A letter. ``request`` is the sentence that must never be lost; ``signature`` stands below and is cut."""

    name: str
    address: str
    subject: str
    when: datetime
    body: str
    request: str
    signature: str = ""
    to: tuple[Person, ...] = (("이도현", "dohyun@hanbit.co.kr"),)
    cc: tuple[Person, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.body}\n\n{self.signature}".rstrip()


def at(month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=SEOUL)


LETTERS = (
    Written(
        "김민수",
        "minsu.kim@saebom.co.kr",
        "사무용 의자 견적 요청",
        at(11, 20, 15, 5, 33),
        "안녕하세요, 새봄상사 김민수입니다.\n\n사무용 의자 50개 구매를 검토하고 있습니다.\n"
        "11월 27일(금)까지 견적서를 보내 주시면 감사하겠습니다.\n배송비 포함 여부도 함께 알려 주세요.",
        "11월 27일(금)까지 견적서를 보내 주시면 감사하겠습니다.",
        "감사합니다.\n김민수 드림\n\n새봄상사 구매팀 과장\n"
        "T. 02-555-0142 | M. 010-5555-0142\n서울시 성동구 왕십리로 115",
        (("이도현", "dohyun@hanbit.co.kr"), ("영업팀", "sales@hanbit.co.kr")),
        (("정유진", "yujin@saebom.co.kr"),),
    ),
    Written(
        "이영희",
        "younghee@daon.kr",
        "[긴급] 서버 점검 일정 변경 안내",
        at(11, 24, 9, 10, 2),
        "각 팀 담당자님께\n\n내일로 예정된 서버 점검이 12월 2일 오전 2시로 변경되었습니다.\n"
        "점검 중에는 결제 화면이 10분쯤 멈춥니다.\n고객 공지를 오늘 오후 6시까지 올려 주시겠어요?",
        "고객 공지를 오늘 오후 6시까지 올려 주시겠어요?",
        "이영희 올림",
        cc=(("박서준", "seojun@daon.kr"), ("최하은", "haeun@daon.kr")),
    ),
    Written(
        "박서준 대리",
        "sj.park@mirae-logis.com",
        "11월분 세금계산서 발행 요청의 건",
        at(11, 3, 0, 7, 45),
        "이도현 팀장님 안녕하세요.\n\n11월 운송료 3,250,000원(VAT 별도)에 대한 세금계산서 발행을 요청드립니다.\n"
        "발행일은 11월 30일로 부탁드립니다.\n사업자등록증은 지난번에 보내 드린 것과 같습니다.",
        "발행일은 11월 30일로 부탁드립니다.",
        "--\n박서준 대리 / 미래물류\n전화: 031-777-0199\n이메일: sj.park@mirae-logis.com",
    ),
    Written(
        "한빛병원 총무과",
        "admin@hanbit-hospital.or.kr",
        "RE: 정수기 임대 계약 갱신",
        at(10, 29, 12, 30, 0),
        "보내 주신 계약서 검토했습니다.\n\n3조의 위약금 조항(20%)은 10%로 조정이 필요합니다.\n"
        "수정본을 주시면 다음 주 화요일에 날인하겠습니다. 가능할까요?",
        "수정본을 주시면 다음 주 화요일에 날인하겠습니다.",
        "본 메일은 지정된 수신인만을 위한 것으로 기밀 정보를 포함할 수 있습니다.\n"
        "잘못 수신하신 경우 즉시 삭제하고 발신인에게 알려 주시기 바랍니다.",
    ),
    Written(
        "정유진",
        "yujin.jung@example-edu.ac.kr",
        "신입사원 교육 자료 공유",
        at(12, 1, 17, 59, 59),
        "팀장님, 교육 자료 초안을 올려 두었습니다.\n\n- 1일차: 회사 소개, 보안 교육\n- 2일차: 부서별 실습\n\n"
        "2일차 실습 시간표만 확인해 주실 수 있나요? 목요일까지면 됩니다.",
        "2일차 실습 시간표만 확인해 주실 수 있나요?",
    ),
    Written(
        "Kim, Minjae",
        "minjae.kim@northwind.example.com",
        "Q4 partnership review",
        at(11, 18, 23, 59, 0),
        "Hi Dohyun,\n\nCould you send me the signed NDA by Friday?\n"
        "Our legal team needs it before the review on Nov 30.",
        "Could you send me the signed NDA by Friday?",
        "Best regards,\nMinjae Kim\nNorthwind Korea\nTel. +82-2-6000-0111",
    ),
    Written(
        "고객센터",
        "help@baram-shop.co.kr",
        "주문번호 20261115-0042 배송 지연 불만",
        at(11, 19, 8, 3, 20),
        "지난주에 주문했는데 아직도 오지 않았습니다. 정말 실망입니다.\n전화도 세 번 했는데 연결이 안 되네요.\n"
        "이번 주 안에 못 보내시면 환불해 주세요.",
        "이번 주 안에 못 보내시면 환불해 주세요.",
        "내 Galaxy에서 보냄",
    ),
    Written(
        "최하은",
        "haeun.choi@gureum.io",
        "회의실 예약 & 주간 회의 안건 (11/26)",
        at(11, 25, 10, 0, 5),
        "안녕하세요.\n\n이번 주 회의는 목요일 오후 2시, 3층 대회의실입니다.\n"
        "안건이 있으시면 수요일 자정까지 회신 부탁드립니다.\n\n"
        "> 안건은 한 사람에 두 개까지입니다.\n\n참석이 어려우신 분은 미리 알려 주세요.",
        "안건이 있으시면 수요일 자정까지 회신 부탁드립니다.",
        "최하은 드림\n010-2222-0133",
    ),
)
