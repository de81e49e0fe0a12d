"""How a table is to be read, in a few words: ``질문=Q,답변=A``; or a whole plan as JSON."""

import json
from collections.abc import Mapping
from dataclasses import replace

from bot.errors import UserError
from knowledge.columns import Role, role_of
from knowledge.entries import UnreadableError
from knowledge.plans import MOST_COLUMNS, ROLES, Chosen, Plan, SheetPlan, plan_of

LONGEST = 20_000
_TEXT = ("글", "본문", "text", "prose")
SHOWN: Mapping[Role, str] = {
    "question": "질문/question",
    "answer": "답변/answer",
    "aliases": "유사질문/aliases",
    "title": "분류/category",
    "keywords": "키워드/keywords",
    "audience": "대상/audience",
    "from": "시작일/from",
    "until": "종료일/until",
    "period": "기간/period",
    "key": "ID",
    "text": "글/text",
}


def plan_in_words(text: str) -> Plan:
    """Return the plan that words or JSON say; ``질문=#2`` is the second column of a table without names.

    Raises:
        UserError: it cannot be understood, and what can be said.
    """
    text = text[:LONGEST].strip()
    if text.startswith("{"):
        try:
            return checked_plan(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise UserError("read.plan_broken") from error
    named: list[tuple[str, Role]] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        word, equals, name = part.partition("=")
        role = _role(word.strip())
        if not equals or role is None or not name.strip():
            raise UserError("plan.words", text=part[:60], roles=", ".join(SHOWN.values()))
        named.append((name.strip(), role))
    numbers = [int(name[1:]) for name, _ in named if name.startswith("#") and name[1:].isdecimal() and len(name) < 6]
    if named and len(numbers) == len(named) and min(numbers) > 0 and max(numbers) <= MOST_COLUMNS:
        roles: list[Chosen] = [""] * max(numbers)
        for number, (_, role) in zip(numbers, named, strict=True):
            roles[number - 1] = role
        return Plan((SheetPlan(tuple(roles)),))
    if not named:
        raise UserError("plan.words", text=text[:60], roles=", ".join(SHOWN.values()))
    return Plan((SheetPlan(tuple(role for _, role in named), tuple(name for name, _ in named), header=0),))


def checked_plan(value: object) -> Plan:
    """Return the plan that stands in JSON; UserError where it is none."""
    try:
        return replace(plan_of(value), remembered=False)
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error


def _role(word: str) -> Role | None:
    """Return what a column is by its English or Korean name."""
    plain = word.casefold()
    if plain in _TEXT:
        return "text"
    if plain in ROLES:
        return next(role for role in ROLES if role == plain)
    found = role_of(word)
    return found[0] if found is not None and found[1] >= 2 else None
