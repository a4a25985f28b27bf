"""A key's life in a real keychain, and where it never is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from app.providers.catalogue.address import custom_profile
from tests.drive.bus import own_bus
from tests.drive.facet import ACCENT, run
from tests.drive.provider import connect, running_simulator
from tests.drive.screen import ending, program
from tests.drive.waiting import until
from tests.simulator import Scenario, key_digest

MODEL = "google/gemma-4-26b-a4b-it"
TRANSCRIPT = (0.25, 0.15, 0.7, 0.6)


@pytest.fixture
def keychain(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A bus of its own with an unlocked Secret Service; the environment that leads to it."""
    with own_bus(tmp_path) as environment:
        service = subprocess.Popen(
            [program("gnome-keyring-daemon"), "--foreground", "--unlock", "--components=secrets"],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with ending(service):
            assert service.stdin is not None
            service.stdin.write(b"a password")
            service.stdin.close()
            keyring = Path(environment["XDG_DATA_HOME"], "keyrings", "login.keyring")
            until(keyring.exists, "the keychain is unlocked")
            yield environment


def hiding_places(folder: Path, secret: str) -> list[Path]:
    """The files below a folder that hold a secret, in one of the ways text is written."""
    forms = [secret.encode(), secret.encode("utf-16-le"), secret[::-1].encode()]
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def words_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_a_key_is_kept_in_the_keychain_alone(start, profile, tmp_path, keychain):
    key = f"sk-or-v1-CANARY{token_hex(8)}"
    settings = profile / "config" / "settings.json"
    with running_simulator() as simulator:
        provider = connect(profile, simulator.base_url(), MODEL, needs_key=True)

        facet = start(environment=keychain).shown("Facet")
        main = facet.window
        facet.ask("Have I a key?")
        assert facet.answer("failed").provenance["fault"]["kind"] == "AuthenticationError"
        assert not simulator.record.exchanges
        facet.click(ACCENT, *TRANSCRIPT)
        facet.shown("Settings")
        facet.type(key)
        facet.key("Return")
        facet.until(lambda: key[-4:] in settings.read_text(), "the key is stored and its end noted")
        facet.until(lambda: simulator.record.exchanges, "the key is tested")
        facet.key("Escape")
        facet.window = main
        facet.activate()
        facet.key("ctrl+r")
        facet.answer("done")
        assert simulator.record.last.header("authorization") == f"Bearer {key_digest(key)}"
        assert key.encode() not in words_of(facet.process.pid)
        facet.quit()

        route = ("--provider", provider, "--model", MODEL)
        again = run(profile, "ask", *route, "Again", environment=keychain)
        assert (again.returncode, again.stderr) == (0, "")

        simulator.next(Scenario(status=401, message=f"The key {key} is not known"))
        facet = start(environment=keychain).shown("Facet")
        facet.ask("Still there?")
        facet.answer("failed")
        facet.click(ACCENT, *TRANSCRIPT)
        facet.shown("Settings")
        facet.key("Tab", "Tab", "space")
        facet.until(lambda: key[-4:] not in settings.read_text(), "the key is removed")
        facet.window = main
        facet.key("Escape")
        facet.shown("Facet").quit()

        before = len(simulator.record)
        without = run(profile, "ask", *route, "And now?", environment=keychain)
        assert without.returncode == 1
        assert "no key" in without.stderr
        assert len(simulator.record) == before

    for form in ("md", "json"):
        out = tmp_path / f"export.{form}"
        assert run(profile, "export", "--all", "--format", form, "--out", str(out)).returncode == 0
        assert out.exists()
    assert hiding_places(tmp_path, "Still there?")
    assert hiding_places(tmp_path, key) == []


KEEP = """
import sys
from app.storage.keys.key_store import KeyStore

provider, origin, *keys = sys.argv[1:]
store = KeyStore()
for number, key in enumerate(keys, 1):
    assert store.store(provider, origin, key, number, is_new=True).is_lasting
"""


def test_one_of_several_keys_is_used_by_its_name(profile, tmp_path, keychain):
    keys = [f"sk-or-v1-CANARY{token_hex(8)}" for _ in range(2)]
    with running_simulator() as simulator:
        address = simulator.base_url()
        origin = address.removesuffix("/openrouter/api/v1")
        entry = {"place": "the Secret Service", "origin": origin, "date": "2026-11-21"}
        first, second = ({**entry, "last4": key[-4:]} for key in keys)
        further = [{**second, "number": 2, "name": "Work"}]
        provider = custom_profile(address).id
        connect(
            profile,
            address,
            MODEL,
            needs_key=True,
            **{"providers.key_hints": {provider: {**first, "further": further}}},
        )
        subprocess.run(
            [sys.executable, "-c", KEEP, provider, origin, *keys],
            env={**os.environ, **keychain},
            check=True,
            timeout=30,
        )
        route = ("--provider", provider, "--model", MODEL)
        for arguments, key in (((), keys[0]), (("--key-name", "work"), keys[1])):
            said = run(profile, "ask", *route, *arguments, "Hi", environment=keychain)
            assert (said.returncode, said.stderr) == (0, "")
            sent = simulator.record.last.header("authorization")
            assert sent == f"Bearer {key_digest(key)}"
        wrong = run(profile, "ask", *route, "--key-name", "Home", "Hi", environment=keychain)
        assert wrong.returncode == 2
        assert f"Its keys: …{keys[0][-4:]}, Work." in wrong.stderr
    for key in keys:
        assert hiding_places(profile, key) == []
