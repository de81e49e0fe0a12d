"""The bytes of a mail: any charset and form that people send, and whatever else comes."""

import base64
import io
import quopri
import time
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letter import Address, Mail
from bot.letters.attached import shown_name
from bot.letters.charsets import decoded
from bot.letters.encoded_words import parameters, words
from bot.letters.markup import text_of_html
from bot.letters.reading import is_mail, read_mail

HEAD = (
    "From: =?utf-8?B?6rmA66+87IiY?= <minsu@company.com>\r\nTo: bot@company.com\r\n"
    "Date: Wed, 25 Nov 2026 18:00:00 +0900\r\n"
)


def mail(head: str, body: bytes = b"") -> Mail:
    return read_mail((HEAD + head.strip("\n").replace("\n", "\r\n") + "\r\n\r\n").encode("utf-8") + body)


def test_who_when_and_what() -> None:
    found = mail(
        'Subject: =?utf-8?B?6rKs7KCB?= =?utf-8?B?IOusuOydmA==?=\nCc: a@b.c, "이름, 쉼표" <d@e.f>', "안녕".encode()
    )
    assert found.sender == Address("김민수", "minsu@company.com")
    assert found.subject == "견적 문의"
    assert [each.name for each in found.cc] == ["", "이름, 쉼표"]
    assert found.sent is not None
    assert found.sent.isoformat() == "2026-11-25T18:00:00+09:00"
    assert found.text == "안녕"


# --- charsets ---------------------------------------------------------------------------------------------------

TEXT = "안녕하세요. 똠방각하 펲시콜라 견적서를 금요일까지 보내 주세요."


@pytest.mark.parametrize(
    "label",
    [
        "euc-kr",
        "EUC-KR",
        "ks_c_5601-1987",
        "ksc5601",
        "cp949",
        "uhc",
        "x-windows-949",
        "korean",
        "",
        "utf-8",
        "us-ascii",
        "iso-8859-1",
        "no-such",
    ],
)
def test_cp949_by_whatever_name(label: str) -> None:
    found = mail(f'Content-Type: text/plain; charset="{label}"' if label else "Subject: x", TEXT.encode("cp949"))
    assert found.text == TEXT


@pytest.mark.parametrize("label", ["utf-8", "UTF8", "euc-kr", "ks_c_5601-1987", "us-ascii", "", "x-unknown"])
def test_utf8_by_whatever_name(label: str) -> None:
    found = mail(f"Content-Type: text/plain; charset={label}" if label else "Subject: x", TEXT.encode())
    assert found.text == TEXT


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("iso2022_kr", "iso-2022-kr", "안녕하세요 견적서입니다"),
        ("iso2022_kr", "", "안녕하세요 견적서입니다"),
        ("johab", "johab", "안녕하세요"),
        ("utf-16", "utf-16", TEXT),
        ("utf-7", "utf-7", "안녕하세요"),
        ("iso2022_jp", "iso-2022-jp", "お世話になっております"),
        ("cp932", "shift_jis", "請求書①"),
        ("gb18030", "gb2312", "您好，请确认"),
        ("big5", "big5", "您好，請確認"),
        ("cp1252", "iso-8859-1", "Grüße – “€5”"),
        ("koi8-r", "koi8-r", "Здравствуйте"),
    ],
)
def test_other_charsets(codec: str, label: str, text: str) -> None:
    kind = f"Content-Type: text/plain; charset={label}" if label else "Subject: x"
    assert mail(kind, text.encode(codec)).text == text


def test_nfd_is_made_nfc() -> None:
    import unicodedata

    assert mail("Subject: x", unicodedata.normalize("NFD", TEXT).encode()).text == TEXT


def test_a_few_damaged_characters_cost_only_themselves() -> None:
    body = (TEXT * 40).encode("cp949")
    found = mail("Content-Type: text/plain; charset=euc-kr", body[:1001] + b"\xff" + body[1001:])
    assert found.text.count("견적서") >= 38


# --- the head ---------------------------------------------------------------------------------------------------


BASE64 = [base64.b64encode(half).decode() for half in ("견적 문의".encode()[:7], "견적 문의".encode()[7:])]
"""A subject cut inside a character."""


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?ks_c_5601-1987?B?" + base64.b64encode("똠방 견적".encode("cp949")).decode() + "?=", "똠방 견적"),
        ("=?euc-kr?Q?=B0=DF=C0=FB?=", "견적"),
        (f"=?UTF-8?B?{BASE64[0]}?=\r\n =?UTF-8?B?{BASE64[1]}?=", "견적 문의"),
        ("=?utf-8?Q?a_b?= c =?utf-8?Q?d?=", "a b c d"),
        ("=?utf-8?B?6rKs7KCB", "=?utf-8?B?6rKs7KCB"),
        ("=?nonsense?B?6rKs7KCB?=", "견적"),
        ("=?utf-8?X?zzz?=", "=?utf-8?X?zzz?="),
        ("=?utf-8*ko?B?6rKs7KCB?=", "견적"),
        ("plain\r\n\tfolded", "plain folded"),
    ],
)  # fmt: skip
def test_subjects(raw: str, text: str) -> None:
    assert mail(f"Subject: {raw}").subject == text


