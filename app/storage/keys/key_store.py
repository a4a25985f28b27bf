"""Keys in the system keychain, or in memory for this run; never in a file.

keyring is imported in a thread of its own, without its search for backends (ARCHITECTURE F10), and
every call has a deadline: an unanswered prompt or a frozen keychain would block for ever.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.core.errors import KeyStoreError
from app.storage.keys.keychain import UNLOCK_HINT, Keychain, open_keychain

T = TypeVar("T")

DEADLINE = 5.0
UNLOCK_DEADLINE = 120.0
"""Seconds to wait for the keychain, and for the user while it asks for a password."""

WINDOWS_LIMIT = 1280
"""Letters Windows can keep: CredWrite takes 2,560 bytes of UTF-16 (PACKAGING §4)."""


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where keys are kept: `kind` is "keychain" or "memory", `explanation` says it to the user.

    `may_remain` says of a key that was not kept that the keychain may hold it nevertheless.
    """

    kind: str
    name: str
    explanation: str
    may_remain: bool = False

    @property
    def is_lasting(self) -> bool:
        """Whether a key is still there after Facet was closed."""
        return self.kind == "keychain"


class KeyStore:
    """The keys by provider, origin and number. A method may block to its deadline: use a thread.

    Number 1 is a provider's first key; further ones have entries of their own.
    """

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
        self._is_memory_only = memory_only
        self._lock = threading.RLock()
        self._keys: dict[tuple[str, str, int], str] = {}
        self._keychain: Keychain | None = None
        self._reason = "Keys are not kept on this computer." if memory_only else ""
        self._is_absent = memory_only
        self.is_waiting = False
        """Whether the system may be asking the user for a password right now."""

    def place(self) -> KeyPlace:
        """Where a key would be kept now; opens the keychain when it was not yet."""
        with self._lock:
            try:
                return _lasting(self._opened())
            except KeyStoreError as error:
                return _memory(error.message)

    def retry(self) -> KeyPlace:
        """Forgets an earlier failure, for a user who unlocked or installed a keychain since."""
        with self._lock:
            if not self._is_memory_only:
                self._reason, self._is_absent, self._keychain = "", False, None
            return self.place()

    def read(self, provider_id: str, origin: str, number: int = 1) -> str | None:
        """The key, or None when none is kept; KeyStoreError when a keychain is there but shut."""
        known = self._keys.get((provider_id, origin, number))
        if known is not None:
            return known
        with self._lock:
            try:
                keychain = self._opened()
            except KeyStoreError:
                if self._is_absent:
                    return None
                raise
            key = self._ask(keychain, lambda: keychain.read(_name(provider_id, origin, number)))
            if key:
                self._keys[provider_id, origin, number] = key
            return key or None

    def store(
        self, provider_id: str, origin: str, key: str, number: int = 1, *, is_new: bool = False
    ) -> KeyPlace:
        """Keeps a key, reads it back, and says where it is: in memory when nothing else took it.

        What a keychain kept of a new key that it could not give back is taken away again.
        """
        self._keys[provider_id, origin, number] = key
        if self._platform == "win32" and len(key) > WINDOWS_LIMIT:
            return _memory(f"The key is longer than the {WINDOWS_LIMIT} letters Windows can keep.")
        name = _name(provider_id, origin, number)
        with self._lock:
            try:
                keychain = self._opened()
            except KeyStoreError as error:
                return _memory(error.message)
            try:
                self._ask(keychain, lambda: keychain.store(name, key))
                if self._ask(keychain, lambda: keychain.read(name)) == key:
                    return _lasting(keychain)
                reason = f"The key could not be read back from {keychain.title}."
            except KeyStoreError as error:
                reason = error.message
            return _memory(reason, may_remain=is_new and not self._is_gone(keychain, name))

    def remove(self, provider_id: str, origin: str, number: int = 1) -> KeyPlace:
        """Removes a key, reads back that it is gone, and says from where.

        KeyStoreError when a keychain may still hold it; it can be used on then.
        """
        name = _name(provider_id, origin, number)
        with self._lock:
            try:
                keychain = self._opened()
            except KeyStoreError as error:
                if self._is_absent:
                    self.forget(provider_id, origin, number)
                    return _memory(error.message)
                raise
            if not self._is_gone(keychain, name, is_told=True):
                raise KeyStoreError(
                    f"The key is still in {keychain.title}.",
                    f"Remove the entry “{name}” in the system's password program.",
                )
            self.forget(provider_id, origin, number)
            return _lasting(keychain)

    def forget(self, provider_id: str, origin: str, number: int = 1) -> None:
        """Forgets a key that is in memory, and asks no keychain."""
        self._keys.pop((provider_id, origin, number), None)

    def _is_gone(self, keychain: Keychain, name: str, *, is_told: bool = False) -> bool:
        """Removes an entry; whether it is gone. KeyStoreError for a failure that is to be told."""
        try:
            self._ask(keychain, lambda: keychain.remove(name))
            return self._ask(keychain, lambda: keychain.read(name)) is None
        except KeyStoreError:
            if is_told:
                raise
            return False

    def _opened(self) -> Keychain:
        """The open keychain, or KeyStoreError; a user who declined is not asked again."""
        if self._reason:
            raise KeyStoreError(self._reason, UNLOCK_HINT)
        try:
            keychain = self._keychain or self._found()
            if within(self._deadline, keychain.is_locked):
                self.is_waiting = True
                within(self._unlock_deadline, keychain.unlock)
        except KeyStoreError as error:
            self._reason, self._keychain = error.message, None
            raise
        finally:
            self.is_waiting = False
        self._keychain = keychain
        return keychain

    def _found(self) -> Keychain:
        keychain = within(self._deadline, lambda: open_keychain(self._platform))
        if keychain is None:
            self._is_absent = True
            raise KeyStoreError("This computer has no password store Facet can use.", UNLOCK_HINT)
        return keychain

    def _ask(self, keychain: Keychain, call: Callable[[], T]) -> T:
        self.is_waiting = keychain.may_ask
        try:
            return within(self._unlock_deadline if keychain.may_ask else self._deadline, call)
        finally:
            self.is_waiting = False


