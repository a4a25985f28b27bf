import inspect

import pytest

from app.core import errors
from app.core.errors import (
    AppError,
    AuthenticationError,
    ContextLengthError,
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)

ALL = [
    found for _, found in inspect.getmembers(errors, inspect.isclass) if issubclass(found, AppError)
]
OF_PROVIDERS = [found for found in ALL if issubclass(found, ProviderError)]


@pytest.mark.parametrize("kind", ALL)
def test_every_error_says_what_happened_and_what_to_do(kind):
    error = kind("The key was refused.", "Open the key settings.")
    assert str(error) == error.message == "The key was refused."
    assert error.hint == "Open the key settings."
    assert kind("Alone.").hint == ""


@pytest.mark.parametrize("kind", OF_PROVIDERS)
def test_every_provider_error_keeps_who_and_what_answered(kind):
    error = kind("No.", provider="openrouter", status=418, details="{}", code="teapot")
    assert (error.provider, error.status, error.details, error.code) == (
        "openrouter",
        418,
        "{}",
        "teapot",
    )
    plain = kind("No.")
    assert (plain.provider, plain.status, plain.details, plain.code) == ("", None, "", "")


@pytest.mark.parametrize(
    ("error", "is_retryable"),
    [
        (UnavailableError("Down.", retry_after=2.0), True),
        (QuotaError("Too many.", retry_after=7.5), True),
        (QuotaError("No credit.", is_out_of_credit=True), False),
        (AuthenticationError("No."), False),
        (RefusedError("No."), False),
        (ContextLengthError("Too long."), False),
        (ProtocolError("Odd."), False),
    ],
)
def test_only_waiting_errors_may_be_tried_again(error, is_retryable):
    assert error.is_retryable is is_retryable


def test_waits_and_parameters_are_kept():
    assert UnavailableError("Down.", retry_after=2.0).retry_after == 2.0
    assert QuotaError("Too many.").retry_after is None
    assert RefusedError("No.", parameter="top_k").parameter == "top_k"


def test_the_module_shows_the_whole_tree():
    for kind in ALL:
        assert kind.__name__ in (errors.__doc__ or "")
