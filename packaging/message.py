"""What set-up says to the person: on the terminal, or in a dialog when there is none."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to run."""


def say(text: str) -> None:
    """One line of progress. Standard output belongs to the program that is started."""
    if sys.stderr is not None:  # None under pythonw
        sys.stderr.write(f"[setup] {text}\n")
        sys.stderr.flush()


def show(text: str, *, has_window: bool) -> None:
    """Says why set-up ended; somebody who double-clicked has no terminal and gets a dialog."""
    say(text)
    if not has_window or (sys.stderr is not None and sys.stderr.isatty()):
        return
    if os.name == "nt":
        ctypes.windll.user32.MessageBoxW(None, text, "Facet", 0x10)  # type: ignore[attr-defined]
        return
    command = _dialog(text)
    if command:
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _dialog(text: str) -> list[str]:
    """The first dialog program this desktop has, or nothing."""
    if sys.platform == "darwin":
        script = 'on run texts\ndisplay alert "Facet" message (item 1 of texts)\nend run'
        return ["osascript", "-e", script, text]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return []
    choices = {
        "zenity": ["--error", "--no-markup", "--title=Facet", f"--text={text}"],
        "kdialog": ["--title", "Facet", "--error", text],
        "xmessage": ["-center", text],
    }
    return next(([name, *rest] for name, rest in choices.items() if shutil.which(name)), [])
