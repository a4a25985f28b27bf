from decimal import Decimal
from typing import Any

import pytest

from app.core.costs.usage import Price
from app.core.errors import ProtocolError
from app.core.models.parameter import Support
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.live_models import merged, read_models, with_missing

OPENROUTER = {
    "id": "google/gemma-4-26b-a4b-it",
    "name": "Google: Gemma 4 26B A4B",
    "created": 1775174400,
    "context_length": 262144,
    "architecture": {"input_modalities": ["image", "text", "video"], "output_modalities": ["text"]},
    "pricing": {
        "prompt": "0.0000000675",
        "completion": "0.000000225",
        "request": "0",
        "web_search": "0",
    },
    "top_provider": {"context_length": 262144, "max_completion_tokens": 8192},
    "supported_parameters": [
        "include_reasoning",
        "max_tokens",
        "reasoning",
        "temperature",
        "tools",
        "top_k",
    ],
    "default_parameters": {"temperature": 0.9, "top_p": None},
}


def test_openrouter(catalogue: Catalogue) -> None:
    profile = catalogue.profile("openrouter")
    model, gone = merged(
        read_models({"data": [OPENROUTER]}, profile), catalogue.models("openrouter")
    )
    assert (gone.id, gone.is_removed, model.is_removed) == ("google/gemma-2-27b-it", True, False)
    assert model.price == Price(Decimal("0.0675"), Decimal("0.225"), Decimal(0), None)
    assert (model.max_output, model.source, model.name) == (8192, "live", "Gemma 4 26B A4B")
    assert model.inputs == ("text", "image", "video")
    listed = set(model.parameters) - {"web_search"}
    assert listed == {"max_tokens", "reasoning", "temperature", "top_k"}
    assert model.range_of("temperature").maximum == 2
    assert model.range_of("top_k").minimum == 0
    assert model.support("seed") is Support.IGNORED
    assert model.sources["price"] == "the provider's live list"
    assert model.released == "2026-04-03"


def test_a_model_that_is_not_bundled(catalogue: Catalogue) -> None:
    entry = OPENROUTER | {"id": "x/y-it:free", "pricing": {"prompt": "-1", "completion": "-1"}}
    (model,) = merged(read_models({"data": [entry]}, catalogue.profile("openrouter")), [])
    assert (model.group, model.price) == ("y", Price())
    assert model.range_of("temperature").default == 0.9


def test_aimlapi_now_and_before(catalogue: Catalogue) -> None:
    profile = catalogue.profile("aimlapi")
    now = {
        "id": "google/gemma-3-27b-it",
        "type": "openai/chat-completions",
        "info": {
            "name": "Gemma 3",
            "contextLength": 128000,
            "outputMax": 8000,
            "releasedAt": "2025-03-12T00:00:00Z",
        },
        "capabilities": ["vision"],
        "pricing": {
            "units": [
                {"name": "input tokens", "price": "0.5", "per": 1000000},
                {"name": "output tokens", "price": 1, "per": 1000000},
                {"name": "x", "price": None},
            ]
        },
    }
    before = {
        "id": "google/gemma-3-4b-it",
        "type": "chat-completion",
        "info": {"name": "Gemma 3 4B", "maxTokens": 100},
        "features": ["openai/chat-completion.stream"],
    }
    models = merged(
        read_models([now, before, {"id": "dall", "type": "image"}], profile),
        catalogue.models("aimlapi"),
    )
    assert [model.id for model in models if not model.is_removed] == [
        "google/gemma-3-27b-it",
        "google/gemma-3-4b-it",
    ]
    assert models[0].price == Price(Decimal("0.500000"), Decimal("1.000000"))
    assert models[0].max_output == 8000
    assert models[0].range_of("top_p").minimum == 0.01
    assert "system" in models[0].roles
    assert models[1].roles == ("user", "assistant")
    assert models[1].max_output == 100


