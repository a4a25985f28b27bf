import io
import json
import os
import subprocess
import sys
from decimal import Decimal

from app.cli import output


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
