"""The people in a line above a forwarded mail, in whatever way the mail program wrote them."""

import re

from bot.letter import Address

MOST = 500
LONGEST = 100_000

_ADDRESS = re.compile(r"[\w.+%'&=~/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_MAILTO = re.compile(r"\s*[<\[(]\s*mailto:[^>\])]{0,300}[>\])]?", re.IGNORECASE)
_TRIMMED = " \t\"'<>[]()*:;,|·「」«»“”‘’"


def person(said: str) -> Address:
    """Return who a line names: "김민수 <kim@company.com>", "kim@company.com", "김민수"."""
    said = said[:1_000]
    found = _ADDRESS.search(said)
    plain = _MAILTO.sub("", said)
    if found is None:
        return Address(name=plain.strip(_TRIMMED))
    shown = plain.partition(found[0])
    name = shown[0].strip(_TRIMMED) or _in_brackets(shown[2])
    name = re.sub(r"\s+", " ", name.replace('\\"', '"')).strip(_TRIMMED).removesuffix(" via").strip()
    address = found[0].strip("'.=/")
    return Address("" if name.casefold() == address.casefold() or "@" in name else name, address)


def _in_brackets(rest: str) -> str:
    """Return the name in "kim@company.com (김민수)"."""
    found = re.match(r"\s*\(([^()@]{1,80})\)", rest)
    return found[1].strip(_TRIMMED) if found else ""


def people(said: str) -> tuple[Address, ...]:
    """Return everyone that a line names; "," parts them, unless it stands in a name ("Kim, Minsu <kim@...>")."""
    return tuple(found for each in _parted(said[:LONGEST])[:MOST] if (found := person(each)).name or found.address)


def _parted(said: str) -> list[str]:
    parts, quoted, deep = [""], False, 0
    for sign in said:
        if sign == '"':
            quoted = not quoted
        elif sign in "<(":
            deep += 1
        elif sign in ">)":
            deep = max(0, deep - 1)
        if sign in ";\n" or (sign == "," and not quoted and not deep and ("@" in parts[-1] or "@" not in said)):
            parts.append("")
            quoted, deep = False, 0
        else:
            parts[-1] += sign
    return [part for part in parts if part.strip()]
