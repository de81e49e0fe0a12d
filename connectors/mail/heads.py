"""What is written into the head of our mails: one line each, whatever the mail that is answered says."""

import hashlib
import re
from collections.abc import Sequence

LONGEST_SUBJECT = 200
LONGEST_REFERENCES = 900
"""Characters; RFC 5322 allows a line 998."""

OUR_MAIL = "dapbot."
"""How the Message-IDs of our replies begin: by it we know our own, and those of another Dapbot."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_ANSWER = re.compile(r"^(?:\s*(?:re|회신|답장|답변|aw|sv|antw|rif|odp|res)\s*(?:\[\d+\])?\s*[:：])+\s*", re.IGNORECASE)
_IDENTIFIER = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}@[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")


def one_line(text: str, most: int) -> str:
    """Return text as one line without control and direction marks, at most ``most`` characters.

    What looks like an encoded word is taken apart: Python's library would decode it, line breaks in it too.
    """
    text = text.replace("=?", "= ?")
    text = " ".join(_CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def answer_subject(subject: str) -> str:
    """Return the subject of the answer to a mail: with one ``Re:`` before it."""
    return f"Re: {_ANSWER.sub('', one_line(subject, LONGEST_SUBJECT))}".strip()


def bare_subject(subject: str) -> str:
    """Return a subject as a thread has it: without the marks of answers, in small letters."""
    return _ANSWER.sub("", one_line(subject, LONGEST_SUBJECT)).lower()


def identifiers(text: str) -> list[str]:
    """Return the Message-IDs in a field, each in its brackets; what is none is left out."""
    return list(dict.fromkeys(_IDENTIFIER.findall(text)))


def references(earlier: str, answered: str) -> tuple[str, str]:
    """Return ``In-Reply-To`` and ``References`` of the answer to ``answered``, whose own references are ``earlier``.

    Of a long thread the first and the newest are kept (RFC 5322 3.6.4 wants them all, a line has its end).
    """
    this = next(iter(identifiers(answered)), "")
    line = [each for each in identifiers(earlier) if each != this] + ([this] if this else [])
    while len(" ".join(line)) > LONGEST_REFERENCES and len(line) > 1:
        del line[1 if len(line) > 2 else 0]
    return this, " ".join(line)


def identifier_of(key: str, address: str) -> str:
    """Return the Message-ID of the reply to what has this key in the inbox: the same at each try."""
    return f"<{OUR_MAIL}{hashlib.sha256(key.encode()).hexdigest()[:32]}@{address.rpartition('@')[2]}>"


def is_ours(identifier: str) -> bool:
    """Tell whether a Message-ID is that of a reply by Dapbot."""
    return re.fullmatch(rf"<?{re.escape(OUR_MAIL)}[0-9a-f]{{32}}@[^\s<>]+>?", identifier.strip()) is not None


def thread_of(identifier: str, earlier: Sequence[str]) -> str:
    """Return the name of a mail's conversation: that of its thread's first mail."""
    first = next((each for each in (*earlier, identifier) if each), "")
    return hashlib.sha256(first.encode("utf-8", "replace")).hexdigest()[:32] if first else ""
