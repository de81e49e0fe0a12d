"""How people say what a text is to be, Korean and English: its kind, whom it is for, how it is to sound."""

import re
from typing import Final

from bot.drafting.brief import Kind

_KINDS: Final[tuple[tuple[Kind, str], ...]] = (
    ("faq", r"FAQ|자주\s?(?:묻는|하는)\s?질문|frequently asked"),
    (
        "complaint_reply",
        r"(?:불만|불평|컴플레인|클레임|항의|악성\s?리뷰|나쁜\s?후기).{0,20}(?:답|회신|메일|글|대응)|사과문|사과.{0,6}(?:답|회신|메일|편지|글)|"
        r"\bapolog(?:y|ise|ize)\b|\b(?:reply|response|answer)\b.{0,40}\b(?:complain\w*|angry|unhappy|upset|dissatisfied|bad review)",
    ),
    (
        "marketing_mail",
        r"(?:마케팅|홍보|광고|프로모션|판촉|세일즈).{0,8}(?:이?메일|레터|DM)|뉴스레터|"
        r"\b(?:marketing|promotional|promo|sales|advertising)[ -]e?-?mail|newsletter",
    ),
    (
        "copy",
        r"(?:홍보|광고|마케팅|소개)?\s?(?:문구|문안)|카피|슬로건|캡션|해시태그|"
        r"\b(?:slogan|tagline|caption|headline|subject line|hashtag|ad copy)s?\b",
    ),
    (
        "notice",
        r"공지|안내\s?(?:문|장|메시지|글)|공고|알림\s?글|\b(?:notice|announcement|memo)\b",
    ),
    ("blog", r"블로그|포스팅|포스트|기사|칼럼|\b(?:blog|article|post)\b"),
    (
        "scene",
        r"소설|장면|시나리오|대본|동화|이야기|콩트|(?<![가-힣])(?:자유|현대)?시(?=를|\s(?:한|하나|좀|써|쓰|지어))|\b(?:story|scene|scenario|script|poem|fairy tale)\b",
    ),
    (
        "mail",
        r"이?메일|편지|답장|답신|회신|초대장|감사장|독촉장|\b(?:e-?mail|letter|reply|response|reminder|invitation|note)\b",
    ),
)
KINDS: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
"""The first that fits decides."""

LABELS: Final[dict[str, str]] = {
    "대상": "target", "대상자": "target", "독자": "target", "타깃": "target", "타겟": "target", "받는 사람": "target",
    "수신자": "target", "수신": "target", "고객층": "target", "audience": "target", "target": "target", "readers": "target",
    "target audience": "target", "for": "target", "to": "target", "타깃 고객": "target", "타겟 고객": "target",
    "제품": "topic", "상품": "topic", "서비스": "topic", "주제": "topic", "내용": "topic", "제품·주제": "topic",
    "product": "topic", "service": "topic", "topic": "topic", "subject": "topic", "about": "topic",
    "product or subject": "topic", "제품명": "topic", "목적": "topic", "purpose": "topic",
    "톤": "tone", "어조": "tone", "말투": "tone", "문체": "tone", "분위기": "tone", "스타일": "tone",
    "tone": "tone", "style": "tone", "mood": "tone", "voice": "tone",
    "길이": "length", "분량": "length", "글자 수": "length", "length": "length", "size": "length",
    "일시": "when", "날짜": "when", "기간": "when", "언제": "when", "시간": "when", "when": "when", "date": "when",
}  # fmt: skip
"""What people write before a colon, or with a topic particle."""

_NAMES = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
LABELLED: Final = re.compile(
    rf"(?:(?<=^)|(?<=[\n,;./(•*\-] )|(?<=[\n,;/(\s]))(?P<name>{_NAMES})\s*(?:[:：=]\s*|(?<=[가-힣])[은는]\s+)"
    rf"(?P<said>.+?)(?=$|\n|[;/]|[,.]\s*(?:{_NAMES})\s*(?:[:：=]|[은는]\s)|\.\s|\.$)",
    re.IGNORECASE,
)