def test_subjects_in_raw_bytes() -> None:
    for charset in ("cp949", "utf-8"):
        data = b"From: a@b.c\r\nTo: d@e.f\r\nSubject: " + "견적 문의드립니다".encode(charset) + b"\r\n\r\nx"
        assert read_mail(data).subject == "견적 문의드립니다"


def test_a_name_smuggles_no_address() -> None:
    data = b"From: =?utf-8?q?x_=3Cceo=40company=2Ecom=3E=2C?= <x@evil.com>\r\nTo: a@b.c\r\nSubject: s\r\n\r\nx"
    assert read_mail(data).sender.address == "x@evil.com"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("attachment; filename*=utf-8''%EA%B2%AC%EC%A0%81.pdf", "견적.pdf"),
        ("attachment; filename*0*=euc-kr''%B0%DF; filename*1*=%C0%FB; filename*2=.pdf", "견적.pdf"),
        ('attachment; filename="=?utf-8?B?6rKs7KCBLnBkZg==?="', "견적.pdf"),
        ('attachment; filename="a;b\\"c.pdf"; size=3', 'a;b"c.pdf'),
        ("attachment", ""),
    ],
)
def test_names_of_files(value: str, name: str) -> None:
    assert parameters(value).get("filename", "") == name


def test_names_as_they_are_shown() -> None:
    assert shown_name("../../etc/pass\x00wd<script>.pdf") == "pass wd script .pdf"
    assert shown_name("견적서\u202efdp.exe") == "견적서 fdp.exe"
    assert len(shown_name("가" * 500 + ".pdf")) < 160


# --- which part is the text -------------------------------------------------------------------------------------


def several(kind: str, *parts: tuple[str, str]) -> bytes:
    inside = "".join(f"--b\r\n{head}\r\n\r\n{body}\r\n" for head, body in parts)
    return (
        f"{HEAD}Subject: s\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; boundary=b\r\n\r\n{inside}--b--\r\n".encode()
    )


PLAIN, HTML = "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"


def test_the_plain_one_of_two() -> None:
    assert read_mail(several("multipart/alternative", (PLAIN, "글"), (HTML, "<p>쪽</p>"))).text == "글"
    assert read_mail(several("multipart/alternative", (PLAIN, " "), (HTML, "<p>쪽</p>"))).text == "쪽"
    poor = "This message is in HTML format. Please view it in an HTML-capable reader."
    assert read_mail(several("multipart/alternative", (PLAIN, poor), (HTML, "<p>쪽</p>"))).html
    assert read_mail(several("multipart/mixed", (PLAIN, "글입니다"), (HTML, "<p>글입니다</p>"))).text == "글입니다"
    assert read_mail(several("multipart/mixed", (PLAIN, "앞"), (PLAIN, "뒤"))).text == "앞\n\n뒤"


def test_what_is_broken_is_read_as_far_as_it_goes() -> None:
    whole = several("multipart/mixed", (PLAIN, "글"))
    assert read_mail(whole.replace(b"--b--\r\n", b"")).text == "글"
    assert read_mail(whole.replace(b"; boundary=b", b"")).text == "글"
    assert mail("Content-Type: text", "글".encode()).text == "글"
    assert mail("Content-Type: nonsense", "글".encode()).text == "글"
    assert (
        mail("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"!6riA\r\n@@==").text
        == "글"
    )
    quoted = quopri.encodestring("글 = 글".encode())
    assert mail("Content-Transfer-Encoding: quoted-printable", quoted).text == "글 = 글"


def test_flowed_lines() -> None:
    body = "이 문장은 \r\n두 줄입니다.\r\n> 인용도 \r\n> 그렇습니다.\r\n-- \r\n이름\r\n"
    found = mail("Content-Type: text/plain; charset=utf-8; format=flowed", body.encode())
    assert found.text == "이 문장은 두 줄입니다.\n> 인용도 그렇습니다.\n-- \n이름"


def test_mails_in_a_mail() -> None:
    inner = f"{HEAD}Subject: 안쪽\r\n\r\n속 내용"
    found = read_mail(several("multipart/mixed", (PLAIN, "봐 주세요"), ("Content-Type: message/rfc822", inner)))
    assert [(each.subject, each.text) for each in found.enclosed] == [("안쪽", "속 내용")]
    assert found.attachments == ()


# --- files ------------------------------------------------------------------------------------------------------


def with_file(
    name: str, data: bytes, kind: str = "application/octet-stream", text: str = "첨부 확인 부탁드립니다."
) -> Mail:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "a@b.c", "d@e.f", "첨부"
    made.set_content(text)
    main, _, sub = kind.partition("/")
    made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return read_mail(made.as_bytes())


def test_files_are_read_by_what_they_are() -> None:
    (table,) = with_file("표.dat", '품목,금액\n의자,"45,000원"\n'.encode("cp949")).attachments
    assert table.name == "표.dat"
    assert "45,000원" in table.text
    (picture,) = with_file("사진.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50)).attachments
    assert (picture.text, picture.why) == ("", "read.image")
    (empty,) = with_file("빈.txt", b"").attachments
    assert empty.why == "read.nothing"


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("winmail.dat", "application/ms-tnef", "mail.attachment.tnef"),
        ("winmail.dat", "application/octet-stream", "mail.attachment.tnef"),
        ("회의.msg", "application/octet-stream", "mail.attachment.msg"),
        ("smime.p7m", "application/pkcs7-mime", "mail.attachment.encrypted"),
    ],
)
def test_files_that_are_not_read(name: str, kind: str, why: str) -> None:
    (found,) = with_file(name, b"x" * 100, kind).attachments
    assert found.why == why


