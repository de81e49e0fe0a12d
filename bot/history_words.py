"""The word lists that tell a follow-up from a new question, written for this purpose."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KO_CHANGE: Final = re.compile(
    r"\s*(?:아\s*)?(?:참[,!\s]|아 맞다|다른 (?:질문|문의|얘기|이야기|건데|거 하나|것도 하나|걸)|그건 그렇고|그것과 "
    r"별개|이것과 별개|"
    r"별개로|화제를|주제를|말 돌려|딴 (?:얘기|질문)|새로운 질문|질문을 바꿔)"
)
"""The person says that they change the subject."""

KO_LINK: Final = re.compile(
    r"\s*(?:(?:아|네|넵|예|음|오)[,.\s]+)?(?:그럼|그러면|그렇다면|그렇군요|그래도|그래서|그러니까|아니면|그리고|또한|"
    r"혹은)[,\s]+(?:혹시\s+)?"
)
"""Words that go on from what was said."""

KO_NEUTRAL: Final = re.compile(r"^\s*(?:(?:그런데|근데|혹시|아니|저기|저기요|아|네|넵|예|음|오|어)[,.!\s]+)+")
"""Openers that say nothing either way."""

KO_ASKING: Final = re.compile(
    r"얼마나?|언제|며칠|어디서?|누가|누구|무엇|뭐|뭘|뭔가요?|뭡니까|무슨|어떤|어떻게|어느|왜|몇|[나까]요?\s*$|니까\s*$|"
    r"알려\s?(?:줘|주)|궁금|죠\s*$|을까|ㄹ까"
)
"""Question words, and endings that ask without a question mark."""

KO_OWN_SUBJECT: Final = re.compile(r"(?:알려|보여|설명해|말해|가르쳐)\s?(?:줘|주)|(?:하|받)고 싶")
"""Requests that bring their own subject."""

KO_LIGHT_VERBS: Final = _words(
    "하 되 있 없 돼 같 싶 주 보 이 아니 않 못하 말 지 걸리 들 필요하 어떻 그렇 이렇 가능하 똑같 알 알리 궁금하"
)
"""Verbs that ask for an attribute (얼마나 걸려요) and do not replace what was to be done."""

KO_ATTRIBUTES: Final = _words(
    "안 밖 앞 뒤 옆 속 사이 기간 방법 비용 수수료 한도 서류 조건 이유 자격 절차 금액 가격 위치 시간 마감 마감일 연장 "
    "취소 변경 연락처 담당자 준비물 예외 차이 차이점 종류 색상 색깔 크기 사이즈 횟수 확인 신청 문의 제한 날짜 기한 "
    "순서 결과 양식 링크 할인 추가 무료 유료 필요 가능 포함 대상 기준 효과 장점 단점 문제 다음 나머지 경우 도움 정도 "
    "이상 이하 이내 이전 이후 돈 값 사람 처음 나중 지금 오늘 직접 혼자 예시 설명 대신 하나 전부 모두 일부 최대 최소 "
    "보통 평균 자세히 추가금 추가비용 유효기간 소요 진행 상황 진행상황 단계 주의사항 유의사항 주의 불이익 책임 증거 "
    "효력 별도 따로 전체 부분 마찬가지 동일 상관 관계 영향 의미 뜻 목적 근거 내용 항목 조회 재신청 승인 완료"
)
"""Nouns that are always *of* something: alone they ask about what was spoken of before."""

KO_PROCESSES: Final = _words(
    "만료 경과 초과 위반 파손 분실 고장 요금 이용료 사용료 보증금 재발급 재발송 재등록 재시험 재검사 제출 해제 철회 "
    "수정 정정 삭제 갱신 수령 방문 선착순 순번 대기 혜택 적용 중복 병행 동시 보관 발표 선정 심사 탈락 통보 알림 진행 "
    "시작 종료 참여 참석 출석 불참 지각 동의 서명 인증"
)
"""Steps and papers that may be of what was spoken of before, or a subject of their own: the documents may decide."""

KO_AFTERWARDS: Final = re.compile(
    r"^(?:다 )?(?:끝나|마치|마친|끝난|하고 나|받고 나|하기 전|받기 전|쓰기 전|가기 전|받은 (?:다음|뒤|후)|한 (?:다음|"
    r"뒤|후)|"
    r"신청하(?:고|면)|등록하(?:고|면)|예약하(?:고|면)|결제하(?:고|면)|도중에|중간에|나중에|미리|먼저|대신|아예|전부|"
    r"직접|추가로)"
)
"""Before, after or instead of what was spoken of."""

KO_TOGETHER: Final = re.compile(
    r"(?:랑|하고|와|과)\s?(?:같이|함께|중복|동시|다른|같은|비교)|더 (?:받|주|살|빌|쓸|늘|빨)"
)
"""Together with, or beside, what was spoken of."""

KO_DAYS_BEFORE: Final = _words("전날 당일 다음날 그날 이튿날 사전 사후 직전 직후 도중 중간 기한내")
"""Times that are counted from something said before."""

KO_CIRCUMSTANCES: Final[dict[str, frozenset[str]]] = {
    "who": _words(
        "아이 애 아기 어린이 유아 소아 영유아 학생 초등학생 중학생 고등학생 대학생 대학원생 신입생 재학생 졸업생 "
        "휴학생 유학생 교환학생 외국인 내국인 재외국민 임산부 임신부 산모 노인 어르신 고령자 장애인 미성년자 성인 "
        "어른 청소년 가족 배우자 남편 아내 부모 부모님 자녀 본인 대리인 비회원 직원 임직원 정직원 신입 신입사원 "
        "계약직 정규직 비정규직 파견직 인턴 알바 알바생 아르바이트 수습 수습사원 프리랜서 군인 법인 개인 사업자 "
        "개인사업자 여성 남성 여자 남자 환자 보호자 친구 동반자 지인 동생 형제 손님 초보자 팀장 임원 교수 교직원 "
        "강사 조교 세대원 세대주 세입자 집주인 주민 비거주자 다자녀 저소득층 청년 신혼부부"
    ),
    "where": _words(
        "해외 국내 외국 제주 제주도 섬 도서산간 산간 지방 서울 부산 대구 인천 광주 대전 울산 세종 경기 경기도 강원 "
        "강원도 수도권 미국 일본 중국 유럽 동남아 집"
    ),
    "when": _words(
        "주말 평일 공휴일 휴일 명절 연휴 설 설날 추석 방학 여름 겨울 봄 가을 밤 새벽 아침 점심 저녁 야간 심야 오전 "
        "오후 월요일 화요일 수요일 목요일 금요일 토요일 일요일 내일 모레 어제 내년 올해 작년 내달 성수기 비수기"
    ),
    "how": _words("모바일 앱 PC 아이폰 안드로이드 맥 맥북 윈도우 윈도 휴대폰 핸드폰 스마트폰 태블릿 온라인 오프라인"),
}
"""Who, where, when and how: what a rule may differ for. Another one of the same kind takes the place of the first."""


EN_CHANGE: Final = re.compile(
    r"\s*(?:oh,?\s+)?(?:by the way|btw|(?:an)?other (?:question|topic|thing)|a?\s*different (?:question|topic|subject)|"
    r"(?:new|separate|unrelated) (?:question|topic)|unrelated(?:ly)?\b|on (?:an|a different)\w* (?:note|topic)|"
    r"(?:to )?chang(?:e|ing) (?:the )?(?:subject|topic)|something else|separately|one more thing)",
    re.IGNORECASE,
)
"""The person says that they change the subject."""

EN_LINK: Final = re.compile(
    r"\s*(?:(?:ok(?:ay)?|yes|no|right|thanks|i see|sure|hm+|ah|oh)[,.!\s]+)*"
    r"(?P<link>what about|how about|and (?:what|how) about|and|or|so|then|but|even|also|what if|only|just|except|"
    r"otherwise|"
    r"in that case|if so|if not)\b[,\s]*",
    re.IGNORECASE,
)
"""Words that go on from what was said."""

EN_SWAP: Final = frozenset({"what about", "how about", "and what about", "and how about", "and", "or", "but"})

EN_STOP: Final = _words(
    "a an the of to in on at for from by with as and or but not no is are was were be been being am do does did done "
    "can could may might will would should shall must have has had i you we he she my your our his her me us him "
    "there here what which who whom whose when where why how any some all if so than then too also either well "
    "please just even only still yet about into out up down off over under again get got go let's don't doesn't "
    "didn't can't won't isn't aren't i'm i'd i'll i've you're what's where's who's how's when's per each every it's "
    "that's there's they're able ok okay yes thanks hi hello"
)
"""Words that name nothing."""

EN_ATTRIBUTES: Final = _words(
    "problem problems issue trouble right away money deadline deadlines fee fees cost costs price prices charge "
    "charges limit limits limitation limitations document documents paperwork requirement requirements require "
    "required need needed needs bring pay pays paid take takes long longer much many often far soon early late later "
    "earlier step steps condition conditions exception exceptions ask contact start starts begin end ends approve "
    "approves approved apply applies reason reasons difference differences example examples details detail more less "
    "max maximum minimum min most least age happen happens happened know decide mean means work works option options "
    "way ways person people someone anyone everyone time times day days week weeks month months year years cancel "
    "change extend extension cheaper cheapest better best faster wrong fail fails failed same possible allowed count "
    "say says else other another extra free discount enough sure first next now yet date dates process procedure "
    "form forms list link result results else's send tell show explain expire expires expired eligible apply's "
    "reject rejected refuse refused finished ready valid size sizes colour color colours colors kind kinds type "
    "types version versions total amount back use used using do doing one ones two both kinda though through quickly "
    "halfway afterwards before after without within until since during"
)
"""Words that ask for something *of* what was spoken of before."""

EN_CIRCUMSTANCES: Final[dict[str, frozenset[str]]] = {
    "who": _words(
        "child children kid kids baby babies infant infants toddlers teenager teenagers adult adults senior seniors "
        "student students freshman freshmen graduate graduates undergraduates foreigner foreigners resident "
        "residents non-residents member members non-members guest guests visitor visitors employee employees intern "
        "interns contractor contractors part-timer part-timers freelancers temp temps manager managers spouse "
        "partner husband wife family families parent parents friend friends colleague colleagues staff teacher "
        "teachers pensioner pensioners retirees veteran veterans minors women men pregnant businesses companies "
        "individuals beginners newcomers citizens"
    ),
    "where": _words(
        "abroad overseas internationally domestically locally home europe us usa uk korea japan china canada germany "
        "france seoul busan jeju countries country remotely islands island"
    ),
    "when": _words(
        "weekend weekends weekday weekdays holiday holidays monday mondays tuesday tuesdays wednesday wednesdays "
        "thursday thursdays friday fridays saturday saturdays sunday sundays tomorrow today tonight yesterday "
        "morning mornings evening evenings night nights afternoon afternoons christmas easter summer winter spring "
        "autumn"
    ),
    "how": _words(
        "online mobile phone smartphone android iphone ios mac windows linux tablet browser desktop laptop email "
        "post mail person app"
    ),
}
"""Who, where, when and how: what a rule may differ for."""

EN_VERBS: Final = _words(
    "apply book reset renew register export import open close pause cancel return borrow buy order pay offer provide "
    "accept find change update add remove delete create make send submit request install use connect log sign "
    "transfer withdraw defer check claim report appeal get receive download upload print scan set turn enable "
    "disable move join leave invite share switch upgrade downgrade extend restore recover save block unblock cost "
    "take include included need want like know ask tell call contact reschedule access view see read write edit "
    "start stop activate deactivate replace repair fix exchange refund ship deliver collect pick drop park stay eat "
    "bring enrol enroll work give allow allowed support won't calculate file sell rent hire lose lost stolen broken "
    "forgot happen happens eligible collected covered served calculated announced"
)
"""What is done, as opposed to what it is done to, among the words people ask companies with."""

EN_PROCESSES: Final = _words(
    "approval renewal replacement confirmation proof signature waitlist queue surcharge penalty fine benefit "
    "guarantee rate"
)
"""Steps and papers that may be of what was spoken of before, or a subject of their own: the documents may decide."""

EN_AFTERWARDS: Final = re.compile(
    r"\b(?:afterwards?|beforehand|in advance|instead|again|after|before|then|meanwhile|together|in addition|on top|"
    r"combined?)\s*[?.!]*$|"
    r"^(?:before|after|once|when) (?:that|this|it)\b",
    re.IGNORECASE,
)
"""Before, after or instead of what was spoken of."""
