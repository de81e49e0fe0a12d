"""How far the indexes of a data folder follow the database: a small file beside them."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path("indexes", "followed.json")


@dataclass(frozen=True, slots=True)
class Followed:
    """``database`` is the one that was followed, up to ``change``; the last calibration and rebuild were at theirs.

    ``form`` is how the passages were indexed (``Knowledge.form``), ``passages`` how many the indexes hold and
    ``vectors`` whether there are some (``Knowledge.held``): an index that was lost since, or put back, is seen by it.
    """

    database: str = ""
    change: int = 0
    calibrated: int = 0
    rebuilt: int = 0
    form: str = ""
    passages: int = -1
    vectors: bool = False


def read_followed(folder: Path) -> Followed:
    """Return how far the indexes are; nothing where the file is missing or broken: they are built anew then."""
    try:
        values = json.loads((folder / FILE).read_text("utf-8"))
        change, calibrated, rebuilt = (int(values[name]) for name in ("change", "calibrated", "rebuilt"))
        database, form = str(values["database"]), str(values["form"])
        passages, vectors = int(values.get("passages", -1)), bool(values.get("vectors", False))
    except (OSError, ValueError, KeyError, TypeError):
        return Followed()
    return Followed(database, change, calibrated, rebuilt, form, passages, vectors)


def write_followed(folder: Path, followed: Followed, reached: Callable[[str], None] = lambda _: None) -> None:
    """Write it in one step: a reader sees the old one or the new one, also after a power cut."""
    target = folder / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".new")
    with aside.open("w", encoding="utf-8") as file:
        json.dump(asdict(followed), file)
        file.flush()
        os.fsync(file.fileno())
    reached("in_followed")
    aside.replace(target)
