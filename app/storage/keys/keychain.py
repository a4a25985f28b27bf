"""The keychains Facet trusts, chosen by name: no search, no configuration, no clear-text store."""

from __future__ import annotations

from typing import Any

from app.core.errors import KeyStoreError

_ACCOUNT = "key"
_LOCKED = "The system's password store is locked."


class Keychain:
    """One backend of keyring; a call blocks as long as the system takes and raises what it raises.

    `may_ask` says that any call may wait for the user, not only the unlocking.
    """

    def __init__(self, title: str, backend: Any, *, may_ask: bool = False) -> None:
        self.title = title
        self.may_ask = may_ask
        self._backend = backend

    def is_locked(self) -> bool:
        """Whether the system will ask the user for a password before it answers."""
        return False

    def unlock(self) -> None:
        """Waits for the user; KeyStoreError when they decline or cannot be asked."""

    def read(self, name: str) -> str | None:
        """The secret under a name, or None."""
        found: str | None = self._backend.get_password(name, _ACCOUNT)
        return found

    def store(self, name: str, secret: str) -> None:
        """Keeps a secret under a name, replacing an earlier one."""
        self._backend.set_password(name, _ACCOUNT, secret)

    def remove(self, name: str) -> None:
        """Removes the secret under a name; one that is not there is as good as removed."""
        if self.read(name) is not None:
            self._backend.delete_password(name, _ACCOUNT)


class SecretServiceKeychain(Keychain):
    """GNOME Keyring, KeePassXC and others behind the Secret Service of a Linux desktop."""

    def is_locked(self) -> bool:
        """Whether the default collection is locked or yet to be made: either asks the user."""
        import secretstorage
        from secretstorage.collection import DEFAULT_COLLECTION

        bus = secretstorage.dbus_init()
        try:
            return bool(secretstorage.Collection(bus, DEFAULT_COLLECTION).is_locked())
        except secretstorage.ItemNotFoundException:
            return True
        finally:
            bus.close()

    def unlock(self) -> None:
        """Lets the system ask; KeyStoreError when it was dismissed or could not be shown."""
        import secretstorage

        bus = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(bus)  # made when there is none
            if collection.is_locked() and (collection.unlock() or collection.is_locked()):
                raise KeyStoreError(_LOCKED, UNLOCK_HINT)
        except secretstorage.SecretStorageException as error:
            raise KeyStoreError(_LOCKED, UNLOCK_HINT) from error
        finally:
            bus.close()


class WalletKeychain(Keychain):
    """KWallet, which tells whether it is open only by being opened."""

    _is_open = False

    def is_locked(self) -> bool:
        """Whether it was not opened yet in this run."""
        return not self._is_open

    def unlock(self) -> None:
        """Lets the system ask; KeyStoreError when it was dismissed."""
        if not self._backend.connected("facet"):
            raise KeyStoreError("KWallet is locked.", UNLOCK_HINT)
        self._is_open = True


UNLOCK_HINT = (
    "Unlock or start the system's password store and try again; until then keys last for this run."
)


def open_keychain(platform: str) -> Keychain | None:
    """The first keychain of a platform that is there, or None. Imports keyring."""
    if platform == "win32":
        from keyring.backends import Windows

        made: Any = Windows.WinVaultKeyring
        return Keychain("the Windows Credential Manager", made())
    if platform == "darwin":
        from keyring.backends import macOS

        made = macOS.Keyring
        return Keychain("the macOS Keychain", made(), may_ask=True)
    from keyring.backends import SecretService, kwallet

    made = SecretService.Keyring
    if _is_there(made):
        return SecretServiceKeychain("the system's keychain (Secret Service)", made())
    made = kwallet.DBusKeyring
    if _is_there(made):
        return WalletKeychain("KWallet", made())
    return None


def _is_there(backend: Any) -> bool:
    """Whether a backend can work here; one that cannot raises when asked for its priority."""
    try:
        return float(backend.priority) > 0
    except (RuntimeError, OSError, ImportError):
        return False
