"""The mails of the tests: every program with letters, charsets, words and tags in turn, and what must be found."""

import base64
import quopri
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.header import Header

from tests.bot.letters.korean.clients import ANSWERS, FORWARDS
from tests.bot.letters.korean.written import LETTERS, Written

CHARSETS = (
    ("utf-8", "utf-8", "base64"),
    ("euc-kr", "cp949", "base64"),
    ("ks_c_5601-1987", "cp949", "quoted-printable"),
    ("utf-8", "utf-8", "8bit"),
    ("euc-kr", "cp949", "8bit"),
    ("utf-8", "utf-8", "quoted-printable"),
    ("", "cp949", "8bit"),
    ("iso-2022-kr", "iso2022_kr", "7bit"),
    ("us-ascii", "utf-8", "8bit"),
    ("euc-kr", "utf-8", "base64"),
)
"""The label, the charset that it is written in, and the transfer encoding: some labels are wrong, as in real mails."""

WORDS = (
    "",
    "영어로 요약해 주세요.",
    "김 과장한테 답장 초안 써줘",
    "금액만 정리해줘",
    "몇 시 회의인지만 알려줘\n급합니다",
)
BELOW = ("", "이도현 드림\n한빛가구 영업팀장 | 010-7777-0155", "감사합니다.")
TAGS = (("", ""), ("[번역] ", "translate"), ("", ""), ("[답장 초안]", "draft"), ("", ""), ("[감정] ", "sentiment"))
FORWARDED = datetime(2026, 12, 2, 9, 30, tzinfo=LETTERS[0].when.tzinfo)


@dataclass(frozen=True)
class Case:
    """A mail, and what must be found in it; ``sender`` and the rest are the letter's."""

    name: str
    data: bytes
    letter: Written
    words: str
    tag: str = ""
    forwarded: bool = True
    seconds: bool = False
    own: str = ""


def encoded(text: str, charset: tuple[str, str, str], kind: str, subject: str, sender: str = "이도현") -> bytes:
    """Return the bytes of a mail to the bot."""
    label, codec, transfer = charset
    raw = (text if codec == "utf-8" else text.replace("\ufeff", "")).replace("\n", "\r\n").encode(codec, "replace")
    if transfer == "base64":
        body = base64.encodebytes(raw)
    elif transfer == "quoted-printable":
        body = quopri.encodestring(raw)
    else:
        body = raw
    named = Header(sender, "utf-8").encode()
    parameter = f'; charset="{label}"' if label else ""
    top = (
        f"From: {named} <dohyun@hanbit.co.kr>\r\nTo: dapbot@hanbit.co.kr\r\n"
        f"Subject: {Header(subject, 'utf-8', maxlinelen=70).encode(linesep=chr(13) + chr(10))}\r\n"
        f"Date: {FORWARDED:%a, %d %b %Y %H:%M:%S %z}\r\nMessage-ID: <{abs(hash(subject))}@hanbit.co.kr>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}{parameter}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    )
    return top.encode("ascii") + body


def forwards() -> list[Case]:
    """Every program twice, with other letters, charsets, words and tags each time."""
    cases = []
    for turn in range(2):
        for number, (name, (client, prefix)) in enumerate(FORWARDS.items()):
            n = number + 7 * turn
            letter = LETTERS[(n + turn) % len(LETTERS)]
            words, below = WORDS[n % len(WORDS)], BELOW[(n + turn) % len(BELOW)]
            tag, task = TAGS[(n + turn) % len(TAGS)]
            charset = CHARSETS[n % len(CHARSETS)]
            above = f"{words}\n\n{below}" if words else below if below.startswith("이도현") else ""
            text = client(above, letter)
            if charset[1] == "utf-8" and n % 3 == 0:
                text = unicodedata.normalize("NFD", text)
            kind = "text/html" if name.endswith("html") else "text/plain"
            data = encoded(text, charset, kind, f"{tag}{prefix}{letter.subject}")
            seconds = name in SECONDS
            cases.append(Case(f"{name}_{turn}", data, letter, words, task, seconds=seconds))
    return cases


SECONDS = frozenset(
    "apple iphone thunderbird yahoo naver naver_app daum kakao hanmail hiworks hiworks_korean groupware outlook_mobile"
    " naver_html thunderbird_html apple_html groupware_html".split()
)


def answers() -> list[Case]:
    """Mails that were saved: an answer above (or below) the mail that it answers."""
    cases = []
    for n, (name, client) in enumerate(ANSWERS.items()):
        letter = LETTERS[n % len(LETTERS)]
        own = "네, 확인했습니다. 견적서는 목요일까지 보내 드릴게요.\n수량이 60개로 바뀌면 단가도 달라지나요?"
        signed = f"{own}\n\n이도현 드림\n한빛가구 영업팀 | Tel. 02-333-0188" if n % 2 else own
        subject = f"{('RE: ', 'Re: ', '답장: ', '[회신] ')[n % 4]}{letter.subject}"
        data = encoded(client(signed, letter), CHARSETS[n % len(CHARSETS)], "text/plain", subject)
        cases.append(Case(f"answer_{name}", data, letter, own, forwarded=False, own=own))
    return cases


def later(letter: Written, hours: int) -> Written:
    return Written(
        "이도현",
        "dohyun@hanbit.co.kr",
        f"Re: {letter.subject}",
        letter.when + timedelta(hours=hours),
        "확인 감사합니다. 수정본을 첨부합니다.\n금요일까지 회신 주시겠어요?",
        "금요일까지 회신 주시겠어요?",
    )


def nested() -> list[Case]:
    """A forwarded mail that holds an answer, that holds a mail: the newest one is the letter."""
    cases = []
    outer = ("gmail", "outlook_365", "naver", "apple", "daum", "samsung")
    inner = ("gmail", "outlook", "naver", "apple", "daum", "outlook_web")
    for n, (first, second) in enumerate(zip(outer, inner, strict=True)):
        old = LETTERS[(n + 2) % len(LETTERS)]
        new = later(old, 3)
        body = ANSWERS[second](new.body, old).strip("\n")
        shown = Written(new.name, new.address, new.subject, new.when, body, new.request)
        client, prefix = FORWARDS[first]
        data = encoded(client("요약 부탁해요", shown), CHARSETS[n % 4], "text/plain", f"{prefix}{new.subject}")
        cases.append(Case(f"nested_{first}_{second}", data, new, "요약 부탁해요", own=old.address))
    return cases
