import json
import os
import signal
import socket
import subprocess
import threading
from contextlib import closing, contextmanager, suppress

import pytest
from jeepney import HeaderFields

from app.core.errors import KeyStoreError
from app.storage.keys import key_store
from app.storage.keys.key_store import KeyStore
from app.storage.keys.keychain import WalletKeychain, open_keychain
from tests.storage.samples import run_python

ORIGIN = "https://openrouter.ai"
CANARY = "sk-CANARY-5f1c9e7a2b"

_SESSION = """
{} >/dev/null
echo "$DBUS_SESSION_BUS_ADDRESS"
read -r _
"""
UNLOCKED = "printf testpw | gnome-keyring-daemon --unlock --components=secrets"
EMPTY = "gnome-keyring-daemon --start --components=secrets"


@contextmanager
def session_of(folder, command):
    """A session bus with GNOME Keyring: its address, its folder, the keyring's process."""
    places = {"XDG_DATA_HOME": folder / "data", "XDG_RUNTIME_DIR": folder / "run"}
    for place in places.values():
        place.mkdir(mode=0o700)
    environment = {**os.environ, **{name: str(place) for name, place in places.items()}}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        environment.pop(name, None)
    with subprocess.Popen(
        ["dbus-run-session", "--", "bash", "-c", _SESSION.format(command)],
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


@pytest.fixture(scope="module")
def desktop(tmp_path_factory):
    """A desktop whose keyring is unlocked."""
    with session_of(tmp_path_factory.mktemp("desktop"), UNLOCKED) as session:
        yield session


@pytest.fixture
def new_desktop(tmp_path, monkeypatch):
    """A desktop that has no keyring yet; yields its address."""
    with session_of(tmp_path, EMPTY) as (address, _, _):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@contextmanager
def serving(address, name, answered):
    """Answers to a name on a bus: `answered` makes the reply to each call."""
    from jeepney import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with closing(open_dbus_connection(address)) as bus:
        Proxy(message_bus, bus).RequestName(name)

        def serve():
            with suppress(ConnectionError):
                while True:
                    message = bus.receive()
                    if message.header.message_type.name == "method_call":
                        bus.send(answered(message, message.header.fields[HeaderFields.member]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        bus.sock.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.fixture
def prompts(new_desktop):
    """What the desktop was to ask the user for. The user dismisses every question."""
    from jeepney import new_error

    asked = []

    def dismiss(message, member):
        asked.append(member)
        return new_error(message, "org.freedesktop.DBus.Error.AccessDenied")

    with serving(new_desktop, "org.gnome.keyring.SystemPrompter", dismiss):
        yield asked


def collections_of(address):
    """The keyrings there are, by their paths."""
    from jeepney import DBusAddress, Properties
    from jeepney.io.blocking import open_dbus_connection

    service = DBusAddress(
        "/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service"
    )
    with closing(open_dbus_connection(address)) as bus:
        return bus.send_and_get_reply(Properties(service).get("Collections")).body[0][1]


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


def test_looking_for_a_key_makes_no_keyring_and_asks_nothing(new_desktop, prompts):
    before = collections_of(new_desktop)
    keys = KeyStore()
    place = keys.place()
    assert place.is_lasting
    assert "choose a password for a new one" in place.explanation
    assert keys.read("openrouter", ORIGIN) is None
    assert not keys.is_at_hand("openrouter", ORIGIN)
    keys.remove("openrouter", ORIGIN)
    assert keys.retry() == place
    assert collections_of(new_desktop) == before
    assert prompts == []


def test_storing_a_key_has_the_system_ask_for_a_new_keyring(new_desktop, prompts):
    keys = KeyStore()
    place = keys.store("openrouter", ORIGIN, CANARY, is_new=True)
    assert "BeginPrompting" in prompts
    assert (place.kind, place.may_remain) == ("memory", False)
    assert "No keyring was made" in place.explanation
    assert keys.read("openrouter", ORIGIN) == CANARY


def test_looking_at_a_locked_keyring_asks_nothing(bus):
    import secretstorage

    with closing(secretstorage.dbus_init()) as connection:
        secretstorage.get_default_collection(connection).lock()
        keys = KeyStore()
        place = keys.place()
        assert place.is_lasting
        assert "locked" in place.explanation
        assert not keys.is_at_hand("openrouter", ORIGIN)
        run_unlock(bus)
        assert keys.place().prompt == ""
        assert keys.is_at_hand("openrouter", ORIGIN)


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
    """KWallet's backend as far as it is asked, and what KWallet itself says."""

    bus_name = "org.kde.kwalletd5"
    object_path = "/modules/kwalletd5"

    def __init__(self, *, wallets=("kdewallet",), opens=True):
        self.wallets, self.opens = list(wallets), opens
        self.is_open = False
        self.opened = 0

    def connected(self, _service):
        self.opened += 1
        self.is_open = self.opens
        return self.opens

    def answered(self, message, member):
        from jeepney import new_method_return

        answers = {
            "networkWallet": ("s", ("kdewallet",)),
            "wallets": ("as", (self.wallets,)),
            "isOpen": ("b", (self.is_open,)),
        }
        return new_method_return(message, *answers[member])


@contextmanager
def wallet_of(address, **is_so):
    """A keychain on a KWallet on this bus, and the wallet."""
    wallet = Wallet(**is_so)
    with serving(address, wallet.bus_name, wallet.answered):
        yield WalletKeychain("KWallet", wallet), wallet


def test_a_wallet_is_opened_only_when_it_is_unlocked(bus):
    with wallet_of(bus) as (keychain, wallet):
        assert keychain.is_made()
        assert keychain.is_locked()
        assert wallet.opened == 0
        keychain.unlock()
        assert not keychain.is_locked()


def test_a_wallet_that_stays_shut_is_locked(bus):
    with wallet_of(bus, opens=False) as (keychain, _wallet):
        with pytest.raises(KeyStoreError, match="KWallet is locked"):
            keychain.unlock()
        assert keychain.is_locked()


def test_looking_makes_no_wallet_where_there_is_none(bus, monkeypatch):
    with wallet_of(bus, wallets=()) as (keychain, wallet):
        monkeypatch.setattr(key_store, "open_keychain", lambda _platform: keychain)
        keys = KeyStore()
        assert "choose a password for a new one" in keys.place().explanation
        assert keys.read("openrouter", ORIGIN) is None
        assert wallet.opened == 0


def test_a_desktop_with_a_wallet_alone_uses_it(monkeypatch):
    from keyring.backends import kwallet

    class Present:
        priority = 4.9

    monkeypatch.setattr(kwallet, "DBusKeyring", Present)
    assert isinstance(open_keychain("linux"), WalletKeychain)
