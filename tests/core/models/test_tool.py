import pytest

from app.core.errors import SettingError
from app.core.models.tool import checked_name, near_name, pretty_arguments


@pytest.mark.parametrize("name", ["get_weather", "a", "A-9_z", "x" * 64])
def test_names_that_providers_take(name: str) -> None:
    assert checked_name(f"  {name} ") == name


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        ("get weather", "letters without accents"),
        ("température", "letters without accents"),
        ("a.b", "letters without accents"),
        ("x" * 65, "longer than 64"),
    ],
)
def test_names_that_providers_refuse_are_refused_here(name: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        checked_name(name)


def test_arguments_are_laid_out_to_be_read() -> None:
    text, trouble = pretty_arguments('{"city":"Düsseldorf","days":[1,2]}')
    assert text == '{\n  "city": "Düsseldorf",\n  "days": [\n    1,\n    2\n  ]\n}'
    assert trouble == ""


@pytest.mark.parametrize("arguments", ["", "  ", "{}"])
def test_no_arguments_are_an_empty_text(arguments: str) -> None:
    assert pretty_arguments(arguments) == ("", "")


@pytest.mark.parametrize("arguments", ['{"city": "Os', "[" * 100_000, '{"a":1} extra'])
def test_broken_arguments_are_shown_as_they_came(arguments: str) -> None:
    text, trouble = pretty_arguments(arguments)
    assert text == arguments
    assert "not valid JSON" in trouble


def test_arguments_that_are_no_object_are_shown_and_said_so() -> None:
    text, trouble = pretty_arguments('["Oslo"]')
    assert text == '["Oslo"]'
    assert "not a JSON object" in trouble


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("my weather", "my_weather"),
        (" Größe  des Fensters ", "Gro_e_des_Fensters"),
        ("température", "temperature"),
        ("a.b/c", "a_b_c"),
        ("what is it?", "what_is_it"),
        ("天気", ""),
        ("x" * 90, "x" * 64),
    ],
)
def test_the_nearest_name_that_providers_take_is_offered(text, near):
    assert near_name(text) == near
    with pytest.raises(SettingError) as told:
        checked_name(text)
    if near and len(text) < 64:
        assert near in told.value.hint
        assert checked_name(near) == near
