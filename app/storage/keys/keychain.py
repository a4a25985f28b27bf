"""The keychains Facet trusts, chosen by name: no search, no configuration, no clear-text store."""

from __future__ import annotations

from contextlib import closing
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

    def is_made(self) -> bool:
        """Whether there is a keyring that keys can lie in; asks the user nothing."""
        return True

    def make(self) -> None:
        """Makes a keyring, for which the system asks the user a password; KeyStoreError when they
        decline or cannot be asked."""

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

    def is_made(self) -> bool:
        """Whether there is a default collection."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            try:
                secretstorage.Collection(bus)
            except secretstorage.ItemNotFoundException:
                return False
            return True

    def make(self) -> None:
        """Makes the default collection; KeyStoreError when the user dismissed the question."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            try:
                secretstorage.get_default_collection(bus)
            except secretstorage.SecretStorageException as error:
                raise KeyStoreError("No keyring was made.", UNLOCK_HINT) from error

    def is_locked(self) -> bool:
        """Whether the default collection is locked."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            return bool(secretstorage.Collection(bus).is_locked())

    def unlock(self) -> None:
        """Lets the system ask; KeyStoreError when it was dismissed or could not be shown."""
        import secretstorage

        with closing(secretstorage.dbus_init()) as bus:
            try:
                collection = secretstorage.Collection(bus)
                if collection.is_locked() and (collection.unlock() or collection.is_locked()):
                    raise KeyStoreError(_LOCKED, UNLOCK_HINT)
            except secretstorage.SecretStorageException as error:
                raise KeyStoreError(_LOCKED, UNLOCK_HINT) from error


class WalletKeychain(Keychain):
    """KWallet. Its backend opens it with every call, and makes a wallet where there is none."""

    def is_made(self) -> bool:
        """Whether there is a wallet."""
        return self._name() in self._said("wallets")

    def make(self) -> None:
        """Lets the system ask for the password of a new wallet, and opens it."""
        self.unlock()

    def is_locked(self) -> bool:
        """Whether the wallet is not open."""
        return not self._said("isOpen", "s", self._name())

    def unlock(self) -> None:
        """Lets the system ask; KeyStoreError when it was dismissed."""
        if not self._backend.connected("facet"):
            raise KeyStoreError("KWallet is locked.", UNLOCK_HINT)

    def _name(self) -> Any:
        return self._said("networkWallet")

    def _said(self, member: str, signature: str = "", *arguments: str) -> Any:
        """What KWallet answers to a call that opens nothing."""
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        place = DBusAddress(
            self._backend.object_path,
            bus_name=self._backend.bus_name,
            interface="org.kde.KWallet",
        )
        with closing(open_dbus_connection()) as bus:
            call = new_method_call(place, member, signature or None, arguments)
            return unwrap_msg(bus.send_and_get_reply(call))[0]


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
