"""How people ask for something to be done, by whom and until when, Korean and English."""

import re

ASKS_KO = re.compile(
    r"(?:해|하여|내|보내|알려|올려|남겨|적어|써|골라|바꿔|맞춰|챙겨|[가-힣])\s?(?:주세요|주십시오|주시기|주시면|주실|줘요?|주시길|주길|"
    r"주셨으면|주시겠(?:어요|습니까)|주시죠|주실래요|달라고|주면\s(?:돼요|됩니다|고맙겠|감사하겠|좋겠))(?![가-힣]*\s?(?:나요|감사(?:합니다|드립니다)))|"
    r"(?<!걱정하)(?<!부담갖)(?<!염려하)지\s?(?:마세요|마십시오|말아\s?주)|"
    r"(?:시기|하길|기를?|길)\s?(?:바랍니다|바라요|바래요|바람)|"
    r"(?:확인|회신|답변|검토|제출|송부|연락|조치|처리|공유|전달|참석|협의|결재|승인|반영|수정|보완|준비|입금|납부|환불|교환)\s?(?:바랍니다|바람|바라며|요망)|"
    r"(?:부탁|요청)\s?(?:드립니다|드려요|드릴게요|합니다|해요|드리겠습니다|드리며|드리고자|드렸으면)|(?:했으면|하셨으면|주셨으면|받았으면)\s?(?:합니다|해요|좋겠)|"
    r"(?:하실|해\s?주실|보내\s?주실|받을|할|될)\s?수\s?있(?:을까요|을지요|으실까요|는지요|나요)|"
    r"[가-힣]셔야\s|[가-힣]\s바랍니다[.!~]*$|(?:와|가|해|내|보내|하|주)(?:라|줄래\??)[.!~]*$|"
    r"(?:답변|회신|확인|검토|승인|결정|협조|자료|조치|서류|의견)\S{0,3}\s(?:꼭\s|반드시\s)?필요합니다|권해\s?드립니다|권장\s?(?:드립니다|합니다)|"
    r"[가-힣]시면 됩니다[.!]*$|(?:필수|요망|(?:회신|확인|검토|답변|제출|처리|조치|참석|승인|결재|입금|송부|공유|전달)\s부탁)[.!)~]*$|할\s?것[.!]?$|(?:TODO|할 ?일|액션 ?아이템)\s?[:：]"
)
LIMIT_KO = re.compile(
    r"기한|마감|(?:까지|이전에?|전에)[^.]{0,40}(?:(?:하실|할) 수 있|가능|유효|받습니다|받아요|접수|셔야|적용|마감|[건분]만)|(?:신청|접수|제출|회신|등록|납부|참가|응모|투표|참여|설문|입금|결제)[^.]{0,25}(?:까지|[~∼–-]\s?\d)"
)
"""What says until when something can be done, and is to be done by then, though nobody is asked."""

SETTLED = re.compile(
    r"(?:연기|취소|변경|중단|유지|보류|확정|인상|인하|종료|폐지|개최|진행|시행|제외)(?:하기로|되었|됐|됨)"
)
"""What was settled is told, and nobody's to do."""

MUST_KO = re.compile(r"(?:해|하셔|받아|내|가|와|와야|제출해)야\s?(?:합니다|해요|한다|함|하며|하고|됩니다|돼요)")
WILL_KO = re.compile(
    r"(?:하겠습니다|할게요|드리겠습니다|드릴게요|할 예정(?:입니다|이에요|이다)|맡(?:습니다|기로|아 주|는다|아서)|담당(?:합니다|하기로|한다)|하기로|진행(?:한다|합니다))|"
    r"(?:제출|회신|완료|공유|전달|송부|등록|준비|작성|확인|보고|점검|검토|정리|수정|배포|발송)(?:[.!]|\s?\(|$)"
)
ITEM_DONE = re.compile(r"^\W{1,3}[^.]*[가-힣)](?<![다요까죠])$")
"""An item of a list of notes, which ends in a noun: a task where it has a time."""