def test_empiriolabs(catalogue: Catalogue) -> None:
    entry = {
        "id": "gemma-3-27b",
        "display_name": "Gemma 3 27B",
        "category": "text",
        "context_window": 128000,
        "max_output_tokens": 8192,
        "features": ["vision"],
        "capabilities": {"system_prompt": True},
        "supported_parameters": [
            {"name": "temperature", "min": 0, "max": 2, "default": 0.7},
            {"name": "web_search_linkup", "default": False},
            {"name": "top_k", "range": [1, 100]},
            7,
        ],
        "pricing": [{"request": "0.0040"}],
    }
    (model,) = merged(
        read_models({"data": [entry]}, catalogue.profile("empiriolabs")),
        catalogue.models("empiriolabs"),
    )
    assert model.price.per_message == Decimal("0.0040")
    assert model.inputs == ("text", "image")
    assert set(model.parameters) == {"temperature", "web_search", "top_k"}
    assert (model.range_of("top_k").minimum, model.range_of("top_k").maximum) == (1, 100)


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"object": "list", "data": None}, []),
        ({"data": [{"id": "gemma3:27b", "object": "model", "created": 3}]}, ["gemma3:27b"]),
        (
            {
                "models": [
                    {"type": "llm", "key": "a", "max_context_length": 8192},
                    {"type": "embedding", "key": "e"},
                ]
            },
            ["a"],
        ),
        ({"models": [{"name": "gemma3:27b"}]}, ["gemma3:27b"]),
        (["a", "b", "a"], ["a", "b"]),
        ([None, 7, {}, {"id": ""}, {"id": "x" * 400}], []),
        (None, []),
        (
            {
                "data": [
                    {
                        "id": "m",
                        "pricing": "free",
                        "architecture": [],
                        "top_provider": 3,
                        "supported_parameters": "x",
                        "meta": {"n_ctx_train": 4096},
                        "capabilities": {"vision": True, "system_prompt": False},
                    }
                ]
            },
            ["m"],
        ),
    ],
)
def test_lists_of_every_shape(body: Any, ids: list[str]) -> None:
    models = read_models(body, custom_profile("http://localhost:1/v1"))
    assert [model.id for model in models] == ids
    for model in models:
        assert model.support("top_k") is Support.UNKNOWN


def test_very_long_lists_end() -> None:
    assert (
        len(read_models([f"m{n}" for n in range(6000)], custom_profile("http://localhost:1/v1")))
        == 5000
    )


def test_an_alias_is_the_bundled_model_under_its_own_name(catalogue: Catalogue) -> None:
    entry = {"id": "gemma-3-27b-it", "aliases": ["google/gemma-3-27b-it", 7]}
    models = merged(read_models([entry], catalogue.profile("aimlapi")), catalogue.models("aimlapi"))
    assert (models[0].id, models[0].name) == ("google/gemma-3-27b-it", "Gemma 3 27B")
    assert [model.id for model in models if model.is_removed] == ["google/gemma-2-27b-it"]


def test_every_fact_names_its_source(catalogue: Catalogue) -> None:
    known = catalogue.models("openrouter")
    live = read_models({"data": [OPENROUTER]}, catalogue.profile("openrouter"))
    sources = merged(live, known)[0].sources
    told = {name for name, source in sources.items() if source == "the provider's live list"}
    assert told == {"context", "max_output", "inputs", "outputs", "price", "parameters"}
    assert sources["roles"].startswith("inferred")


def test_an_empty_list_takes_nothing_away(catalogue: Catalogue) -> None:
    assert merged([], catalogue.models("openrouter")) == catalogue.models("openrouter")


def test_what_only_the_earlier_list_had_is_kept_and_marked() -> None:
    profile = custom_profile("http://localhost:1/v1")
    old, new = read_models(["a", "b"], profile), read_models(["b", "c"], profile)
    assert [(m.id, m.is_removed) for m in with_missing(new, old)] == [
        ("b", False),
        ("c", False),
        ("a", True),
    ]


