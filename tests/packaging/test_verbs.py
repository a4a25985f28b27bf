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


def test_test_with_arguments_is_pytest_alone(ran):
    commands, _ = ran
    assert verbs.test(PYTHON, ["tests/core", "-k", "x"]) == 0
    assert commands == [["python", "-m", "pytest", "tests/core", "-k", "x"]]


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
    import sys

    monkeypatch.setenv("DISPLAY", ":0")
    code = verbs._run([sys.executable, "-c", "import os; print(os.environ['QT_QPA_PLATFORM'])"])
    assert code == 0
    assert capfd.readouterr().out.strip() == "offscreen"
