"""The settings: the only file that reads the environment.

Order of precedence: a flag, the environment, ``.env``, ``dapbot.toml``, what administrators set on the page (kept in
the database: ``bot/kept_settings.py``), the default. All hold the same names.
What each is for stands in ``bot/phrases/``; ``python -m bot.example`` writes both down as ``.env.example``.
"""

import locale
import logging
import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import SettingsError
from bot.phrases import say
from bot.setting_complaints import complaint, variable_of
from bot.setting_files import ENV_FILE, TOML_FILE, check_readable, names_in_files, toml
from bot.setting_values import (
    Digests,
    Folder,
    Line,
    Listen,
    Mailbox,
    MailServer,
    Model,
    Owners,
    Places,
    Prices,
    Reports,
    Small,
    WebAddress,
    cron,
    known_timezone,
    long_enough,
    networks,
)
from knowledge.language import Language

ENVIRONMENT = "environment"

FOR_TESTS = "DAPBOT_FAULT"

MODEL_OF_TASK = re.compile(r"DAPBOT_TASK_(\w+)_LLM", re.IGNORECASE)
"""Which model does a task: one field of the settings each, ``task_<name>_llm``."""

_log = logging.getLogger(__name__)


class Settings(BaseSettings):
    """Everything that can be set. ``load`` makes one, and says what is wrong in one sentence."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # editors on Windows put a mark in front
        toml_file=TOML_FILE,
        extra="ignore",
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        validate_assignment=True,  # what is changed while a server runs is checked as at its start
    )

    _given: frozenset[str] = PrivateAttr(frozenset())

    def model_post_init(self, _context: Any, /) -> None:
        """Remember which fields were given: what is kept in the database stands behind them."""
        self._given = frozenset(self.model_fields_set)

    def fixed(self, variable: str) -> bool:
        """Whether a flag, the environment or a file sets a variable."""
        return VARIABLES[variable] in self._given

    data: Folder = Field(Path("data"), validation_alias="DAPBOT_DATA")
    database_url: SecretStr | None = Field(None, validation_alias="DAPBOT_DATABASE_URL")
    chroma_url: WebAddress = Field("", validation_alias="DAPBOT_CHROMA_URL")
    embedding_model: str = Field("", validation_alias="DAPBOT_EMBEDDING_MODEL")
    web_host: str = Field("127.0.0.1", validation_alias="DAPBOT_WEB_HOST")
    web_port: int = Field(8080, ge=0, le=65535, validation_alias="DAPBOT_WEB_PORT")
    web_ask: Annotated[Literal["", "open", "signed-in"], Small] = Field("", validation_alias="DAPBOT_WEB_ASK")
    web_proxies: Annotated[str, AfterValidator(networks)] = Field("", validation_alias="DAPBOT_WEB_PROXIES")
    web_owners: Owners = Field("", validation_alias="DAPBOT_WEB_OWNERS", validate_default=False)
    questions_alert: int = Field(3, ge=0, le=10_000, validation_alias="DAPBOT_QUESTIONS_ALERT")
    public_url: WebAddress = Field("", validation_alias="DAPBOT_PUBLIC_URL")
    secret: Annotated[SecretStr, AfterValidator(long_enough)] | None = Field(None, validation_alias="DAPBOT_SECRET")
    language: Annotated[Literal["", "ko", "en"], Small] = Field("", validation_alias="DAPBOT_LANGUAGE")
    timezone: Annotated[str, AfterValidator(known_timezone)] = Field("Asia/Seoul", validation_alias="DAPBOT_TIMEZONE")
    line: Annotated[Line, Small] = Field("balanced", validation_alias="DAPBOT_LINE")
    politeness: Annotated[Literal["", "haeyo", "hasipsio"], Small] = Field("", validation_alias="DAPBOT_POLITENESS")
    publishing: Annotated[Literal["free", "tried"], Small] = Field("free", validation_alias="DAPBOT_PUBLISHING")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Small] = Field(
        "info", validation_alias="DAPBOT_LOG_LEVEL"
    )
    log_format: Annotated[Literal["text", "json"], Small] = Field("text", validation_alias="DAPBOT_LOG_FORMAT")
    llm: Model = Field("", validation_alias="DAPBOT_LLM")
    llm_small: Model = Field("", validation_alias="DAPBOT_LLM_SMALL")
    llm_fallback: Model = Field("", validation_alias="DAPBOT_LLM_FALLBACK")
    task_answer_llm: Model = Field("", validation_alias="DAPBOT_TASK_ANSWER_LLM")
    task_followup_llm: Model = Field("", validation_alias="DAPBOT_TASK_FOLLOWUP_LLM")
    task_summarize_llm: Model = Field("", validation_alias="DAPBOT_TASK_SUMMARIZE_LLM")
    task_sentiment_llm: Model = Field("", validation_alias="DAPBOT_TASK_SENTIMENT_LLM")
    task_draft_llm: Model = Field("", validation_alias="DAPBOT_TASK_DRAFT_LLM")
    task_translate_llm: Model = Field("", validation_alias="DAPBOT_TASK_TRANSLATE_LLM")
    task_tutor_llm: Model = Field("", validation_alias="DAPBOT_TASK_TUTOR_LLM")
    llm_concurrency: int = Field(16, ge=1, le=10_000, validation_alias="DAPBOT_LLM_CONCURRENCY")
    llm_attempts: int = Field(1, ge=1, le=5, validation_alias="DAPBOT_LLM_ATTEMPTS")
    cache_days: int = Field(30, ge=0, le=365, validation_alias="DAPBOT_CACHE_DAYS")
    llm_deadline: float = Field(30.0, ge=1, le=600, validation_alias="DAPBOT_LLM_DEADLINE")
    llm_prices: Prices = Field("", validation_alias="DAPBOT_LLM_PRICES")
    glossary: str = Field("", validation_alias="DAPBOT_GLOSSARY")
    channel_tasks: Places = Field("", validation_alias="DAPBOT_CHANNEL_TASKS")
    messages_per_minute: int = Field(10, ge=0, le=100_000, validation_alias="DAPBOT_MESSAGES_PER_MINUTE")
    messages_per_day: int = Field(200, ge=0, le=1_000_000, validation_alias="DAPBOT_MESSAGES_PER_DAY")
    people_per_address: int = Field(10, ge=0, le=100_000, validation_alias="DAPBOT_PEOPLE_PER_ADDRESS")
    tokens_per_person: int = Field(200_000, ge=0, le=10**12, validation_alias="DAPBOT_TOKENS_PER_PERSON")
    tokens_per_day: int = Field(5_000_000, ge=0, le=10**12, validation_alias="DAPBOT_TOKENS_PER_DAY")
    cost_per_day: float = Field(0, ge=0, le=1_000_000, validation_alias="DAPBOT_COST_PER_DAY")
    cost_per_month: float = Field(0, ge=0, le=10_000_000, validation_alias="DAPBOT_COST_PER_MONTH")
    workers: int = Field(16, ge=1, le=500, validation_alias="DAPBOT_WORKERS")
    answer_hours: float = Field(24.0, ge=0.1, le=8_760, validation_alias="DAPBOT_ANSWER_HOURS")
    waiting: int = Field(50_000, ge=1, le=10_000_000, validation_alias="DAPBOT_WAITING")
    waiting_per_person: int = Field(50, ge=1, le=10_000_000, validation_alias="DAPBOT_WAITING_PER_PERSON")
    retention_at: Annotated[str, AfterValidator(cron)] = Field(
        "30 3 * * *",
        validation_alias="DAPBOT_RETENTION_AT",
        validate_default=False,  # checking one loads a library
    )
    keep_days: int = Field(180, ge=1, le=36_500, validation_alias="DAPBOT_KEEP_DAYS")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    slack_admins: str = Field("", validation_alias="SLACK_ADMINS")
    slack_owners: str = Field("", validation_alias="SLACK_OWNERS")
    slack_api_url: WebAddress = Field("", validation_alias="SLACK_API_URL")
    mail_address: Mailbox = Field("", validation_alias="DAPBOT_MAIL_ADDRESS")
    mail_allow: str = Field("", validation_alias="DAPBOT_MAIL_ALLOW")
    mail_authserv_id: str = Field("", validation_alias="DAPBOT_MAIL_AUTHSERV_ID")
    smtp_listen: Listen = Field("", validation_alias="DAPBOT_SMTP_LISTEN")
    smtp_certificate: Folder | None = Field(None, validation_alias="DAPBOT_SMTP_CERTIFICATE")
    imap_url: MailServer | None = Field(None, validation_alias="DAPBOT_IMAP_URL")
    smtp_url: MailServer | None = Field(None, validation_alias="DAPBOT_SMTP_URL")
    mail_digest: Digests = Field("", validation_alias="DAPBOT_MAIL_DIGEST", validate_default=False)
    report: Reports = Field("", validation_alias="DAPBOT_REPORT", validate_default=False)
    mail_days: int = Field(30, ge=1, le=36_500, validation_alias="DAPBOT_MAIL_DAYS")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: WebAddress = Field("", validation_alias="OPENAI_BASE_URL")
    anthropic_api_key: SecretStr | None = Field(None, validation_alias="ANTHROPIC_API_KEY")
    google_api_key: SecretStr | None = Field(None, validation_alias="GOOGLE_API_KEY")
    anthropic_base_url: WebAddress = Field("", validation_alias="ANTHROPIC_BASE_URL")
    google_gemini_base_url: WebAddress = Field("", validation_alias="GOOGLE_GEMINI_BASE_URL")
    upstage_base_url: WebAddress = Field("", validation_alias="UPSTAGE_BASE_URL")
    ollama_host: str = Field("", validation_alias="OLLAMA_HOST")
    upstage_api_key: SecretStr | None = Field(None, validation_alias="UPSTAGE_API_KEY")
    openrouter_api_key: SecretStr | None = Field(None, validation_alias="OPENROUTER_API_KEY")
    groq_api_key: SecretStr | None = Field(None, validation_alias="GROQ_API_KEY")
    mistral_api_key: SecretStr | None = Field(None, validation_alias="MISTRAL_API_KEY")
    fault: str = Field("", validation_alias="DAPBOT_FAULT")

    def model_key(self, variable: str) -> str:
        """Return the key a vendor calls ``variable``, such as OPENAI_API_KEY; empty where it is not set."""
        secret = getattr(self, variable.lower(), None)
        return secret.get_secret_value() if isinstance(secret, SecretStr) else ""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library calls it by name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put ``dapbot.toml`` below the environment and ``.env``."""
        return init_settings, env_settings, dotenv_settings, _TomlFile(settings_cls)


