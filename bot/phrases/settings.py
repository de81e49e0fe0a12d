"""What each setting is for, and what is wrong with one."""

PHRASES: dict[str, tuple[str, str]] = {
    "settings.for.glossary": (
        "번역할 때 쓸 용어집(CSV, 두 칸: 한국어, 영어).",
        "The glossary for translations (CSV of two columns: Korean, English).",
    ),
    # --- database and settings (bot/database/, bot/settings.py)
    "settings.channel_tasks": (
        "{name}={value}: 쓸 수 없는 값입니다. '채널=할 일'을 쉼표로 이어 적어 주세요. 예: mail=summarize, slack:C012=translate. "
        "할 일: answer, translate, summarize, sentiment, draft, tutor.",
        "{name}={value} cannot be used. Write channel=task with commas between, e.g. mail=summarize, "
        "slack:C012=translate. Tasks: answer, translate, summarize, sentiment, draft, tutor.",
    ),
    "settings.for.channel_tasks": (
        "메시지가 따로 무엇을 해 달라고 하지 않을 때 그 채널에서 할 일. '채널=할 일' 또는 '채널:장소=할 일'을 쉼표로 여럿. "
        "예: mail=summarize, slack:C012=translate",
        "What is done with messages of a channel that ask for nothing in particular: channel=task or channel:place=task, "
        "several with commas between. E.g. mail=summarize, slack:C012=translate",
    ),
    "settings.choice": (
        "{name}={value}: 쓸 수 없는 값입니다. 다음 중 하나로 적어 주세요: {choices}.",
        "{name}={value} cannot be used. Set it to one of: {choices}.",
    ),
    "settings.number": (
        "{name}={value}: 쓸 수 없는 값입니다. {lowest}에서 {highest} 사이의 숫자를 적어 주세요.",
        "{name}={value} cannot be used. Set it to a number from {lowest} to {highest}.",
    ),
    "settings.web_address": (
        "{name}={value}: 쓸 수 없는 값입니다. http://호스트:포트 모양의 주소를 적거나 비워 두세요.",
        "{name}={value} cannot be used. Set it to an address such as http://host:port, or leave it empty.",
    ),
    "settings.mail_server": (
        "{name}: 메일 서버의 주소가 아닙니다. imaps://사용자:비밀번호@호스트:993/INBOX나 smtp://호스트:587처럼 적어 주세요. "
        "비밀번호의 @와 /는 %40과 %2F로 적습니다.",
        "{name} is not the address of a mail server. Write it as imaps://user:password@host:993/INBOX or smtp://host:587; "
        "@ and / in a password are %40 and %2F.",
    ),
    "settings.mailbox": (
        "{name}={value}: 메일 주소가 아닙니다. bot@company.com처럼 하나만 적어 주세요.",
        "{name}={value} is not an e-mail address. Write one, such as bot@company.com.",
    ),
    "settings.listen": (
        "{name}={value}: 쓸 수 없는 값입니다. 0.0.0.0:25처럼 주소:포트를 적어 주세요.",
        "{name}={value} cannot be used. Write host:port, such as 0.0.0.0:25.",
    ),
    "settings.for.mail_address": (
        "봇의 메일 주소. 여기로 온 메일에 이 주소로 답합니다. 설정하는 법: docs/mail.ko.md",
        "The bot's e-mail address: what comes to it is answered from it. How to set it up: docs/mail.md",
    ),
    "settings.for.mail_allow": (
        "봇에게 메일을 보내 답을 받을 수 있는 주소와 도메인(쉼표로 구분). 예: minsu@partner.com, company.com, *.company.com. "
        "비워 두면 아무에게도 답하지 않습니다.",
        "Addresses and domains, with commas between, that may mail the bot and are answered, such as minsu@partner.com, "
        "company.com, *.company.com. Empty: nobody is.",
    ),
    "settings.for.mail_authserv_id": (
        "받는 메일 서버가 Authentication-Results 헤더에 적는 자기 이름(예: mx.google.com). 이 이름으로 확인된 발신자만 믿습니다.",
        "The name by which your receiving server signs its Authentication-Results (such as mx.google.com): only senders "
        "that it has verified are believed.",
    ),
    "settings.for.smtp_listen": (
        "메일을 직접 받을 주소와 포트(예: 0.0.0.0:25). 회사 메일 서버가 봇의 메일을 이리로 넘겨줄 때 씁니다.",
        "Where to take mail in by SMTP (such as 0.0.0.0:25), when your mail server hands the bot's mail on.",
    ),
    "settings.for.smtp_certificate": (
        "메일을 받을 때 STARTTLS에 쓸 인증서: 인증서와 개인 키가 함께 든 PEM 파일, 또는 fullchain.pem과 privkey.pem이 있는 폴더.",
        "The certificate for STARTTLS when mail is taken in: a PEM file with the private key in it, or a folder that holds "
        "fullchain.pem and privkey.pem.",
    ),
    "settings.for.imap_url": (
        "봇의 메일함: imaps://사용자:비밀번호@호스트:993/INBOX (비밀번호의 @와 /는 %40과 %2F). 새 메일이 오면 바로 읽습니다.",
        "The bot's mailbox: imaps://user:password@host:993/INBOX (@ and / in a password are %40 and %2F). New mail is "
        "read as it comes.",
    ),
    "settings.for.smtp_url": (
        "답장을 보낼 메일 서버: smtp://사용자:비밀번호@호스트:587(STARTTLS) 또는 smtps://…:465",
        "The server that sends the replies: smtp://user:password@host:587 (STARTTLS), or smtps://…:465",
    ),
    "settings.digest": (
        "{name}={value}: 쓸 수 없는 값입니다. '30 8 * * 1-5 team@company.com > manager@company.com'처럼 때, 받는 주소, >, 보낼 곳"
        "(메일 주소나 slack:채널 ID)을 적고 여럿은 세미콜론으로 나누세요.",
        "{name}={value} cannot be used. Write when, the address mails come to, > and where it goes (an address or "
        "slack:channel id), such as '30 8 * * 1-5 team@company.com > manager@company.com'; several with semicolons.",
    ),
    "settings.for.mail_digest": (
        "모아 보기: '30 8 * * 1-5 team@company.com > manager@company.com'. team@company.com(봇의 메일함으로 오는 주소)로 전달된 "
        "메일은 하나씩 답하지 않고, 정한 때에 요약을 모아 보냅니다. 보낼 곳은 메일 주소나 slack:C012AB3CD. 여럿은 세미콜론으로 구분.",
        "Digests: '30 8 * * 1-5 team@company.com > manager@company.com'. Mails to team@company.com (an address that leads "
        "to the bot's mailbox) are not answered one by one: their summaries go out together at that time, to an address "
        "or to slack:C012AB3CD. Several with semicolons between.",
    ),
    "settings.report": (
        "{name}={value}: 쓸 수 없는 값입니다. '0 9 * * 1 > team@company.com'처럼 때, >, 보낼 곳(메일 주소나 slack:채널 ID)을 적고 "
        "여럿은 세미콜론으로 나누세요.",
        "{name}={value} cannot be used. Write when, > and where it goes (an address or slack:channel id), such as "
        "'0 9 * * 1 > team@company.com'; several with semicolons.",
    ),
    "settings.for.report": (
        "주간 보고: '0 9 * * 1 > team@company.com'. 지난 이레의 주요 수치를 그때 메일 주소나 slack:C012AB3CD로 보냅니다. 여럿은 "
        "세미콜론으로 구분.",
        "The weekly report: '0 9 * * 1 > team@company.com'. The main figures of the last seven days go out at that time, to "
        "an address or to slack:C012AB3CD. Several with semicolons between.",
    ),
    "settings.for.mail_days": (
        "받은 메일의 원본을 지우기까지의 날수.",
        "Days until the mails that came are deleted.",
    ),
    "settings.timezone": (
        "{name}={value}: 모르는 시간대입니다. Asia/Seoul 또는 UTC처럼 적어 주세요.",
        "{name}={value} is not a time zone that is known here. Write it as Asia/Seoul or UTC.",
    ),
    "settings.llm": (
        "{name}={value}: 쓸 수 없는 값입니다. openai:gpt-4.1-mini처럼 '제공자:모델'로 적거나, 모델 없이 쓰려면 비워 "
        "두세요.",
        "{name}={value} cannot be used. Write it as provider:model, e.g. openai:gpt-4.1-mini, or leave it empty to use "
        "no model.",
    ),
    "settings.prices": (
        "{name}={value}: 쓸 수 없는 값입니다. 백만 토큰당 달러로 '제공자:모델=입력/출력'을 적어 주세요. 예: openai:gpt-4.1=2/8",
        "{name}={value} cannot be used. Write provider:model=input/output in dollars for a million tokens, e.g. "
        "openai:gpt-4.1=2/8.",
    ),
    "settings.wrong": (
        "{name}={value}: 쓸 수 없는 값입니다. .env.example에 적힌 설명대로 고쳐 주세요.",
        "{name}={value} cannot be used. Change it to what .env.example says of it.",
    ),
    "settings.short_secret": (
        "{name}이(가) 너무 짧습니다. 32자 이상으로 적거나, 비워 두면 저절로 만들어집니다.",
        "{name} is too short. Give it 32 characters or more, or leave it empty and one is made.",
    ),
    "settings.environment": ("환경 변수", "the environment"),
    "settings.example": (
        "이 파일을 .env로 복사하고 필요한 줄의 #을 지우세요. 같은 이름을 dapbot.toml이나 환경 변수에 적어도 됩니다.",
        "Copy this file to .env and remove the # where you need it. The same names work in dapbot.toml and in the "
        "environment.",
    ),
    "settings.for.data": (
        "데이터베이스, 색인, 올린 파일을 두는 폴더.",
        "Folder of the database, the indexes and the uploads.",
    ),
    "settings.for.database_url": (
        "비워 두면 데이터 폴더의 SQLite를 씁니다. PostgreSQL: postgresql://사용자:암호@호스트/이름",
        "Empty: SQLite in the data folder. PostgreSQL: postgresql://user:password@host/name",
    ),
    "settings.for.chroma_url": (
        "Chroma 서버의 주소(http://호스트:포트). 비워 두면 프로그램 안에서 씁니다.",
        "A Chroma server (http://host:port). Empty: embedded.",
    ),
    "settings.for.embedding_model": (
        "sentence-transformers 모델의 폴더 또는 이름. 비워 두면 함께 들어 있는 영어 모델을 씁니다. 다국어 모델을 "
        "쓰면 한국어도 뜻으로 찾습니다. 저절로 내려받지는 않습니다.",
        "A sentence-transformers model by folder or name. Empty: the bundled English one. With a multilingual model "
        "Korean is searched by meaning too. Never downloaded by itself.",
    ),
    "settings.for.web_host": (
        "웹 화면이 열리는 이 컴퓨터의 주소. 로그인이 없는 동안에는 127.0.0.1만 됩니다.",
        "Address of this machine at which the page opens. Without sign-in only a loopback address is accepted.",
    ),
    "settings.for.web_port": (
        "웹 화면의 포트. 이미 쓰이고 있으면 다음 빈 포트를 씁니다.",
        "Port of the page. If it is taken, the next free one is used.",
    ),
    "settings.for.web_ask": (
        "로그인하지 않은 사람도 질문할 수 있는지: open 또는 signed-in. 비워 두면 이 컴퓨터에서만 열 때는 open, 다른 컴퓨터에서도 열 "
        "수 있을 때(DAPBOT_WEB_HOST나 DAPBOT_PUBLIC_URL)는 signed-in입니다. open으로 묻는 사람은 어느 그룹에도 속하지 않습니다.",
        "Whether people may ask without signing in: open or signed-in. Empty: open while only this machine can reach "
        "Dapbot, signed-in once others can (DAPBOT_WEB_HOST, DAPBOT_PUBLIC_URL). Who asks so is in no group.",
    ),
    "settings.owners": (
        "{name}={value}: 쓸 수 없는 값입니다. help@company.com, slack:C012AB3CD(채널), slack:U012AB3CD(사람)처럼 쉼표로 나누어 적어 "
        "주세요.",
        "{name}={value} cannot be used. Write addresses, slack:C012AB3CD (a channel) or slack:U012AB3CD (a person), with "
        "commas between.",
    ),
    "settings.for.web_owners": (
        "웹 대화에서 '담당자에게 묻기'를 누르면 알릴 곳: 메일 주소나 slack:C012AB3CD(채널), slack:U012AB3CD(사람), 쉼표로 구분. 비워 "
        "두면 SLACK_OWNERS의 사람에게 알리고, 관리 화면의 '담당자 요청'에는 언제나 나타납니다.",
        "Who is told when somebody on the page asks for a person: addresses, slack:C012AB3CD (a channel) or "
        "slack:U012AB3CD (a person), with commas between. Empty: the people of SLACK_OWNERS. All of them are on the page "
        "Requests for a person in any case.",
    ),
    "settings.for.questions_alert": (
        "답이 없는 같은 질문을 몇 명이 하면 담당자에게 한 번 알릴지. 문서 담당자 계정의 이름이 메일 주소이면 그 주소로, 그리고 DAPBOT_WEB_OWNERS나 "
        "SLACK_OWNERS로 알립니다. 0이면 알리지 않습니다.",
        "How many people must ask the same in vain before somebody is told, once: the owner of the nearest document where "
        "their account's name is an address, and DAPBOT_WEB_OWNERS or SLACK_OWNERS. 0: nobody is.",
    ),
    "settings.for.web_proxies": (
        "방문자의 주소를 알려 주는 역방향 프록시의 IP 주소나 대역, 쉼표로 구분. 같은 컴퓨터의 프록시는 적지 않아도 됩니다.",
        "Addresses or networks of reverse proxies that tell where a visitor comes from, with commas between; "
        "one on the same machine need not be named.",
    ),
    "settings.proxies": (
        "{name}의 값 '{value}'은(는) IP 주소나 대역의 목록이 아닙니다. 예: 10.0.0.2, 192.168.1.0/24",
        "{name} is '{value}', which is not a list of IP addresses or networks such as 10.0.0.2, 192.168.1.0/24.",
    ),
    "settings.for.public_url": (
        "프록시 뒤에 있을 때 사람들이 들어오는 주소.",
        "The address at which people reach the page, behind a proxy.",
    ),
    "settings.for.secret": (
        "웹 화면의 양식에 서명하는 비밀 값(32자 이상). 비워 두면 한 번 만들어 데이터 폴더에 보관합니다.",
        "Signs the forms of the page (32 characters or more). Empty: made once and kept in the data folder.",
    ),
    "settings.for.language": (
        "명령과 화면의 언어: ko, en. 비워 두면 시스템을 따릅니다.",
        "Language of commands and pages: ko, en. Empty: as the system.",
    ),
    "settings.for.timezone": ("날짜를 보여 줄 때의 시간대.", "Time zone of the dates that are shown."),
    "settings.for.line": (
        "얼마나 확실해야 답할지: careful(신중하게), balanced(보통), eager(적극적으로).",
        "How sure the bot must be to answer: careful, balanced or eager.",
    ),
    "settings.for.publishing": (
        "새 버전을 공개하기 전에 실제 질문으로 시험해야 하는지: free(안 해도 됨), tried(시험해야 공개됨).",
        "Whether a version that waits must be tried on real questions before it is published: free, tried.",
    ),
    "settings.for.politeness": (
        "한국어로 답할 때의 말투: haeyo(해요체), hasipsio(합쇼체). 비워 두면 해요체입니다. 사람이나 채널이 따로 정한 말투가 먼저입니다.",
        "How politely Korean answers speak: haeyo, hasipsio (more formal). Empty: haeyo. What a person or a channel has "
        "chosen comes first.",
    ),
    "settings.for.log_level": (
        "기록을 얼마나 남길지: debug, info, warning, error.",
        "How much is logged: debug, info, warning or error.",
    ),
    "settings.for.log_format": (
        "로그의 형식: text 또는 json(한 줄에 객체 하나).",
        "Form of the log: text, or json (one object a line).",
    ),
    "settings.for.llm": (
        "언어 모델을 제공자:모델로 적습니다. 예: openai:gpt-4.1-mini. 비워 두면 모델 없이 문서에서 발췌해 답합니다.",
        "The language model as provider:model, e.g. openai:gpt-4.1-mini. Empty: no model, answers are extracts.",
    ),
    "settings.for.llm_attempts": (
        "답변 하나를 몇 번 써 보고 고를지(1~5). 자료가 가장 잘 뒷받침하고 서로 가장 많이 일치하는 답을 보내며, 비용도 그만큼 "
        "늘어납니다. 2 이상이면 답이 완성된 뒤 한 번에 나옵니다.",
        "How many times an answer is written to choose from (1 to 5): the one that the documents support best and the "
        "others agree with most is sent. It costs as many times as much, and from 2 on an answer appears when it is "
        "finished.",
    ),
    "settings.for.cache_days": (
        "언어 모델이 쓴 답을 같은 질문에 다시 쓰는 기간(일). 근거가 된 자료가 바뀌면 바로 버립니다. 0이면 다시 쓰지 않습니다.",
        "For how many days an answer that a language model wrote is given again where the same is asked. It goes at once "
        "when a passage it rests on is changed. 0: never.",
    ),
    "settings.for.llm_deadline": (
        "답변 하나에 쓰는 시간(초). 다시 시도하는 시간까지 포함하며, 넘으면 발췌로 답합니다.",
        "Seconds for one answer, retries included. After that the answer is an extract.",
    ),
    "settings.for.llm_small": (
        "간단한 일(이어지는 질문을 온전한 문장으로 고치기, 글의 감정 읽기)을 맡는 작고 빠른 모델. 비워 두면 DAPBOT_LLM이 "
        "맡습니다.",
        "A small, fast model for small work: completing follow-up questions, reading the mood of a text. Empty: DAPBOT_LLM "
        "does it.",
    ),
    "settings.for.llm_fallback": (
        "다른 모델이 멈추거나 한도에 걸리거나 거절하면 같은 시간 안에서 대신 묻는 모델. 다른 제공자의 것이 좋습니다.",
        "The model that is asked instead, within the same time, where another one is down, over its limit or refuses. "
        "Best one of another provider.",
    ),
    "settings.for.llm_concurrency": (
        "모델 하나에 한꺼번에 보내는 요청 수. 프로세스마다 세며, 차례를 기다린 시간도 DAPBOT_LLM_DEADLINE에 들어갑니다.",
        "How many requests one model is sent at the same time, by each process. Waiting for a turn counts against "
        "DAPBOT_LLM_DEADLINE.",
    ),
    "settings.for.task_answer_llm": (
        "답변을 쓰는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that writes answers. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_followup_llm": (
        "이어지는 질문을 온전한 문장으로 고치는 모델. 비워 두면 DAPBOT_LLM_SMALL, 그것도 없으면 DAPBOT_LLM.",
        "The model that completes follow-up questions. Empty: DAPBOT_LLM_SMALL, and without that DAPBOT_LLM.",
    ),
    "settings.for.task_summarize_llm": (
        "글과 대화, 문서를 요약하는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that summarizes texts, conversations and documents. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_sentiment_llm": (
        "글의 감정을 읽는 모델. 비워 두면 DAPBOT_LLM_SMALL, 그것도 없으면 DAPBOT_LLM. 어느 것도 없으면 Dapbot의 작은 모델이 "
        "읽습니다.",
        "The model that reads the mood of a text. Empty: DAPBOT_LLM_SMALL, and without that DAPBOT_LLM; with none of them, "
        "Dapbot's own small model.",
    ),
    "settings.for.task_draft_llm": (
        "글의 초안(블로그, 메일, 공지 등)을 쓰는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that writes drafts: blog posts, mails, notices. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_translate_llm": (
        "번역하는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that translates. Empty: DAPBOT_LLM.",
    ),
    "settings.for.task_tutor_llm": (
        "설명하고 가르치는 모델. 비워 두면 DAPBOT_LLM.",
        "The model that explains and teaches. Empty: DAPBOT_LLM.",
    ),
    "settings.for.llm_prices": (
        "가격표에 없거나 계약 가격이 다른 모델의 값. 백만 토큰당 달러로 '모델=입력/출력'을 적고, 캐시에서 읽은 입력의 값이 다르면 "
        "'/캐시'를 덧붙입니다. 쉼표로 여럿. 예: upstage:solar-pro2=0.15/0.6, openai:gpt-4.1=2/8/0.5",
        "Prices of models that the table does not know, or that cost you something else: model=input/output in dollars for "
        "a million tokens, with /cached where input read from a cache costs less; several with commas between. E.g. "
        "upstage:solar-pro2=0.15/0.6, openai:gpt-4.1=2/8/0.5",
    ),
    "settings.unknown_task": (
        "{where}에 적힌 {name}: 그런 일은 없습니다. 모델을 정할 수 있는 일: {tasks}.",
        "{name} in {where} names a task that there is not. A model can be set for: {tasks}.",
    ),
    "settings.for.messages_per_minute": (
        "한 사람이 1분에 물어볼 수 있는 횟수. 0: 제한 없음.",
        "How many messages one person may send in a minute. 0: as many as they like.",
    ),
    "settings.for.messages_per_day": (
        "한 사람이 하루(DAPBOT_TIMEZONE 기준)에 물어볼 수 있는 횟수. 0: 제한 없음.",
        "How many messages one person may send in a day (of DAPBOT_TIMEZONE). 0: as many as they like.",
    ),
    "settings.for.people_per_address": (
        "로그인하지 않은 사람이나 프로그램은 접속 주소별로도 셉니다. 사무실 한 곳이 주소 하나를 함께 쓰므로, 주소 하나에 "
        "사람 몇 명분을 허용할지 정합니다. 0: 주소별로는 제한하지 않음.",
        "Whoever is not signed in is counted by address too. An office shares one address: this says for how many "
        "people one address may ask. 0: addresses are not limited.",
    ),
    "settings.for.tokens_per_person": (
        "한 사람이 하루에 쓸 수 있는 언어 모델 토큰. 다 쓰면 그날은 자료의 원문으로 답합니다. 0: 제한 없음.",
        "Tokens of the language model one person may use in a day; after that, answers are extracts. 0: no limit.",
    ),
    "settings.for.tokens_per_day": (
        "모두 합해 하루에 쓸 수 있는 언어 모델 토큰. 다 쓰면 그날은 자료의 원문으로 답합니다. 0: 제한 없음.",
        "Tokens of the language model everyone together may use in a day; after that, answers are extracts. 0: no limit.",
    ),
    "settings.for.cost_per_day": (
        "하루 언어 모델 비용의 한도(미국 달러). 넘으면 그날은 자료의 원문으로 답합니다. 0: 한도 없음.",
        "Most US dollars a day for the language model; beyond that, answers are extracts. 0: no cap.",
    ),
    "settings.for.cost_per_month": (
        "한 달 언어 모델 비용의 한도(미국 달러). 넘으면 다음 달까지 자료의 원문으로 답합니다. 0: 한도 없음.",
        "Most US dollars a month for the language model; beyond that, answers are extracts. 0: no cap.",
    ),
    "settings.for.workers": (
        "한꺼번에 답하는 메시지 수(Slack, 메일). 프로세스마다 셉니다.",
        "How many messages of Slack and mail are answered at the same time, in each process.",
    ),
    "settings.for.answer_hours": (
        "이 시간(시간 단위)보다 오래 기다린 메시지에는 답 대신 다시 물어봐 달라고 알립니다.",
        "Hours after which a message that waits is not answered any more; its sender is asked to send it again.",
    ),
    "settings.for.waiting": (
        "답변을 기다리는 메시지를 몇 개까지 받아 둘지. 더 오면 받지 않고 나중에 다시 보내 달라고 합니다.",
        "How many messages may wait for their answer; more are not taken, and their senders are told so.",
    ),
    "settings.for.waiting_per_person": (
        "한 사람의 메시지를 동시에 몇 개까지 받아 둘지.",
        "How many messages of one person may wait at a time.",
    ),
    "settings.for.retention_at": (
        "보관 기간이 지난 기록을 지우는 시각(cron 형식: 분 시 일 월 요일). 기본은 매일 새벽 3시 30분.",
        "When what has been kept long enough is deleted (as cron has it: minute hour day month weekday).",
    ),
    "settings.for.keep_days": (
        "대화, 답변, 평가를 두는 일수. 지난 것은 날마다 지웁니다. 처리가 끝난 메시지는 30일, 감사 기록은 2년 둡니다.",
        "Days that conversations, answers and ratings are kept; older ones are deleted every day. Finished messages are "
        "kept for 30 days, the audit log for 2 years.",
    ),
    "settings.cron": (
        '{name}={value}: cron 형식이 아닙니다. "30 3 * * *"(매일 새벽 3시 30분)처럼 분 시 일 월 요일을 적어 주세요.',
        '{name}={value} is not as cron has it. Write minute, hour, day, month and weekday: "30 3 * * *" is 3:30 each day.',
    ),
    "settings.for.openai_api_key": ("openai: 모델의 키.", "Key for openai: models."),
    "settings.for.slack_bot_token": (
        "Slack 앱의 봇 토큰(xoxb-...). 이것과 SLACK_APP_TOKEN(또는 SLACK_SIGNING_SECRET)이 있으면 Slack에서 답합니다. "
        "앱 만드는 법: docs/slack.ko.md",
        "The bot token of your Slack app (xoxb-...). With it and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET), people are "
        "answered in Slack. How to make the app: docs/slack.md",
    ),
    "settings.for.slack_app_token": (
        "Socket Mode용 앱 토큰(xapp-..., 범위 connections:write). 공개 주소가 없어도 됩니다.",
        "The app token for Socket Mode (xapp-..., scope connections:write). No public address is needed.",
    ),
    "settings.for.slack_signing_secret": (
        "Slack이 /slack/events로 보내는 요청을 확인하는 값. SLACK_APP_TOKEN 없이 이것만 있으면 HTTP로 받습니다.",
        "What the requests that Slack sends to /slack/events are signed with. With it and no SLACK_APP_TOKEN, events come "
        "over HTTP.",
    ),
    "settings.for.slack_admins": (
        "Slack에서 Dapbot을 설정하고 알림을 받을 사람의 멤버 ID(U..., 쉼표로 구분). 비워 두면 워크스페이스의 관리자",
        "Member ids (U..., with commas between) of those who may set up Dapbot in Slack and are told what goes wrong. "
        "Empty: the workspace's admins",
    ),
    "settings.for.slack_owners": (
        "채널에 따로 정하지 않았을 때 '담당자 연결'로 부를 사람과 그룹의 ID(U..., S..., 쉼표로 구분)",
        "Ids of the people and user groups (U..., S..., with commas between) who are called for 'Ask a person' where a "
        "channel has none of its own",
    ),
    "settings.for.slack_api_url": (
        "Slack 대신 부를 API 주소(프록시, 시험용). 비워 두면 https://slack.com/api/",
        "Another address of Slack's API, for proxies and tests. Empty: https://slack.com/api/",
    ),
    "settings.for.openai_base_url": (
        "OpenAI 방식으로 말하는 다른 서버의 주소(프록시, 사내 서버).",
        "Another server that speaks the OpenAI protocol (a proxy, a server of your own).",
    ),
    "settings.for.anthropic_api_key": ("anthropic: 모델의 키.", "Key for anthropic: models."),
    "settings.for.google_api_key": ("google_genai: 모델의 키.", "Key for google_genai: models."),
    "settings.for.upstage_api_key": ("upstage: 모델(Solar)의 키.", "Key for upstage: models (Solar)."),
    "settings.for.anthropic_base_url": (
        "anthropic: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for anthropic: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.google_gemini_base_url": (
        "google_genai: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for google_genai: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.upstage_base_url": (
        "upstage: 모델을 다른 주소(프록시, 게이트웨이)로 부를 때의 주소. 비워 두면 제공자의 주소.",
        "Another address for upstage: models (a proxy, a gateway). Empty: the provider's own.",
    ),
    "settings.for.ollama_host": (
        "ollama: 모델을 돌리는 서버의 주소. 비워 두면 이 컴퓨터의 11434번 포트.",
        "The server that runs ollama: models. Empty: port 11434 of this machine.",
    ),
    "settings.for.openrouter_api_key": ("openrouter: 모델의 키.", "Key for openrouter: models."),
    "settings.for.groq_api_key": ("groq: 모델의 키.", "Key for groq: models."),
    "settings.for.mistral_api_key": ("mistralai: 모델의 키.", "Key for mistralai: models."),
    "settings.database": (
        "DAPBOT_DATABASE_URL을 쓸 수 없습니다. 비워 두거나(데이터 폴더의 SQLite), sqlite:///파일 또는 "
        "postgresql://사용자:암호@호스트/이름으로 적어 주세요.",
        "DAPBOT_DATABASE_URL cannot be used. Leave it empty (SQLite in the data folder), or write sqlite:///file or "
        "postgresql://user:password@host/name.",
    ),
    "settings.postgres_driver": (
        "PostgreSQL 드라이버가 설치되어 있지 않습니다. pip install 'dapbot[postgres]'를 실행해 주세요.",
        "The PostgreSQL driver is not installed. Run pip install 'dapbot[postgres]'.",
    ),
    "settings.encoding": (
        "{file} 파일이 UTF-8이 아니어서 읽을 수 없습니다. 편집기에서 UTF-8로 저장해 주세요.",
        "{file} cannot be read because it is not UTF-8. Save it as UTF-8 in your editor.",
    ),
    "settings.toml": (
        '{file} 파일을 읽을 수 없습니다({reason}). 이름 = "값" 모양으로 한 줄에 하나씩 적어 주세요.',
        '{file} cannot be read ({reason}). Write one NAME = "value" on each line.',
    ),
    "settings.unreadable": (
        "{file} 파일을 열 수 없습니다({reason}). 읽기 권한을 확인해 주세요.",
        "{file} cannot be opened ({reason}). Check that it may be read.",
    ),
    "settings.unknown": (
        "{where}에 적힌 {name}은(는) 모르는 설정이라 쓰지 않았습니다.",
        "{name} in {where} is not a setting that is known here; it was not used.",
    ),
    "settings.unknown_near": (
        "{where}에 적힌 {name}은(는) 모르는 설정이라 쓰지 않았습니다. 혹시 {nearest}인가요?",
        "{name} in {where} is not a setting that is known here; it was not used. Did you mean {nearest}?",
    ),
    # --- what administrators set on the page or with `dapbot settings` (bot/kept_settings.py, bot/changing_settings.py)
    "settings.changed_meanwhile": (
        "그사이 다른 사람이 설정을 바꾸었습니다. 새로 고쳐서 확인한 뒤 다시 저장해 주세요.",
        "Somebody else changed the settings meanwhile. Reload, look at them, and save again.",
    ),
    "settings.nothing_to_undo": ("되돌릴 변경이 없습니다.", "There is no change to take back."),
    "settings.no_such": ("{name}이라는 설정은 없습니다.", "There is no setting called {name}."),
    "settings.fixed_file": (
        "{name}은(는) {where} 파일에서 정해져 있습니다. 여기서 바꾸려면 그 파일에서 지우고 다시 시작해 주세요.",
        "{name} is set in {where}. To change it here, remove it there and restart.",
    ),
    "settings.fixed_environment": (
        "{name}은(는) 환경 변수로 정해져 있습니다. 여기서 바꾸려면 환경 변수를 지우고 다시 시작해 주세요.",
        "{name} is set in the environment. To change it here, remove it there and restart.",
    ),
    "settings.fixed_flag": (
        "{name}은(는) 시작할 때의 옵션으로 정해져 있습니다. 여기서 바꾸려면 옵션 없이 다시 시작해 주세요.",
        "{name} is set by an option of the command. To change it here, start without that option.",
    ),
    "settings.not_here_secret": (
        "{name}은(는) 비밀 값이라 데이터베이스에 저장하지 않습니다. 환경 변수나 .env에 적고 다시 시작해 주세요.",
        "{name} is a secret, and those are not kept in the database. Set it in the environment or in .env, and restart.",
    ),
    "settings.not_here_trust": (
        "{name}은(는) 키가 보내질 곳이나 서버의 파일을 정하므로 서버에서만 바꿀 수 있습니다. 환경 변수나 .env에 적고 다시 시작해 주세요.",
        "{name} says where keys are sent, or which file of the server is read, so it can be changed on the server only. "
        "Set it in the environment or in .env, and restart.",
    ),
    "settings.not_here_start": (
        "{name}은(는) 데이터베이스를 열기 전에 필요해서 서버에서만 바꿀 수 있습니다. 환경 변수나 .env에 적고 다시 시작해 주세요.",
        "{name} is needed before the database is open, so it can be changed on the server only. Set it in the environment "
        "or in .env, and restart.",
    ),
    "settings.looks_secret": (
        "{name}: 키나 비밀번호처럼 보이는 값은 저장하지 않습니다. 비밀 값은 환경 변수나 .env에 적어 주세요.",
        "{name}: what looks like a key or a password is not kept. Put secrets into the environment or .env.",
    ),
    "words.unknown": ("{key}: 바꿀 수 있는 문구가 아닙니다.", "{key} is not a phrase that can have other words."),
    "words.long": ("문구는 {limit}자까지 적을 수 있습니다.", "A phrase can have up to {limit} characters."),
    "words.placeholders": (
        "문구에 {names}을(를) 그대로 한 번 이상 넣어 주세요. 그 자리에 내용이 들어갑니다. 다른 중괄호는 쓸 수 없습니다.",
        "Keep {names} in the phrase, as it is: what it stands for is put there. No other braces can be used.",
    ),
    "words.braces": (
        "이 문구에는 중괄호를 쓸 수 없습니다. 쓸 수 있는 자리 표시: {names}",
        "Braces cannot be used in this phrase, but for these: {names}",
    ),
}