COURTESY_KO = re.compile(
    r"되(?:시|세)[가-힣]{0,3}\s?바랍니다|"
    r"(?:빠진|누락된|틀린|잘못된|추가로|추가할|다른)[^.]{0,20}으?(?:면|시면)[^.]{0,10}(?:말씀|알려|연락)|"
    r"(?:양해|많은 관심|참고|유의|협조|이해)[가-힣 ]{0,8}(?:부탁|바랍니다|주세요)|(?:궁금|문의|불편|질문)[^.]{0,12}(?:으시면|으면|을 경우|시\s|사항은|사항이|점은|점이|하시면)"
    r"[^.]{0,25}(?:연락|문의|말씀|회신)[^.]{0,12}(?:주세요|주십시오|바랍니다)|"
    r"(?:문의|연락)(?:해)?\s?주세요[.!]?$|건강|행복|즐거운|좋은 하루"
)
ASKS_EN = re.compile(
    r"\b(?:please|kindly|pls)\s+(?!note\b|find\b|see\b|be (?:advised|aware)|let me know if|do(?:n't| not)\b|do not hesitate|don't hesitate|feel free|accept\b|"
    r"contact (?:me|us) (?:if|with))[a-z]+|(?:^|[,.;:-]\s*|\b(?:and|so|also|then|but)\s)(?:can|could|would|will) you (?!believe|like\b)(?:please )?[a-z]+|^\W*(?:to-?do|action(?: items?)?)\b\s?:|"
    r"^\W*\[ \]|\b(?:i|we) (?:need|want|would like|'d like) you to\b|\b(?:agreed|decided|asked|expected|required|assigned|scheduled) to\b|"
    r"\b(?:i|we) (?:want|demand|request|expect) (?:an?|the|my|our|your|you)\b|^(?:to [^,]{3,40}, )?(?:send|renew|submit|return|sign|reply|confirm|register|complete|pay|update|review|"
    r"provide|book|upload|bring|check|call|contact|fill|forward|ensure|prepare|finish|deliver|ship|transfer|approve|choose|"
    r"select|respond|download|install|schedule|arrange|attend|read) (?:the|your|an?|it|them|us|me|this|these|that|by|before|"
    r"with|to|back|in|any|all)\b|\bis responsible for\b|\blet me know (?:by|whether|which|what|when|if you can)\b",
    re.IGNORECASE,
)
MUST_EN = re.compile(r"\b(?:must|needs? to|have to|has to|should|is to|are to|ought to)\b", re.IGNORECASE)
WILL_EN = re.compile(r"\b(?:will|'ll|is going to|are going to)\s+(?!be\b|have\b|not\b|you\b)[a-z]+", re.IGNORECASE)
COURTESY_EN = re.compile(
    r"\bfor (?:more|further|additional) (?:information|details)\b|\b(?:let me know if you have|(?:any|further|more|other) questions|feel free|don'?t hesitate|please (?:disregard|ignore|excuse|accept))\b",
    re.IGNORECASE,
)
QUESTION_KO = re.compile(
    r"(?:나요|까요|가요|는지요|을까|ㄹ까|습니까|ㅂ니까|니까|인지 (?:궁금|문의)[가-힣]*|은가요|던가요|할래요|려나요|ㄴ가|는가|죠\?|는지 (?:알려|궁금)[가-힣 ]*|(?:을지|는지|은지|한지|인지)\s?(?:여쭙니다|여쭤\s?봅니다|여쭈어\s?봅니다|문의\s?드립니다|문의합니다|궁금합니다))[.!]?$"
)
OPEN_QUESTION = re.compile(
    r"언제|어디|얼마|몇|무엇|무슨|어느|어떤|누가|누구|왜|어떻게|가능(?:할까|한가|하신|한지)|"
    r"\b(?:when|where|what|which|who|why|how)\b[^?]*\?$",
    re.IGNORECASE,
)
"""A question that wants an answer, though it asks for something too."""

# --- until when -------------------------------------------------------------------------------------------------

