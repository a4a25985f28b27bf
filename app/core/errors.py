"""Every foreseen error of Facet.

AppError                        str() is fit to show; hint says what to do next
├─ ProviderError                raised only by providers/, engine/ and practice/
│  ├─ AuthenticationError       key missing, wrong or not allowed
│  ├─ QuotaError                out of credit, or too many requests
│  ├─ RefusedError              the request as it stands is rejected (parameter, role, policy)
│  ├─ ContextLengthError        the branch no longer fits the model
│  ├─ UnavailableError          network, timeout, 5xx: may be tried again
│  └─ ProtocolError             the reply breaks the dialect
├─ StorageError
│  ├─ DatabaseTooNewError       written by a newer Facet
│  └─ DatabaseUnusableError     locked, full, read-only, damaged, foreign
├─ KeyStoreError                keychain missing, locked or silent
├─ SettingError                 a value its declaration does not accept
└─ TransferError                a file that cannot be imported or written

Anything else is a bug and reaches the crash dialog.
"""

from __future__ import annotations

from typing import TypedDict, Unpack


class AppError(Exception):
    """A foreseen error: `str()` is one plain sentence, `hint` says what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class About(TypedDict, total=False):
    """What is known of a provider's failure beside the sentences for the user.

    `details` is the raw reply, redacted and capped at 2 KiB, shown folded and as plain text only.
    """

    provider: str
    status: int | None
    details: str
    code: str


class ProviderError(AppError):
    """The provider could not answer; `status` is the HTTP status, None when none arrived."""

    is_retryable = False

    def __init__(self, message: str, hint: str = "", **about: Unpack[About]) -> None:
        super().__init__(message, hint)
        self.provider = about.get("provider", "")
        self.status = about.get("status")
        self.details = about.get("details", "")
        self.code = about.get("code", "")


class AuthenticationError(ProviderError):
    """The key is missing, wrong or not allowed to do this."""


class QuotaError(ProviderError):
    """Out of credit, or too many requests; `retry_after` in seconds when the provider named it.

    `is_out_of_credit` tells the two apart.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        retry_after: float | None = None,
        is_out_of_credit: bool = False,
        **about: Unpack[About],
    ) -> None:
        super().__init__(message, hint, **about)
        self.retry_after = retry_after
        self.is_out_of_credit = is_out_of_credit
        self.is_retryable = not is_out_of_credit


class RefusedError(ProviderError):
    """The request as it stands is rejected; `parameter` names what was objected to, if said."""

    def __init__(
        self, message: str, hint: str = "", *, parameter: str = "", **about: Unpack[About]
    ) -> None:
        super().__init__(message, hint, **about)
        self.parameter = parameter


class ContextLengthError(ProviderError):
    """The branch no longer fits the model."""


class UnavailableError(ProviderError):
    """Network, timeout or server trouble; `retry_after` in seconds when the provider named it."""

    is_retryable = True

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        retry_after: float | None = None,
        **about: Unpack[About],
    ) -> None:
        super().__init__(message, hint, **about)
        self.retry_after = retry_after


class ProtocolError(ProviderError):
    """The reply breaks the dialect, or is larger than the caps allow."""


class StorageError(AppError):
    """The database or a file beside it could not be used."""


class DatabaseTooNewError(StorageError):
    """The database was written by a newer Facet."""


class DatabaseUnusableError(StorageError):
    """The database is locked, read-only, damaged, foreign, empty, or the disk is full."""


class KeyStoreError(AppError):
    """The system keychain is missing, locked or does not answer."""


class SettingError(AppError):
    """A value that its declaration does not accept."""


class TransferError(AppError):
    """A file that cannot be imported or written."""