def _name(provider_id: str, origin: str, number: int) -> str:
    """The entry's name; the first key's is the one it always had."""
    further = f"#{number}" if number > 1 else ""
    return f"facet/{provider_id}/{origin}{further}"


def _lasting(keychain: Keychain) -> KeyPlace:
    return KeyPlace("keychain", keychain.title, f"Keys are kept in {keychain.title}.")


def _memory(reason: str, *, may_remain: bool = False) -> KeyPlace:
    explanation = f"{reason} The key is kept in memory until Facet is closed."
    return KeyPlace("memory", "this run only", explanation, may_remain)


class _Outcome:
    """Carries the end of a call, good or bad, from its thread to the one that waits."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.error: BaseException | None = None

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        self.ended.set()
        return True


def within(deadline: float, call: Callable[[], T]) -> T:
    """Runs a call in a daemon thread of its own; KeyStoreError when it fails or takes too long.

    `deadline` is in seconds; a call that does not end is left behind, for it cannot be stopped.
    """
    outcome = _Outcome()
    results: list[T] = []

    def work() -> None:
        with outcome:
            results.append(call())

    threading.Thread(target=work, name="facet-keychain", daemon=True).start()
    if not outcome.ended.wait(deadline):
        raise KeyStoreError("The system's password store does not answer.", UNLOCK_HINT)
    if isinstance(outcome.error, KeyStoreError):
        raise outcome.error
    if outcome.error is not None:
        # Chosen directly, backends raise what they meet: RuntimeError, FileNotFoundError, D-Bus.
        name = type(outcome.error).__name__
        raise KeyStoreError(
            f"The system's password store failed ({name}).", UNLOCK_HINT
        ) from outcome.error
    return results[0]
