import json
from typing import Any

import pytest

from app.core.errors import (
    AuthenticationError,
    ContextLengthError,
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.providers.catalogue.catalogue import Catalogue
from app.providers.errors.error_reply import ErrorReader, Reply
from app.providers.parameters.declarations import PARAMETERS, WIRE_NAMES, canonical

KEY = "verysecretkey123"


def fail(
    catalogue: Catalogue,
    status: int,
    body: Any,
    provider: str = "openrouter",
    key: str | None = KEY,
    **more: Any,
) -> ProviderError:
    text = body if isinstance(body, str) else json.dumps(body)
    reader = ErrorReader(catalogue.profile(provider), "google/gemma-2-27b-it", key)
    return reader.of_reply(Reply(status, text, **more))


def error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


CASES = [
    ("openrouter", 400, error("Bad"), RefusedError, "refused the request: Bad"),
    ("openrouter", 400, "", RefusedError, r"error 400"),
    ("openrouter", 401, error("No auth"), AuthenticationError, "does not accept the key"),
    ("openrouter", 401, "", AuthenticationError, "does not accept the key"),
    ("openrouter", 401, "<html>no", AuthenticationError, "web page"),
    ("openrouter", 402, error("Insufficient credits"), QuotaError, "credit is used up"),
    (
        "openrouter",
        403,
        error("flagged", metadata={"reasons": ["violence"]}),
        RefusedError,
        r"\(violence\)",
    ),
    (
        "openrouter",
        403,
        error("Your input was flagged by moderation"),
        RefusedError,
        "break a rule",
    ),
    (
        "openrouter",
        403,
        error("Insufficient permissions"),
        AuthenticationError,
        "does not allow this key",
    ),
    ("openrouter", 403, error("Not available in your region"), RefusedError, "where you are"),
    (
        "aimlapi",
        403,
        {"statusCode": 403, "message": "You've run out of credits."},
        QuotaError,
        "credit is used up",
    ),
    ("aimlapi", 403, "", QuotaError, "credit is used up"),
    ("aimlapi", 403, {"message": "Blocked by moderation"}, RefusedError, "break a rule"),
    (
        "empiriolabs",
        402,
        error("Top up", code="insufficient_credits"),
        QuotaError,
        "credit is used up",
    ),
    (
        "empiriolabs",
        401,
        error("Bad format", code="invalid_api_key"),
        AuthenticationError,
        "Bad format",
    ),
    (
        "empiriolabs",
        404,
        error("x", code="model_not_found"),
        RefusedError,
        "does not know the model",
    ),
    (
        "empiriolabs",
        503,
        error("asleep", code="model_unavailable"),
        UnavailableError,
        "not available just now",
    ),
    (
        "openrouter",
        404,
        error("Model x not found"),
        RefusedError,
        "does not know the model “google",
    ),
    ("openrouter", 404, error("No endpoints found"), RefusedError, "no host left"),
    (
        "openrouter",
        404,
        {"error": {"message": "gone", "availability": {"excluded_by": ["zdr"]}}},
        RefusedError,
        r"no host left for this model \(zdr\)",
    ),
    ("openrouter", 404, "404 page not found", RefusedError, "nothing at this address"),
    ("openrouter", 413, "", RefusedError, "too large"),
    (
        "openrouter",
        413,
        error("x", code="context_length_exceeded"),
        ContextLengthError,
        "no longer fits",
    ),
    (
        "openrouter",
        400,
        error("This model's maximum context length is 8192 tokens"),
        ContextLengthError,
        "8192",
    ),
    (
        "openrouter",
        400,
        error("the request exceeds the available context size"),
        ContextLengthError,
        "fits",
    ),
    ("openrouter", 400, error("x is not a valid model ID"), RefusedError, "not a valid model"),
    (
        "openrouter",
        422,
        {"detail": [{"loc": ["body", "top_p"], "msg": "must be ≥ 0.01"}]},
        RefusedError,
        "top_p",
    ),
    (
        "aimlapi",
        400,
        {"message": "Body validation error: temperature Expected number"},
        RefusedError,
        "temperature",
    ),
    ("openrouter", 400, error("Rate limit reached, overloaded"), UnavailableError, "busy"),
    ("openrouter", 429, error("Slow"), QuotaError, "no more requests"),
    (
        "openrouter",
        429,
        error("Slow", metadata={"provider_name": "Novita"}),
        QuotaError,
        r"through Novita",
    ),
    (
        "openrouter",
        400,
        error("x", availability={"retryable": True}),
        UnavailableError,
        "error 400",
    ),
    ("openrouter", 408, "", UnavailableError, "took too long"),
    ("openrouter", 500, error("x"), UnavailableError, "error of its own"),
    ("openrouter", 529, error("x"), UnavailableError, "overloaded"),
    ("openrouter", 520, "", UnavailableError, "520"),
    ("openrouter", 524, "<!DOCTYPE html><h1>524</h1>", UnavailableError, "gateway error 524"),
    ("openrouter", 599, "", UnavailableError, "599"),
    ("openrouter", 409, "", RefusedError, "409"),
]


@pytest.mark.parametrize(("provider", "status", "body", "kind", "says"), CASES)
def test_each_reply_is_the_error_it_means(
    catalogue: Catalogue, provider: str, status: int, body: Any, kind: type, says: str
) -> None:
    found = fail(catalogue, status, body, provider)
    assert type(found) is kind, found
    with pytest.raises(kind, match=says):
        raise found
    assert found.hint
    assert (found.provider, found.status) == (provider, status)


def test_what_is_objected_to_is_named(catalogue: Catalogue) -> None:
    found = fail(catalogue, 400, error("top_p must be at least 0.01", param="top_p"))
    assert isinstance(found, RefusedError)
    assert found.parameter == "top_p"
    assert "Reset the dial Word pool" in found.hint
    found = fail(catalogue, 400, error("google/gemma-2-27b-it is not a valid model ID"))
    assert isinstance(found, RefusedError)
    assert found.parameter == "model"


def test_waiting_is_passed_on(catalogue: Catalogue) -> None:
    found = fail(catalogue, 429, error("Slow"), retry_after=3.0)
    assert isinstance(found, QuotaError)
    assert (found.retry_after, found.is_out_of_credit, found.is_retryable) == (3.0, False, True)
    spent = fail(catalogue, 402, error("Spent"))
    assert isinstance(spent, QuotaError)
    assert spent.is_out_of_credit
    assert not spent.is_retryable
    assert "openrouter.ai/keys" in spent.hint
    late = fail(catalogue, 503, {"error": {"message": "x", "availability": {"retry_after": 7}}})
    assert isinstance(late, UnavailableError)
    assert late.retry_after == 7


def test_without_a_key_a_key_is_asked_for(catalogue: Catalogue) -> None:
    assert "asks for a key" in str(fail(catalogue, 401, "", key=None))


@pytest.mark.parametrize(("provider", "status", "body", "kind", "says"), CASES)
def test_the_key_is_never_repeated(
    catalogue: Catalogue, provider: str, status: int, body: Any, kind: type, says: str
) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    echoed = text.replace('"message": "', f'"message": "Bearer {KEY} {KEY} ') or KEY
    found = fail(catalogue, status, echoed, provider)
    assert KEY not in f"{found.message} {found.hint} {found.details} {found!r}"
    assert len(found.details) <= 2048


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ({"error": {"code": 429, "message": "x"}}, QuotaError, 429),
        ({"error": {"code": "server_error", "message": "x"}}, UnavailableError, 500),
        ({"error": {"type": "overloaded_error", "message": "Overloaded"}}, UnavailableError, 529),
        ({"error": {"code": "insufficient_credits", "message": "x"}}, QuotaError, 402),
        ({"error": {"code": "invalid_api_key", "message": "x"}}, AuthenticationError, 401),
        ({"error": {"code": "context_length_exceeded", "message": "x"}}, ContextLengthError, 413),
        ({"error": "temporarily overloaded"}, QuotaError, 429),
        ({"error": "boom"}, UnavailableError, 500),
        ({"error": {"code": 200, "message": "boom"}}, UnavailableError, 500),
    ],
)
def test_errors_inside_good_replies(
    catalogue: Catalogue, body: Any, kind: type, status: int
) -> None:
    found = ErrorReader(catalogue.profile("openrouter")).of_body(body)
    assert (type(found), found.status) == (kind, status)


