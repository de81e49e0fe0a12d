"""Names of organisations and products in Korean, told by what they end in: 새봄병원, 누리페이, 나라연금공단.

The analyser takes most of them for common nouns. What the ending only narrows down (신용카드, 고객센터) is no name.
"""

import re
from collections.abc import Iterator

_ENDINGS = (
    "카드 은행 페이 뱅크 센터 택배 공단 공사 재단 생명 화재 증권 병원 의원 약국 호텔 리조트 협회 학회 조합 "
    "구청 시청 군청 도청 세무서 경찰서 대학교 대학 고등학교 연구소 연구원 그룹 전자 통신 물산 건설 제약 항공 "
    "마트 백화점 서점 그룹웨어 북스 푸드 모터스 텔레콤 캐피탈 저축은행 손해보험 새마을금고 신협"
).split()
_NO_NAMES = frozenset(
    (
        "신용 체크 고객 법인 개인 무인 교통 상담 선불 후불 하이패스 기프트 포인트 멤버십 적립 출입 사원 학생 교사 "
        "간편 자동 본인 타인 다른 해당 담당 일반 종합 전문 동네 인근 가까운 근처 거래 주거래 시중 지방 인터넷 "
        "온라인 오프라인 물류 배송 서비스 고객지원 지원 정비 교육 문화 체육 건강 복지 행정 민원 주민 콜 헬프 "
        "데이터 쇼핑 할인 대형 국립 공립 사립 시립 도립 지역 국내 해외 외국 초등 당일 새벽 편의점 방문 착불 무료 "
        "유료 묶음 신규 기존 가족 제휴 보증 근로 노동 공공 민간 협력 산하 소속 관할 대표 모든 각 이 그 저 우리 "
        "폐쇄 전국 지정 특정 여러 소비자 청소년 여성 노인 장애인 어린이 동물 치과 한방 요양 응급 정신 대학 상급 "
        "공동 협동 생활 인사 결제 등록 새 옛 메시지 카카오 수리 관리 운영 연수 정보 기술 개발 통합 안내 접수 반품 "
        "회수 택배 지하 중앙 본사 지점 회사 사내 외부 내부"
    ).split()
)
_PARTICLE = (
    r"(?:이|가|은|는|을|를|의|에|에서|에게|로|으로|와|과|도|만|까지|부터|이나|나|랑|이랑|보다|처럼|에만|에도|에는|에서는|에서만|"
    r"에서도|로만|으로만|로는|으로는|라는|이라는|입니다|이에요|예요|인데|이며)"
)
_NAME = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<stem>[가-힣A-Za-z0-9]{{2,8}}?)(?P<ending>{'|'.join(_ENDINGS)})"
    rf"(?={_PARTICLE}?(?![가-힣A-Za-z0-9]))"
)


def organisations(text: str) -> Iterator[str]:
    """Yield the names in a text, each without its particle."""
    for found in _NAME.finditer(text):
        if found["stem"] not in _NO_NAMES:
            yield found[0]