_NOT_OBJECT = r"[^\s,.:;()\n]*[^\s,.:;()\n을를은는도로]"
KOREAN_TARGET: Final = re.compile(
    rf"(?P<who>(?:{_NOT_OBJECT}\s){{0,4}}{_NOT_OBJECT}?)(?:들)?"
    r"(?:에게|한테|께(?!서)|에 (?:보낼|보내는)|[을를] (?:위한|위해|대상으로(?: 한| 하는)?|겨냥한|타깃으로|타겟으로)|\s?대상(?:의|으로)|\s(?:타깃|타겟)(?:의|으로))(?![가-힣])"
)
PEOPLE_KOREAN: Final = re.compile(
    r"\d0대|직장인|고객|손님|회원|구독자|학생|대학생|청소년|어린이|아이들|부모|학부모|주부|여성|남성|어르신|시니어|직원|임직원|"
    r"사원|팀원|동료|팀장|부장|과장|대리|사장|대표|거래처|협력사|입주민|주민|이용자|사용자|초보|입문자|개발자|디자이너|마케터|"
    r"자영업자|소상공인|신입|지원자|구직자|투자자|기자|독자|방문객|환자|보호자|교사|선생님|사람들?|분들?$|누구나|전체|모두"
)
_PEOPLE = (
    r"(?:customers?|clients?|workers?|employees?|staff|students?|parents?|kids|children|teens?|adults?|women|men|"
    r"managers?|teams?|users?|members?|subscribers?|readers?|engineers?|developers?|beginners?|professionals?|buyers?|"
    r"guests?|visitors?|colleagues?|suppliers?|partners?|investors?|owners?|residents?|tenants?|patients?|teachers?|"
    r"seniors?|millennials|everyone|boss|landlord|neighbou?rs?|applicants?|candidates?|commuters?|people|families)"
)
ENGLISH_TARGET: Final = re.compile(
    r"\b(?:aimed at|targeted at|targeting|addressed to|directed at|intended for|geared towards?)\s+(?P<aimed>[^,.;:\n]+?)"
    r"(?=[,.;:\n]|$|\s(?:about|under|within|in a|in an|with a|that|announcing|in (?:two|three|\d))\b)|"
    rf"\b(?:for|to)\s+(?P<who>(?:(?:the|our|a|an|my|all)\s+)?(?:[\w'’-]+\s+){{0,3}}?{_PEOPLE}\b"
    r"(?:\s+in (?:their|his|her) \w+)?)",
    re.IGNORECASE,
)
PEOPLE_ENGLISH: Final = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)

_KOREAN_TONES = (
    r"(?:친근|친절|전문(?=적|성|스)|정중|격식|유머|유쾌|재치|재미|따뜻|따듯|진지|간결|담백|감성|활기|발랄|차분|공손|캐주얼|가벼운|가볍|"
    r"신뢰|공식적|부드러|부드럽|단호|딱딱|반말|존댓말|해요체|합쇼체|밝은|밝게|설레|로맨틱|무서운|무섭|긴장감|긴박|겸손|진심|솔직|"
    r"고급스|세련|트렌디|열정|설득력|위트|잔잔|슬픈|신나|으스스|점잖|깍듯)"
)
KOREAN_TONE: Final = re.compile(
    rf"{_KOREAN_TONES}[가-힣]*(?:(?:[,·/&]\s?|\s(?:및|그리고|하고|또|좀)\s|\s){_KOREAN_TONES}[가-힣]*)*"
    r"(?:\s?(?:톤|말투|어조|느낌|분위기|문체|스타일)[가-힣]*)?"
)
_ENGLISH_TONES = (
    r"(?:friendly|professional|formal|informal|casual|warm|polite|humorous|funny|witty|serious|playful|enthusiastic|"
    r"persuasive|neutral|confident|apologetic|sincere|cheerful|upbeat|emotional|dramatic|scary|suspenseful|romantic|"
    r"respectful|conversational|light-hearted|lighthearted|inspiring|elegant|bold|empathetic|gentle|eerie|melancholic)"
)
ENGLISH_TONE: Final = re.compile(
    rf"\b{_ENGLISH_TONES}(?:ly)?(?:(?:,\s*|\s*(?:,\s*)?(?:and|but|yet|&)\s+){_ENGLISH_TONES}(?:ly)?)*\b"
    r"(?:[ -](?:tone|voice|style|mood|manner))?",
    re.IGNORECASE,
)