def test_what_cannot_be_read_and_what_is_too_much(catalogue: Catalogue) -> None:
    reader = ErrorReader(catalogue.profile("openrouter"), "m", KEY)
    found = reader.unreadable(f"garbage {KEY}", 200)
    assert isinstance(found, ProtocolError)
    assert (found.details, found.status) == ("garbage [hidden]", 200)
    assert "too much" in str(reader.too_much())


def test_no_key_page_no_link() -> None:
    from app.providers.catalogue.address import custom_profile

    found = ErrorReader(custom_profile("http://localhost:1/v1"), "m").of_reply(Reply(402, ""))
    assert " at " not in found.hint


@pytest.mark.parametrize("name", WIRE_NAMES)
def test_every_parameter_is_known_by_every_name_it_has(catalogue: Catalogue, name: str) -> None:
    found = fail(catalogue, 400, error(f"Extra inputs are not permitted: '{name}'."))
    assert isinstance(found, RefusedError)
    assert found.parameter == canonical(name)
    assert PARAMETERS[canonical(name)].title in found.hint


def refused_as(catalogue: Catalogue, model_id: str, message: str, **more: Any) -> RefusedError:
    reader = ErrorReader(catalogue.profile("openrouter"), model_id, KEY)
    found = reader.of_reply(Reply(400, json.dumps(error(message, **more))))
    assert isinstance(found, RefusedError)
    return found