CLOCK_KO = r"(?:(?:오전|오후|새벽|낮|저녁|밤|아침)\s?)?(?:\d{1,2}:\d{2}|\d{1,2}\s?시(?!간)(?:\s?(?:반|\d{1,2}\s?분))?|정오|자정)"
_IN_BRACKETS = r"(?:\s?\(\s?(?:[월화수목금토일](?:요일)?|\d{1,2}\s?[./월]\s?\d{1,2}\s?일?\.?|\d{1,2}일)\s?\))?"
DAY_KO = (
    r"(?:(?:(?:\d{4}\s?[년./-]|내년|올해|금년)\s?)?\d{1,2}\s?(?:월\s?|[./-]\s?)\d{1,2}\s?(?:일|\.)?"
    rf"(?:\s?\([월화수목금토일](?:요일)?\)|\s[월화수목금토일]요일)?|"
    rf"(?:(?:이번|다음|내|익|금|차)\s?[달월]\s?)?\d{{1,2}}일{_IN_BRACKETS}|"
    rf"(?:(?:이번|다다음|다음|금|차|내)\s?주\s?)?[월화수목금토일]요일{_IN_BRACKETS}|"
    r"(?:이번|다다음|다음|금|차|내)\s?(?:주|달|월)(?:\s?(?:말|초))?|"
    rf"(?:내일모레|오늘|내일|모레|글피|금일|명일|익일|당일){_IN_BRACKETS}|"
    r"(?:(?:이달|월|연|분기|학기|상반기|하반기|올해|\d{1,2}월)\s?(?:말|초|중순)|주말|연내)|\d+\s?(?:영업일|일|시간|주일?|개월|달)|"
    r"일주일|한 ?달|하루|이틀|사흘|나흘)"
)
_AT_END_OF_DAY = r"(?:\s?(?:퇴근|업무\s?(?:종료|마감)|마감)\s?(?:시간)?)?"
_PART_OF_DAY = r"(?:\s?(?:오전|오후|저녁|밤|아침))?"
_BEFORE_WHAT = r"(?:\s[가-힣]{1,6}(?=\s?(?:전에|전까지|이전)))?"
DUE_KO = re.compile(
    r"(?P<span>(?:\d+\s?(?:영업일|일|시간|주일?|개월|달)|일주일|한 ?달|하루|이틀|사흘|나흘)\s?(?:이내|내|안|전|이전))"
    r"(?:에|로|으로|까지)?(?![가-힣])|"
    rf"(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?|{CLOCK_KO}){_PART_OF_DAY}{_AT_END_OF_DAY}{_BEFORE_WHAT}\s?"
    r"(?:까지|전까지|이전까지|이내|내로|내에|안으로|안에|중으로|중에|중(?=\s)|이전에|전에)"
)
FIELD_KO = re.compile(
    r"(?:기한|마감(?:일시|일|시간|기한)?|납기(?:일)?|지급일|결제일|회신일|제출일)(?:은|는|이|가)?\s?[:：]?\s*"
    rf"(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?)(?!\s?(?:\d|일|에서|부터))"
)
STATED_KO = re.compile(
    rf"(?:기한|마감일?)(?:은|는|이)\s[^.\n]{{0,50}}?(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?)\s?(?:입니다|이며|이고|임[.]?$)"
)
PROMISE_KO = re.compile(
    r"(?<!감사)(?<!감사드리)(?<!부탁)(?<!부탁 )(?<!요청)(?<!바라)(?:하겠습니다|할게요|드리겠습니다|드릴게요)[.!]?$"
)
WHEN_KO = re.compile(rf"(?<![가-힣\d])(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?){_PART_OF_DAY}\s?(?:에|중에?)?(?=\s)")
"""The day on which somebody promises to do something."""

MOVED_KO = re.compile(
    rf"(?:에서|→)\s?(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?)\s?(?:으로|로)\s?(?:\S{{1,6}}\s)?(?:연장|변경|연기|미루|미뤄|늦|앞당|조정)"
)
"""A deadline that was moved: the new one."""

TERM_KO = re.compile(
    rf"(?:접수|신청|제출|모집|등록|납부|응모|투표|참여|회신|설문)\s?(?:기간|일정)?[^\n]{{0,40}}?(?:[~∼–-]|부터|에서)\s?"
    rf"(?P<due>{DAY_KO}(?:\s?,?\s?{CLOCK_KO})?)"
)
"""The end of a time in which something may be handed in, which is a deadline."""

SINCE = re.compile(
    r"(?:부터|에서|이나|또는|혹은|및|(?:(?<=\d일)|(?<=요일)|(?<=\)))[과와]|[~∼–-]|\bor|\bfrom .{0,20}|\bbetween .{0,20})\s?\Z",
    re.IGNORECASE,
)
"""Before the end of a span of time, or the second of two days, which are no deadline."""

MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
CLOCK_EN = r"(?:\d{1,2}(?::\d{2})?\s?(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d{2}|noon|midnight)"
_DATE_EN = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
)
_ENDING_EN = r"(?:the )?(?:end of (?:the )?(?:business )?day|end of business|close of business|eod|cob)"
_WEEKDAY_EN = r"(?:(?:next |this |coming )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
DAY_EN = (
    rf"(?:(?:{_ENDING_EN},? (?:on )?)?(?:{_WEEKDAY_EN}(?:,? (?:the )?{_DATE_EN}| \({_DATE_EN}\))?|{_DATE_EN}|"
    r"the day after tomorrow|today|tonight|tomorrow(?: (?:morning|noon|afternoon|evening))?|the \d{1,2}(?:st|nd|rd|th))"
    rf"(?: (?:eod|cob|{_ENDING_EN}))?|{_ENDING_EN}|"
    rf"(?:the )?end of (?:the |this |next )?(?:week|month|quarter|year)|(?:the )?end of {MONTH}|"
    r"(?:next|this) (?:week(?:end)?|month|quarter)|eow|eom)"
)
DUE_EN = re.compile(
    rf"\b(?:by|before|until|till|no later than|not later than|due(?: date)?(?: is|:)?(?: on| by)?|deadline(?: is|:)?)\s+(?:on )?"
    rf"(?P<due>{CLOCK_EN}(?:,? (?:on )?{DAY_EN})?|{DAY_EN}(?:,?(?: at| by)? {CLOCK_EN})?)(?![\w-])|"
    rf"\b(?P<soon>asap|as soon as possible|immediately|within \w+ (?:business |working )?(?:days?|hours?|weeks?)|"
    rf"eod (?:{_WEEKDAY_EN}|today|tomorrow))\b",
    re.IGNORECASE,
)

# --- by whom ----------------------------------------------------------------------------------------------------

TITLE = r"(?:님|씨|대리|과장|차장|부장|팀장|실장|본부장|센터장|사원|주임|선임|책임|수석|이사|상무|전무|대표|매니저|교수|선생님|원장|점장|반장|PM)"
SURNAME = r"[김이박최정강조윤장임한오서신권황안송류전홍고문손양배백허유남심노하곽성차주우구민나진지엄채원천방공현함변]"
WHO_KO = re.compile(
    rf"^(?P<who>(?:[가-힣]{{2,4}}|{SURNAME})\s?{TITLE}(?:님)?|[가-힣A-Za-z]{{1,10}}\s?(?:팀|부서|본부|센터|실|파트|그룹|위원회)(?:장님?|원)?|"
    r"(?:전|모든|각)\s?(?:직원|임직원|구성원|팀원|부서|팀|참석자|회원)(?:들|분들)?|신청자|참석자|담당자|신입사원|[가-힣]{2,4})"
    r"(?=(?:은|는|이|가|께서는?|께서|에서는?|도)\s|[,:：]\s)"
)
FOR_KO = re.compile(
    rf"(?:담당(?:자)?|책임자)\s?[:：]\s?(?P<who>[가-힣]{{2,4}}(?:\s?{TITLE})?(?:님)?|{SURNAME}\s?{TITLE}(?:님)?|[A-Z][a-z]+)"
)
TO_KO = re.compile(rf"^(?P<who>(?:[가-힣]{{2,4}}|{SURNAME})\s?{TITLE}(?:님)?)[,\s]+(?=\S)")
WHO_EN = re.compile(
    r"^(?:@(?P<at>[\w.-]+)|(?P<vocative>[A-Z][a-z]+)(?:,| -) (?=(?:please|can|could|would|you)\b)|"
    r"(?P<who>(?:[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'-]+)?)|(?:[Tt]he )?[\w&]+ [Tt]eam|[Ee]veryone|[Aa]ll (?:staff|employees|managers|teams|members)) "
    r"(?=(?:will|should|must|needs?|has|have|is|are|agreed|was asked|to)\b))"
)
NOT_A_NAME = frozenset(
    "I We You The This That These Those It There If When They He She Please Our Your My All What Who How Where Here Then "
    "Nobody Nothing Refunds Orders".split()
)
