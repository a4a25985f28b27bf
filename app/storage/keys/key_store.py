"""Keys in the system keychain, or in memory for this run; never in a file.

keyring is imported in a thread of its own and without its search for backends, which starts three
programs for each of forty candidates. Every call has a deadline: an unanswered prompt or a frozen
keychain would block for ever.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from app.core.errors import KeyStoreError
from app.storage.keys.keychain import UNLOCK_HINT, Keychain, open_keychain

T = TypeVar("T")

DEADLINE = 5.0
UNLOCK_DEADLINE = 120.0
"""Seconds to wait for the keychain, and for the user while it asks for a password."""
NOT_MADE = (
    "There is no keyring yet: when a key is saved, the system asks you to choose a password for a "
    "new one."
)
LOCKED = "It is locked: when a key is saved or used, the system asks you for its password."

WINDOWS_LIMIT = 1280
"""Letters Windows can keep: CredWrite takes 2,560 bytes of UTF-16."""


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where keys are kept: `kind` is "keychain" or "memory", `explanation` says it to the user.

    `may_remain` says of a key that was not kept that the keychain may hold it nevertheless.
    `prompt` says what the system will ask the user before it keeps a key, empty for nothing.
    """

    kind: str
    name: str
    explanation: str
    may_remain: bool = False
    prompt: str = ""

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
        """Where a key would be kept now; looks only, so that the user is asked nothing."""
        with self._lock:
            try:
                keychain = self._found()
                return _lasting(keychain, self._prompt(keychain))
            except KeyStoreError as error:
                return _memory(error.message)

    def is_at_hand(self, provider_id: str, origin: str, number: int = 1) -> bool:
        """Whether a key can be read without asking the user."""
        if (provider_id, origin, number) in self._keys:
            return True
        with self._lock:
            try:
                return not self._prompt(self._found())
            except KeyStoreError:
                return False

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
            if keychain is None:
                return None
            key = self._ask(keychain, lambda: keychain.read(_name(provider_id, origin, number)))
            if key:
                self._keys[provider_id, origin, number] = key
            return key or None

    def store(
        self, provider_id: str, origin: str, key: str, number: int = 1, *, is_new: bool = False
    ) -> KeyPlace:
        """Keeps a key, reads it back, and says where it is: in memory when nothing else took it.

        Only this makes a keyring where there is none. What a keychain kept of a new key that it
        could not give back is taken away again.
        """
        self._keys[provider_id, origin, number] = key
        if self._platform == "win32" and len(key) > WINDOWS_LIMIT:
            return _memory(f"The key is longer than the {WINDOWS_LIMIT} letters Windows can keep.")
        name = _name(provider_id, origin, number)
        with self._lock:
            try:
                keychain = self._opened_or_made()
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
            if keychain is None:
                self.forget(provider_id, origin, number)
                return self.place()
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

    def _found(self) -> Keychain:
        """The keychain of this computer, open or not. KeyStoreError when it is out of reach."""
        if self._reason:
            raise KeyStoreError(self._reason, UNLOCK_HINT)
        if self._keychain is None:
            with self._failures_kept():
                found = within(self._deadline, lambda: open_keychain(self._platform))
                if found is None:
                    self._is_absent = True
                    raise KeyStoreError(
                        "This computer has no password store Facet can use.", UNLOCK_HINT
                    )
                self._keychain = found
        return self._keychain

    def _prompt(self, keychain: Keychain) -> str:
        """What the system would ask before it keeps a key; asks the user nothing."""
        with self._failures_kept():
            if not within(self._deadline, keychain.is_made):
                return NOT_MADE
            return LOCKED if within(self._deadline, keychain.is_locked) else ""

    def _opened(self) -> Keychain | None:
        """The open keychain, None while it has no keyring. KeyStoreError when it stays shut; a
        user who declined is not asked again."""
        keychain = self._found()
        prompt = self._prompt(keychain)
        if prompt == NOT_MADE:
            return None
        if prompt:
            self._wait_for_user(keychain.unlock)
        return keychain

    def _opened_or_made(self) -> Keychain:
        """The open keychain, in which a keyring is made where there is none."""
        keychain = self._opened()
        if keychain is None:
            keychain = self._found()
            self._wait_for_user(keychain.make)
        return keychain

    def _wait_for_user(self, call: Callable[[], None]) -> None:
        self.is_waiting = True
        try:
            with self._failures_kept():
                within(self._unlock_deadline, call)
        finally:
            self.is_waiting = False

    @contextmanager
    def _failures_kept(self) -> Iterator[None]:
        """Remembers why the keychain failed, so that nobody waits or is asked for it again."""
        try:
            yield
        except KeyStoreError as error:
            self._reason, self._keychain = error.message, None
            raise

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


def _lasting(keychain: Keychain, prompt: str = "") -> KeyPlace:
    explanation = f"Keys are kept in {keychain.title}. {prompt}".strip()
    return KeyPlace("keychain", keychain.title, explanation, prompt=prompt)


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
