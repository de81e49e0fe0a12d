"""What is said by mail alone, the digest's words included."""

PHRASES: dict[str, tuple[str, str]] = {
    # --- mail (connectors/mail)
    "mail.certificate": (
        "{path}의 인증서를 쓸 수 없습니다({reason}). 인증서와 개인 키가 함께 든 PEM 파일이나 fullchain.pem과 privkey.pem이 있는 폴더를 적어 주세요.",
        "The certificate in {path} cannot be used ({reason}). Name a PEM file that holds the private key too, or a folder "
        "with fullchain.pem and privkey.pem.",
    ),
    "mail.no_way_out": (
        "DAPBOT_MAIL_ADDRESS는 있지만 답장을 보낼 서버가 없습니다. DAPBOT_SMTP_URL을 넣어 주세요.",
        "DAPBOT_MAIL_ADDRESS is set, but no server to answer by: set DAPBOT_SMTP_URL.",
    ),
    "mail.no_way_in": (
        "DAPBOT_MAIL_ADDRESS는 있지만 메일을 받을 방법이 없습니다. DAPBOT_IMAP_URL(메일함)이나 "
        "DAPBOT_SMTP_LISTEN(직접 받기)을 넣어 주세요.",
        "DAPBOT_MAIL_ADDRESS is set, but nothing that brings mail: set DAPBOT_IMAP_URL (a mailbox) or "
        "DAPBOT_SMTP_LISTEN (mail comes here).",
    ),
    "mail.attachment.tnef": (
        "Outlook 전용 형식(winmail.dat)이라 읽지 못했습니다. 서식 있는 텍스트 대신 HTML이나 일반 텍스트로 보내 달라고 하세요.",
        "In Outlook's own form (winmail.dat), which cannot be read: ask for it as HTML or plain text, not rich text.",
    ),
    "mail.attachment.msg": (
        "Outlook 메일 파일(.msg)은 읽지 못했습니다. 메일로 전달하거나 .eml로 저장해 주세요.",
        "Outlook's mail files (.msg) cannot be read: forward the mail, or save it as .eml.",
    ),
    "mail.attachment.encrypted": (
        "암호화된 메일이라 읽지 못했습니다.",
        "It is encrypted and cannot be read.",
    ),
    "mail.attachment.too_many": (
        "첨부가 많거나 커서 읽지 않았습니다.",
        "Not read: there are too many files, or too large ones.",
    ),
    "digest.subject": (
        "{source}로 온 메일 {count}통 요약",
        "Mails to {source}, summarized: {count}",
    ),
    "digest.no_subject": ("(제목 없음)", "(no subject)"),
    "digest.more": ("그 밖에 {count}통이 더 있습니다.", "And {count} more."),
    "mail.nothing": ("(내용이 없습니다)", "(nothing to say)"),
    "mail.sources": ("출처", "Sources"),
    "mail.evidence": ("근거", "Evidence"),
    "mail.actions": ("할 일", "To do"),
    "mail.questions": ("답을 기다리는 질문", "Open questions"),
    "mail.attachments": ("첨부 파일", "Attachments"),
    "mail.mood.negative": ("분위기: 불만이나 걱정이 있습니다.", "Mood: there is discontent or worry."),
    "mail.mood.positive": ("분위기: 좋습니다.", "Mood: good."),
    "mail.automatic": ("답봇이 자동으로 보낸 메일입니다.", "Dapbot sent this mail by itself."),
    "mail.by_model": (
        "답봇이 AI로 써서 자동으로 보낸 메일입니다.",
        "Dapbot wrote this with AI, and sent it by itself.",
    ),
    "mail.mood.neutral": ("분위기: 차분합니다.", "Mood: calm."),
    # --- what would be done with a mail (connectors/cli/mail.py)
    "mail.check.no_mail": (
        "{name}: 메일이 아닙니다. 메일함에서 원문(.eml)으로 저장한 파일을 주세요.",
        "{name} is no mail: save one from the mailbox with its source (.eml).",
    ),
    "mail.check.answered": ("이 메일에 답합니다. 답은 {address}로 갑니다.", "This mail is answered, to {address}."),
    "mail.check.not_answered": ("이 메일에는 답하지 않습니다.", "This mail is not answered."),
    "mail.check.nobody": (
        "보낸 사람이 분명하지 않습니다. From은 하나, 그 안의 주소도 하나여야 합니다.",
        "It has no clear sender: there must be one From with one address.",
    ),
    "mail.check.sender": ("보낸 사람: {sender}", "From: {sender}"),
    "mail.check.robot.none": ("사람이 쓴 메일로 보입니다.", "It looks like a person's mail."),
    "mail.check.robot.own": ("봇이 보낸 메일입니다.", "The bot itself, or another Dapbot, sent it."),
    "mail.check.robot.automatic": (
        "프로그램이 자동으로 보낸 메일입니다(Auto-Submitted 등의 헤더).",
        "A program sent it by itself (Auto-Submitted, or a header like it).",
    ),
    "mail.check.robot.bulk": ("대량 메일입니다(Precedence).", "It is bulk mail (Precedence)."),
    "mail.check.robot.list": (
        "메일링 리스트나 뉴스레터입니다(List-* 헤더).",
        "It is from a mailing list or a newsletter (List-* headers).",
    ),
    "mail.check.robot.machine": (
        "답을 받지 않는 주소에서 온 메일입니다(no-reply, postmaster, 빈 Return-Path).",
        "It is from an address that takes no answers (no-reply, postmaster, an empty Return-Path).",
    ),
    "mail.check.robot.report": ("반송이나 수신 확인 보고입니다.", "It is a bounce or a report."),
    "mail.check.robot.away": (
        "제목을 보면 부재중 알림이나 반송 메일입니다.",
        "By its subject it is an out-of-office reply or a bounce.",
    ),
    "mail.check.listed": ("허용 목록에 있습니다.", "The sender is on the list."),
    "mail.check.not_listed": (
        "허용 목록에 없습니다. 답하려면 DAPBOT_MAIL_ALLOW에 {address}나 그 도메인을 넣으세요.",
        "The sender is not on the list: put {address}, or its domain, into DAPBOT_MAIL_ALLOW.",
    ),
    "mail.check.nobody_listed": (
        "DAPBOT_MAIL_ALLOW가 비어 있어 아무에게도 답하지 않습니다.",
        "DAPBOT_MAIL_ALLOW is empty: nobody is answered.",
    ),
    "mail.check.verified": (
        "{server} 서버가 보낸 사람을 확인했습니다({results}).",
        "{server} has verified the sender ({results}).",
    ),
    "mail.check.failed": (
        "{server} 서버가 보낸 사람을 확인하지 못했습니다({results}). 보낸 도메인의 SPF, DKIM, DMARC 설정이 필요합니다.",
        "{server} did not verify the sender ({results}): the sender's domain needs SPF, DKIM and DMARC.",
    ),
    "mail.check.no_results": (
        "메일에 Authentication-Results가 없어 보낸 사람을 확인할 수 없습니다. 받는 메일 서버가 적게 하세요(docs/mail.ko.md).",
        "It has no Authentication-Results, so nobody has verified the sender: have your receiving server write them "
        "(docs/mail.md).",
    ),
    "mail.check.no_authserv": (
        "누구의 확인을 믿을지 정해지지 않았습니다. 받는 서버의 이름을 DAPBOT_MAIL_AUTHSERV_ID에 넣으세요. 이 메일에 있는 이름: {names}",
        "It is not set whose word is believed: put your receiving server's name into DAPBOT_MAIL_AUTHSERV_ID. Names in "
        "this mail: {names}",
    ),
    "mail.check.other_servers": (
        "{server}의 확인 결과가 없습니다. 이 메일에 있는 이름: {names}. 그중 받는 서버의 것이 있으면 DAPBOT_MAIL_AUTHSERV_ID를 고치세요.",
        "It has no results of {server}. Names in this mail: {names}. If one is your receiving server's, put that into "
        "DAPBOT_MAIL_AUTHSERV_ID.",
    ),
    "mail.check.read": ("읽은 것(메일 {count}통):", "What was read (mails: {count}):"),
    "mail.check.subject": ("제목: {value}", "Subject: {value}"),
    "mail.check.request": ("부탁: {value}", "Request: {value}"),
    "mail.check.letter": ("전달된 메일 {number}: {value}", "Forwarded mail {number}: {value}"),
    "mail.check.date": ("날짜: {value}", "Date: {value}"),
    "mail.check.text": ("내용: {value}", "Text: {value}"),
    "mail.check.earlier": ("그 전에 주고받은 메일: {count}통", "Earlier mails in the thread: {count}"),
    "mail.check.file": ("첨부: {name} ({note})", "Attached: {name} ({note})"),
    "mail.check.file_read": ("읽었습니다", "read"),
    "mail.check.task.question": ("할 일: 자료에서 찾아 답합니다.", "To do: answer from the documents."),
    "mail.check.task.answer": (
        "할 일: 메일의 질문에 자료에서 찾아 답합니다.",
        "To do: answer its question from the documents.",
    ),
    "mail.check.task.summarize": ("할 일: 세 줄로 요약합니다.", "To do: three lines."),
    "mail.check.task.translate": ("할 일: 번역합니다.", "To do: translate."),
    "mail.check.task.draft": ("할 일: 답장 초안을 씁니다.", "To do: draft a reply."),
    "mail.check.task.sentiment": ("할 일: 분위기를 읽습니다.", "To do: read the mood."),
    "mail.check.task.tutor": ("할 일: 설명합니다.", "To do: explain."),
    "mail.check.task.smalltalk": ("할 일: 쓰는 법을 알려 줍니다.", "To do: say how to use it."),
}
