import pytest

from app.providers.errors.redaction import details_of, redacted, sentence_of


@pytest.mark.parametrize(
    "text",
    [
        "key verysecretkey1 is wrong",
        "Authorization: Bearer verysecretkey1",
        "bearer   verysecretkey1",
        "sk-or-v1-verysecretkey1",
        "https://x.test/?a=1&key=verysecretkey1&b=2",
        "https://user:verysecretkey1@x.test/",
        '{"x-api-key": "verysecretkey1"}',
        "AIzaverysecretkey1",
    ],
)
def test_keys_are_taken_out(text: str) -> None:
    assert "verysecretkey1" not in redacted(text, "verysecretkey1")
    if "key verysecret" not in text:
        assert "verysecretkey1" not in redacted(text)


def test_ordinary_words_stay() -> None:
    text = "The model gemma-2-27b-it takes at most 8192 tokens. https://openrouter.ai/docs?page=2"
    assert redacted(text, None) == text
    assert redacted("a ab", "ab") == "a ab"


def test_details_are_short_and_printable() -> None:
    assert len(details_of("x" * 9000)) == 2048
    assert details_of("a\x1b[31m\u202eb\x00") == "a[31mb"
    assert details_of("sk-abcdefghij" * 2000).count("sk-") == 0


def test_a_sentence_is_one_line() -> None:
    assert sentence_of(" Too\n  much.  ") == "Too much"
    assert sentence_of("y" * 500).endswith("…")
