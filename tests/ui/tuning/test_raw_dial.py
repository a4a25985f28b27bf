"""Raw JSON."""

import pytest

from app.core.errors import SettingError
from app.core.models.model import Model
from app.core.models.parameter import Support
from app.providers.parameters.declarations import DIALS
from app.ui.tuning.text_dials import RawDial, dial_for

RAW = DIALS["raw"]


def test_it_is_the_last_dial():
    assert list(DIALS)[-1] == "raw"


@pytest.mark.parametrize(
    "text", ["[1]", "{}", "1", '{"messages": []}', '{"input": []}', '{"model": "x"}', "{"]
)
def test_only_names_that_are_not_ours_are_taken(text):
    with pytest.raises(SettingError):
        RAW.parse(text)


def test_it_is_typed_and_never_called_ignored(qtbot, theme):
    dial = dial_for(theme, RAW)
    assert isinstance(dial, RawDial)
    qtbot.addWidget(dial)
    dial.set_route(Model("p", "m", "M", unlisted=Support.REFUSED))
    assert dial.badge.text() == ""
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClicks(dial.field.text, '{"n": 2}')
    assert changed.args == ["raw", {"n": 2}]
    assert dial.sentence.text().endswith("over the dials: n.")
    assert not dial.trouble.text()
