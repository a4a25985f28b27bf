import sys
from pathlib import Path

import pytest
import verbs

PYTHON = Path("python")


@pytest.fixture
def ran(monkeypatch):
    """Every command a verb runs; those named in `failing` end with 1."""
    commands, failing = [], set()

    def run(command):
        commands.append([Path(command[0]).name, *command[1:]])
        return 1 if any(word in failing for word in command) else 0

    monkeypatch.setattr(verbs, "_run", run)
    return commands, failing


def test_test_lints_and_types_first_and_ends_with_pytest(ran):
    commands, _ = ran
    assert verbs.test(PYTHON, []) == 0
    assert [command[1] for command in commands[:2]] == ["check", "format"]
    assert "mypy" in commands[2]
    assert "pytest" in commands[-1]


@pytest.mark.parametrize(
    ("arguments", "is_parallel"), [(["tests/core", "-k", "x"], False), (["-q"], True)]
)
def test_test_with_arguments_is_pytest_alone(ran, arguments, is_parallel):
    commands, _ = ran
    assert verbs.test(PYTHON, arguments) == 0
    (command,) = commands
    assert command[:3] == ["python", "-m", "pytest"]
    assert command[-len(arguments) :] == arguments
    assert ("worksteal" in command) is is_parallel


@pytest.mark.parametrize("has_failed", [False, True])
def test_test_says_how_it_went_and_how_long_it_took(ran, monkeypatch, capsys, has_failed):
    commands, failing = ran
    if has_failed:
        failing.add("pytest")
    clock = iter([100.0, 287.4])
    monkeypatch.setattr(verbs.time, "monotonic", lambda: next(clock))
    assert verbs.test(PYTHON, ["-q"]) == has_failed
    said = f"tests: {'FAILED' if has_failed else 'passed'} after 3 min 7 s"
    assert said in capsys.readouterr().err
    assert "--durations=10" in commands[-1]


def test_the_slowest_of_some_tests_are_named(tmp_path, monkeypatch, capfd):
    (tmp_path / "test_slow.py").write_text(
        "import threading\ndef test_waits():\n    threading.Event().wait(0.05)\n"
    )
    monkeypatch.setattr(verbs, "ROOT", tmp_path)
    assert verbs.test(Path(sys.executable), ["test_slow.py", "-p", "no:cacheprovider"]) == 0
    said = capfd.readouterr()
    assert "call     test_slow.py::test_waits" in said.out
    assert "tests: passed after" in said.err


@pytest.mark.parametrize("failing", ["check", "format", "mypy", "pytest"])
@pytest.mark.parametrize("verb", [verbs.test, verbs.check])
def test_any_failure_fails_the_whole_and_pytest_still_runs(ran, failing, verb):
    commands, failures = ran
    failures.add(failing)
    assert verb(PYTHON, []) == 1
    assert "pytest" in commands[-1]


def test_check_runs_the_rules_of_the_architecture(ran):
    commands, _ = ran
    assert verbs.check(PYTHON, []) == 0
    assert "tests/architecture" in commands[-1]


def test_bench_and_manual_pass_their_arguments_on(ran):
    commands, _ = ran
    verbs.bench(PYTHON, ["--only", "x"])
    verbs.manual(PYTHON, ["--check"])
    assert commands[0][1:] == ["-m", "tests.bench", "--only", "x"]
    assert commands[1][1:] == ["packaging/scripts/manual.py", "--check"]


def test_lock_pins_tools_first_so_that_both_agree(ran, monkeypatch):
    commands, _ = ran
    monkeypatch.setattr(verbs, "uv_command", lambda: "uv")
    assert verbs.lock(PYTHON, ["--upgrade"]) == 0
    assert "packaging/requirements-tools.lock" in commands[0]
    assert "--constraint" in commands[1]
    assert all("--generate-hashes" in command for command in commands)


def test_lock_without_uv_says_so(ran, monkeypatch, capsys):
    monkeypatch.setattr(verbs, "uv_command", lambda: None)
    assert verbs.lock(PYTHON, []) == 2
    assert "uv" in capsys.readouterr().err


def test_tests_see_no_screen_and_no_bus(capfd, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    code = verbs._run([sys.executable, "-c", "import os; print(os.environ['QT_QPA_PLATFORM'])"])
    assert code == 0
    assert capfd.readouterr().out.strip() == "offscreen"
