"""How far the indexes of a data folder follow the database: a small file beside them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = Path("indexes", "followed.json")


@dataclass(frozen=True, slots=True)
class Followed:
    """``database`` is the one that was followed, up to ``change``; the last calibration and rebuild were at theirs.

    ``form`` is how the passages were indexed (``Knowledge.form``).
    """

    database: str = ""
    change: int = 0
    calibrated: int = 0
    rebuilt: int = 0
    form: str = ""


def read_followed(folder: Path) -> Followed:
    """Return how far the indexes are; nothing where the file is missing or broken: they are built anew then."""
    try:
        values = json.loads((folder / FILE).read_text("utf-8"))
        change, calibrated, rebuilt = (int(values[name]) for name in ("change", "calibrated", "rebuilt"))
        return Followed(str(values["database"]), change, calibrated, rebuilt, str(values["form"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Followed()


def write_followed(folder: Path, followed: Followed) -> None:
    """Write it in one step: a reader sees the old one or the new one."""
    target = folder / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".new")
    aside.write_text(json.dumps(asdict(followed)), "utf-8")
    aside.replace(target)
