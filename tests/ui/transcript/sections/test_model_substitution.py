"""Whether another model answered is said, and only then."""

import pytest

from app.core.conversations.conversation import Provenance
from app.ui.transcript.sections.model_substitution import substitution_text


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("google/gemma-4-26b-a4b-it", "google/gemma-4-26b-a4b-it"),
        ("google/gemma-4-26b-a4b-it", "google/gemma-4-26b-a4b-it-20260403"),
        ("google/gemma-3-27b-it", "google/gemma-3-27b-it:free"),
        ("gemma-3-27b", "google/gemma-3-27b-it"),
        ("google/gemma-3-27b-it", ""),
    ],
)
def test_the_same_model_under_another_name_is_no_stand_in(asked, answered):
    assert substitution_text(Provenance("openrouter", asked, answered_by=answered)) == ""


def test_another_model_is_named():
    told = Provenance(
        "openrouter",
        "google/gemma-4-26b-a4b-it",
        "Gemma 4 26B A4B",
        answered_by="google/gemma-3-27b-it",
    )
    assert substitution_text(told) == (
        "Gemma 4 26B A4B was asked; google/gemma-3-27b-it answered, at its own price."
    )
    auto = Provenance("openrouter", "openrouter/auto", answered_by="google/gemma-3-27b-it")
    assert "openrouter/auto was asked" in substitution_text(auto)


def test_own_servers_call_their_models_as_they_like():
    assert substitution_text(Provenance("custom-http-x", "a", answered_by="b")) == ""
