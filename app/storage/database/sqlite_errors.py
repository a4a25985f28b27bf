"""Translates what SQLite and the file system raise into errors fit to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from app.core.errors import DatabaseUnusableError, StorageError

DAMAGED_HINT = (
    "Nothing was changed. Close Facet and copy the data folder somewhere safe; "
    "then put a kept copy of the database in its place."
)

ENVIRONMENT: tuple[tuple[type[apsw.Error], str, str], ...] = (
    (
        apsw.FullError,
        "The disk is full: this was not saved.",
        "Free some space and try again. What is already stored stays readable.",
    ),
    (
        apsw.ReadOnlyError,
        "The conversations can only be read: this was not saved.",
        "Allow writing to the data folder, or start Facet with --profile and another folder.",
    ),
    (
        apsw.BusyError,
        "Another program is using the conversations: this was not saved.",
        "Close the other Facet or backup program and try again.",
    ),
    (
        apsw.LockedError,
        "Another program is using the conversations: this was not saved.",
        "Close the other Facet or backup program and try again.",
    ),
    (apsw.CorruptError, "The database of conversations is damaged.", DAMAGED_HINT),
    (apsw.NotADBError, "The file of conversations is not a database of Facet.", DAMAGED_HINT),
    (
        apsw.CantOpenError,
        "The database of conversations cannot be opened.",
        "Check that the data folder exists and that you may read and write it.",
    ),
    (
        apsw.PermissionsError,
        "The system does not allow access to the conversations.",
        "Check that you may read and write the data folder.",
    ),
    (
        apsw.IOError,
        "The disk did not take or give the data: this was not saved.",
        "Check that the disk is there, healthy and has space, then try again.",
    ),
    (
        apsw.ProtocolError,
        "Another program is using the conversations: this was not saved.",
        "Close the other Facet or backup program and try again.",
    ),
    (
        apsw.NoLFSError,
        "The disk cannot hold a file of this size: this was not saved.",
        "Move the data folder to another disk with --profile.",
    ),
    (apsw.TooBigError, "This is too large to be stored.", "Store it in smaller pieces."),
    (
        apsw.NoMemError,
        "There is not enough memory for this.",
        "Close other programs and try again.",
    ),
)
"""What the surroundings can do: exception, sentence, what to do. Anything else is a bug."""

# The schema is text in the file: a flipped bit there gives things other names.
_FLIPPED = re.compile("no such (table|column|index|module)|malformed|error in ")


@contextmanager
def translated(*, reading: bool = False) -> Iterator[None]:
    """Raises DatabaseUnusableError for what the surroundings did; lets bugs through.

    A broken rule of the schema (a message whose conversation is gone) is a StorageError.
    """
    try:
        yield
    except apsw.ConstraintError as error:
        raise StorageError(
            "This could not be stored: what it belongs to is no longer there.",
            "Open the conversation again and repeat it.",
        ) from error
    except apsw.SQLError as error:
        if not _FLIPPED.match(str(error)):
            raise
        raise DatabaseUnusableError(
            "The database of conversations is damaged.", DAMAGED_HINT
        ) from error
    except apsw.Error as error:
        raise _plain(error, reading=reading) from error


def _plain(error: apsw.Error, *, reading: bool) -> Exception:
    for kind, message, hint in ENVIRONMENT:
        if isinstance(error, kind):
            if reading:
                message = message.replace(": this was not saved", "")
            return DatabaseUnusableError(message, hint)
    return error
