from dataclasses import replace
from typing import Any

import pytest

from app.core.conversations.conversation import Fault
from app.core.errors import RefusedError, UnavailableError
from app.providers.dialects.chat import Habits
from app.providers.errors.lessons import lesson, refused_dial

BODY: dict[str, Any] = {
    "stream_options": {},
    "max_tokens": 9,
    "messages": [
        {"role": "system", "content": "x"},
        {"role": "assistant", "reasoning_details": []},
    ],
}


def refusal(words: str, status: int = 400) -> RefusedError:
    return RefusedError(words, status=status)


@pytest.mark.parametrize(
    ("words", "habits", "code"),
    [
        (
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
            Habits(takes_system=False),
            "role_folded",
        ),
        ("System role not supported", Habits(takes_system=False), "role_folded"),
        (
            "Developer instruction is not enabled for models/gemma-3",
            Habits(takes_system=False),
            "role_folded",
        ),
        (
            "Unknown field: stream_options",
            Habits(takes_stream_options=False),
            "stream_options_left_out",
        ),
        *(
            (
                words,
                Habits(renamed=(("max_tokens", "max_completion_tokens"),)),
                "renamed max_tokens max_completion_tokens",
            )
            for words in (
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                "'max_completion_tokens' instead.",
                "Please use max_completion_tokens instead.",
                "`max_tokens` is deprecated in favor of `max_completion_tokens`",
                "max_tokens was replaced by the parameter max_completion_tokens",
                "Unknown field max_tokens. Did you mean “max_completion_tokens”?",
            )
        ),
        (
            "max_tokens is no longer read, use max_gen_tokens",
            Habits(renamed=(("max_tokens", "max_gen_tokens"),)),
            "renamed max_tokens max_gen_tokens",
        ),
        ("Invalid signature in thinking block", Habits(takes_details=False), "details_left_out"),
    ],
)
def test_a_refusal_teaches(words: str, habits: Habits, code: str) -> None:
    learnt = lesson(refusal(words), Habits(), BODY)
    assert learnt is not None
    assert (learnt[0], learnt[1].code) == (habits, code)
    assert lesson(refusal(words), habits, BODY) is None


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (refusal("temperature too high"), BODY),
        (refusal("System role not supported", 403), BODY),
        (UnavailableError("System role not supported", status=400), BODY),
        (refusal("System role not supported"), {"messages": [{"role": "user"}]}),
        (refusal("System role not supported"), {"messages": "x"}),
        (refusal("unknown stream_options"), {"messages": []}),
        (refusal("temperature is deprecated, use top_p instead"), {"temperature": 1}),
        (refusal("use max_completion_tokens instead"), {"max_completion_tokens": 9}),
        (refusal("use max_completion_tokens instead"), {"temperature": 1}),
        (refusal("functions is deprecated, use tool_choice instead"), {"functions": []}),
        (refusal("use reasoning_config.budget instead of reasoning_budget"), {"reasoning": 1}),
    ],
)
def test_other_errors_teach_nothing(error: Any, body: dict[str, Any]) -> None:
    assert lesson(error, Habits(), body) is None


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("Unsupported parameter: 'top_k'", True),
        ("Unrecognized request argument supplied: top_k", True),
        ("top_k is not supported with this model", True),
        ("This model does not support top_k.", True),
        ("body.top_k: Extra inputs are not permitted", True),
        ("top_k must be at least 1", False),
        ("Invalid value for top_k: expected a number", False),
        ("top_k is too large", False),
    ],
)
def test_a_dial_is_refused_wholly_or_only_its_value(words: str, is_refused: bool) -> None:
    fault = Fault("RefusedError", "Asked wrongly.", details=words, status=400, parameter="top_k")
    assert refused_dial(fault, {"top_k": 3}) is is_refused
    assert not refused_dial(fault, {"seed": 3})
    assert not refused_dial(replace(fault, status=401), {"top_k": 3})
    assert not refused_dial(replace(fault, parameter="other"), {"other": 3})
