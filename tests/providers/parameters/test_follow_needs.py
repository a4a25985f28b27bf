import pytest

from app.providers.parameters.declarations import follow_needs


@pytest.mark.parametrize(
    ("turned", "before", "after"),
    [
        ("top_logprobs", {"top_logprobs": 3}, {"top_logprobs": 3, "logprobs": True}),
        (
            "top_logprobs",
            {"top_logprobs": 3, "logprobs": False},
            {"top_logprobs": 3, "logprobs": True},
        ),
        ("logprobs", {"logprobs": False, "top_logprobs": 3}, {"logprobs": False}),
        ("logprobs", {"top_logprobs": 3}, {}),
    ],
)
def test_confidence_and_rivals_are_set_together(turned, before, after):
    values = dict(before)
    assert follow_needs(turned, values)
    assert values == after


@pytest.mark.parametrize(
    ("turned", "values"),
    [
        ("top_logprobs", {"top_logprobs": 0}),
        ("top_logprobs", {}),
        ("top_logprobs", {"top_logprobs": 3, "logprobs": True}),
        ("logprobs", {"logprobs": True}),
        ("temperature", {"temperature": 1.0, "top_logprobs": 2}),
    ],
)
def test_nothing_else_changes(turned, values):
    kept = dict(values)
    assert not follow_needs(turned, kept)
    assert kept == values
