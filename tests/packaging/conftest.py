"""The set-up script's modules import each other by plain names, as a script's neighbours do."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))


@pytest.fixture
def bare_debian(monkeypatch):
    """A Debian that has no library Qt needs, used by somebody who is not root."""
    import system

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(system, "_loads", lambda soname: False)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    return system
