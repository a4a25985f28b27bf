"""One screen for all journeys of a worker; a profile and programs that end for each."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.drive.facet import Facet
from tests.drive.screen import Screen, new_screen, program


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with new_screen(tmp_path_factory.mktemp("screen")) as shown:
        yield shown


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def start(screen: Screen, profile: Path) -> Iterator[Callable[..., Facet]]:
    """Starts Facet on the profile; whatever still runs in the end is killed."""
    started: list[Facet] = []

    def begin(**more: object) -> Facet:
        profile.parent.mkdir(exist_ok=True)
        started.append(Facet(screen, profile, **more))  # type: ignore[arg-type]
        return started[-1]

    yield begin
    for facet in started:
        facet.end()


@pytest.fixture(scope="session")
def without_network() -> tuple[str, ...]:
    """The words before a command that take its network away, loopback too."""
    for more in (("--net",), ("--map-root-user", "--net")):
        words = (program("unshare"), *more)
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    return (sys.executable, str(Path(__file__).with_name("offline.py")))
