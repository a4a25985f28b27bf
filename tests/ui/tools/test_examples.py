import pytest

from app.providers.parameters.answer_shape import schema_trouble
from app.ui.tools.examples import ANSWERS, ARGUMENTS

BOTH = {**ARGUMENTS, **ANSWERS}


@pytest.mark.parametrize("title", BOTH)
def test_examples_are_right_and_strict(title):
    schema = BOTH[title]
    assert schema_trouble(schema) == ""
    assert schema["type"] == "object"
    assert set(schema["required"]) <= set(schema["properties"])
