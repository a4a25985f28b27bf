"""Finds the controls of a window that have no name for a screen reader."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_ROLE = QAccessible.Role
CONTROLS = frozenset(
    {
        _ROLE.Button,
        _ROLE.CheckBox,
        _ROLE.RadioButton,
        _ROLE.ComboBox,
        _ROLE.EditableText,
        _ROLE.Slider,
        _ROLE.SpinBox,
        _ROLE.List,
        _ROLE.ListItem,
        _ROLE.Table,
        _ROLE.Tree,
        _ROLE.TreeItem,
        _ROLE.Cell,
        _ROLE.MenuItem,
        _ROLE.PageTab,
        _ROLE.Link,
        _ROLE.Dialog,
        _ROLE.Window,
    }
)
MOST_CHILDREN = 300


def nameless(widget: QWidget) -> list[str]:
    """The way to each control without a name; a label without words is nothing to find."""
    found = []
    for face, path in _walk(QAccessible.queryAccessibleInterface(widget), ()):
        state, role = face.state(), face.role()
        is_control = role in CONTROLS or (state.focusable and role != _ROLE.StaticText)
        if is_control and not state.disabled and not face.text(QAccessible.Text.Name).strip():
            found.append(" / ".join(path[-4:]))
    return found


def _walk(
    face: QAccessibleInterface | None, path: tuple[str, ...]
) -> Iterator[tuple[QAccessibleInterface, tuple[str, ...]]]:
    if face is None or not face.isValid():
        return
    kind = type(face.object()).__name__ if face.object() else face.role().name
    here = (*path, f"{kind} {face.text(QAccessible.Text.Name)[:30]!r}")
    yield face, here
    for index in range(min(face.childCount(), MOST_CHILDREN)):
        yield from _walk(face.child(index), here)
