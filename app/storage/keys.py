"""Keys in the system keychain, or in memory for this run; never in a file.

keyring is imported in a thread of its own, without its search for backends (ARCHITECTURE F10), and every call
has a deadline: a prompt that nobody answers, or a frozen keychain, blocks for ever.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.core.errors import KeyStoreError
from app.storage.keychain import Keychain, KeychainFault, open_keychain

T = TypeVar("T")

DEADLINE = 5.0
UNLOCK_DEADLINE = 120.0
"""Seconds to wait for the keychain, and for the user while it asks for its password."""

WINDOWS_LIMIT = 1280
"""Letters Windows can keep: CredWrite takes 2,560 bytes of UTF-16 (PACKAGING §4)."""


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where keys are kept: `kind` is "keychain" or "memory"; `explanation` is a sentence for the user."""

    kind: str
    name: str
    explanation: str

    @property
    def is_lasting(self) -> bool:
        """Whether a key is still there after Facet was closed."""
        return self.kind == "keychain"


class KeyStore:
    """The keys by provider and origin. Every method may block up to its deadline: call it in a thread."""

    def __init__(
        self,
        *,
        memory_only: bool = False,
        deadline: float = DEADLINE,
        unlock_deadline: float = UNLOCK_DEADLINE,
        platform: str = sys.platform,
    ) -> None:
        self._deadline = deadline
        self._unlock_deadline = unlock_deadline
        self._platform = platform
        self._lock = threading.RLock()
        self._keys: dict[tuple[str, str], str] = {}
        self._keychain: Keychain | None = None
        self._fault = "Keys are not kept for this run." if memory_only else ""
        self._may_retry = not memory_only
        self.is_waiting = False
        """Whether the system is asking the user to unlock the keychain right now."""

    def place(self) -> KeyPlace:
        """Where a key would be kept now; opens the keychain when it was not yet."""
        with self._lock:
            try:
                keychain = self._opened()
            except KeyStoreError as error:
                return _memory(error.message)
            return _lasting(keychain)

    def retry(self) -> KeyPlace:
        """Forgets an earlier failure, for the user who unlocked or installed a keychain meanwhile."""
        with self._lock:
            if self._may_retry:
                self._fault = ""
                self._keychain = None
            return self.place()

    def read(self, provider_id: str, origin: str) -> str | None:
        """The key, or None when none is kept; KeyStoreError when there is a keychain that does not open."""
        with self._lock:
            known = self._keys.get((provider_id, origin))
            if known is not None:
                return known
            try:
                keychain = self._opened()
            except KeyStoreError:
                if self._fault_is_absence:
                    return None
                raise
            key = self._asked(lambda: keychain.read(_name(provider_id, origin)), keychain)
            if key:
                self._keys[provider_id, origin] = key
            return key or None

    def store(self, provider_id: str, origin: str, key: str) -> KeyPlace:
        """Keeps a key, reads it back, and says where it really is; in memory when no keychain takes it."""
        with self._lock:
            self._keys[provider_id, origin] = key
            if self._platform == "win32" and len(key) > WINDOWS_LIMIT:
                return _memory(
                    f"This key is longer than the {WINDOWS_LIMIT} letters Windows can keep."
                )
            try:
                keychain = self._opened()
                name = _name(provider_id, origin)
                self._asked(lambda: keychain.store(name, key), keychain)
                if self._asked(lambda: keychain.read(name), keychain) != key:
                    return _memory(f"{keychain.title} did not keep the key.")
            except KeyStoreError as error:
                return _memory(error.message)
            return _lasting(keychain)

    def remove(self, provider_id: str, origin: str) -> KeyPlace:
        """Removes a key and reads back that it is gone; says from where.

        KeyStoreError when a keychain may still hold it.
        """
        with self._lock:
            self._keys.pop((provider_id, origin), None)
            try:
                keychain = self._opened()
            except KeyStoreError:
                if self._fault_is_absence:
                    return _memory(self._fault)
                raise
            name = _name(provider_id, origin)
            self._asked(lambda: keychain.remove(name), keychain)
            if self._asked(lambda: keychain.read(name), keychain) is not None:
                raise KeyStoreError(
                    f"{keychain.title} still holds the key.",
                    f"Remove the entry “{name}” in the system's password program.",
                )
            return _lasting(keychain)

    _fault_is_absence = False

    def _opened(self) -> Keychain:
        """The open keychain; KeyStoreError with the reason, without asking the user twice in one run."""
        if self._keychain is not None:
            return self._keychain
        if self._fault:
            raise KeyStoreError(self._fault, _HINT)
        try:
            found = _within(self._deadline, lambda: open_keychain(self._platform))
            if found is None:
                self._fault_is_absence = True
                raise KeyStoreError(
                    "This computer has no password store that Facet can use.", _HINT
                )
            if found.is_locked:
                self.is_waiting = True
                _within(self._unlock_deadline, found.unlock)
        except KeyStoreError as error:
            self._fault = error.message
            raise
        except KeychainFault as error:
            self._fault = str(error)
            raise KeyStoreError(self._fault, _HINT) from error
        finally:
            self.is_waiting = False
        self._keychain = found
        return found

    def _asked(self, call: Callable[[], T], keychain: Keychain) -> T:
        try:
            return _within(self._deadline, call)
        except KeychainFault as error:
            raise KeyStoreError(str(error), _HINT) from error
        except KeyStoreError:
            self._keychain = None  # it hangs or went away; the next call opens it again
            raise


_HINT = (
    "Unlock or start the system's password store and try again; until then keys last for this run."
)


def _name(provider_id: str, origin: str) -> str:
    return f"facet/{provider_id}/{origin}"


def _lasting(keychain: Keychain) -> KeyPlace:
    return KeyPlace("keychain", keychain.title, f"Keys are kept in {keychain.title}.")


def _memory(why: str) -> KeyPlace:
    return KeyPlace(
        "memory", "this run only", f"{why} The key is kept in memory until Facet is closed."
    )


class _Outcome:
    """Carries what a call returned or raised from its thread to the one that waits."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: object = None
        self.error: BaseException | None = None

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        self.done.set()
        return True


def _within(deadline: float, call: Callable[[], T]) -> T:
    """Runs a call in a daemon thread; KeyStoreError when it has not ended in time, and it is left behind."""
    outcome = _Outcome()
    box: list[T] = []

    def work() -> None:
        with outcome:
            box.append(call())

    threading.Thread(target=work, name="facet-keychain", daemon=True).start()
    if not outcome.done.wait(deadline):
        raise KeyStoreError("The system's password store does not answer.", _HINT)
    if isinstance(outcome.error, KeychainFault):
        raise outcome.error
    if outcome.error is not None:
        # Chosen directly, backends raise whatever they meet (RuntimeError, FileNotFoundError, D-Bus errors).
        raise KeychainFault(
            f"The system's password store failed ({type(outcome.error).__name__})."
        ) from outcome.error
    return box[0]
