"""What a reader looks for in a mail, where no model follows their words: sums, days and times, contacts come first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.summary.result import LINES, Line, Summary
from bot.summary.sentences import Unit
from bot.summary.trimming import brief_of

_SUMS = (
    r"\d\s?(?:[천백십만억조]{1,4}\s?)?(?:원|달러|유로|엔|위안|%|퍼센트|dollars?|won|euros?)|[$€£¥₩]\s?\d|"
    r"\b(?:USD|KRW|EUR|JPY)\b"
)
_TIMES = (
    r"\d{1,2}\s?월\s?\d|\d\s?일|\d\s?시|[월화수목금토일]요일|내일|모레|다음\s?주|이번\s?주|까지|\d{1,2}:\d\d|\d{4}-\d\d-\d\d|"
    r"\b(?:tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|"
    r"\d{1,2}\s?[ap]m)\b"
)
_CONTACTS = r"\d{2,4}-\d{3,4}-\d{4}|[\w.+-]+@[\w-]+\.\w|https?://|www\."
_LOOKED_FOR = tuple(
    (re.compile(wish, re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for wish, held in (
        (r"금액|가격|비용|예산|얼마|단가|요금|\b(?:amounts?|prices?|costs?|budget|how much)\b", _SUMS),
        (
            r"날짜|일정|기한|마감|언제|몇\s?시|몇\s?일|시간|\b(?:dates?|when|deadlines?|schedule|what time)\b",
            _TIMES,
        ),
        (r"연락처|전화|이메일 주소|링크|주소|\b(?:contacts?|phone|links?|e-?mail address)\b", _CONTACTS),
    )
)


def with_wish(summary: Summary, units: Sequence[Unit], wish: str) -> Summary:
    """Return a summary whose lines are first the sentences with what the wish looks for; as it is, where none has it.

    The line that stood first, which says what is asked, stays among them.
    """
    wanted = [held for asked, held in _LOOKED_FOR if asked.search(wish[:300])]
    found = [unit for unit in units if unit.role != "empty" and any(held.search(unit.text) for held in wanted)]
    if not found:
        return summary
    lines = [Line(brief_of(unit.text), unit.text) for unit in found[:LINES]]
    first = summary.lines[0]
    if not any(line.evidence in first.evidence or first.evidence in line.evidence for line in lines):
        lines = [*lines[: LINES - 1], first]
    there = {line.text for line in lines}
    lines += [line for line in summary.lines if line.text not in there]
    return replace(summary, lines=tuple(lines[:LINES]))
