"""Whom settings name to be called: addresses of mail, channels and people of Slack."""

import re

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
CHANNEL = re.compile(r"slack:[CG][A-Z0-9]{2,30}")
SLACK = re.compile(r"slack:([CGU][A-Z0-9]{2,30})")
BETWEEN = re.compile(r"[\s,;]+")


def read_owners(value: str) -> tuple[str, ...]:
    """Return whom a setting names: addresses of mail, ``slack:`` and the id of a channel or a person.

    Raises:
        ValueError: it cannot be understood.
    """
    found = tuple(dict.fromkeys(filter(None, BETWEEN.split(value))))
    for each in found:
        if not (SLACK.fullmatch(each) or ADDRESS.fullmatch(each)):
            raise ValueError(each)
    return found
