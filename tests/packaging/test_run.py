import subprocess
import sys

import environment
import launcher
import message
import pytest
import run
import system
import verbs


@pytest.fixture
def started(monkeypatch):
    """What the script would become, on a machine where everything is there."""
    became = []
    monkeypatch.setattr(system, "provide", lambda *, needs_test_programs: None)
    monkeypatch.setattr(environment, "provide", lambda *, has_tools: environment.PYTHON)
    monkeypatch.setattr(system, "find_screen", lambda: became.append("screen"))
    monkeypatch.setattr(run, "_become", lambda command: became.append(command[4:]) or 0)
    return became


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["screen", []]),
        (["--profile", "D"], ["screen", ["--profile", "D"]]),
        (["start"], ["screen", []]),
        (["ask", "hello"], [["ask", "hello"]]),
        (["start", "check", "--json"], [["check", "--json"]]),
        (["--profile", "D", "list"], [["--profile", "D", "list"]]),
        (["--version"], [["--version"]]),
    ],
)
def test_what_is_not_a_verb_is_for_facet_and_only_a_window_needs_a_screen(
    started, arguments, expected
):
    assert run.main(arguments) == 0
    assert started == expected


def test_a_missing_screen_ends_with_two_and_the_reason(started, monkeypatch, capsys):
    def no_screen():
        raise message.SetupError("There is no screen.")

    monkeypatch.setattr(system, "find_screen", no_screen)
    assert run.main([]) == 2
    assert capsys.readouterr().err == "[setup] There is no screen.\n"
    assert started == []


@pytest.mark.parametrize("verb", ["test", "check", "bench", "manual", "lock"])
def test_every_verb_is_done_with_its_arguments(started, monkeypatch, verb):
    asked = []
    monkeypatch.setattr(verbs, verb, lambda python, rest: asked.append(rest) or 7)
    assert run.main([verb, "-k", "x"]) == 7
    assert asked == [["-k", "x"]]


def test_help_names_every_verb(capsys):
    assert run.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"run.py {verb}" in text for verb in run.VERBS)


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch):
    calls = []
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(
        run.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None
    )
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: calls.append(command) or 0)
    assert run.main(["ask", "x"]) == 0
    assert calls[-1][0] == "/bin/python3.12"
    assert calls[-1][2:] == ["ask", "x"]


def test_an_old_python_alone_is_told_what_to_get(monkeypatch, capsys):
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert run.main([]) == 2
    assert "Facet needs Python 3.11 to 3.14; this is 3.9." in capsys.readouterr().err


def test_the_script_runs_as_a_script_from_any_folder(tmp_path):
    done = subprocess.run(
        [sys.executable, run.__file__, "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "python3 packaging/run.py" in done.stdout


def test_launcher_writes_the_menu_entry_and_starts_nothing(started, monkeypatch):
    written = []
    monkeypatch.setattr(launcher, "install", lambda: written.append("entry"))
    assert run.main(["launcher"]) == 0
    assert written == ["entry"]
    assert started == []
