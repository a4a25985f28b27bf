import threading

import pytest

from app.core.errors import KeyStoreError
from app.storage.keys import key_store as module
from app.storage.keys.key_store import WINDOWS_LIMIT, KeyStore, within
from app.storage.keys.keychain import Keychain

ORIGIN = "https://openrouter.ai"


class Backend:
    """A place for secrets that does what a test wants of it."""

    def __init__(self):
        self.secrets = {}
        self.calls = []
        self.fault = None

    def get_password(self, service, account):
        self.calls.append(("get", service, account))
        if self.fault is not None:
            raise self.fault
        return self.secrets.get(service)

    def set_password(self, service, _account, secret):
        self.secrets[service] = secret

    def delete_password(self, service, _account):
        del self.secrets[service]


@pytest.fixture
def backend(monkeypatch):
    backend = Backend()
    monkeypatch.setattr(module, "open_keychain", lambda _platform: Keychain("a safe", backend))
    return backend


@pytest.fixture
def no_keychain(monkeypatch):
    monkeypatch.setattr(module, "open_keychain", lambda _platform: None)


def test_a_key_is_kept_under_its_provider_and_origin(backend):
    place = KeyStore().store("openrouter", ORIGIN, "sk-123456")
    assert (place.kind, place.name, place.is_lasting) == ("keychain", "a safe", True)
    assert "a safe" in place.explanation
    assert backend.secrets == {"facet/openrouter/https://openrouter.ai": "sk-123456"}


def test_a_key_is_asked_for_once_and_then_remembered(backend):
    backend.secrets["facet/p/o"] = "sk-123456"
    keys = KeyStore()
    assert [keys.read("p", "o") for _ in range(3)] == ["sk-123456"] * 3
    assert len(backend.calls) == 1


def test_a_key_that_is_not_there_is_asked_for_again(backend):
    keys = KeyStore()
    assert keys.read("p", "o") is None
    backend.secrets["facet/p/o"] = "sk-later"
    assert keys.read("p", "o") == "sk-later"


@pytest.mark.usefixtures("no_keychain")
def test_without_a_keychain_a_key_lasts_for_this_run_and_it_is_said():
    keys = KeyStore()
    assert keys.read("p", "o") is None
    place = keys.store("p", "o", "sk-123456")
    assert (place.kind, place.is_lasting) == ("memory", False)
    assert "no password store" in place.explanation
    assert "until Facet is closed" in place.explanation
    assert keys.place() == place
    assert keys.read("p", "o") == "sk-123456"
    assert keys.remove("p", "o").kind == "memory"
    assert keys.read("p", "o") is None
    assert KeyStore().read("p", "o") is None


def test_memory_only_never_asks_a_keychain(backend):
    keys = KeyStore(memory_only=True)
    assert keys.store("p", "o", "sk-123456").kind == "memory"
    assert keys.read("p", "o") == "sk-123456"
    assert keys.retry().kind == "memory"
    keys.remove("p", "o")
    assert keys.read("p", "o") is None
    assert backend.calls == []


def test_a_keychain_that_forgets_is_not_believed(backend, monkeypatch):
    monkeypatch.setattr(backend, "set_password", lambda *_arguments: None)
    keys = KeyStore()
    place = keys.store("p", "o", "sk-123456")
    assert place.kind == "memory"
    assert "could not be read back" in place.explanation
    assert keys.read("p", "o") == "sk-123456"


def test_a_key_that_stays_after_its_removal_is_told(backend, monkeypatch):
    keys = KeyStore()
    keys.store("p", "o", "sk-123456")
    monkeypatch.setattr(backend, "delete_password", lambda *_arguments: None)
    with pytest.raises(KeyStoreError, match="still in a safe") as caught:
        keys.remove("p", "o")
    assert "facet/p/o" in caught.value.hint


@pytest.mark.parametrize("fault", [RuntimeError("x sk-123456"), FileNotFoundError("y"), KeyError()])
def test_whatever_a_backend_raises_is_told_without_its_words(backend, fault):
    backend.fault = fault
    with pytest.raises(KeyStoreError) as caught:
        KeyStore().read("p", "o")
    assert type(fault).__name__ in str(caught.value)
    assert "sk-123456" not in str(caught.value)
    assert caught.value.hint


def test_a_key_too_long_for_windows_stays_in_memory(backend):
    keys = KeyStore(platform="win32")
    assert keys.store("p", "o", "k" * WINDOWS_LIMIT).kind == "keychain"
    place = keys.store("p", "o2", "k" * (WINDOWS_LIMIT + 1))
    assert place.kind == "memory"
    assert "1280" in place.explanation
    assert "facet/p/o2" not in backend.secrets


