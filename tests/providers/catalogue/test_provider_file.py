from decimal import Decimal

import pytest

from app.core.errors import SettingError
from app.core.models.parameter import Support
from app.providers.catalogue.provider_file import read_provider

HEAD = 'id = "x"\nname = "X"\nbase_url = "https://x.test/v1"\n'
MODEL = '[[models]]\nid = "m"\nname = "M"\n'


def test_a_file_becomes_a_profile_and_models() -> None:
    text = (
        HEAD
        + 'unlisted = "refused"\norder = 3\nheaders = { A = "b" }\n'
        + "out_of_credit_statuses = [402, 403]\n"
        + MODEL
        + 'context = 8192\ninputs = ["text", "image"]\n'
        + '[models.price]\ninput_per_million = "0.65"\n'
        + "[models.parameters.temperature]\nminimum = 0\nmaximum = 2\ndefault = 1\n"
        + 'source = "stated"\n[models.sources]\ncontext = "stated"\n'
    )
    profile, (model,) = read_provider(text, "x.toml")
    assert (profile.id, profile.order, profile.out_of_credit_statuses) == ("x", 3, (402, 403))
    assert (model.provider_id, model.context, model.inputs) == ("x", 8192, ("text", "image"))
    assert model.price.input_per_million == Decimal("0.65")
    assert model.price.output_per_million is None
    assert model.unlisted is Support.REFUSED
    assert model.range_of("temperature").maximum == 2
    assert model.sources == {"context": "stated"}


def test_a_model_may_say_more_of_what_it_ignores() -> None:
    _, (model,) = read_provider(HEAD + MODEL + 'unlisted = "ignored"\n', "x.toml")
    assert model.unlisted is Support.IGNORED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "not valid TOML"),
        ('id = "x"\n', "name should be given"),
        (HEAD + "colour = 1\n", "colour should be one of"),
        (HEAD + 'dialect = "latin"\n', "dialect should be chat or responses"),
        (HEAD + 'needs_key = "no"\n', "needs_key should be true or false"),
        (HEAD + 'order = "1"\n', "order should be a number"),
        (HEAD + "about = 1\n", "about should be a text"),
        (HEAD + 'unlisted = "maybe"\n', "unlisted should be listed"),
        (HEAD + 'out_of_credit_statuses = ["402"]\n', "list of HTTP statuses"),
        (HEAD + "headers = { A = 1 }\n", "headers should be a table of texts"),
        (HEAD + "small_context_body = 1\n", "should be a table"),
        (HEAD + "cost_from = 1\n", "a path like"),
        (HEAD + 'cost_from = { place = "x" }\n', "one of path, header"),
        (HEAD + 'cost_from = { path = "x", per_dollar = "2" }\n', "of another kind"),
        (HEAD + 'cost_from = { path = "x", per_dollar = 0 }\n', "above 0"),
        (HEAD + "cost_from = { per_dollar = 2 }\n", "a path or a header"),
        (HEAD + 'cost_from = { path = "x", header = "y" }\n', "a path or a header"),
        (HEAD + 'account_fields = "x"\n', "a table"),
        (HEAD + '[account_fields]\nrest = "x"\n', "one of left, limit"),
        (HEAD + "[generation_fields]\ncost = 1\n", "a path like"),
        (HEAD + "models = 1\n", "list of tables"),
        (HEAD + "models = [1]\n", "list of tables"),
        (HEAD + '[[models]]\nid = "m"\n', "model m: name should be given"),
        (HEAD + MODEL + "colour = 1\n", "model m: colour"),
        (HEAD + MODEL + "context = 0\n", "whole number above 0"),
        (HEAD + MODEL + "inputs = [1]\n", "list of texts"),
        (HEAD + MODEL + "released = 2024\n", "a text"),
        (HEAD + MODEL + "price = 1\n", "a table"),
        (HEAD + MODEL + "[models.price]\ninput_per_million = 0.65\n", "price in quotes"),
        (HEAD + MODEL + '[models.price]\ninput_per_million = "cheap"\n', "is not a number"),
        (HEAD + MODEL + '[models.price]\ninput_per_million = "-1"\n', "0 or more"),
        (HEAD + MODEL + '[models.price]\nper_word = "1"\n', "price.per_word should be one of"),
        (HEAD + MODEL + "parameters = 1\n", "a table"),
        (HEAD + MODEL + "[models.parameters]\nseed = 1\n", "parameters.seed should be a table"),
        (HEAD + MODEL + "[models.parameters.seed]\nlow = 1\n", "one of minimum"),
        (HEAD + MODEL + '[models.parameters.seed]\nminimum = "1"\n', "a number"),
        (HEAD + MODEL + "[models.parameters.seed]\nmax_items = 1.5\n", "a whole number"),
        (HEAD + MODEL + "[models.parameters.seed]\nchoices = 1\n", "a list of texts"),
        (HEAD + MODEL + "[models.parameters.seed]\nnote = 1\n", "a text"),
        (
            HEAD + MODEL + "[models.parameters.seed]\nminimum = 2\nmaximum = 1\n",
            "not above its maximum",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_file(text: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as caught:
        read_provider(text, "x.toml")
    assert caught.value.message.startswith("x.toml")


def test_choices_are_read() -> None:
    text = HEAD + MODEL + '[models.parameters.reasoning]\nchoices = ["off", "low"]\nmax_items = 4\n'
    _, (model,) = read_provider(text, "x.toml")
    assert model.range_of("reasoning").choices == ("off", "low")