class _TomlFile(TomlConfigSettingsSource):
    """``dapbot.toml``: the same names as in ``.env``, and as there an empty value means the default."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        return {name: value for name, value in toml(Path(file_path)).items() if name in VARIABLES and value != ""}


VARIABLES: dict[str, str] = {str(f.validation_alias): name for name, f in Settings.model_fields.items()}
"""Every variable and the field it sets, in the order of ``.env.example``."""

TASKS: dict[str, str] = {
    found[1].lower(): name for v, name in VARIABLES.items() if (found := MODEL_OF_TASK.fullmatch(v))
}
"""The tasks that can have a model of their own, and the field that names it."""

SECRETS = frozenset(v for v, name in VARIABLES.items() if "SecretStr" in str(Settings.model_fields[name].annotation))


# --- reading them -----------------------------------------------------------------------------------------------


def load(**overrides: Any) -> Settings:
    """Return the settings; ``overrides`` (fields by name, from flags) come first, None meaning not given.

    Names that are not known are logged as a warning with the nearest right one.

    Raises:
        SettingsError: a value cannot be used, or a file cannot be read; the sentence names it and what would do.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    check_readable()
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise _complaint(error, given) from None  # the original error holds the values, secrets too
    language = settings.language or system_language()
    for unknown in unknown_names():
        _log.warning(unknown.sentence(language))
    return settings


