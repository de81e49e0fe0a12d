"""Writes the mails as files."""

import json
import sys
from pathlib import Path

from tests.bot.letters.korean.mails import answers, forwards, nested


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for case in (*forwards(), *nested(), *answers()):
        (folder / f"{case.name}.eml").write_bytes(case.data)
        letter = case.letter
        row = {"file": f"{case.name}.eml", "forwarded": case.forwarded, "name": letter.name, "address": letter.address}
        rows.append(row | {"subject": letter.subject, "date": letter.when.isoformat(), "request": letter.request})
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "expected.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
