"""Mails as people send them, for the tests."""

from email.message import EmailMessage
from email.policy import SMTP

SENDER, BOT, SERVER = "minsu@company.com", "bot@company.com", "mx.company.com"
PASSED = f"{SERVER}; dmarc=pass (p=reject) header.from=company.com"


def letter(
    text: str = "이 메일을 요약해 주세요.",
    *,
    subject: str = "전달: 견적 문의",
    sender: str = f"김민수 <{SENDER}>",
    identifier: str = "<a1@company.com>",
    results: str | None = PASSED,
    **fields: str,
) -> bytes:
    """Return a mail to the bot; ``fields`` are more of its head, ``_`` for ``-`` in their names."""
    mail = EmailMessage(policy=SMTP)
    if results is not None:
        mail["Authentication-Results"] = results
    mail["From"], mail["To"], mail["Subject"] = sender, BOT, subject
    mail["Date"] = "Wed, 25 Nov 2026 18:00:00 +0900"
    if identifier:
        mail["Message-ID"] = identifier
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
