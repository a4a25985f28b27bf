"""What every test gets: folders of its own, a fixed look, no bus and no network but loopback."""

import atexit
import gc
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_HOME = Path(tempfile.mkdtemp(prefix="facet-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "QT_FONT_DPI": "96",
    "QT_SCALE_FACTOR": "1",
    "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    # An unset address makes Qt's D-Bus library start a bus of its own and leave it behind.
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
}
_INHERITED = ("FACET_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

for _name, _folder in _FOLDERS.items():
    (_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_HOME / _folder)
os.environ.update(_ENVIRONMENT)
for _name in _INHERITED:
    os.environ.pop(_name, None)
    os.environ.pop(_name.lower(), None)

settings.register_profile(
    "facet",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("facet")


gc.disable()

_SLOW_FIRST = ("drive", "wire", "quirks")
"""Folders whose tests wait for other programs or take long: begun last, one of them would keep a
worker busy while the other has nothing left to steal."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests come first, each kind in its random order."""

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return _SLOW_FIRST.index(folder) if folder in _SLOW_FIRST else len(_SLOW_FIRST)

    items.sort(key=rank)


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Collects on this thread alone, as the program does (app/ui/window/garbage_collection.py)."""
    counts = gc.get_count()
    if counts[0] > 20_000:
        gc.collect(2 if counts[1] > 10 else 1)


class NetworkUsedError(RuntimeError):
    """A test tried to reach something beyond this machine."""


def _is_loopback(host: object) -> bool:
    if host in (None, "", b""):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    return text in ("localhost", "::1", "0.0.0.0", "::") or text.startswith("127.")


def _watch_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: sees every connection and look-up of this process, whoever makes it."""
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto"):
        connection, address = arguments[:2]
        is_internet = getattr(connection, "family", None) in (socket.AF_INET, socket.AF_INET6)
        if is_internet and isinstance(address, tuple) and not _is_loopback(address[0]):
            raise NetworkUsedError(f"A test connects to {address[0]}.")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
        if _is_loopback(host):
            return
        if str(host).endswith((".invalid", ".test")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        raise NetworkUsedError(f"A test looks up {host}.")


sys.addaudithook(_watch_network)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The arguments of the one QApplication."""
    return ["facet", "-style", "fusion"]


@pytest.fixture(scope="session")
def qapp(qapp):
    """The one QApplication, with a cursor that does not blink: pictures stay the same."""
    qapp.setCursorFlashTime(0)
    qapp.setQuitOnLastWindowClosed(False)
    qapp.setApplicationName("facet")
    return qapp
