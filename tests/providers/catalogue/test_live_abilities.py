"""What entries say a route takes."""

from typing import Any

import pytest

from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.live_abilities import (
    abilities_of,
    dialects_of,
    parameters_of,
    roles_of,
)

GATE = "openai/chat-completion"


@pytest.mark.parametrize(
    ("entry", "abilities"),
    [
        ({"supported_parameters": ["tools", "response_format", "seed"]}, "response_format tools"),
        ({"features": [f"{GATE}.function", f"{GATE}.response-format"]}, "response_format tools"),
        ({"capabilities": ["tools", "structured_output", "streaming"]}, "schema tools"),
        ({"capabilities": {"tool_calling": True, "vision": False}}, "tools"),
        ({"capabilities": {"trained_for_tool_use": True, "reasoning": {"default": "on"}}}, None),
        ({"features": "tools", "capabilities": 7}, ""),
    ],
)
def test_abilities(entry: dict[str, Any], abilities: str | None) -> None:
    wanted = "reasoning tools" if abilities is None else abilities
    assert " ".join(abilities_of(entry)) == wanted


@pytest.mark.parametrize(
    ("entry", "roles"),
    [
        ({}, ("system", "user", "assistant")),
        ({"features": [f"{GATE}.stream"]}, ("user", "assistant")),
        ({"features": [f"{GATE}.message.system"]}, ("system", "user", "assistant")),
        (
            {"features": [f"{GATE}.message.developer", f"{GATE}.message.system"]},
            ("system", "developer", "user", "assistant"),
        ),
        ({"capabilities": {"system_prompt": False}}, ("user", "assistant")),
    ],
)
def test_roles_are_gated_by_features(entry: dict[str, Any], roles: tuple[str, ...]) -> None:
    assert roles_of(entry) == roles


def test_dialects_are_named_by_endpoints() -> None:
    assert dialects_of({"type": "openai/chat-completions"}) == ("chat",)
    assert dialects_of({"supported_endpoints": ["/v1/responses", 3]}) == ("responses",)
    assert dialects_of({"endpoints": ["/v1/chat/completions", "/v1/messages"]}) == (
        "chat",
        "messages",
    )
    assert dialects_of({"supported_endpoints": None}) == ()


@pytest.mark.parametrize(
    ("reasoning", "choices", "default"),
    [
        (
            {"mandatory": False, "default_enabled": False, "supported_efforts": None},
            ("off", "low", "medium", "high"),
            "off",
        ),
        (
            {"mandatory": True, "supported_efforts": ["low", "high", "strange"]},
            ("low", "high"),
            "low",
        ),
        ({"default_enabled": True}, ("off", "low", "medium", "high"), "medium"),
        (
            {"supported_efforts": ["max", "minimal"], "default_effort": "max"},
            ("off", "minimal", "max"),
            "max",
        ),
    ],
)
def test_how_a_route_thinks(
    catalogue: Catalogue, reasoning: dict[str, Any], choices: tuple[str, ...], default: str
) -> None:
    entry = {"supported_parameters": ["reasoning"], "reasoning": reasoning}
    found = parameters_of(entry, catalogue.profile("openrouter"))["reasoning"]
    assert (found.choices, found.default) == (choices, default)
    assert bool(found.note) is bool(reasoning.get("mandatory"))


def test_defaults_are_ticks_and_null_is_none(catalogue: Catalogue) -> None:
    entry = {
        "supported_parameters": ["temperature", "top_p", "unheard_of", 7],
        "default_parameters": {"temperature": 0.9, "top_p": None},
    }
    found = parameters_of(entry, catalogue.profile("aimlapi"))
    assert {name: range_.default for name, range_ in found.items()} == {
        "temperature": 0.9,
        "top_p": None,
    }
