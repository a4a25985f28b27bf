import pytest

from app.core.models.model import Model, context_text
from app.core.models.parameter import ParameterRange, Support


def test_the_key_names_provider_and_model():
    assert Model("openrouter", "google/gemma-2-27b-it", "Gemma 2").key == (
        "openrouter/google/gemma-2-27b-it"
    )


def test_support_is_listed_or_what_the_route_does_with_others():
    limits = ParameterRange(0, 2, default=1.0)
    model = Model("p", "m", "M", parameters={"top_p": limits}, unlisted=Support.IGNORED)
    assert model.support("top_p") is Support.LISTED
    assert model.support("seed") is Support.IGNORED
    assert model.range_of("top_p") == limits
    assert model.range_of("seed") == ParameterRange()


def test_a_model_nothing_is_known_of_claims_nothing():
    model = Model("p", "typed-by-hand", "typed-by-hand")
    assert model.context is model.max_output is model.price.input_per_million is None
    assert model.support("temperature") is Support.UNKNOWN


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (None, "context unknown"),
        (0, "0"),
        (512, "512"),
        (8192, "8K"),
        (32_768, "32K"),
        (128_000, "128K"),
        (131_072, "128K"),
        (200_000, "200K"),
        (262_144, "256K"),
        (8_191, "8.19K"),
        (999_999, "1M"),
        (1_000_000, "1M"),
        (1_048_576, "1M"),
        (2_097_152, "2M"),
        (10_000_000, "10M"),
    ],
)
def test_a_context_length_reads_as_people_write_it(tokens, text):
    assert context_text(tokens) == text


def test_what_a_route_was_found_to_refuse_counts_more_than_its_list():
    model = Model("p", "m", "M", parameters={"top_p": ParameterRange()}, refused=("top_p", "seed"))
    assert model.support("top_p") is Support.REFUSED
    assert model.support("seed") is Support.REFUSED
    assert model.support("top_k") is Support.UNKNOWN
