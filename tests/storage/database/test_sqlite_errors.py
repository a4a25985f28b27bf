import apsw
import pytest

from app.core.errors import DatabaseUnusableError, StorageError
from app.storage.database.sqlite_errors import ENVIRONMENT, translated

# What only a mistake of ours can raise: it must reach the crash dialog as it is.
BUGS = {
    "AbortError", "AuthError", "BindingsError", "ConnectionClosedError", "ConnectionNotClosedError",
    "CursorClosedError", "EmptyError", "Error", "ExecTraceAbort", "ExecutionCompleteError",
    "ExtensionLoadingError", "ForkingViolationError", "FormatError", "IncompleteExecutionError",
    "InternalError", "InterruptError", "InvalidContextError", "MismatchError", "MisuseError",
    "NoFTS5Error", "NotFoundError", "RangeError", "SQLError", "SchemaChangeError",
    "ThreadingViolationError", "VFSFileClosedError", "VFSNotImplementedError",
}  # fmt: skip


def every_error():
    found = (getattr(apsw, name) for name in dir(apsw))
    return {e for e in found if isinstance(e, type) and issubclass(e, apsw.Error)}


def test_every_error_of_apsw_is_known():
    told = {kind.__name__ for kind, _message, _hint in ENVIRONMENT} | {"ConstraintError"}
    assert {kind.__name__ for kind in every_error()} == told | BUGS


@pytest.mark.parametrize(("kind", "message", "hint"), ENVIRONMENT)
def test_what_the_surroundings_do_becomes_a_sentence_and_what_to_do(kind, message, hint):
    with pytest.raises(DatabaseUnusableError) as caught, translated():
        raise kind("raw words")
    assert str(caught.value) == message
    assert caught.value.hint == hint != ""
    assert isinstance(caught.value.__cause__, kind)


@pytest.mark.parametrize("kind", [entry[0] for entry in ENVIRONMENT])
def test_a_failed_read_does_not_speak_of_saving(kind):
    with pytest.raises(DatabaseUnusableError) as caught, translated(reading=True):
        raise kind("raw words")
    assert "saved" not in str(caught.value)


def test_a_bug_stays_what_it_is():
    with pytest.raises(apsw.SQLError), translated():
        raise apsw.SQLError('near "SELEC": syntax error')


@pytest.mark.parametrize("says", ["no such table: draft", "no such column: m.textt", "malformed x"])
def test_a_schema_with_other_names_is_damage(says):
    with pytest.raises(DatabaseUnusableError, match="damaged"), translated():
        raise apsw.SQLError(says)


def test_a_broken_rule_of_the_schema_is_told():
    with pytest.raises(StorageError, match="no longer there"), translated():
        raise apsw.ConstraintError("FOREIGN KEY constraint failed")
