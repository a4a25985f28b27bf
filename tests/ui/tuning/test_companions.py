import pytest

from app.ui.tuning.companions import companion


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
    assert companion(turned, values)
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
    assert not companion(turned, kept)
    assert kept == values
