"""The models that the settings name: which one does which task, which one stands in, and how many calls go at once."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.llm import Chunk, LanguageModel, Prompt
from bot.llm.turns import Gate, Gated
from bot.messages import Tokens
from bot.settings import TASKS

if TYPE_CHECKING:
    from bot.settings import Settings

SMALL_WORK = frozenset({"followup", "sentiment"})
"""The tasks that the small model does, where there is one."""


def named(settings: "Settings") -> dict[str, str]:
    """Return every variable that names a model, and the model: ``DAPBOT_LLM`` first, those that are empty left out."""
    names = {"DAPBOT_LLM": settings.llm, "DAPBOT_LLM_SMALL": settings.llm_small}
    names["DAPBOT_LLM_FALLBACK"] = settings.llm_fallback
    names |= {f"DAPBOT_TASK_{task.upper()}_LLM": getattr(settings, name) for task, name in TASKS.items()}
    return {variable: model for variable, model in names.items() if model}


def single(settings: "Settings", variable: str) -> LanguageModel:
    """Return the model that one variable names, alone; SettingsError naming what to install or set."""
    from bot.llm.langchain import LangChainModel

    return LangChainModel(settings, named(settings)[variable], variable)


def gateway(settings: "Settings") -> "TaskModel":
    """Return the model of ``DAPBOT_LLM`` with those of the tasks and the fallback behind it.

    Raises SettingsError naming what to install or set for the first that cannot be used.
    """
    made: dict[str, LanguageModel] = {}
    by_variable: dict[str, LanguageModel] = {}
    for variable, name in named(settings).items():
        if name not in made:  # one object for each model: one client, one gate
            made[name] = Gated(single(settings, variable), Gate(settings.llm_concurrency))
        by_variable[variable] = made[name]
    small = by_variable.get("DAPBOT_LLM_SMALL")
    tasks = {task: small for task in SMALL_WORK if small is not None}
    for task in TASKS:
        if (own := by_variable.get(f"DAPBOT_TASK_{task.upper()}_LLM")) is not None:
            tasks[task] = own
    return TaskModel(by_variable["DAPBOT_LLM"], tasks, by_variable.get("DAPBOT_LLM_FALLBACK"))


class TaskModel:
    """A model that hands out others: by task, and for when it fails. Itself it is the one for everything else."""

    def __init__(
        self,
        model: LanguageModel,
        tasks: Mapping[str, LanguageModel] | None = None,
        fallback: LanguageModel | None = None,
    ) -> None:
        self._model = model
        self._tasks = tasks or {}
        self._fallback = fallback

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def fallback(self) -> LanguageModel | None:
        """The model asked where this one fails, None where that would be the same one."""
        return self._fallback if self._fallback is not None and self._fallback.name != self.name else None

    def for_task(self, task: str) -> "TaskModel":
        """Return the model that does ``task``, with the same fallback."""
        own = self._tasks.get(task)
        return self if own is None else TaskModel(own, self._tasks, self._fallback)

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        """Yield what the model writes."""
        return self._model.stream(prompt)

    def warm(self) -> None:
        """Load what each of the models needs."""
        models = [self._model, *self._tasks.values(), *filter(None, [self.fallback])]
        for model in {model.name: model for model in models}.values():
            model.warm()

    def cost(self, tokens: Tokens) -> float | None:
        """Return what these tokens cost."""
        return self._model.cost(tokens)
