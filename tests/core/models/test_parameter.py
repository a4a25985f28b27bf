import pytest

from app.core.models.parameter import Kind, ParameterRange, Support


def test_a_range_that_says_nothing_limits_nothing():
    limits = ParameterRange()
    assert limits.minimum is limits.maximum is limits.default is limits.max_items is None
    assert limits.choices == ()


@pytest.mark.parametrize("kind", [Kind, Support])
def test_words_in_files_and_in_code_are_the_same(kind):
    for member in kind:
        assert kind(str(member)) is member
        assert str(member) == member.name.lower()
