"""An entry for Facet in the applications menu of a Linux desktop, pointing at this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from environment import ROOT
from message import SetupError, say

APPLICATION_ID = "io.github.facet_chat.Facet"


def install() -> Path:
    """Writes the desktop file into the user's own folder; the path it was written to."""
    if not sys.platform.startswith("linux"):
        raise SetupError("Double-click start.command (macOS) or start.bat (Windows) instead.")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    file = Path(data) / "applications" / f"{APPLICATION_ID}.desktop"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(entry(), encoding="utf-8")
    say(f"Facet is in the applications menu now ({file}).")
    return file


def entry() -> str:
    """The desktop file's text."""
    command = " ".join(quoted(part) for part in (sys.executable, str(ROOT / "packaging/run.py")))
    icon = str(ROOT / "resources" / "icon.svg").replace("\\", "\\\\")
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=Facet\n"
        "GenericName=Chat with language models\n"
        "Comment=Ask language models, turn the dials, keep what works\n"
        f"Exec={command}\n"
        f"Icon={icon}\n"
        "Terminal=false\n"
        "Categories=Utility;Office;\n"
        "Keywords=AI;LLM;chat;Gemma;\n"
        f"StartupWMClass={APPLICATION_ID}\n"
    )


def quoted(part: str) -> str:
    """One argument as the Desktop Entry specification writes it inside Exec."""
    for letter in '\\"`$':
        part = part.replace(letter, "\\" + letter)
    return '"' + part.replace("\\", "\\\\").replace("%", "%%") + '"'