def test_a_mail_that_is_only_a_file_is_that_file() -> None:
    found = with_file("알림.txt", "11월 30일 오전 10시에 정전됩니다.".encode(), text=" ")
    assert "정전" in found.text
    assert [each.name for each in found.attachments] == ["알림.txt"]


def test_an_invitation() -> None:
    event = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:주간 회의\r\nDTSTART;TZID=Asia/Seoul:20261127T100000\r\n"
        "LOCATION:3층 \r\n 회의실\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    (found,) = with_file("invite.ics", event.encode(), "text/calendar").attachments
    assert found.text == "주간 회의\n2026-11-27 10:00\n3층 회의실"


# --- HTML -------------------------------------------------------------------------------------------------------


def test_what_is_seen_of_a_page() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script>"
        "<p onclick='x'>보이는 글</p><div style='display:none'>숨긴 글</div><span style='font-size:0'>작은 글</span>"
        "<span style='color:#ffffff'>흰 글</span>"
        "<table bgcolor='#000000'><tr><td style='color:#fff'>밝은 글</td></tr></table>"
        "<p hidden>더 숨긴 글</p><img src='http://x/y.png' alt='로고'>"
        "<a href='https://a.b/c'>여기</a> <a href='javascript:x'>거기</a>"
        "<!-- 주석 --></body></html>"
    )
    assert text_of_html(page) == "보이는 글\n\n밝은 글\n[로고]여기 (https://a.b/c) 거기"


def test_quotes_of_a_page() -> None:
    page = "답입니다<br><div>2026년 11월 25일, 민수님이 작성:<blockquote><p>질문</p><blockquote>더 옛것</blockquote>"
    page += "</blockquote></div>"
    assert text_of_html(page).split("\n") == [
        "답입니다",
        "2026년 11월 25일, 민수님이 작성:",
        "> 질문",
        ">",
        "> > 더 옛것",
    ]


# --- anything ---------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.sampled_from(["", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", HEAD]))
def test_no_bytes_raise(data: bytes, before: str) -> None:
    assert isinstance(read_mail(before.encode() + data), Mail)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    text_of_html(text)
    text_of_html("<" + text.replace(" ", "><"))
    words(text)
    parameters(text)
    decoded(text.encode("utf-8", "replace"), text)


INSIDE = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        (INSIDE + f"--b\r\n{INSIDE}" * 3_000).encode(),
        b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(3_000)),
        (HEAD + "Cc: " + "가 <a@b.c>,\r\n " * 20_000 + "\r\n\r\nx").encode(),
        (HEAD + "X: y\r\n " * 100_000 + "\r\n\r\nx").encode(),
        (HEAD + "Subject: " + "=?utf-8?B?6rKs?= " * 50_000 + "\r\n\r\nx").encode(),
        (HEAD + "Content-Type: text/html\r\n\r\n" + "<div>" * 400_000).encode(),
        (HEAD + "Content-Type: text/html\r\n\r\n" + "<" * 2_000_000).encode(),
        (HEAD + "\r\n" + "a" * 25_000_000).encode(),
        (HEAD + "Content-Transfer-Encoding: base64\r\n\r\n" + "6rKs" * 5_000_000).encode(),
        (HEAD + "Content-Type: text/plain; format=flowed\r\n\r\n" + "a \r\n" * 300_000).encode(),
    ],
    ids="depth other-depth addresses folded words elements signs length base64 flowed".split(),
)  # fmt: skip
def test_hostile_ones_take_bounded_time(data: bytes) -> None:
    began = time.monotonic()
    read_mail(data)
    took = time.monotonic() - began
    assert took < 30, took  # it is one or two seconds; a square of the length would be hours


def test_a_bomb_in_a_file_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 40_000_000)
    (found,) = with_file("자료.zip", packed.getvalue()).attachments
    assert found.text == ""
    assert found.why


def test_what_is_a_mail() -> None:
    assert is_mail((HEAD + "Subject: x\r\n\r\ny").encode())
    assert is_mail(b"From x@y Wed Nov 25\n" + (HEAD + "Subject: x\r\n\r\ny").encode())
    assert not is_mail("질문,답변\n배송은?,이틀\n".encode())
    assert not is_mail(b"")
