import json
from typing import Any

import pytest

from app.providers.errors.error_body import ErrorBody, error_body_in, names_error_body


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"code": 401, "message": "No key"}}, "No key"),
        ({"error": "Boom"}, "Boom"),
        ({"error": [{"message": "First"}]}, "First"),
        ([{"error": {"message": "Wrapped"}}], "Wrapped"),
        ({"statusCode": "403", "message": "Flat"}, "Flat"),
        ({"message": ["a", "b"]}, "a; b"),
        ({"detail": "Fast"}, "Fast"),
        ({"detail": [{"loc": ["body", "top_p"], "msg": "too low"}]}, "top_p: too low"),
        ({"errors": [{"message": "E"}]}, "E"),
        (
            {
                "error": {
                    "metadata": {"raw": json.dumps({"error": {"message": "Inner"}})},
                    "message": "Provider returned error",
                }
            },
            "Inner",
        ),
        (
            {
                "error": {
                    "metadata": {"raw": json.dumps(json.dumps({"error": {"message": "Twice"}}))},
                    "message": "x",
                }
            },
            "Twice",
        ),
        ({"error": {"metadata": {"raw": "plain words"}, "message": "x"}}, "plain words"),
        ({"error_type": "timeout", "error_message": "Late"}, "Late"),
        ({"error": {"title": "Titled"}}, "Titled"),
        ("just text", "just text"),
        ('{"error": {"message": "as text"}}', "as text"),
        ("{broken", "{broken"),
        ({}, ""),
        (None, ""),
        (7, ""),
        (
            {
                "error": {
                    "error": {
                        "error": {
                            "error": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}
                        }
                    }
                }
            },
            "",
        ),
    ],
)
def test_the_words_are_found_in_any_shape(body: Any, message: str) -> None:
    assert error_body_in(body).message == message


def test_codes_status_and_the_rest() -> None:
    body = {
        "error": {
            "code": 403,
            "type": "Permission_Denied",
            "param": "top_p",
            "message": "No",
            "metadata": {
                "error_type": "refusal",
                "provider_name": "DeepInfra",
                "reasons": ["violence", 3],
                "patterns": ["x"],
            },
        }
    }
    found = error_body_in(body)
    assert (found.status, found.codes) == (403, ("permission_denied", "refusal"))
    assert (found.parameter, found.upstream, found.reasons) == (
        "top_p",
        "DeepInfra",
        ("violence", "x"),
    )
    assert error_body_in({}) == ErrorBody()


def test_availability_is_read() -> None:
    found = error_body_in(
        {
            "error": {
                "message": "m",
                "http_status": 503,
                "availability": {
                    "code": "no_endpoints",
                    "retryable": True,
                    "retry_after": 900,
                    "excluded_by": ["zdr", {"reason": "region"}, 7],
                },
            }
        }
    )
    assert (found.status, found.is_retryable, found.retry_after) == (503, True, 900)
    assert found.excluded == ("zdr", "region")
    assert "no_endpoints" in found.codes


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        ({"error": {"message": "x"}}, True),
        ({"error": None, "choices": []}, False),
        ({"error_type": "x", "choices": []}, True),
        ({"type": "error", "message": "x"}, True),
        ({"message": "x"}, True),
        ({"detail": "x"}, True),
        ({"message": "x", "choices": []}, False),
        ({"type": "ping"}, False),
        ({"object": "chat.completion.chunk", "message": "x"}, False),
    ],
)
def test_errors_are_told_from_answers(chunk: dict[str, Any], expected: bool) -> None:
    assert names_error_body(chunk) is expected
