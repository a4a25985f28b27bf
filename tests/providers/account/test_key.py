import pytest

from app.core.errors import SettingError
from app.providers.account.key import clean_key


@pytest.mark.parametrize(
    "pasted",
    [
        "sk-or-v1-abc",
        "  sk-or-v1-abc\n",
        '"sk-or-v1-abc"',
        "Bearer sk-or-v1-abc",
        "Authorization: Bearer sk-or-v1-abc",
        "\ufeffsk-or-v1-\u200babc\r\n",
        "“sk-or-v1-abc”",
    ],
)
def test_what_pasting_adds_is_taken_off(pasted: str) -> None:
    assert clean_key(pasted) == "sk-or-v1-abc"


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("Bearer ", "empty"),
        ("sk-secret\nsk-secret", "blank"),
        ("sk secret", "blank"),
        ("sk-secret\x07", "blank"),
        ("sk–secret", "character"),
        ("clé-secret", "character"),
    ],
)
def test_what_could_not_be_sent_is_refused_without_repeating_it(pasted: str, says: str) -> None:
    with pytest.raises(SettingError, match=says) as caught:
        clean_key(pasted)
    assert caught.value.hint
    assert "secret" not in f"{caught.value.message} {caught.value.hint}"
