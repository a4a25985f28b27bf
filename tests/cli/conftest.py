"""The command line as a shell uses it, in this process: arguments in, output and status out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main


class Shell:
    """Runs commands on one profile."""

    def __init__(
        self, profile: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self._profile = profile
        self._capsys = capsys
        self._patch = patch
        self.status = 0
        self.complaints = ""

    def __call__(self, *arguments: str, typed: str | None = None) -> str:
        self._patch.setattr(
            "sys.argv", ["facet", "--profile", str(self._profile), *map(str, arguments)]
        )
        if typed is not None:
            self._patch.setattr("sys.stdin", io.StringIO(typed))
        try:
            self.status = main()
        except SystemExit as exit_:
            self.status = int(exit_.code or 0)
        said, self.complaints = self._capsys.readouterr()
        return said

    def objects(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments).splitlines()]


@pytest.fixture
def facet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    return Shell(tmp_path / "profile", capsys, monkeypatch)
