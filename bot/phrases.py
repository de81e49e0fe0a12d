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