VERSIONS: Final = re.compile(
    r"(?P<a>\d|한|두|세|네|다섯)\s?(?:가지|개|안|버전|편|종)(?!월|국)(?:\s?(?:버전|안|정도|만|의|을|를|씩|으로|로))*|"
    r"\b(?P<b>\d|two|three|four|five)\s+(?:\w+\s+)?(?:versions?|variants?|options?|alternatives?|drafts?|slogans?|taglines?|captions?|"
    r"headlines?|subject lines?|ideas?)\b|여러\s?(?P<c>안|버전|가지|개)|\b(?P<d>several|different|a few|some) (?:versions|options|variants|alternatives|"
    r"slogans|taglines|captions|headlines)\b",
    re.IGNORECASE,
)

OUTPUT_LANGUAGE: Final = re.compile(
    r"(?P<en>영어|영문)(?:로(?!\s?된)|으로|\s?(?:버전|메일|이메일|공지))|\bin (?P<english>english)\b|(?P<ko>한국어|한글|국문|우리말)로|\bin (?P<korean>korean)\b",
    re.IGNORECASE,
)

GO_ON: Final = re.compile(
    r"(?:그냥|일단|아무렇게나|알아서|대충|그대로|바로|어서|빨리)\s?.{0,12}(?:써|적어|작성|해|진행|만들|부탁)|^(?:알아서|상관\s?없|없어|없음|몰라|"
    r"모르겠|아무거나|그냥|네|예|응|ㅇㅇ|괜찮아)[가-힣\s.~!]*$|\b(?:just|simply) (?:write|do|go)\b|go ahead|whatever|you (?:choose|decide|pick)|"
    r"^(?:no|none|nothing|yes|ok(?:ay)?|i don'?t (?:know|care|mind))\b[.!\s]*$|as (?:it is|you like)",
    re.IGNORECASE,
)
"""Someone who was asked and leaves it to the bot."""

_CHANGE = r"(?:짧게|짧은|길게|줄여|늘려|바꿔|바꾸어|고쳐|다듬어|수정|빼\s?[줘고]|넣어|추가|써\s?줘|써\s?주세요|적어\s?줘)[가-힣\s.!~]*$"
_PARTS = r"(?:더|너무|약간|말투|톤|제목|마지막|첫|문장|문단|부분|\d\s?안|버전|길이|인사|맺음|다시|빼고|넣어서|이걸|이거|그거|초안)"
REVISION: Final = re.compile(
    rf"^(?:(?:음|아|네|좋아요?|좋네요?|좋은데요?|근데|그런데|다만|혹시|이제|그럼|그러면)[,.\s]*)?(?:{_CHANGE}|(?:좀|조금)\s.{{0,20}}?(?:짧|길|줄여|늘려)[가-힣\s.!~]*$|"
    rf".{{0,40}}?{_PARTS}.{{0,40}}?{_CHANGE}|.{{0,20}}?{_KOREAN_TONES}[가-힣]*\s?(?:톤|말투|느낌)?(?:으로)?\s?(?:바꿔|고쳐|써|해|다시|부탁)[가-힣\s.!~]*$)|"
    r"^(?:(?:ok(?:ay)?|good|nice|great|thanks|but|now|and|please|can you|could you)[,.\s]*)*(?:make (?:it|this|that|them)|shorten|lengthen|"
    r"rewrite|rephrase|change (?:it|the|this)|remove|drop the|add|include|mention|try again|another (?:one|version)|"
    r"(?:a bit |a little |much )?(?:more |less |shorter|longer)|too (?:long|short|formal|stiff|casual|wordy))\b",
    re.IGNORECASE,
)
"""A wish about the draft that was just shown."""