@pytest.mark.parametrize(
    ("model_id", "message", "param", "parameter"),
    [
        ("m", "temperature must be at most 2 for this model", "", "temperature"),
        ("m", "I'm sorry, this model refuses temperature", "", "temperature"),
        ("a", "top_k is not a parameter of this model", "", "top_k"),
        ("m", "the model says no to some things", "", ""),
        ("chat", "this chat model says no", "", ""),
        ("gemma-2", "the model gemma-2-9b is what I know", "", ""),
        ("gpt-4", "model x/gpt-4 is another", "", ""),
        ("gemma-2", "temperature is not supported with model gemma-2", "", "temperature"),
        ("gemma-2", "this model gemma-2 says no", "top_k", "top_k"),
        ("m", "the model 'm' is retired", "", "model"),
        ("m", "model m is retired", "", "model"),
        ("m", "model: m, which is retired", "", "model"),
        ("gemma-2", "gemma-2 is a retired model.", "", "model"),
        ("gemma-2", "The model is retired: gemma-2.", "", "model"),
        ("x/gemma-2:free", "no model x/gemma-2:free here", "", "model"),
        ("m", "x is not a valid model ID", "", "model"),
        ("m", "The model you asked for does not exist: stop", "", "model"),
    ],
)
def test_a_model_is_named_by_its_whole_id(
    catalogue: Catalogue, model_id: str, message: str, param: str, parameter: str
) -> None:
    found = refused_as(catalogue, model_id, message, param=param)
    assert found.parameter == parameter
    assert ("Choose a model" in found.hint) is (parameter == "model")


@pytest.mark.parametrize(
    "body",
    [
        error("Filtered.", code="content_filter"),
        error("Blocked.", code="data_inspection_failed"),
        error("Output data may contain inappropriate content."),
        error("Your request was flagged by our safety system."),
        error("No.", innererror={"code": "ResponsibleAIPolicyViolation"}),
    ],
)
def test_a_filter_is_told_from_a_wrong_request(catalogue: Catalogue, body: Any) -> None:
    found = fail(catalogue, 400, body)
    assert isinstance(found, RefusedError)
    assert "filter" in found.message
    assert "differently" in found.hint


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}}, QuotaError),
        (
            {"base_resp": {"status_code": 1004, "status_msg": "invalid key"}},
            AuthenticationError,
        ),
        ({"base_resp": {"status_code": 1002, "status_msg": "rate limit"}}, QuotaError),
        ({"base_resp": {"status_code": 1026, "status_msg": "content filter"}}, RefusedError),
        ({"base_resp": {"status_code": 2013, "status_msg": "odd"}}, UnavailableError),
        ({"code": 30001, "msg": "Your quota is exhausted"}, QuotaError),
        ({"errno": 5, "errmsg": "model x does not exist"}, RefusedError),
    ],
)
def test_words_say_what_an_error_without_a_status_is(
    catalogue: Catalogue, body: Any, kind: type[ProviderError]
) -> None:
    reader = ErrorReader(catalogue.profile("openrouter"), "m", KEY)
    assert isinstance(reader.of_body(body), kind)


def test_a_wait_in_a_body_or_a_sentence_counts(catalogue: Catalogue) -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "45.8s"}]
    found = fail(catalogue, 429, error("Quota.", code=429, details=details))
    assert isinstance(found, QuotaError)
    assert found.retry_after == 45.8
    found = fail(catalogue, 503, error("Please try again in 2 hours."))
    assert isinstance(found, UnavailableError)
    assert found.retry_after == 7200
    found = fail(catalogue, 429, error("Try again in 9s"), retry_after=3.0)
    assert isinstance(found, QuotaError)
    assert found.retry_after == 3
