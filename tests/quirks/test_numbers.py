"""Each of the 96 quirks of providers is numbered, by its tests (`test_q07_…`) and its mutation."""

import re
from pathlib import Path

FOUND = re.compile(r"^(?:async )?def test_q(\d\d)_", re.MULTILINE)


def test_every_quirk_has_a_test():
    modules = Path(__file__).parent.glob("test_*.py")
    numbers = {int(n) for path in modules for n in FOUND.findall(path.read_text("utf-8"))}
    assert numbers == set(range(1, 97))
