from collections.abc import Callable
from typing import Any

import pytest

from app.core.conversation import Message, Provenance, Role
from app.core.provider import Request
from app.providers.catalogue import Catalogue
from app.providers.history import Turn, turns_of, with_system_folded

SEARCHED = Provenance("empiriolabs", "gemma-3-27b", request={"web_search_linkup": True})


def text_of(catalogue: Catalogue, request: Request) -> list[str]:
    profile = catalogue.profile(request.model.provider_id)
    return [turn.text for turn in turns_of(request, profile, with_details=True)]


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        ("Snow.\n\n## Sources\n- [a](https://a.test)\n- [b](https://b.test)\n", "Snow."),
        ("Snow.\n\n---\n**Sources:**\n1. https://a.test\n2. https://b.test", "Snow."),
        ("Snow.\n\nSources:\n[1] https://a.test\n", "Snow."),
        ("Sources of light\n\nSnow.", "Sources of light\n\nSnow."),
        ("Snow.\n\nSources:\n- a\n\nMore text here.", "Snow.\n\nSources:\n- a\n\nMore text here."),
    ],
)
def test_a_list_of_sources_added_by_the_provider_does_not_go_back(
    catalogue: Catalogue,
    ask: Callable[..., Request],
    say: Callable[..., Message],
    answer: str,
    sent: str,
) -> None:
    messages = [
        say("Q"),
        say(answer, Role.ASSISTANT, 2, provenance=SEARCHED),
        say("Q2", sequence=3),
    ]
    assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages))[1] == sent


def test_without_a_search_nothing_is_taken_away(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Message]
) -> None:
    text = "Snow.\n\nSources:\n- a"
    for made_by in (None, Provenance("empiriolabs", "gemma-3-27b")):
        messages = [say(text, Role.ASSISTANT, 2, provenance=made_by)]
        assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages)) == [text]


def test_folding_without_a_question_makes_one() -> None:
    answer = Turn(Role.ASSISTANT, "A")
    assert with_system_folded([answer], "S") == [Turn(Role.USER, "S"), answer]


def test_many_line_breaks_are_quick(
    catalogue: Catalogue, ask: Callable[..., Request], say: Callable[..., Any]
) -> None:
    text = "a" + "\n" * 200_000 + "b"
    messages = [say(text, Role.ASSISTANT, 2, provenance=SEARCHED)]
    assert text_of(catalogue, ask("empiriolabs/gemma-3-27b", messages=messages)) == [text]