class Locked(Keychain):
    """A keychain whose user takes a while."""

    def __init__(self, backend, answered, *, may_ask=False):
        super().__init__("a safe", backend, may_ask=may_ask)
        self.answered = answered
        self.asked = threading.Event()
        self.locked = True

    def is_locked(self):
        return self.locked

    def unlock(self):
        self.asked.set()
        self.answered.wait(10)
        self.locked = False


def test_the_user_has_time_to_unlock_and_a_known_key_needs_no_waiting(monkeypatch):
    backend = Backend()
    backend.secrets["facet/p/o"] = "sk-123456"
    answered = threading.Event()
    keychain = Locked(backend, answered)
    keys = KeyStore(deadline=5, platform="win32")
    keys.store("q", "o", "k" * (WINDOWS_LIMIT + 1))
    monkeypatch.setattr(module, "open_keychain", lambda _platform: keychain)
    found = []
    reader = threading.Thread(target=lambda: found.append(keys.read("p", "o")))
    reader.start()
    assert keychain.asked.wait(10)
    assert keys.is_waiting
    assert keys.read("q", "o") == "k" * (WINDOWS_LIMIT + 1)
    answered.set()
    reader.join(10)
    assert found == ["sk-123456"]
    assert not keys.is_waiting


def test_a_user_who_does_not_come_is_not_waited_for_again(monkeypatch):
    never = threading.Event()
    keychain = Locked(Backend(), never)
    monkeypatch.setattr(module, "open_keychain", lambda _platform: keychain)
    keys = KeyStore(unlock_deadline=0.05)
    for _ in range(2):
        with pytest.raises(KeyStoreError, match="does not answer"):
            keys.read("p", "o")
    never.set()


def test_a_keychain_that_may_ask_at_any_call_gets_the_time_of_a_user(monkeypatch):
    released = threading.Event()
    backend = Backend()
    asked = threading.Event()

    def ask(*_arguments):
        asked.set()
        released.wait(10)
        return "sk-123456"

    monkeypatch.setattr(backend, "get_password", ask)
    keychain = Keychain("the macOS Keychain", backend, may_ask=True)
    monkeypatch.setattr(module, "open_keychain", lambda _platform: keychain)
    keys = KeyStore()
    found = []
    reader = threading.Thread(target=lambda: found.append(keys.read("p", "o")))
    reader.start()
    assert asked.wait(10)
    assert keys.is_waiting
    released.set()
    reader.join(10)
    assert found == ["sk-123456"]


def test_a_call_that_ends_gives_what_it_returned():
    assert within(5, lambda: 42) == 42


def test_a_call_that_does_not_end_is_left_behind():
    never = threading.Event()
    with pytest.raises(KeyStoreError, match="does not answer"):
        within(0.05, lambda: never.wait(10))
    never.set()


def test_further_keys_have_entries_of_their_own_beside_the_first(backend):
    keys = KeyStore()
    keys.store("p", "o", "sk-123456")
    keys.store("p", "o", "sk-second", 2)
    assert backend.secrets == {"facet/p/o": "sk-123456", "facet/p/o#2": "sk-second"}
    assert (keys.read("p", "o"), keys.read("p", "o", 2)) == ("sk-123456", "sk-second")
    keys.remove("p", "o", 2)
    assert backend.secrets == {"facet/p/o": "sk-123456"}
    assert keys.read("p", "o", 2) is None


def test_what_was_kept_of_a_new_key_that_failed_is_taken_away_again(backend, monkeypatch):
    monkeypatch.setattr(backend, "get_password", lambda service, _account: "garbled" + service)
    place = KeyStore().store("p", "o", "sk-123456", is_new=True)
    assert (place.kind, place.may_remain) == ("memory", True)
    assert backend.secrets == {}
    monkeypatch.undo()


def test_a_key_that_replaces_another_leaves_the_entry_when_it_fails(backend, monkeypatch):
    backend.secrets["facet/p/o"] = "sk-earlier"
    monkeypatch.setattr(backend, "set_password", lambda *_arguments: None)
    place = KeyStore().store("p", "o", "sk-123456")
    assert (place.kind, place.may_remain) == ("memory", False)
    assert backend.secrets == {"facet/p/o": "sk-earlier"}


def test_a_removal_that_fails_loses_no_key(backend):
    keys = KeyStore()
    keys.store("p", "o", "sk-123456")
    backend.fault = OSError("busy")
    with pytest.raises(KeyStoreError):
        keys.remove("p", "o")
    assert keys.read("p", "o") == "sk-123456"
