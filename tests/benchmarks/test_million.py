"""The keyword index at 1,000,000 passages; figures are printed, never asserted."""

from pathlib import Path

import pytest

from tests.benchmarks.million import print_all


@pytest.mark.soak
def test_a_million_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print()
        print_all(1_000_000, tmp_path)
