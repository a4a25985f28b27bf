import json
import os
import signal
import subprocess
import threading

import pytest

from app.core.errors import KeyStoreError
from app.storage.keys.key_store import KeyStore
from app.storage.keys.keychain import SecretServiceKeychain, WalletKeychain, open_keychain
from tests.storage.samples import run_python

ORIGIN = "https://openrouter.ai"
CANARY = "sk-CANARY-5f1c9e7a2b"

_SESSION = """
printf testpw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
echo "$DBUS_SESSION_BUS_ADDRESS"
read -r _
"""


@pytest.fixture(scope="module")
def desktop(tmp_path_factory):
    """A session bus of its own with an unlocked GNOME Keyring; yields its address and folder."""
    folder = tmp_path_factory.mktemp("desktop")
    places = {"XDG_DATA_HOME": folder / "data", "XDG_RUNTIME_DIR": folder / "run"}
    for place in places.values():
        place.mkdir(mode=0o700)
    environment = {**os.environ, **{name: str(place) for name, place in places.items()}}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        environment.pop(name, None)
    with subprocess.Popen(
        ["dbus-run-session", "--", "bash", "-c", _SESSION],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as session:
        address = session.stdout.readline().strip()
        daemon = process_of(address, "org.freedesktop.secrets")
        yield address, folder, daemon
        os.kill(daemon, signal.SIGCONT)
        os.kill(daemon, signal.SIGTERM)
        session.stdin.write("\n")


def process_of(address, name):
    """The process that owns a name on a bus, once it does."""
    from jeepney import MatchRule, MessageType, message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    bus = open_dbus_connection(address)
    rule = MatchRule(type="signal", member="NameOwnerChanged", path=message_bus.object_path)
    Proxy(message_bus, bus).AddMatch(rule)
    with bus.filter(rule) as changes:
        while True:
            reply = bus.send_and_get_reply(message_bus.GetConnectionUnixProcessID(name))
            if reply.header.message_type is MessageType.method_return:
                break
            bus.recv_until_filtered(changes, timeout=30)
    bus.close()
    return reply.body[0]


@pytest.fixture
def bus(desktop, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop[0])
    return desktop[0]


@pytest.fixture
def frozen(desktop):
    """A keychain that takes calls and never answers."""
    os.kill(desktop[2], signal.SIGSTOP)
    yield
    os.kill(desktop[2], signal.SIGCONT)


_OTHER_RUN = """
import json, sys
from app.storage.keys.key_store import KeyStore
print(json.dumps(KeyStore().read("openrouter", sys.argv[1])))
"""


def test_a_key_is_kept_found_by_the_next_run_and_removed(bus, desktop):
    keys = KeyStore()
    place = keys.place()
    assert (place.kind, place.name) == ("keychain", "the system's keychain (Secret Service)")
    assert place.is_lasting
    assert keys.store("openrouter", ORIGIN, CANARY) == place
    done = run_python(_OTHER_RUN, ORIGIN, environment={"DBUS_SESSION_BUS_ADDRESS": bus})
    assert json.loads(done.stdout) == CANARY
    for file in desktop[1].rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()
    assert keys.remove("openrouter", ORIGIN) == place
    assert keys.read("openrouter", ORIGIN) is None
    done = run_python(_OTHER_RUN, ORIGIN, environment={"DBUS_SESSION_BUS_ADDRESS": bus})
    assert json.loads(done.stdout) is None


@pytest.mark.usefixtures("bus")
def test_a_key_belongs_to_its_provider_and_origin():
    keys = KeyStore()
    keys.store("openrouter", ORIGIN, "sk-one")
    assert KeyStore().read("openrouter", "https://openrouter.ai.evil.test") is None
    assert KeyStore().read("other", ORIGIN) is None
    keys.store("openrouter", ORIGIN, "sk-two")
    assert KeyStore().read("openrouter", ORIGIN) == "sk-two"
    keys.remove("openrouter", ORIGIN)
    keys.remove("openrouter", ORIGIN)


@pytest.mark.usefixtures("bus")
def test_the_search_for_backends_is_never_run():
    code = """
import subprocess, sys
sys.addaudithook(lambda event, _: sys.exit(event) if event == "subprocess.Popen" else None)
import app.storage.keys.key_store
assert not any(name.split(".")[0] in ("keyring", "secretstorage") for name in sys.modules)
keys = app.storage.keys.key_store.KeyStore()
assert keys.place().kind == "keychain"
assert "keyring.backends.macOS" not in sys.modules
assert "keyring.backends.chainer" not in sys.modules
"""
    done = run_python(code, environment={"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    assert (done.returncode, done.stderr) == (0, "")


def test_a_locked_keychain_is_told_once_and_opened_after_its_unlocking(bus):
    import secretstorage

    connection = secretstorage.dbus_init()
    collection = secretstorage.get_default_collection(connection)
    KeyStore().store("openrouter", ORIGIN, "sk-locked")
    collection.lock()
    keys = KeyStore()
    with pytest.raises(KeyStoreError, match="locked") as caught:
        keys.read("openrouter", ORIGIN)  # nobody can be asked without a display
    assert caught.value.hint
    assert not keys.is_waiting
    place = keys.store("other", ORIGIN, "sk-now")
    assert (place.kind, place.is_lasting) == ("memory", False)
    assert "locked" in place.explanation
    assert keys.read("other", ORIGIN) == "sk-now"
    with pytest.raises(KeyStoreError, match="locked"):
        keys.remove("openrouter", ORIGIN)
    run_unlock(bus)
    assert keys.place().kind == "memory"  # who declined is not asked again by itself
    assert keys.retry().kind == "keychain"
    assert keys.read("openrouter", ORIGIN) == "sk-locked"
    keys.remove("openrouter", ORIGIN)
    connection.close()


def run_unlock(address):
    """Unlocks the keyring as the login of a user does."""
    import secretstorage
    from jeepney import DBusAddress, new_method_call

    bus = secretstorage.dbus_init()
    service = "org.freedesktop.secrets"
    path = "/org/freedesktop/secrets"
    plain = DBusAddress(path, service, "org.freedesktop.Secret.Service")
    opened = bus.send_and_get_reply(
        new_method_call(plain, "OpenSession", "sv", ("plain", ("s", "")))
    )
    inner = DBusAddress(path, service, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")
    secret = (opened.body[1], b"", b"testpw", "text/plain")
    collection = f"{path}/collection/login"
    reply = bus.send_and_get_reply(
        new_method_call(inner, "UnlockWithMasterPassword", "o(oayays)", (collection, secret))
    )
    assert reply.header.message_type.name == "method_return", reply.body
    bus.close()


@pytest.mark.usefixtures("bus", "frozen")
def test_a_frozen_keychain_costs_its_deadline_and_no_more():
    keys = KeyStore(deadline=0.2)
    with pytest.raises(KeyStoreError, match="does not answer"):
        keys.read("openrouter", ORIGIN)
    place = keys.store("openrouter", ORIGIN, CANARY)
    assert place.kind == "memory"
    assert "does not answer" in place.explanation
    assert keys.read("openrouter", ORIGIN) == CANARY
    left = [thread for thread in threading.enumerate() if thread.name == "facet-keychain"]
    assert all(thread.daemon for thread in left)


@pytest.mark.usefixtures("bus")
def test_a_collection_that_is_yet_to_be_made_asks_the_user(monkeypatch):
    import secretstorage

    keychain = open_keychain("linux")
    assert isinstance(keychain, SecretServiceKeychain)
    assert not keychain.is_locked()
    monkeypatch.setattr(secretstorage.collection, "DEFAULT_COLLECTION", "/nowhere/at/all")
    assert keychain.is_locked()


def test_without_a_bus_there_is_no_keychain():
    assert open_keychain("linux") is None


@pytest.mark.parametrize(
    ("platform", "name"),
    [("win32", "the Windows Credential Manager"), ("darwin", "the macOS Keychain")],
)
def test_the_keychain_of_another_system_fails_into_memory(platform, name):
    assert open_keychain(platform).title == name
    keys = KeyStore(platform=platform)
    place = keys.store("openrouter", ORIGIN, CANARY)
    assert place.kind == "memory"
    assert "failed" in place.explanation
    with pytest.raises(KeyStoreError, match="failed"):
        keys.remove("openrouter", ORIGIN)


class Wallet:
    """KWallet's backend as far as it is asked."""

    def __init__(self, opens):
        self.opens = opens

    def connected(self, _service):
        return self.opens


def test_a_wallet_is_asked_to_open_once():
    wallet = WalletKeychain("KWallet", Wallet(opens=True))
    assert wallet.is_locked()
    wallet.unlock()
    assert not wallet.is_locked()


def test_a_wallet_that_stays_shut_is_locked():
    wallet = WalletKeychain("KWallet", Wallet(opens=False))
    with pytest.raises(KeyStoreError, match="KWallet is locked"):
        wallet.unlock()
    assert wallet.is_locked()


def test_a_desktop_with_a_wallet_alone_uses_it(monkeypatch):
    from keyring.backends import kwallet

    class Present:
        priority = 4.9

    monkeypatch.setattr(kwallet, "DBusKeyring", Present)
    assert isinstance(open_keychain("linux"), WalletKeychain)
