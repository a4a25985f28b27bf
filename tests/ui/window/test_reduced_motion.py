"""What the system says about motion; tests/drive/test_motion.py asks a real bus."""

import socket

import pytest

from app.ui.window.reduced_motion import has_bus, says_less


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("reduced-motion", 1, True),
        ("reduced-motion", 0, False),
        ("enable-animations", False, True),
        ("enable-animations", True, False),
        ("AnimationDurationFactor", "0", True),
        ("AnimationDurationFactor", "0.5", False),
        ("reduced-motion", "much", None),
        ("enable-animations", "false", None),
        ("another", True, None),
        ("reduced-motion", None, None),
    ],
)
def test_each_desktop_says_it_in_its_own_way(key, value, said):
    assert says_less(key, value) is said


def test_only_a_bus_that_runs_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/bus")
    assert has_bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    assert not has_bus()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_bus()
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind("bus")
        assert has_bus()
    monkeypatch.setattr("sys.platform", "win32")
    assert not has_bus()
