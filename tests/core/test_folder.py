import sys
from types import ModuleType

import pytest

from app.core.folder import modules_in


@pytest.fixture
def folder(tmp_path):
    made = ModuleType("folder_of_a_test")
    made.__path__ = [str(tmp_path)]
    sys.modules[made.__name__] = made
    yield made
    for name in [name for name in sys.modules if name.startswith(made.__name__)]:
        del sys.modules[name]


def test_every_file_is_found_by_name(folder, tmp_path):
    for name in ("second", "first"):
        (tmp_path / f"{name}.py").write_text(f"WORD = {name!r}")
    (tmp_path / "notes.txt").write_text("no module")
    assert [module.WORD for module in modules_in(folder)] == ["first", "second"]
