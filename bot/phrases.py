"""Every sentence the bot itself says, Korean and English side by side.

Keys are grouped by the part that says them; a test checks that both languages have the same placeholders.
"""

from knowledge.language import Language

PHRASES: dict[str, tuple[str, str]] = {
    # --- answers (bot/tasks/answer.py, bot/orchestrator.py)
    # --- small talk, routing, history (bot/tasks/smalltalk.py)
    # --- language model (bot/llm/)
    "model_name_wrong": (
        "DAPBOT_LLM 값 '{name}'을(를) 읽을 수 없습니다. 제공자:모델 형식으로 적어 주세요. 예: openai:gpt-4.1-mini",
        "DAPBOT_LLM is '{name}'; write it as provider:model, for example openai:gpt-4.1-mini.",
    ),
    "model_provider_unknown": (
        "DAPBOT_LLM의 제공자 '{provider}'을(를) 알 수 없습니다. 쓸 수 있는 제공자: {known}",
        "DAPBOT_LLM names the provider '{provider}', which is not known; these are: {known}.",
    ),
    "model_package_missing": (
        "DAPBOT_LLM의 제공자 '{provider}'에는 {package} 패키지가 필요합니다. 설치: `uv pip install {package}`.",
        "The provider '{provider}' of DAPBOT_LLM needs the package {package}: run `uv pip install {package}`.",
    ),
    "model_key_missing": (
        "DAPBOT_LLM={name}을(를) 쓰려면 {key}를 설정해 주세요. DAPBOT_LLM을 비우면 모델 없이 발췌로 답합니다.",
        "DAPBOT_LLM={name} needs {key} to be set; leave DAPBOT_LLM empty to answer with extracts, without a model.",
    ),
    "model_slow": (
        "언어 모델의 응답이 늦어 자료의 원문을 그대로 보여 드립니다.",
        "The language model did not answer in time, so this is taken from the documents word for word.",
    ),
    "model_down": (
        "언어 모델에 연결할 수 없어 자료의 원문을 그대로 보여 드립니다.",
        "The language model could not be reached, so this is taken from the documents word for word.",
    ),
    "model_limited": (
        "언어 모델의 사용 한도에 걸려 자료의 원문을 그대로 보여 드립니다.",
        "The language model is over its rate limit, so this is taken from the documents word for word.",
    ),
    "model_refused": (
        "언어 모델이 요청을 거절해 자료의 원문을 그대로 보여 드립니다.",
        "The language model refused the request, so this is taken from the documents word for word.",
    ),
    "model_cut": (
        "언어 모델의 답변이 도중에 끊겨 자료의 원문을 그대로 보여 드립니다.",
        "The language model broke off, so this is taken from the documents word for word.",
    ),
    "model_broken": (
        "언어 모델의 응답을 읽을 수 없어 자료의 원문을 그대로 보여 드립니다.",
        "What the language model sent could not be read, so this is taken from the documents word for word.",
    ),
    # --- documents (knowledge/reading.py, bot/library.py)
    # --- database and settings (bot/database/, bot/settings.py)
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
    "settings.loopback": (
        "{name}={value}: 쓸 수 없는 값입니다. 로그인이 없는 동안에는 이 컴퓨터 안에서만 열 수 있으니 127.0.0.1, ::1, "
        "localhost 중 하나로 적어 주세요.",
        "{name}={value} cannot be used. Without sign-in the page opens on this machine only: "
        "set it to 127.0.0.1, ::1 or localhost.",
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
    "settings.wrong": (
        "{name}={value}: 쓸 수 없는 값입니다. 이 설정의 뜻: {meaning}",
        "{name}={value} cannot be used. What it is for: {meaning}",
    ),
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
    "settings.secret_file": (
        "{file} 파일을 쓸 수 없습니다({reason}). 이 파일을 지우거나 DAPBOT_SECRET을 32자 이상으로 적어 주세요.",
        "{file} cannot be used ({reason}). Delete it, or set DAPBOT_SECRET to 32 characters or more.",
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
    # --- commands (connectors/cli/)
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
    "cli.help.report": ("답변 하나가 왜 그렇게 나왔는지 설명합니다.", "Explain why an answer says what it says."),
    "cli.help.doctor": (
        "설정을 점검하고, 빠진 것과 다음에 할 일을 알려 줍니다.",
        "Check the set-up: what is there, what is missing, what to do next.",
    ),
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
    # --- pages (connectors/web/)
}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the phrase in ``language``, its placeholders filled in."""
    return PHRASES[key][0 if language == "ko" else 1].format(**values)
