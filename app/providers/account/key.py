"""Cleans a pasted key, and refuses what could not be sent as one. Never repeats the key."""

from __future__ import annotations

from app.core.errors import SettingError

_QUOTES = "\"'`“”‘’«»"
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))


def clean_key(text: str) -> str:
    """The key without what pasting adds: blanks around it, quotes, `Bearer`, invisible characters.

    Raises SettingError for an empty key and for one with blanks, control or non-ASCII characters.
    """
    key = text.translate(_UNSEEN).strip().strip(_QUOTES).strip()
    if key.lower().startswith("authorization:"):
        key = key[len("authorization:") :].strip()
    if key.lower() == "bearer":
        key = ""
    if key.lower().startswith("bearer "):
        key = key[len("bearer ") :].strip().strip(_QUOTES)
    if not key:
        raise SettingError(
            "The key is empty.", "Copy the key from the provider's page and paste it here."
        )
    if not key.isascii():
        raise SettingError(
            "The key holds a character that no key has (an accent, a typographic dash or quote).",
            "Copy it again from the provider's page, not from a document.",
        )
    if any(letter <= " " or letter == "\x7f" for letter in key):
        raise SettingError(
            "The key holds a blank or a line break.",
            "Paste only the key itself, in one piece.",
        )
    return key
