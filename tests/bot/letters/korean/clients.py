"""How each mail program writes a letter that it forwards or answers, above which its user writes ``words``."""

import html
from collections.abc import Callable
from datetime import datetime

from tests.bot.letters.korean.written import Person, Written

WEEKDAYS = "월화수목금토일"


def half(when: datetime, seconds: bool = False, zero: bool = False) -> str:
    hour = when.hour % 12 or 12
    shown = f"{hour:02d}" if zero else str(hour)
    return (
        f"{'오전' if when.hour < 12 else '오후'} {shown}:{when:%M:%S}"
        if seconds
        else (f"{'오전' if when.hour < 12 else '오후'} {shown}:{when:%M}")
    )


def day(when: datetime) -> str:
    return f"{when.year}년 {when.month}월 {when.day}일"


def weekday(when: datetime) -> str:
    return WEEKDAYS[when.weekday()]


def gmail_date(when: datetime) -> str:
    return f"{day(when)} ({weekday(when)}) {half(when)}"


def outlook_date(when: datetime) -> str:
    return f"{day(when)} {weekday(when)}요일 {half(when)}"


def naver_date(when: datetime) -> str:
    return f"{when:%Y-%m-%d} ({weekday(when)}) {when:%H:%M:%S} (GMT+09:00)"


def who(person: Person) -> str:
    return f"{person[0]} <{person[1]}>"


def quoted(person: Person) -> str:
    return f'"{person[0]}" <{person[1]}>'


def those(people: tuple[Person, ...], one: Callable[[Person], str] = who, between: str = ", ") -> str:
    return between.join(map(one, people))


def sender(letter: Written) -> Person:
    return letter.name, letter.address


