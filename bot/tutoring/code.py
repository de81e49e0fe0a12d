"""Code is read and never run: Python's own parser says where it breaks off, and what there is in it."""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from bot.phrases import say
from knowledge.language import Language

LONGEST_CODE = 100_000
"""Characters of code that are read."""

LOOKED_AT = 4_000
"""Characters in which a text shows that it is code, and in which language."""

MOST_NAMES = 12
"""Names of functions and classes that are listed."""

_FENCE = re.compile(r"^```[\w+-]*\s*\n(.*?)\n?```\s*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(
    r"(?m)^[ \t]*(?:def \w+\(|class \w+[(:]|import \w|from \w[\w.]* import |for \w[\w, ]* in |while .+|if .+:\s*$|print\(|return\b|@\w|\w+\s*=\s*\S|#include|public |function \w|const |let |var |select\b.+\bfrom\b)"
    r"|[{};][ \t]*$|\w+\([^)]*\)\s*[:{]|=>",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?im)^[ \t]*(?:#include|public (?:static|class)|function \w|const \w+ ?=|let \w+ ?=|var \w+ ?=|select\b.+\bfrom\b|<\?php|package \w|using \w)|;[ \t]*$|=>|^[ \t]*[{}][ \t]*$"
)
_EXPLAINED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("colon", re.compile(r"expected ':'")),
    ("open", re.compile(r"'(.)' was never closed")),
    ("unmatched", re.compile(r"unmatched '(.)'|closing parenthesis '(.)' does not match")),
    ("string", re.compile(r"unterminated (?:triple-quoted |f-)?string")),
    ("comma", re.compile(r"forgot a comma")),
    ("print", re.compile(r"Missing parentheses in call to '(\w+)'")),
    ("equals", re.compile(r"Maybe you meant '=='|cannot assign to")),
    ("block", re.compile(r"expected an indented block")),
    ("indent", re.compile(r"unexpected indent|unindent does not match|inconsistent use of tabs")),
    ("outside", re.compile(r"'(\w+)' outside|'(break|continue)'")),
    ("character", re.compile(r"invalid (?:non-printable )?character|invalid character '(.)'")),
    ("number", re.compile(r"invalid decimal literal|leading zeros")),
)
_NO_COLON = re.compile(r"(?:for|while|if|elif|else|def|class|with|try|except)\b[^:]*$")
"""A line to which the parser only says that it is invalid, where it lacks its colon."""

_warnings = Lock()  # what is switched off is the process's


@dataclass(frozen=True, slots=True)
class Broken:
    """Where Python stops reading: the line (from 1), its text, the parser's own words."""

    line: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a piece of code has: functions and classes with their lines, imports, and what is often a mistake."""

    functions: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    doubts: tuple[tuple[str, int], ...] = ()


def code_in(text: str) -> str:
    """Return the code of a text: what stands in a fence, else all of it."""
    found = _FENCE.search(text)
    return (found[1] if found else text).strip("\n")


def looks_like_code(text: str) -> bool:
    """Tell whether a text is code rather than sentences."""
    if "```" in text:
        return True
    return bool(_CODE.search(text[:LOOKED_AT])) and len(re.findall(r"[가-힣]", text)) < 0.3 * len(text)


def is_python(code: str) -> bool:
    """Tell whether code is to be read as Python: nothing in it is another language's."""
    return not _OTHER.search(code[:LOOKED_AT])


def read_code(code: str) -> Broken | Outline | None:
    """Return where code cannot be read as Python, or what is in it; None for what is too long or nested to be read."""
    if len(code) > LONGEST_CODE:
        return None
    try:
        with _warnings, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(code)
        return _outline(tree)
    except SyntaxError as error:
        lines = code.splitlines()
        number = min(max(1, error.lineno or 1), max(1, len(lines)))
        return Broken(number, lines[number - 1].strip()[:200] if lines else "", error.msg)
    except (ValueError, RecursionError, MemoryError):  # a zero byte; brackets beyond what the parser holds
        return None


def explained(broken: Broken, language: Language) -> str:
    """Return what is wrong in a sentence, with the line; the parser's own words where they are not known here."""
    if broken.message == "invalid syntax" and _NO_COLON.match(broken.text):
        broken = replace(broken, message="expected ':'")
    for name, pattern in _EXPLAINED:
        if found := pattern.search(broken.message):
            what = next((group for group in found.groups() if group), "")
            why = say(f"tutor.code.{name}", language, what=what)
            break
    else:
        why = say("tutor.code.other", language, what=broken.message)
    return say("tutor.code.broken", language, line=broken.line, text=broken.text, why=why)


def told(outline: Outline, language: Language) -> str:
    """Return what there is in code that can be read, and what is worth a look."""
    lines = [say("tutor.code.fine", language)]
    for name, found in (("functions", outline.functions), ("classes", outline.classes), ("imports", outline.imports)):
        if found:
            lines.append(say(f"tutor.code.{name}", language, names=", ".join(found[:MOST_NAMES])))
    lines += [say(f"tutor.code.doubt_{name}", language, line=line) for name, line in outline.doubts[:MOST_NAMES]]
    return "\n".join(lines)


def _outline(tree: ast.AST) -> Outline:
    functions, classes, imports = [], [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append(f"{node.name}({', '.join(a.arg for a in node.args.args)}):{node.lineno}")
        elif isinstance(node, ast.ClassDef):
            classes.append(f"{node.name}:{node.lineno}")
        elif isinstance(node, ast.Import):
            imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append(node.module or ".")
    doubts = tuple(sorted(_doubts(tree), key=lambda doubt: doubt[1]))
    return Outline(tuple(functions), tuple(classes), tuple(dict.fromkeys(imports)), doubts)


def _doubts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield what is allowed and often not meant, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield "except", node.lineno
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            if any(isinstance(default, ast.List | ast.Dict | ast.Set) for default in defaults):
                yield "default", node.lineno
        elif isinstance(node, ast.Compare):
            compared = zip(node.ops, node.comparators, strict=True)
            if any(isinstance(op, ast.Is | ast.IsNot) and _literal(right) for op, right in compared):
                yield "is", node.lineno
            if any(
                isinstance(op, ast.Eq) and _none(right) for op, right in zip(node.ops, node.comparators, strict=True)
            ):
                yield "none", node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
            yield "eval", node.lineno


def _literal(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str | int | float)
        and not isinstance(node.value, bool)
    )


def _none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
