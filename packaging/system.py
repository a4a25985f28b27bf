"""What the operating system must bring: Qt's libraries, Python's venv, a screen, test programs.

Qt aborts without a useful word when one of its libraries is missing, so they are looked for by
soname before anything imports PySide6. Windows and macOS wheels carry all they need.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from environment import uv_command
from message import SetupError, say


@dataclass(frozen=True)
class Need:
    """Something Facet needs, and the package that brings it by package manager."""

    name: str
    apt: str
    dnf: str
    pacman: str


# The sonames that the ELF headers of PySide6-Essentials 6.11 name and the wheel does not carry.
LIBRARIES = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Need("libbrotlidec.so.1", "libbrotli1", "libbrotli", "brotli"),
    Need("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
    Need("libz.so.1", "zlib1g", "zlib", "zlib"),
    Need("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Need(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
WAYLAND_LIBRARIES = (
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
)
# The journeys in tests/drive and the keychain tests start these themselves.
TEST_PROGRAMS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Need("dbus-run-session", "dbus", "dbus-daemon", "dbus"),
    Need("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
    Need("xdotool", "xdotool", "xdotool", "xdotool"),
    Need("openbox", "openbox", "openbox", "openbox"),
)
# What tests/drive/test_access.py reads the window with, as a screen reader does.
ACCESS_BUS = Need("at-spi2-core", "at-spi2-core", "at-spi2-core", "at-spi2-core")
ACCESS_BUS_FILE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ACCESS_READER = Need("pyatspi", "python3-pyatspi", "python3-pyatspi", "python-atspi")
SYSTEM_PYTHON = "/usr/bin/python3"
MANAGERS = {
    "apt": "sudo apt-get update && sudo apt-get install -y",
    "dnf": "sudo dnf install -y",
    "pacman": "sudo pacman -S --needed --noconfirm",
}


def provide(*, needs_test_programs: bool) -> None:
    """Makes sure that the system brings what is needed; SetupError with the line to run if not."""
    if not sys.platform.startswith("linux"):
        return
    manager = _manager()
    missing = _missing(manager, needs_test_programs=needs_test_programs)
    if missing and manager == "apt" and os.geteuid() == 0:
        _install(sorted({need.apt for need in missing}))
        missing = _missing(manager, needs_test_programs=needs_test_programs)
    if missing:
        raise SetupError(_request(missing, manager))


def find_screen() -> None:
    """Makes sure that a window can open; SetupError if there is no screen that answers."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY") and _answers_wayland():
        return
    if os.environ.get("DISPLAY") and _answers_x11():
        return
    named = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    reason = (
        f"the display {named} does not answer"
        if named
        else "neither DISPLAY nor WAYLAND_DISPLAY is set"
    )
    raise SetupError(
        f"There is no screen to open a window on: {reason}. Start Facet from a desktop session; "
        "`ask`, `list` and the other commands work without one."
    )


def _answers_x11() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _answers_wayland() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display:
        wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return bool(display)


def _manager() -> str:
    programs = {"apt": "apt-get", "dnf": "dnf", "pacman": "pacman"}
    return next((name for name, program in programs.items() if shutil.which(program)), "")


def _missing(manager: str, *, needs_test_programs: bool) -> list[Need]:
    libraries = LIBRARIES + (WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else ())
    missing = [need for need in libraries if not _loads(need.name)]
    if not _can_make_environments():
        package = f"python3.{sys.version_info.minor}-venv"
        missing.append(Need("Python's venv module", package, "python3", "python"))
    if needs_test_programs:
        missing += [need for need in TEST_PROGRAMS if not shutil.which(need.name)]
        if not ACCESS_BUS_FILE.exists():
            missing.append(ACCESS_BUS)
        if not _has_access_reader():
            missing.append(ACCESS_READER)
    return missing


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _has_access_reader() -> bool:
    """Whether the system's own Python has pyatspi, which no wheel brings."""
    if not Path(SYSTEM_PYTHON).exists():
        return False
    # Importing it would look for a bus.
    find = "import importlib.util as u; raise SystemExit(not u.find_spec('pyatspi'))"
    done = subprocess.run([SYSTEM_PYTHON, "-c", find], check=False, stdin=subprocess.DEVNULL)
    return done.returncode == 0


def _can_make_environments() -> bool:
    if uv_command():
        return True
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _install(packages: list[str]) -> None:
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    # A source that cannot be reached fails the update, and often holds none of these packages.
    _apt("update")
    failure = _apt("install", "-y", "--no-install-recommends", *packages)
    if failure:
        sys.stderr.write(failure)
        raise SetupError("`apt-get install` failed; its own words stand above.")


def _apt(*words: str) -> str:
    """Runs apt-get, waiting up to two minutes for another one; what it said if it failed."""
    done = subprocess.run(
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *words],
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout or "apt-get said nothing.\n" if done.returncode else ""


def _request(missing: list[Need], manager: str) -> str:
    names = [need.name for need in missing]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    if not manager:
        return f"This machine lacks what Facet needs: {', '.join(names)}."
    packages = " ".join(sorted({getattr(need, manager) for need in missing}))
    command = MANAGERS[manager] if os.geteuid() else MANAGERS[manager].replace("sudo ", "")
    return f"This machine lacks {shown}. Install with:\n    {command} {packages}"
