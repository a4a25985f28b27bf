"""What the mutation check changes still stands where it looks for it."""

from pathlib import Path

import pytest

from tests.quirks.mutations import MUTATIONS, ROOT


def test_every_quirk_has_its_mutation():
    assert set(MUTATIONS) == set(range(1, 97))


@pytest.mark.parametrize("number", sorted(MUTATIONS))
def test_what_is_changed_stands_there_once(number):
    for name, old, new in MUTATIONS[number]:
        assert Path(ROOT, name).read_text(encoding="utf-8").count(old) == 1
        assert old != new