def marked(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def head(*lines: tuple[str, str], colon: str = ": ") -> str:
    """The lines of a head, those without a value left out."""
    return "\n".join(f"{name}{colon}{value}" for name, value in lines if value)


# --- forwards, plain --------------------------------------------------------------------------------------------


def gmail(words: str, letter: Written) -> str:
    lines = head(
        ("보낸사람", who(sender(letter))),
        ("Date", gmail_date(letter.when)),
        ("Subject", letter.subject),
        ("To", those(letter.to)),
        ("Cc", those(letter.cc)),
    )
    return f"{words}\n\n---------- Forwarded message ---------\n{lines}\n\n\n{letter.text}\n"


def gmail_app(words: str, letter: Written) -> str:
    lines = head(
        ("보낸사람", who(sender(letter))),
        ("날짜", gmail_date(letter.when)),
        ("제목", letter.subject),
        ("받는사람", those(letter.to)),
        ("참조", those(letter.cc)),
    )
    return f"{words}\n\n---------- 전달된 메일 ---------\n{lines}\n\n{letter.text}\n"


def outlook_2010(words: str, letter: Written) -> str:
    lines = head(
        ("From", f"{letter.name} [mailto:{letter.address}]"),
        ("Sent", f"{letter.when:%A, %B %d, %Y %I:%M %p}"),
        ("To", those(letter.to, lambda person: person[0], "; ")),
        ("Cc", those(letter.cc, lambda person: person[0], "; ")),
        ("Subject", letter.subject),
    )
    return f"{words}\n\n-----Original Message-----\n{lines}\n\n{letter.text}\n"


def outlook_korean(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", f"{letter.name} [mailto:{letter.address}]"),
        ("보낸 날짜", outlook_date(letter.when)),
        ("받는 사람", those(letter.to, who, "; ")),
        ("참조", those(letter.cc, who, "; ")),
        ("제목", letter.subject),
    )
    return f"{words}\n\n-----원본 메시지-----\n{lines}\n\n{letter.text}\n"


def outlook_365(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", who(sender(letter))),
        ("보낸 날짜", outlook_date(letter.when)),
        ("받는 사람", those(letter.to, who, "; ")),
        ("참조", those(letter.cc, who, "; ")),
        ("제목", letter.subject),
    )
    return f"{words}\n\n{lines}\n\n{letter.text}\n"


def outlook_web(words: str, letter: Written) -> str:
    return f"{words}\n\n{'_' * 32}\n" + outlook_365("", letter).lstrip("\n")


def outlook_mobile(words: str, letter: Written) -> str:
    lines = head(
        ("From", who(sender(letter))),
        ("Sent", f"{letter.when:%A, %B %d, %Y %I:%M:%S %p}"),
        ("To", those(letter.to, who, "; ")),
        ("Cc", those(letter.cc, who, "; ")),
        ("Subject", letter.subject),
    )
    return f"{words}\n\nAndroid용 Outlook 받기<https://aka.ms/AAb9ysg>\n{'_' * 32}\n{lines}\n\n{letter.text}\n"


def outlook_mac(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", who(sender(letter))),
        ("날짜", f"{weekday(letter.when)}요일, {day(letter.when)} {half(letter.when)}"),
        ("받는 사람", those(letter.to)),
        ("참조", those(letter.cc)),
        ("제목", letter.subject),
    )
    return f"{words}\n\n{lines}\n{letter.text}\n"


def apple(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", who(sender(letter))),
        ("제목", letter.subject),
        ("날짜", f"{day(letter.when)} {half(letter.when, seconds=True)} GMT+9"),
        ("받는 사람", those(letter.to)),
        ("참조", those(letter.cc)),
    )
    return f"{words}\n\n\n> 전달된 메시지의 시작:\n> \n{marked(lines)}\n> \n{marked(letter.text)}\n"


def iphone(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", quoted(sender(letter))),
        ("날짜", f"{day(letter.when)} {half(letter.when, seconds=True)} GMT+9"),
        ("받는 사람", those(letter.to)),
        ("참조", those(letter.cc)),
        ("제목", letter.subject),
    )
    above = f"{words}\n\n나의 iPhone에서 보냄\n\n전달된 메시지 시작:\n\n"
    return f"{above}{marked(lines)}\n> \n> \ufeff{marked(letter.text)[2:]}\n"


def thunderbird(words: str, letter: Written) -> str:
    lines = head(
        ("제목", letter.subject),
        ("날짜", f"{letter.when:%a, %d %b %Y %H:%M:%S %z}"),
        ("보낸 사람", who(sender(letter))),
        ("받는 사람", those(letter.to)),
        ("참조", those(letter.cc)),
        colon=": \t",
    )
    return f"{words}\n\n\n-------- 전달된 메시지 --------\n{lines}\n\n\n\n{letter.text}\n"


def yahoo(words: str, letter: Written) -> str:
    when = f"{outlook_date(letter.when).rpartition(' ')[0].rpartition(' ')[0]} {half(letter.when, True, True)} GMT+9"
    line = (
        f"보낸 사람: {who(sender(letter))}받는 사람: {those(letter.to, quoted, '; ')}"
        + (f"참조: {those(letter.cc, quoted, '; ')}" if letter.cc else "")
        + f"보낸 날짜: {when}제목: {letter.subject}"
    )
    return f"{words}\n\n   ----- 전달된 메시지 ----- {line}\n {letter.text}\n"


def naver(words: str, letter: Written) -> str:
    lines = [
        f'From: "{letter.name}"<{letter.address}> ',
        f"To: {those(letter.to, quoted, '; ')}; ",
        f"Cc: {those(letter.cc, quoted, '; ')}",
        f"Sent: {naver_date(letter.when)}",
        f"Subject: {letter.subject}",
    ]
    return f"{words}\n\n-----Original Message-----\n" + "\n".join(lines) + f"\n \n{letter.text}\n"


def naver_app(words: str, letter: Written) -> str:
    return naver(f"{words}\n\n네이버 메일 앱에서 보냄", letter)


def daum(words: str, letter: Written) -> str:
    when = (
        f"{day(letter.when)} {weekday(letter.when)}요일, {letter.when:%H}시 {letter.when:%M}분 {letter.when:%S}초 +0900"
    )
    lines = head(
        ("보낸사람", quoted(sender(letter))),
        ("받는사람", those(letter.to, quoted)),
        ("참조", those(letter.cc, quoted)),
        ("날짜", when),
        ("제목", letter.subject),
    )
    return f"{words}\n\n--------- 원본 메일 ---------\n{lines}\n\n{letter.text}\n"


def kakao(words: str, letter: Written) -> str:
    return daum(words, letter).replace("--------- 원본 메일 ---------", "--------- 전달된 메일 ---------")


def hanmail(words: str, letter: Written) -> str:
    lines = head(
        ("제목", letter.subject),
        ("날짜", f"{letter.when:%a, %d %b %Y %H:%M:%S %z} (KST)"),
        ("보낸이", quoted(sender(letter))),
        ("받는이", those(letter.to, quoted)),
        ("참 조", those(letter.cc, quoted)),
        colon=" : ",
    )
    return f"{words}\n\n---------[ 받은 메일 내용 ]----------\n{lines}\n\n{letter.text}\n"


def samsung(words: str, letter: Written) -> str:
    lines = head(
        ("보낸 사람", who(sender(letter))),
        ("날짜", f"{letter.when:%y/%m/%d} {half(letter.when)} (GMT+09:00)"),
        ("받은 사람", those(letter.to)),
        ("참조", those(letter.cc)),
        ("제목", letter.subject),
    )
    return f"{words}\n\n\n내 Galaxy에서 보냄\n\n\n-------- 원본 이메일 --------\n{lines}\n\n{letter.text}\n"


def samsung_english(words: str, letter: Written) -> str:
    lines = head(
        ("From", who(sender(letter))),
        ("Date", f"{letter.when:%m/%d/%y %I:%M %p} (GMT+09:00)"),
        ("To", those(letter.to)),
        ("Cc", those(letter.cc)),
        ("Subject", letter.subject),
    )
    return f"{words}\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n{lines}\n\n{letter.text}\n"


def hiworks(words: str, letter: Written) -> str:
    lines = head(
        ("From", who(sender(letter))),
        ("To", those(letter.to)),
        ("Cc", those(letter.cc)),
        ("Date", f"{letter.when:%Y-%m-%d %H:%M:%S}"),
        ("Subject", letter.subject),
    )
    return f"{words}\n\n-----Original Message-----\n{lines}\n\n{letter.text}\n"


def hiworks_korean(words: str, letter: Written) -> str:
    lines = head(
        ("보낸사람", quoted(sender(letter))),
        ("받는사람", those(letter.to, quoted)),
        ("참조", those(letter.cc, quoted)),
        ("보낸날짜", f"{letter.when:%Y-%m-%d %H:%M:%S}"),
        ("제목", letter.subject),
        colon=" : ",
    )
    return f"{words}\n\n------- 원본 메일 -------\n{lines}\n\n{letter.text}\n"


def naver_works(words: str, letter: Written) -> str:
    when = letter.when
    lines = head(
        ("From", quoted(sender(letter))),
        ("To", those(letter.to, quoted)),
        ("Cc", those(letter.cc, quoted)),
        ("Sent", f"{when.year}. {when.month}. {when.day}. ({weekday(when)}) {when:%H:%M} (GMT+09:00)"),
        ("Subject", letter.subject),
    )
    return f"{words}\n\n-----Original Message-----\n{lines}\n\n{letter.text}\n"


def groupware(words: str, letter: Written) -> str:
    """A groupware: full-width colons, lines of its own, a name with its department."""
    lines = head(
        ("발신자", f"{letter.name}({letter.address})"),
        ("수신자", those(letter.to, lambda person: f"{person[0]}({person[1]})", "; ")),
        ("참조자", those(letter.cc, lambda person: f"{person[0]}({person[1]})", "; ")),
        ("발신일시", f"{letter.when:%Y.%m.%d %H:%M:%S}"),
        ("제목", letter.subject),
        colon=" : ",
    )
    return f"{words}\n\n━━━━━━ 전달 메일 ━━━━━━\n{lines}\n\n{letter.text}\n"


# --- forwards, HTML ---------------------------------------------------------------------------------------------


def page(text: str) -> str:
    return "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in text.split("\n"))


def _b(name: str, value: str) -> str:
    return f"<b>{name}:</b> {html.escape(value)}<br>" if value else ""


def gmail_html(words: str, letter: Written) -> str:
    return (
        f'<div dir="ltr">{page(words)}<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"'
        ' class="gmail_attr">---------- Forwarded message ---------<br>보낸사람: '
        '<b class="gmail_sendername" dir="auto">'
        f"{html.escape(letter.name)}</b> <span dir=auto>&lt;<a href='mailto:{letter.address}'>{letter.address}</a>&gt;"
        f"</span><br>Date: {gmail_date(letter.when)}<br>Subject: {html.escape(letter.subject)}<br>"
        f"To: {html.escape(those(letter.to))}<br></div><br><br>{page(letter.text)}</div></div>"
    )


def outlook_html(words: str, letter: Written) -> str:
    return (
        f"<html><head><style>p {{margin:0}}</style></head><body lang=KO><div class=WordSection1>{page(words)}"
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        f"<p class=MsoNormal>{_b('보낸 사람', who(sender(letter)))}{_b('보낸 날짜', outlook_date(letter.when))}"
        f"{_b('받는 사람', those(letter.to, who, '; '))}{_b('참조', those(letter.cc, who, '; '))}"
        f"{_b('제목', letter.subject)}</p></div></div>{page(letter.text)}</div></body></html>"
    )


def outlook_web_html(words: str, letter: Written) -> str:
    return (
        f"<html><body dir='ltr'>{page(words)}<div id='appendonsend'></div><hr style='display:inline-block;width:98%'>"
        f"<div id='divRplyFwdMsg' dir='ltr'><font>{_b('From', who(sender(letter)))}"
        f"{_b('Sent', f'{letter.when:%A, %B %d, %Y %I:%M %p}')}{_b('To', those(letter.to, who, '; '))}"
        f"{_b('Subject', letter.subject)}</font><div>&nbsp;</div></div>{page(letter.text)}</body></html>"
    )


def naver_html(words: str, letter: Written) -> str:
    return (
        f"<div>{page(words)}</div><p style='border-top:1px solid'></p><div>-----Original Message-----<br>"
        f"<b>From:</b> &quot;{letter.name}&quot;&lt;{letter.address}&gt; <br>"
        f"<b>To:</b> {html.escape(those(letter.to))}<br>"
        f"<b>Cc:</b> <br><b>Sent:</b> {naver_date(letter.when)}<br>"
        f"<b>Subject:</b> {html.escape(letter.subject)}<br><br>"
        f"{page(letter.text)}</div>"
    )


def thunderbird_html(words: str, letter: Written) -> str:
    def row(name: str, value: str) -> str:
        return (
            f"<tr><th align=RIGHT nowrap valign=BASELINE>{name}: </th><td>{html.escape(value)}</td></tr>"
            if value
            else ""
        )

    return (
        f"{page(words)}<div class='moz-forward-container'><br><br>-------- 전달된 메시지 --------"
        f"<table class='moz-email-headers-table'><tbody>{row('제목', letter.subject)}"
        f"{row('날짜', f'{letter.when:%a, %d %b %Y %H:%M:%S %z}')}{row('보낸 사람', who(sender(letter)))}"
        f"{row('받는 사람', those(letter.to))}{row('참조', those(letter.cc))}</tbody></table><br><br>"
        f"{page(letter.text)}</div>"
    )


def apple_html(words: str, letter: Written) -> str:
    def line(name: str, value: str) -> str:
        return f"<div style='margin:0'><span><b>{name}: </b></span><span>{html.escape(value)}<br></span></div>"

    return (
        f"<html><body>{page(words)}<div><br><blockquote type='cite'><div>전달된 메시지의 시작:</div><br>"
        f"{line('보낸 사람', who(sender(letter)))}{line('제목', letter.subject)}"
        f"{line('날짜', f'{day(letter.when)} {half(letter.when, True)} GMT+9')}"
        f"{line('받는 사람', those(letter.to))}<br>"
        f"<div>{page(letter.text)}</div></blockquote></div></body></html>"
    )


def groupware_html(words: str, letter: Written) -> str:
    def row(name: str, value: str) -> str:
        return f"<tr><td bgcolor='#eeeeee'>{name}</td><td>{html.escape(value)}</td></tr>"

    return (
        f"{page(words)}<br>----- 원본 메일 -----<table>{row('보낸사람', who(sender(letter)))}"
        f"{row('받는사람', those(letter.to))}{row('보낸날짜', f'{letter.when:%Y-%m-%d %H:%M:%S}')}"
        f"{row('제목', letter.subject)}</table>{page(letter.text)}"
    )


FORWARDS: dict[str, tuple[Callable[[str, Written], str], str]] = {
    "gmail": (gmail, "Fwd: "),
    "gmail_app": (gmail_app, "Fwd: "),
    "outlook_2010": (outlook_2010, "FW: "),
    "outlook_korean": (outlook_korean, "FW: "),
    "outlook_365": (outlook_365, "FW: "),
    "outlook_web": (outlook_web, "FW: "),
    "outlook_mobile": (outlook_mobile, "Fw: "),
    "outlook_mac": (outlook_mac, "FW: "),
    "apple": (apple, "전달: "),
    "iphone": (iphone, "Fwd: "),
    "thunderbird": (thunderbird, "Fwd: "),
    "yahoo": (yahoo, "Fw: "),
    "naver": (naver, "FW: "),
    "naver_app": (naver_app, "FW: "),
    "daum": (daum, "FW: "),
    "kakao": (kakao, "전달: "),
    "hanmail": (hanmail, "[전달] "),
    "samsung": (samsung, "Fwd: "),
    "samsung_english": (samsung_english, "Fwd: "),
    "hiworks": (hiworks, "FW: "),
    "hiworks_korean": (hiworks_korean, "[FW] "),
    "naver_works": (naver_works, "FW: "),
    "groupware": (groupware, "[전달]"),
    "gmail_html": (gmail_html, "Fwd: "),
    "outlook_html": (outlook_html, "FW: "),
    "outlook_web_html": (outlook_web_html, "Fw: "),
    "naver_html": (naver_html, "FW: "),
    "thunderbird_html": (thunderbird_html, "Fwd: "),
    "apple_html": (apple_html, "전달: "),
    "groupware_html": (groupware_html, "FW: "),
}


# --- answers ----------------------------------------------------------------------------------------------------


def gmail_answer(own: str, letter: Written) -> str:
    return f"{own}\n\n{gmail_date(letter.when)}, {who(sender(letter))}님이 작성:\n\n{marked(letter.text)}\n"


def gmail_answer_wrapped(own: str, letter: Written) -> str:
    return (
        f"{own}\n\n{gmail_date(letter.when)}, {letter.name} <\n{letter.address}>님이\n작성:\n\n{marked(letter.text)}\n"
    )


def apple_answer(own: str, letter: Written) -> str:
    when = letter.when
    line = f"{when.year}. {when.month}. {when.day}. {half(when)}, {who(sender(letter))} 작성:"
    return f"{own}\n\n> {line}\n> \n{marked(letter.text)}\n"


def iphone_answer(own: str, letter: Written) -> str:
    line = f"{day(letter.when)} {half(letter.when)}, {who(sender(letter))}님이 작성:"
    return f"{own}\n\n나의 iPhone에서 보냄\n\n> {line}\n> \n> {marked(letter.text)[2:]}\n"


def thunderbird_answer(own: str, letter: Written) -> str:
    line = f"{letter.when:%Y-%m-%d} {half(letter.when)}에 {letter.name} 이(가) 쓴 글:"
    return f"{line}\n{marked(letter.text)}\n\n{own}\n"


def thunderbird_answer_short(own: str, letter: Written) -> str:
    when = letter.when
    line = f"{when:%y}. {when.month}. {when.day}. {half(when)}에 {letter.name} 이(가) 쓴 글:"
    return f"{own}\n\n{line}\n{marked(letter.text)}\n"


ANSWERS: dict[str, Callable[[str, Written], str]] = {
    "gmail": gmail_answer,
    "gmail_wrapped": gmail_answer_wrapped,
    "apple": apple_answer,
    "iphone": iphone_answer,
    "thunderbird_below": thunderbird_answer,
    "thunderbird": thunderbird_answer_short,
    "outlook": outlook_365,
    "outlook_web": outlook_web,
    "outlook_korean": outlook_korean,
    "naver": naver,
    "daum": daum,
    "samsung": samsung,
    "hiworks": hiworks,
}
