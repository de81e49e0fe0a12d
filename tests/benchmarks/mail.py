"""How many real mails are read: none may fail, each in time, with its text; beside what Python's own parser finds.

    python -m tests.benchmarks.mail FOLDER [--misses]

Every file below the folder that looks like a mail is read. One "has a text" where it holds a text part with letters in
it (by a look at its bytes that both are measured by), or a file that can be read.
"""

import argparse
import re
import resource
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from bot.letters.charsets import decoded
from bot.letters.parts import parts_of, walk
from bot.letters.reading import is_mail, read_mail

_LETTERS = re.compile(r"\w{2,}")


def has_text(data: bytes) -> bool:
    """Tell whether there is text in a mail that a person would see."""
    for part in walk(parts_of(data)):
        if part.main == "text" and part.disposition != "attachment":
            text = decoded(part.content(), part.params.get("charset", ""))
            if part.kind == "text/html":
                text = re.sub(r"(?is)<(script|style|head).*?</\1>|<[^>]*>", " ", text)
            if _LETTERS.search(text):
                return True
    return False


def by_the_library(data: bytes) -> tuple[bool, bool]:
    """Return whether Python's own parser raised, and whether it found a text."""
    try:
        message = message_from_bytes(data, policy=default)
        for name in ("from", "to", "subject", "date"):
            str(message[name])
        body = message.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
    except Exception:  # noqa: BLE001 - what it raises is what is counted
        return True, False
    return False, bool(_LETTERS.search(text))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--misses", action="store_true")
    given = arguments.parse_args()
    files = [path for path in sorted(given.folder.rglob("*")) if path.is_file()]
    mails = [path for path in files if is_mail(path.read_bytes()) or path.suffix == ".eml"]
    raised, found, texts, library_raised, library_found, slowest = 0, 0, 0, 0, 0, (0.0, "")
    for path in mails:
        data = path.read_bytes()
        began = time.perf_counter()
        try:
            text = read_mail(data).text
        except Exception as error:  # noqa: BLE001 - what is raised is what is counted
            raised, text = raised + 1, ""
            print(f"raised {type(error).__name__}: {path}")
        slowest = max(slowest, (time.perf_counter() - began, path.name))
        failed, by_library = by_the_library(data)
        library_raised += failed
        if has_text(data):
            texts += 1
            found += bool(_LETTERS.search(text))
            library_found += by_library
            if given.misses and not _LETTERS.search(text):
                print(f"no text: {path}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(mails)} mails of {len(files)} files: {raised} raised (Python's own: {library_raised})")
    share, of_library = found / texts, library_found / texts
    print(f"text found in {found} of {texts} that have one, {share:.3f} (Python's own: {of_library:.3f})")
    print(f"slowest {slowest[0] * 1000:.0f} ms ({slowest[1]}), {memory:.0f} MB in all")


if __name__ == "__main__":
    main()