def system_language() -> Language:
    """Return the language of the system this runs on."""
    return "ko" if (locale.getlocale()[0] or "").lower().startswith("ko") else "en"


def _complaint(error: ValidationError, given: dict[str, Any]) -> SettingsError:
    """Return the sentence for the first wrong value."""
    variable = variable_of(error, VARIABLES)
    return complaint(error, _named(variable, given), Settings.model_fields[VARIABLES[variable]])


def _named(variable: str, given: dict[str, Any]) -> str:
    """Return the variable and, where it was read from a file, the file."""
    found = _file_of(variable) if VARIABLES[variable] not in given else ""
    return f"{variable} ({found})" if found else variable


def _file_of(variable: str) -> str:
    """Return the file that sets a variable, empty where none does or the environment comes before it."""
    if _in_environment(variable):
        return ""
    return next((file for name, file in names_in_files() if name.upper() == variable), "")


def _in_environment(variable: str) -> bool:
    return any(value for name, value in os.environ.items() if name.upper() == variable)


def set_by(settings: Settings, variable: str) -> str:
    """Return what fixes a variable: ``environment``, the file that says it, ``flag``; empty where nothing does."""
    if not settings.fixed(variable):
        return ""
    return ENVIRONMENT if _in_environment(variable) else _file_of(variable) or "flag"


# --- names that are not known -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found, where, and, if it is not known, the nearest one that is."""

    name: str
    where: str
    nearest: str = ""

    def sentence(self, language: Language) -> str:
        """Return what to say about a name that is not known."""
        key = "settings.unknown_near" if self.nearest else "settings.unknown"
        where = say("settings.environment", language) if self.where == ENVIRONMENT else self.where
        if MODEL_OF_TASK.fullmatch(self.name):
            return say("settings.unknown_task", language, name=self.name, where=where, tasks=", ".join(TASKS))
        return say(key, language, name=self.name, where=where, nearest=self.nearest)


def unknown_names() -> list[Name]:
    """Return every ``DAPBOT_`` variable, and everything in ``dapbot.toml``, that sets nothing."""
    names = [Name(name, ENVIRONMENT) for name in os.environ] + [Name(*found) for found in names_in_files()]
    found = [n for n in names if n.name.upper().startswith("DAPBOT_") or n.where == TOML_FILE]
    return [Name(n.name, n.where, _nearest(n.name)) for n in found if not _known(n)]


def _known(name: Name) -> bool:
    """Names in the environment and ``.env`` may be written small, those in ``dapbot.toml`` are exact."""
    return (name.name if name.where == TOML_FILE else name.name.upper()) in VARIABLES


def _nearest(name: str) -> str:
    """Return the known name that was probably meant."""
    upper = name.upper()
    whole = get_close_matches(upper, VARIABLES, n=1, cutoff=0.75)
    return (whole or get_close_matches(f"DAPBOT_{upper}", VARIABLES, n=1, cutoff=0.75) or [""])[0]
