"""The words of days, weeks and times of the day that deadlines are said in, Korean and English."""

import re

MONTH_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
MONTHS_EN = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

FULL_DATE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})\s?[년./-]\s?(?P<month>\d{1,2})\s?[월./-]\s?(?P<day>\d{1,2})(?!\d)",
        rf"\b(?P<month>{MONTH_NAMES})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH_NAMES})\.?,? (?P<year>\d{{4}})\b",
        r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])",
        r"(?<!\d)(?P<year>2\d)\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?![\d:])",
    )
)
MONTH_DAY = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<next>내년)\s?(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})",
        r"(?<!\d)(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일?(?!\d)",
        r"(?<![\d/.:])(?P<month>\d{1,2})\s?[/.]\s?(?P<day>\d{1,2})(?![\d/:%])",
        rf"\b(?P<month>{MONTH_NAMES})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH_NAMES})\b",
    )
)
DAY_OF_MONTH = re.compile(
    r"(?P<month>이번\s?달|금월|이달|다음\s?달|내달|익월|차월)?\s?(?<!\d)(?P<day>\d{1,2})일(?!\s?(?:이내|내|안|간|동안|정도|후|뒤|전|이전))|"
    r"\bthe (?P<nth>\d{1,2})(?:st|nd|rd|th)\b"
)

AHEAD = {
    **dict.fromkeys(("이번달", "금월", "이달", "이번주", "금주", "this", "coming"), 0),
    **dict.fromkeys(("다음달", "내달", "익월", "차월", "다음주", "차주", "내주", "next"), 1),
    **dict.fromkeys(("다다음주", "afternext"), 2),
}
"""How many weeks or months later a word means."""

WEEK = re.compile(r"다다음\s?주|다음\s?주|차주|내주|이번\s?주|금주|\bnext\b|\bthis\b|\bcoming\b")
WEEKDAY = re.compile(
    r"(?P<ko>[월화수목금토일])요일|\b(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\b"
)
WEEKDAYS = {name: at for at, name in enumerate("월화수목금토일")}
WEEKDAYS |= {name: at for at, name in enumerate("mon tue wed thu fri sat sun".split())}

LAST_DAYS = tuple(
    (re.compile(pattern), months, ahead)
    for pattern, months, ahead in (
        (r"(?:다음\s?달|내달|익월|차월)\s?(?:말|중|내|안|$)|end of next month|next month$", 1, 1),
        (
            r"(?:이번\s?달|이달|금월)\s?(?:말|중|내|안|$)|(?<![\d가-힣])월\s?말|end of (?:the |this )?month|this month$|\beom\b",
            1,
            0,
        ),
        (r"다음\s?분기\s?말|end of next quarter", 3, 1),
        (r"(?:이번\s?)?분기\s?말|end of (?:the |this )?quarter|\beoq\b", 3, 0),
        (r"상반기\s?말|하반기\s?말", 6, 0),
        (r"연\s?말|연내|올해\s?(?:말|안|내)|end of (?:the |this )?year|\beoy\b", 12, 0),
    )
)
"""What ends with the last day of a span of months; how many months it has, and how many spans ahead it is."""

WHOLE_WEEK = tuple(
    (re.compile(pattern), ahead, weekday)
    for pattern, ahead, weekday in (
        (r"(?:다음\s?주|차주|내주)\s?말|next weekend", 1, 6),
        (r"(?:(?:이번|금)\s?)?주말|weekend", 0, 6),
        (r"(?:다음\s?주|차주|내주)(?!\s?초)|next week\b", 1, 4),
        (r"(?:이번\s?주|금주)(?!\s?초)|\bthis week\b|end of (?:the |this )?week|\beow\b", 0, 4),
    )
)
"""Weeks that are named as a whole; how many weeks ahead, and the day on which they end."""

NUMBERS = tuple(
    (days, re.compile(pattern))
    for days, pattern in (
        (0, r"오늘|금일|당일|\btoday\b|\btonight\b|\beod\b|\bcob\b|end of (?:the )?(?:business )?day|end of business"),
        (2, r"모레|day after tomorrow"),
        (3, r"글피|사흘"),
        (1, r"내일|명일|익일|하루|\btomorrow\b"),
        (2, r"이틀"),
        (4, r"나흘"),
        (7, r"일주일"),
    )
)
"""Words for a number of days from now."""

SPAN = re.compile(
    r"(?P<number>\d{1,3}|한|두|세|일)\s?(?P<unit>영업일|주일?|개월|달|일)(?!\s?(?:전|이전|뒤|후))|"
    r"(?:within|in)? ?\b(?P<count>\d{1,3}|an?|one|two|three|four|five) (?P<of>business days?|working days?|days?|weeks?|months?)\b"
)
CLOCK = re.compile(
    r"(?P<word>정오|\bnoon\b)|"
    r"(?:(?P<part>오전|오후|새벽|아침|낮|저녁|밤)\s?)?(?:(?P<hour>\d{1,2})\s?시(?!간)(?:\s?(?:(?P<half>반)|(?P<minute>\d{1,2})\s?분))?"
    r"|(?<![\d:])(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?![\d:]))(?:\s?(?P<ampm>[ap]\.?m\b\.?))?"
    r"|\b(?P<only>\d{1,2})\s?(?P<m>[ap]\.?m\b\.?)"
)
