"""The keychains Facet trusts, each chosen by name: no search, no configuration file, no clear-text store."""

from __future__ import annotations

from typing import Any

_ACCOUNT = "key"


class KeychainFault(Exception):
    """The keychain did not do it; `str()` is one plain sentence."""


class Keychain:
    """One backend of keyring. Its calls block as long as the system takes; what they raise is the backend's own."""

    def __init__(self, title: str, backend: Any) -> None:
        self.title = title
        self._backend = backend

    @property
    def is_locked(self) -> bool:
        """Whether the system will ask the user for a password before it answers."""
        return False

    def unlock(self) -> None:
        """Waits for the user; KeychainFault when they decline."""

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

    @property
    def is_locked(self) -> bool:
        """Whether the default collection is locked or yet to be made, either of which asks the user."""
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
        """Lets the system ask; KeychainFault when the user dismisses it or it cannot ask."""
        import keyring.errors

        try:
            self._backend.get_preferred_collection().connection.close()
        except (keyring.errors.KeyringLocked, keyring.errors.InitError) as error:
            raise KeychainFault("The system's password store is locked.") from error


def open_keychain(platform: str) -> Keychain | None:
    """The first keychain of the platform that is there; None when there is none. Imports keyring."""
    if platform == "win32":
        from keyring.backends import Windows

        return Keychain("the Windows Credential Manager", Windows.WinVaultKeyring())
    if platform == "darwin":
        from keyring.backends import macOS

        return Keychain("the macOS Keychain", macOS.Keyring())
    from keyring.backends import SecretService, kwallet

    if _is_there(SecretService.Keyring):
        return SecretServiceKeychain("the Secret Service", SecretService.Keyring())
    if _is_there(kwallet.DBusKeyring):
        return Keychain("KWallet", kwallet.DBusKeyring())
    return None


def _is_there(backend: Any) -> bool:
    """Whether a backend can work here; one that cannot raises when asked for its priority."""
    try:
        return float(backend.priority) > 0
    except (RuntimeError, OSError, ImportError):
        return False
