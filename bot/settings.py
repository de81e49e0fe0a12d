"""The settings: the only file that reads the environment.

Order of precedence: the environment, ``.env``, ``dapbot.toml``, the default. All three hold the same names.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

Line = Literal["careful", "balanced", "eager"]


class Settings(BaseSettings):
    """Everything that can be set; each field's description is what ``.env.example`` says of it."""

    model_config = SettingsConfigDict(
        env_file=".env", toml_file="dapbot.toml", extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    data: Path = Field(
        Path("data"), validation_alias="DAPBOT_DATA", description="Folder of the database, the indexes and the uploads."
    )
    database_url: SecretStr | None = Field(
        None,
        validation_alias="DAPBOT_DATABASE_URL",
        description="SQLAlchemy URL; empty: SQLite in the data folder. postgresql+psycopg://user:password@host/name",
    )
    chroma_url: str = Field(
        "", validation_alias="DAPBOT_CHROMA_URL", description="A Chroma server (http://host:port); empty: embedded."
    )
    embedding_model: str = Field(
        "",
        validation_alias="DAPBOT_EMBEDDING_MODEL",
        description="A sentence-transformers model by folder or name; empty: the bundled English one. "
        "A multilingual model lets the vector search read Korean too. Never downloaded by itself.",
    )
    web_host: str = Field("127.0.0.1", validation_alias="DAPBOT_WEB_HOST", description="Loopback address of the page.")
    web_port: int = Field(
        8080, ge=0, le=65535, validation_alias="DAPBOT_WEB_PORT", description="Port of the page; taken: the next free."
    )
    public_url: str = Field(
        "", validation_alias="DAPBOT_PUBLIC_URL", description="The address people reach the page at, behind a proxy."
    )
    secret: SecretStr | None = Field(
        None,
        validation_alias="DAPBOT_SECRET",
        description="Signs the forms of the page; empty: made once and kept in the data folder.",
    )
    language: Literal["", "ko", "en"] = Field(
        "", validation_alias="DAPBOT_LANGUAGE", description="Language of commands and pages: ko, en; empty: by system."
    )
    timezone: str = Field("Asia/Seoul", validation_alias="DAPBOT_TIMEZONE", description="Time zone of dates shown.")
    line: Line = Field(
        "balanced",
        validation_alias="DAPBOT_LINE",
        description="How sure the bot must be to answer: careful, balanced or eager.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", validation_alias="DAPBOT_LOG_LEVEL", description="debug, info, warning or error."
    )
    llm: str = Field(
        "",
        validation_alias="DAPBOT_LLM",
        description="The language model as provider:model, e.g. openai:gpt-4.1-mini; empty: extracts, no model.",
    )
    llm_deadline: float = Field(
        30.0, gt=0, le=600, validation_alias="DAPBOT_LLM_DEADLINE", description="Seconds for one answer, all tries in."
    )
    openai_api_key: SecretStr | None = Field(
        None, validation_alias="OPENAI_API_KEY", description="Key for openai: models."
    )
    openai_base_url: str = Field(
        "", validation_alias="OPENAI_BASE_URL", description="Another server that speaks the OpenAI protocol."
    )
    anthropic_api_key: SecretStr | None = Field(
        None, validation_alias="ANTHROPIC_API_KEY", description="Key for anthropic: models."
    )
    google_api_key: SecretStr | None = Field(
        None, validation_alias="GOOGLE_API_KEY", description="Key for google_genai: models."
    )
    upstage_api_key: SecretStr | None = Field(
        None, validation_alias="UPSTAGE_API_KEY", description="Key for upstage: models (Solar)."
    )
    openrouter_api_key: SecretStr | None = Field(
        None, validation_alias="OPENROUTER_API_KEY", description="Key for openrouter: models."
    )
    groq_api_key: SecretStr | None = Field(None, validation_alias="GROQ_API_KEY", description="Key for groq: models.")
    mistral_api_key: SecretStr | None = Field(
        None, validation_alias="MISTRAL_API_KEY", description="Key for mistralai: models."
    )
    fault: str = Field("", validation_alias="DAPBOT_FAULT", description="For tests: the point at which to kill itself.")

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
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls)
