"""The program as the shell starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).resolve().parents[1]


def facet(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def test_the_version_is_told():
    done = facet("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"facet {app.__version__}")


@pytest.mark.parametrize(
    "arguments", [["--no-such-option"], ["no-such-command"], ["ask", "--set", "hello"]]
)
def test_a_word_that_means_nothing_ends_with_two(arguments, tmp_path):
    done = facet("--profile", str(tmp_path), *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_foreseen_error_is_one_sentence_and_what_to_do(tmp_path):
    (tmp_path / "profile").write_text("a file where a folder must be")
    done = facet("--profile", str(tmp_path / "profile"), "list")
    assert done.returncode == 1
    assert done.stderr.startswith("facet: ")
    assert "--profile" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_reader_that_leaves_early_is_no_complaint(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "app", "--profile", str(tmp_path), "models"],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode == 1


def test_commands_need_neither_screen_nor_bus(tmp_path):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = facet("--profile", str(tmp_path), "list", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
