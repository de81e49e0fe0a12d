"""Bytes of mails as text: by the name that the mail gives them, by what that name means where Korean is written, or by
what the bytes can only be.
"""

import codecs
import re

from knowledge.decoding import clean, decode
from knowledge.entries import UnreadableError

_KOREAN = "cp949"
_NAMES = {
    **dict.fromkeys(
        "euc-kr euckr euc_kr ks_c_5601-1987 ks_c_5601_1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 ks-c-5601 kr5601 "
        "korean cp949 ms949 uhc windows-949 x-windows-949 x-euc-kr csksc56011987 iso-ir-149 949".split(),
        _KOREAN,
    ),
    **dict.fromkeys("iso-2022-kr iso2022-kr csiso2022kr".split(), "iso2022_kr"),
    **dict.fromkeys("gb2312 gbk x-gbk cp936 936 euc-cn hz-gb-2312".split(), "gb18030"),
    **dict.fromkeys("big5 big-5 cp950 x-x-big5".split(), "cp950"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis windows-31j ms_kanji cp932".split(), "cp932"),
    **dict.fromkeys("iso-2022-jp csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3".split(), "iso2022_jp_ext"),
    **dict.fromkeys("iso-8859-1 latin1 latin-1 us-ascii ascii ansi_x3.4-1968 iso8859-1 l1".split(), "cp1252"),
    **dict.fromkeys("iso-8859-9 latin5".split(), "cp1254"),
    **dict.fromkeys("iso-8859-8-i iso-8859-8-e logical visual".split(), "iso8859_8"),
    **dict.fromkeys("tis-620 iso-8859-11 windows-874".split(), "cp874"),
    **dict.fromkeys("utf8 utf-8 utf_8 unicode-1-1-utf-8 x-unicode-2-0-utf-8 utf-8mb4 utf8mb4 unicode".split(), "utf-8"),
    **dict.fromkeys("utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7".split(), "utf-7"),
}
"""What the names mean. What calls itself EUC-KR is read as CP949, which holds it and the syllables that EUC-KR lacks;
Latin-1 as Windows-1252, as browsers do (WHATWG Encoding)."""

_UNLABELLED = ("", "us-ascii", "ascii", "unknown", "unknown-8bit", "x-unknown", "8bit", "binary", "none", "default")
_MOST_NAME = 60
_HIGH = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_SHIFTED = re.compile(rb"\x1b\$\)C|\x1b\$[@B]|\x1b\([BJ]")


def codec_of(name: str) -> str:
    """Return Python's codec for a name that a mail gives, "" where there is none."""
    name = name.strip().strip("\"'").lower()[:_MOST_NAME]
    known = _NAMES.get(name)
    if known:
        return known
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""  # base64 and zlib are codecs, too


def text_of(data: bytes, name: str) -> str:
    """Return bytes as text, as NFC with plain newlines and without what cannot be seen.

    ``name`` is what the mail calls their charset. Where that is none, or cannot be, it is told from the bytes: UTF-8,
    else Korean, else what they would be in the West. Characters that cannot be read are U+FFFD; nothing is raised.
    """
    return clean(decoded(data, name))


def decoded(data: bytes, name: str) -> str:
    """Return the same without cleaning."""
    codec = codec_of(name)
    if _SHIFTED.search(data) and codec in ("", "cp1252", "utf-8", _KOREAN):
        codec = "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_ext"
    unlabelled = not codec or name.strip().lower() in _UNLABELLED
    if unlabelled and (_HIGH.search(data) or b"\x00" in data):
        return _told_from(data)
    if codec == "cp1252" and _is_surely_korean(data):
        return data.decode(_KOREAN)
    text = _with(data, codec or "utf-8")
    if text is not None:
        return text
    lost = data.decode(codec or "utf-8", "replace")
    if lost.count("\ufffd") <= 2 + 0.01 * len(lost) and codec != "utf-8":
        return lost  # a few damaged characters of what it says it is
    other = _told_from(data)
    return other if other.count("\ufffd") < lost.count("\ufffd") else lost


def _with(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _told_from(data: bytes) -> str:
    """Return text by what its bytes can only be."""
    for codec in ("utf-8", _KOREAN):
        text = _with(data, codec)
        if text is not None and (codec == "utf-8" or _is_korean(text)):
            return text
    try:
        return decode(data).text
    except UnreadableError:
        return data.decode("cp1252", "replace")


def _is_surely_korean(data: bytes) -> bool:
    """Tell whether what calls itself Western is Korean: its high bytes come in pairs, and are Hangul."""
    high = len(_HIGH.findall(data[:20_000]))
    if high < 4 or 2 * len(_PAIR.findall(data[:20_000])) < 0.9 * high:
        return False
    text = _with(data, _KOREAN)
    return text is not None and _is_korean(text)


def _is_korean(text: str) -> bool:
    beyond = [sign for sign in text[:20_000] if sign > "\x7f"]
    hangul = sum("가" <= sign <= "힣" for sign in beyond)
    return hangul > 0.6 * len(beyond)
