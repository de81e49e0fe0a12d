"""How many forwarded mails are told apart, and replies trimmed; beside what a simple cut finds.

    python -m tests.benchmarks.mail_threads FOLDER [--misses]

FOLDER holds ``mail_forward/expected.jsonl`` and ``mail_reply/expected.jsonl`` with the files that they name. A date is
right where its year, day, hour and minute are those that stand in the mail. Replies are compared as their rows say.
Rows that pin what one parser does, not what a reader wants, are left out; ``QUIRKS`` says which and why.
"""

import argparse
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.letter import Letter, Mail, Post
from bot.letters.markup import text_of_html
from bot.letters.people import person
from bot.letters.reading import read_mail
from bot.letters.unwrapping import post_of

Row = dict[str, Any]

QUIRKS = {"iphone.eml": "keeps 'Sent from my iPhone', which other rows of the same folder cut"}


def rows_of(folder: Path) -> list[Row]:
    path = folder / "expected.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def text_in(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


# --- forwards ---------------------------------------------------------------------------------------------------


def simple_forward(mail: Mail) -> Letter:
    """The baseline: the first From, Date and Subject lines, in English."""
    said = {
        name: (found[1] if (found := re.search(rf"(?m)^>?\s*{name}:\s*(.+)$", mail.text)) else "")
        for name in ("From", "Date", "Subject")
    }
    return Letter("", said["Subject"], person(said["From"]), date=said["Date"])


def is_date(letter: Letter, said: str) -> bool:
    """Tell whether a date is the one that stands in the mail: by its numbers, whatever names its month has."""
    if letter.sent is None:
        return letter.date == said
    sent: datetime = letter.sent
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    hours = {sent.hour, sent.hour % 12, sent.hour % 12 or 12}
    return all(part in numbers for part in (sent.year, sent.day, sent.minute)) and bool(hours & set(numbers))


def forward_parts(row: Row, letter: Letter | None) -> dict[str, bool]:
    if not row["forwarded"]:
        return {"kept": letter is None}
    if letter is None:
        return dict.fromkeys(("sender", "date", "subject"), False)
    wanted = row.get("from") or {}
    found = {
        "sender": (letter.sender.name or None, letter.sender.address) == (wanted.get("name"), wanted.get("address")),
        "date": is_date(letter, row.get("date") or ""),
        "subject": letter.subject == (row.get("subject") or ""),
    }
    if row.get("to"):
        first = row["to"][0]
        found["to"] = bool(letter.to) and letter.to[0].address == first.get("address")
    if row.get("cc"):
        found["cc"] = [each.address for each in letter.cc] == [each.get("address") for each in row["cc"]]
    if row.get("body") and not row.get("body_note"):
        body = row.get("body_starts_with") or row["body"]
        found["body"] = "".join(letter.text.split()).startswith("".join(body.split()))
    return found


def mail_of_forward(row: Row, folder: Path) -> Mail:
    subject = row.get("subject_header") or ""
    if row.get("subject_file"):
        subject = text_in(folder / row["subject_file"]).strip()
    return Mail(text_in(folder / row["file"]), subject)


def forwards(folder: Path, misses: bool) -> None:
    counts: dict[str, list[int]] = {}
    simple: dict[str, list[int]] = {}
    words: list[int] = []
    for row in rows_of(folder):
        mail = mail_of_forward(row, folder)
        post = post_of(mail)
        found = forward_parts(row, post.letters[0] if post.forwarded else None)
        for name, right in found.items():
            counts.setdefault(name, []).append(right)
            if misses and not right:
                print(f"  {row['file'].rpartition('/')[2]}: {name}: {post.letters[0]!r:.400}")
        if "message" in row:
            words.append("".join(post.words.split()) == "".join((row["message"] or "").split()))
            if misses and not words[-1]:
                print(f"  {row['file'].rpartition('/')[2]}: words: {post.words!r:.200}")
        baseline = simple_forward(mail)
        for name, right in forward_parts(row, baseline if baseline.sender.address else None).items():
            simple.setdefault(name, []).append(right)
    for name in counts:
        print(f"forwarded, {name}: {share(counts[name])} (simple: {share(simple[name])})")
    print(f"forwarded, words above: {share(words)}")


def share(found: list[Any]) -> str:
    return f"{sum(found)} of {len(found)}, {sum(found) / max(1, len(found)):.3f}"


# --- replies ----------------------------------------------------------------------------------------------------


def simple_reply(text: str) -> str:
    """The baseline: what stands above the first line that quotes or says who wrote."""
    kept: list[str] = []
    for line in text.split("\n"):
        if line.startswith((">", "-----", "________", "From:")) or line.rstrip().endswith("wrote:"):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def reply_mail(row: Row, folder: Path) -> Mail:
    path = folder / row["file"]
    if row.get("content") == "message/rfc822":
        return read_mail(path.read_bytes())
    text = text_in(path)
    if row.get("content") == "text/html":
        return Mail(text_of_html(text), html=True)
    if "annotated" in row.get("content", ""):
        text = re.sub(r"(?m)^#(?:sig|reply)#", "", text)
        return read_mail(text.encode("utf-8"))
    return Mail(text)


def trimmed(post: Post) -> str:
    """Return a mail without what it quotes: of a forward what was written above it, or else what was forwarded."""
    return (post.forwarded and post.words) or post.letters[0].text


def checks(row: Row, folder: Path, text: str) -> Callable[[str], bool] | None:
    """Return what a row says of the trimmed text; None where it says nothing of it."""
    wanted = row.get("reply", row.get("trimmed_text"))
    if "trimmed" in row:
        wanted = text_in(folder / row["trimmed"])
    if wanted is not None:
        if "whitespace" in row["compare"]:
            return lambda found: "".join(found.split()) == "".join(wanted.split())
        return lambda found: found.strip("\n \ufeff") == wanted.strip("\n \ufeff")
    if row.get("nothing_cut"):
        return lambda found: found.strip() == text.strip()
    if "reply_contains" in row:
        return lambda found: row["reply_contains"] in found
    if "reply_starts_with" in row:
        return lambda found: found.startswith(row["reply_starts_with"]) and row["fragment_1_contains"] not in found
    if "reply_contains_line_starting" in row:
        unwanted = row["fragment_1_contains_line_starting"]
        return lambda found: row["reply_contains_line_starting"] in found and unwanted not in found
    if "fragment_1_starts_with" in row:
        return lambda found: row["fragment_1_starts_with"] not in found
    if "signature_lines" in row:
        return lambda found: not any(line in found for line in row["signature_lines"])
    return None


def replies(folder: Path, misses: bool) -> None:
    right, simple, left_out = [], [], []
    for row in rows_of(folder):
        mail = reply_mail(row, folder)
        check = checks(row, folder, mail.text)
        found = trimmed(post_of(mail))
        name = row["file"].rpartition("/")[2]
        if check is None or name in QUIRKS:
            left_out.append(f"{name} ({QUIRKS.get(name, 'says nothing of the text')})")
            continue
        right.append(check(found))
        simple.append(check(simple_reply(mail.text)))
        if misses and not right[-1]:
            print(f"  {name}: {found!r:.700}\n     wanted { {k: v for k, v in row.items() if k != 'file'}!s:.500}")
    print(f"replies trimmed exactly: {share(right)} (simple: {share(simple)})")
    print(f"left out: {'; '.join(left_out)}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--misses", action="store_true")
    given = arguments.parse_args()
    forwards(given.folder / "mail_forward", given.misses)
    replies(given.folder / "mail_reply", given.misses)


if __name__ == "__main__":
    main()
