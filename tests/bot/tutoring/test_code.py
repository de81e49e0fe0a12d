"""Code is read, and never run."""

from pathlib import Path

import pytest

from bot.tutoring.code import Broken, Outline, code_in, explained, is_python, looks_like_code, read_code, told


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("for i in range(3) print(i)", 1, "콜론"),
        ("x = 1\nif x == 1\n    print(x)", 2, "콜론"),
        ("def f(x):\nreturn x", 2, "들여쓴 줄"),
        ("print((1, 2)\n", 1, "닫히지"),
        ("x = 1)", 1, "여는 괄호"),
        ("s = 'a\n", 1, "따옴표"),
        ("print 'a'", 1, "괄호가 필요"),
        ("if x = 1:\n    pass", 1, "=="),
        ("x = 1\n  y = 2", 2, "들여쓰기"),
        ("return 1 2", 1, ""),
        ("x = “a”", 1, "글자"),
        ("1abc = 2", 1, "숫자"),
    ],
)
def test_where_it_breaks_off(text: str, line: int, says: str) -> None:
    read = read_code(text)
    assert isinstance(read, Broken)
    assert read.line == line
    assert says in explained(read, "ko")
    assert f"line {line}" in explained(read, "en")


def test_what_is_in_it() -> None:
    text = (
        "import os\n\nclass A:\n    def f(self, x, y=[]):\n        try:\n            return eval(x)\n"
        "        except:\n            return y is 'a' or x == None\n"
    )
    read = read_code(text)
    assert isinstance(read, Outline)
    assert read.functions == ("f(self, x, y):4",)
    assert (read.classes, read.imports) == (("A:3",), ("os",))
    assert read.doubts == (("default", 4), ("eval", 6), ("except", 7), ("is", 8), ("none", 8))
    assert "8번째 줄" in told(read, "ko")
    assert "Line 4" in told(read, "en")


def test_it_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    assert isinstance(read_code(f"open({str(trace)!r}, 'w').write('x')\n__import__('os').abort()"), Outline)
    assert not trace.exists()


@pytest.mark.parametrize(
    "text", ["(" * 90_000, "-" * 90_000 + "1", "a" + ".b" * 45_000, "x\0y", "a" * 100_001, "'\\d'", "\ud800"]
)
def test_hostile_code_ends_in_an_answer(text: str) -> None:
    assert isinstance(read_code(text), Broken | Outline | None)


def test_code_is_told_from_sentences() -> None:
    assert looks_like_code("def f(x): return x+1")
    assert looks_like_code("여기 있어요\n```python\nx = 1\n```")
    assert not looks_like_code("환불은 영업일 기준 3일 안에 처리됩니다.")
    assert not looks_like_code("Refunds are paid within 3 days; ask us (by mail).")
    assert code_in("봐 줘\n```python\nx = 1\n```\n고마워") == "x = 1"
    assert is_python("for i in range(3): print(i)")
    assert not is_python("function f() {\n  return 1;\n}")
    assert not is_python("SELECT a FROM b")
