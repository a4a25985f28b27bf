from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import RefusedError
from app.core.models.parameter import Support
from app.providers.catalogue.catalogue import Catalogue
from app.providers.parameters.encoding import encode


def fields(catalogue: Catalogue, route: str, **parameters: Any) -> dict[str, Any]:
    provider_id, _, model_id = route.partition("/")
    model = catalogue.model(provider_id, model_id)
    return encode(parameters, model, catalogue.profile(provider_id))[0]


GEMMA2, GEMMA4 = "openrouter/google/gemma-2-27b-it", "openrouter/google/gemma-4-26b-a4b-it"
STRICT, FLAT = "aimlapi/google/gemma-3-27b-it", "empiriolabs/gemma-3-27b"


def test_nothing_set_sends_nothing(catalogue: Catalogue) -> None:
    for route in (GEMMA2, GEMMA4, STRICT, FLAT):
        assert fields(catalogue, route) == {}


@pytest.mark.parametrize(
    ("route", "set_", "sent"),
    [
        (GEMMA2, {"temperature": 0.2, "seed": 7}, {"temperature": 0.2, "seed": 7}),
        (
            GEMMA2,
            {"temperature": 0, "frequency_penalty": 0},
            {"temperature": 0, "frequency_penalty": 0},
        ),
        (GEMMA2, {"stop": ["a,b", "c"]}, {"stop": ["a,b", "c"]}),
        (GEMMA2, {"stop": []}, {}),
        (GEMMA2, {"max_tokens": 64, "temperature": None}, {"max_tokens": 64}),
        (FLAT, {"stop": ["END", "---"]}, {"stop": "END,---"}),
        (
            FLAT,
            {"web_search": True, "disable_formatting": False},
            {"web_search_linkup": True, "disable_formatting": False},
        ),
        (FLAT, {"web_search_linkup": False}, {"web_search_linkup": False}),
        (FLAT, {"top_k": 5}, {"top_k": 5}),
        (GEMMA4, {"reasoning": "off"}, {"reasoning": {"effort": "none"}}),
        (GEMMA4, {"reasoning": "high"}, {"reasoning": {"effort": "high"}}),
        (
            GEMMA4,
            {"reasoning": {"max_tokens": 2000, "exclude": True}},
            {"reasoning": {"max_tokens": 2000, "exclude": True}},
        ),
        (
            GEMMA4,
            {"reasoning": {"exclude": True}},
            {"reasoning": {"exclude": True, "enabled": True}},
        ),
        (GEMMA4, {"logprobs": True, "top_logprobs": 5}, {"logprobs": True, "top_logprobs": 5}),
        (GEMMA4, {"logit_bias": {"12": -100}}, {"logit_bias": {"12": -100}}),
        (GEMMA2, {"response_format": "text"}, {"response_format": {"type": "text"}}),
        (GEMMA2, {"response_format": "json"}, {"response_format": {"type": "json_object"}}),
        (
            GEMMA2,
            {"response_format": {"type": "object"}},
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "strict": True, "schema": {"type": "object"}},
                }
            },
        ),
        (
            GEMMA2,
            {"response_format": {"name": "n", "schema": {}}},
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "n", "schema": {}},
                }
            },
        ),
        (
            GEMMA2,
            {"response_format": {"type": "json_object"}},
            {"response_format": {"type": "json_object"}},
        ),
        (GEMMA2, {"raw": {"x": 1}}, {}),
    ],
)
def test_each_provider_gets_its_own_form(
    catalogue: Catalogue, route: str, set_: dict[str, Any], sent: dict[str, Any]
) -> None:
    assert fields(catalogue, route, **set_) == sent


@pytest.mark.parametrize(
    ("route", "set_", "names", "says"),
    [
        (FLAT, {"stop": ["a,b"]}, "stop", "with its comma"),
        (STRICT, {"top_p": 0}, "top_p", "from 0.01 to 1"),
        (STRICT, {"min_p": 0}, "min_p", "from 0.001 to 0.999"),
        (STRICT, {"min_p": 1}, "min_p", "from 0.001 to 0.999"),
        (STRICT, {"seed": 0}, "seed", "at least 1"),
        (FLAT, {"max_tokens": 65537}, "max_tokens", "from 1 to 65\u202f536"),
        (GEMMA2, {"temperature": 2.5}, "temperature", "from 0 to 2"),
        (GEMMA2, {"stop": list("abcde")}, "stop", "at most 4"),
        (GEMMA2, {"temperature": "hot"}, "temperature", "takes a number"),
        (STRICT, {"web_search": True}, "web_search", "no web search"),
        (GEMMA2, {"warmth": 3}, "warmth", "no parameter called"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_sending(
    catalogue: Catalogue, route: str, set_: dict[str, Any], names: str, says: str
) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        fields(catalogue, route, **set_)
    assert caught.value.parameter == names
    assert caught.value.hint
    assert caught.value.provider == route.partition("/")[0]


def test_what_a_route_ignores_is_left_out_and_said(catalogue: Catalogue) -> None:
    model = catalogue.model("openrouter", "google/gemma-2-27b-it")
    sent, notices = encode({"top_k": 5}, model, catalogue.profile("openrouter"))
    assert sent == {}
    assert [notice.code for notice in notices] == ["not_sent"]
    assert "Shortlist" in notices[0].text


def test_what_a_route_refuses_is_refused_here(catalogue: Catalogue) -> None:
    model = replace(
        catalogue.model("openrouter", "google/gemma-2-27b-it"), unlisted=Support.REFUSED
    )
    with pytest.raises(RefusedError, match="does not take Shortlist"):
        encode({"top_k": 5}, model, catalogue.profile("openrouter"))


def test_rivals_bring_confidence_along_and_say_so(catalogue: Catalogue) -> None:
    model = catalogue.model("openrouter", "google/gemma-4-26b-a4b-it")
    sent, notices = encode({"top_logprobs": 3}, model, catalogue.profile("openrouter"))
    assert sent == {"top_logprobs": 3, "logprobs": True}
    assert [notice.code for notice in notices] == ["added"]


def test_another_name_for_the_limit(catalogue: Catalogue) -> None:
    profile = replace(catalogue.profile("openrouter"), max_tokens_name="max_completion_tokens")
    model = catalogue.model("openrouter", "google/gemma-2-27b-it")
    assert encode({"max_tokens": 5}, model, profile)[0] == {"max_completion_tokens": 5}
