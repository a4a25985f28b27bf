"""Saving through the real dialog, to real files."""

import pytest
from PySide6.QtWidgets import QFileDialog

from app.core.errors import TransferError


@pytest.fixture
def dialog(view):
    def found():
        return view.findChildren(QFileDialog, "save_block")[-1]

    return found


def test_code_is_saved_exactly_under_a_name_of_its_language(
    view, words, driver, dialog, tmp_path, qtbot
):
    code = "if x:\n\ty = 'ä'  \n\n# end"
    view.set_branch([words.answer("a", f"```python title=../../.bashrc\n{code}\n```")], {})
    driver.press("a", "code.save")
    asked = dialog()
    assert asked.isVisible()
    assert [name.rpartition("/")[2] for name in asked.selectedFiles()] == ["code.py"]
    path = tmp_path / "mine.py"
    with qtbot.waitSignal(view.copy_done) as caught:
        asked.fileSelected.emit(str(path))
    assert caught.args == [f"Written to {path}"]
    assert path.read_bytes() == f"{code}\n".encode()
    asked.close()


def test_long_code_is_saved_whole_and_without_what_deceives(view, words, driver, dialog, tmp_path):
    code = "\n".join(f"line {n}" for n in range(400))
    view.set_branch([words.answer("a", f"```\n{code}\nend\u202e\n```")], {})
    view.verticalScrollBar().setValue(0)
    driver.press("a", "code.save")
    path = tmp_path / "x.txt"
    dialog().fileSelected.emit(str(path))
    dialog().close()
    assert path.read_text(encoding="utf-8") == f"{code}\nend\n"


def test_a_table_is_saved_as_csv_without_formulas(view, words, driver, dialog, tmp_path):
    view.set_branch(
        [words.answer("a", "| a | b |\n|---|---|\n| =1+1 | -5 |\n| x, y | **ü** |")], {}
    )
    driver.press("a", "table.save")
    assert dialog().selectedFiles()[0].endswith("table.csv")
    path = tmp_path / "t.csv"
    dialog().fileSelected.emit(str(path))
    dialog().close()
    assert path.read_bytes() == '\ufeffa,b\r\n\'=1+1,-5\r\n"x, y",ü\r\n'.encode()


def test_a_file_that_cannot_be_written_is_told(view, words, driver, dialog, tmp_path, qtbot):
    view.set_branch([words.answer("a", "```\nx\n```")], {})
    driver.press("a", "code.save")
    with qtbot.waitSignal(view.save_failed) as caught:
        dialog().fileSelected.emit(str(tmp_path / "no" / "such" / "x.py"))
    dialog().close()
    (error,) = caught.args
    assert isinstance(error, TransferError)
    assert "x.py could not be written" in str(error)
