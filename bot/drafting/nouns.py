"""Nouns that are put into Korean sentences, with the particle that fits them."""

_FINAL = {"0": True, "1": True, "3": True, "6": True, "7": True, "8": True}
"""Digits that are read with a final consonant."""

_LATIN_FINAL = frozenset("lmnLMN")
"""Latin letters whose names, and mostly the words they end, close with a consonant."""


class Noun(str):
    """Words that bring their particle along: ``f"{Noun('커피'):을/를}"`` is "커피를"."""

    __slots__ = ()

    def __format__(self, particles: str) -> str:
        """Return the words with the fitting one of "이/가", or "이(가)" where their sound is not known; "^": capital."""
        if particles == "^":
            return self[:1].upper() + self[1:]
        if "/" not in particles:
            return str(self) + particles
        closed, open_ = particles.split("/")
        final = _final_consonant(str(self))
        if final is None:
            return f"{self}{closed}({open_})"
        if closed == "으로" and final == "ㄹ":
            final = ""
        return f"{self}{closed if final else open_}"


def _final_consonant(words: str) -> str | None:
    """Return "ㄹ", another final consonant as "x", "" for none, None where the last sound is not known."""
    last = words.rstrip("\"'”’)").strip()[-1:]
    if "가" <= last <= "힣":
        jamo = (ord(last) - ord("가")) % 28
        return "" if not jamo else "ㄹ" if jamo == 8 else "x"
    if last.isdigit():
        return ("ㄹ" if last in "178" else "x") if _FINAL.get(last) else ""
    if last.isascii() and last.isalpha():
        return ("ㄹ" if last in "lL" else "x") if last in _LATIN_FINAL else ""
    return None
