"""A column of dials."""

from PySide6.QtCore import Qt

from app.core.models.model import Model
from app.core.models.parameter import Support
from app.ui.tuning.dial_column import DialColumn


def test_dials_added_later_know_model_and_values(qtbot, theme):
    column = DialColumn(theme)
    qtbot.addWidget(column)
    column.set_model(Model("p", "m", "M", unlisted=Support.REFUSED))
    column.set_parameters({"seed": 7})
    column.add(["seed", "top_k"])
    assert column.dial("seed").value() == 7
    assert column.dial("top_k").badge.text() == "refused here"
    assert column.dial("min_p") is None
    assert len(column.dials()) == 2
    column.set_parameters({})
    assert column.dial("seed").value() is None


def test_changes_are_passed_on_and_hidden_dials_hide(qtbot, theme):
    column = DialColumn(theme)
    qtbot.addWidget(column)
    column.add(["logprobs", "seed"])
    column.show_only(["logprobs"])
    column.show()
    assert not column.dial("seed").isVisible()
    with qtbot.waitSignal(column.changed) as changed:
        qtbot.mouseClick(column.dial("logprobs").switch, Qt.MouseButton.LeftButton)
    assert changed.args == ["logprobs", True]
