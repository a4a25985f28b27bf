import ast
import io
import json
import os
import subprocess
import sys
from decimal import Decimal

from app.cli import output
from app.cli.output import for_a_shell
from tests.storage.samples import ROOT


def test_an_object_is_one_line_that_reads_back(capsys):
    output.say_object({"text": "Grüße\n東京", "amount": Decimal("0.10")})
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert json.loads(line) == {"text": "Grüße\n東京", "amount": "0.10"}
    assert "Grüße" in line


def test_text_can_go_on_in_the_same_line(capsys):
    output.say("one ", end="")
    output.say("two")
    assert capsys.readouterr().out == "one two\n"


def test_what_the_terminal_cannot_show_is_replaced(monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    output.say("naïve 東")
    assert terminal.buffer.getvalue() == b"na?ve ?\n"


def test_complaints_go_to_standard_error(capsys):
    output.complain("No such model.")
    out, err = capsys.readouterr()
    assert (out, err) == ("", "facet: No such model.\n")


def test_after_giving_up_nothing_complains_about_a_reader_that_left():
    reading, writing = os.pipe()
    os.close(reading)
    script = """
from app.cli import output
try:
    output.say("somebody?")
except BrokenPipeError:
    output.give_up()
output.say("nobody")
"""
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-c", script], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def _sentences_about_settings() -> set[str]:
    """Every text in the code that sends its reader to the settings of the window."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        if "ui" in path.relative_to(ROOT).parts or "cli" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if "in Settings" in node.value else set()
    return found


def test_no_sentence_sends_a_shell_to_the_settings_alone() -> None:
    sentences = _sentences_about_settings()
    assert len(sentences) > 5
    for sentence in sentences:
        said = for_a_shell(sentence)
        assert "in Settings" not in said
        is_about_a_key = " key" in sentence or "dd one" in sentence
        assert ("FACET_API_KEY" in said) is is_about_a_key, said
        if "base URL" in sentence and not is_about_a_key:
            assert "--base-url" in said
        assert for_a_shell(said) == said


def test_other_words_stay() -> None:
    for text in ("The answer was cut off.", "Settings", "There is no question."):
        assert for_a_shell(text) == text