@pytest.mark.parametrize(
    ("entry", "context", "inputs"),
    [
        ({"id": "m", "meta": {"n_ctx_train": 131072}}, 131072, ("text",)),
        ({"id": "m", "meta": None}, None, ("text",)),
        (
            {
                "key": "m",
                "max_context_length": 131072,
                "loaded_instances": [{"config": {"context_length": 8192}}],
                "capabilities": {"vision": True},
            },
            8192,
            ("text", "image"),
        ),
        ({"id": "m", "max_model_len": 4096, "owned_by": "vllm"}, 4096, ("text",)),
        (
            {"id": "m", "context_length": 9, "capabilities": ["vision", "file_input"]},
            9,
            ("text", "image", "file"),
        ),
        ({"id": "m", "architecture": {"input_modalities": ["text", "audio"]}}, None, None),
    ],
)
def test_context_and_inputs_of_every_server(
    entry: Any, context: int | None, inputs: tuple[str, ...] | None
) -> None:
    (model,) = read_models({"data": [entry]}, custom_profile("http://localhost:1/v1"))
    assert (model.context, model.inputs) == (context, inputs or ("text", "audio"))


def test_a_flat_listing_of_empiriolabs(catalogue: Catalogue) -> None:
    entry = {
        "id": "gemma-3-27b",
        "name": "Gemma 3 27B",
        "context_length": 131072,
        "max_output_length": 8192,
        "supported_sampling_parameters": ["temperature", "top_p", "stop"],
        "supported_features": ["structured_outputs", "tools"],
        "supported_endpoints": ["/v1/chat/completions", "/v1/messages"],
        "is_ready": False,
        "api_status": "suspended",
    }
    (model,) = read_models({"data": [entry]}, catalogue.profile("empiriolabs"))
    assert (model.max_output, model.dialects) == (8192, ("chat", "messages"))
    assert set(model.parameters) == {"temperature", "top_p", "stop"}
    assert model.abilities == ("schema", "tools")
    assert model.notes == ("The provider says that this model is not ready just now.",)


def test_a_model_that_goes_says_when(catalogue: Catalogue) -> None:
    entry = OPENROUTER | {"expiration_date": "2026-12-31"}
    (model,) = read_models([entry], catalogue.profile("openrouter"))
    assert model.expires == "2026-12-31"


ENTRY: dict[str, Any] = {"id": "a", "context_length": 4096}


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"result": [ENTRY, {"id": "b"}]}, ["a", "b"]),
        ({"data": {"models": [ENTRY, "b"]}}, ["a", "b"]),
        ({"data": {"a": {"context_length": 4096}, "b": {}}}, ["a", "b"]),
        ({"models": {"a": {"context_length": 4096}}}, ["a"]),
        ({"a": {"max_tokens": 4}, "b": {"max_tokens": 5}}, ["a", "b"]),
        ({"success": True, "errors": [], "result": [ENTRY]}, ["a"]),
        ({"status": "ok", "response": {"items": [ENTRY]}}, ["a"]),
        ({"data": [{"provider": "x", "models": [ENTRY]}, {"models": ["b"]}]}, ["a", "b"]),
        ({"object": "list", "data": {"list": [ENTRY], "total": 1}}, ["a"]),
        ({"data": [{"model_id": "a"}, {"modelName": "b"}, {"slug": "c"}]}, ["a", "b", "c"]),
        ({"data": [{"name": "x"}, {"weight": 7}]}, ["x"]),
        ({"data": []}, []),
        ({"object": "list", "data": None}, []),
        ({"models": {}}, []),
        ({"result": {"models": []}}, []),
        ([], []),
        (None, []),
    ],
)
def test_lists_of_other_shapes(body: Any, ids: list[str]) -> None:
    models = read_models(body, custom_profile("http://localhost:1/v1"))
    assert [model.id for model in models] == ids


@pytest.mark.parametrize(
    "body",
    [
        {"weights": [7, 8]},
        {"hello": "world"},
        {},
        "text",
        7,
        [[7]],
        {"data": [{"weight": 7}]},
        {"data": "soon"},
        {"data": {"a": 1}},
        {"hello": {"world": {"size": 3}}},
        {"error": {"message": "no"}},
    ],
)
def test_what_is_no_list_of_models_says_so(body: Any) -> None:
    with pytest.raises(ProtocolError, match=r"list of models of .* could not be read"):
        read_models(body, custom_profile("http://localhost:1/v1"))
