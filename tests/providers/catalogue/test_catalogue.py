import subprocess
import sys
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.core.models.model import Model
from app.core.models.parameter import Support
from app.providers.catalogue.catalogue import Catalogue, clean_key, custom_profile, group_of


def test_the_five_offerings_are_complete(catalogue: Catalogue) -> None:
    routes = {
        "openrouter/google/gemma-2-27b-it": (8192, 4096, "0.65", "0.65", None),
        "openrouter/google/gemma-4-26b-a4b-it": (262144, 262144, "0.06", "0.33", None),
        "aimlapi/google/gemma-2-27b-it": (8192, None, None, None, None),
        "aimlapi/google/gemma-3-27b-it": (128000, None, None, None, None),
        "empiriolabs/gemma-3-27b": (128000, 8192, None, None, "0.0040"),
    }
    for key, (context, most, asked, written, flat) in routes.items():
        provider_id, _, model_id = key.partition("/")
        model = catalogue.model(provider_id, model_id)
        price = model.price
        assert (model.context, model.max_output) == (context, most)
        assert price.input_per_million == (Decimal(asked) if asked else None)
        assert price.output_per_million == (Decimal(written) if written else None)
        if flat:
            assert (price.per_message, price.per_search) == (Decimal(flat), Decimal("0.013"))
        assert {"context", "price", "inputs", "roles"} <= set(model.sources)
        assert all(range_.source for range_ in model.parameters.values())
        assert model.notes


def test_parameters_are_those_of_each_route(catalogue: Catalogue) -> None:
    first = catalogue.model("openrouter", "google/gemma-2-27b-it")
    assert set(first.parameters) == {
        "max_tokens", "temperature", "top_p", "stop", "frequency_penalty", "presence_penalty",
        "response_format", "repetition_penalty", "seed", "web_search",
    }  # fmt: skip
    assert first.support("top_k") is Support.IGNORED
    strict = catalogue.model("aimlapi", "google/gemma-3-27b-it")
    assert strict.range_of("top_p").minimum == 0.01
    assert strict.range_of("seed").minimum == 1
    assert strict.support("logprobs") is Support.UNKNOWN
    flat = catalogue.model("empiriolabs", "gemma-3-27b")
    assert flat.range_of("max_tokens").maximum == 65536
    assert flat.range_of("temperature").default == 0.7
    assert {"web_search", "disable_formatting"} <= set(flat.parameters)


def test_the_same_model_at_several_providers_is_one_group(catalogue: Catalogue) -> None:
    groups = {model.key: model.group for model in catalogue.models()}
    assert groups["openrouter/google/gemma-2-27b-it"] == groups["aimlapi/google/gemma-2-27b-it"]
    assert groups["empiriolabs/gemma-3-27b"] == groups["aimlapi/google/gemma-3-27b-it"]
    for model in catalogue.models("openrouter"):
        assert model.group == group_of(model.id)


@pytest.mark.parametrize(
    ("model_id", "group"),
    [
        ("google/gemma-2-27b-it:free", "gemma-2-27b"),
        ("Gemma-4-26b-a4b-it-maas", "gemma-4-26b-a4b"),
        ("x", "x"),
    ],
)
def test_groups_forget_maker_and_ending(model_id: str, group: str) -> None:
    assert group_of(model_id) == group


def test_a_typed_id_always_works(catalogue: Catalogue) -> None:
    model = catalogue.model("openrouter", "some/new-model")
    assert (model.name, model.source, model.context) == ("some/new-model", "typed", None)
    assert model.support("top_k") is Support.UNKNOWN


def test_an_unknown_provider_is_an_error_that_names_the_known(catalogue: Catalogue) -> None:
    with pytest.raises(AppError, match="nowhere") as caught:
        catalogue.profile("nowhere")
    assert "openrouter" in caught.value.hint


def test_providers_come_in_their_order_and_one_can_be_added(catalogue: Catalogue) -> None:
    ids = [profile.id for profile in catalogue.profiles()]
    assert ids.index("openrouter") < ids.index("aimlapi") < ids.index("empiriolabs")
    mine = custom_profile("http://localhost:1234/v1")
    catalogue.add(mine, [Model(mine.id, "local", "Local")])
    assert catalogue.profile(mine.id) is mine
    assert [model.id for model in catalogue.models(mine.id)] == ["local"]
    assert mine.id not in [profile.id for profile in Catalogue.bundled().profiles()]


def test_pure_modules_do_not_load_the_network() -> None:
    code = (
        "import sys, app.providers.catalogue.catalogue, app.providers.parameters.declarations\n"
        "app.providers.catalogue.catalogue.Catalogue.bundled()\n"
        "sys.exit(any(name in sys.modules for name in ('httpx', 'truststore', 'asyncio')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_key_is_cleaned_here_too() -> None:
    assert clean_key(" abc ") == "abc"
