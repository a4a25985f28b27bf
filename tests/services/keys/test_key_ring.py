"""What is written of keys: the form of a single key is the one it always had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.keys.key_ring import HINTS, KeyRing, StoredKey
from app.services.settings import SettingsService
from app.settings.file import SettingsFile

OLD = {"last4": "wxyz", "place": "a safe", "origin": "https://o", "date": "2026-11-01"}


@pytest.fixture
def settings(tmp_path: Path) -> SettingsService:
    return SettingsService(SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def ring(settings: SettingsService) -> KeyRing:
    return KeyRing(settings)


def key(number: int, name: str = "", last4: str = "wxyz") -> StoredKey:
    return StoredKey(number, name, last4, "a safe", "https://o", "2026-11-01")


def test_a_file_of_before_has_one_key_and_one_key_is_written_as_before(
    ring: KeyRing, settings: SettingsService
) -> None:
    settings.set(HINTS, {"p": OLD})
    assert ring.keys("p") == [key(1)]
    assert ring.used("p") == key(1)
    ring.write("q", key(1))
    assert settings.value(HINTS)["q"] == OLD


def test_further_keys_stand_behind_the_first_and_one_is_in_use(
    ring: KeyRing, settings: SettingsService
) -> None:
    ring.write("p", key(1))
    ring.write("p", key(2, "Work", "2222"))
    assert settings.value(HINTS)["p"] == {
        **OLD,
        "further": [{**OLD, "last4": "2222", "name": "Work", "number": 2}],
    }
    ring.choose("p", 2)
    assert settings.value(HINTS)["p"]["used"] == 2
    assert KeyRing(settings).used("p") == key(2, "Work", "2222")
    assert ring.free_number("p") == 3
    ring.strike("p", 1)
    assert ring.free_number("p") == 1
    assert KeyRing(settings).keys("p") == [key(2, "Work", "2222")]


def test_striking_the_key_in_use_chooses_another(ring: KeyRing, settings: SettingsService) -> None:
    for number in (1, 2, 3):
        ring.write("p", key(number, f"K{number}"))
    ring.choose("p", 2)
    ring.strike("p", 2)
    assert [k.number for k in ring.keys("p")] == [1, 3]
    assert ring.used("p") == key(1, "K1")
    assert "used" not in settings.value(HINTS)["p"]
    ring.strike("p", 1)
    ring.strike("p", 3)
    assert settings.value(HINTS) == {}
    assert ring.used("p") is None


def test_a_choice_for_this_run_is_not_written(ring: KeyRing, settings: SettingsService) -> None:
    ring.write("p", key(1))
    ring.write("p", key(2, "Work"))
    ring.choose("p", 2, is_lasting=False)
    assert ring.used("p") == key(2, "Work")
    assert KeyRing(settings).used("p") == key(1)


def test_what_is_held_for_this_run_lies_over_what_is_written(
    ring: KeyRing, settings: SettingsService
) -> None:
    ring.write("p", key(1))
    ring.hold("p", key(1, last4="new1"))
    assert ring.keys("p") == [key(1, last4="new1")]
    ring.rename("p", 1, "Home")
    assert ring.used("p") == key(1, "Home", "new1")
    ring.release("p", 1)
    assert ring.keys("p") == [key(1, "Home")]
    assert KeyRing(settings).keys("p") == [key(1, "Home")]


@pytest.mark.parametrize(
    "entry",
    [
        7,
        [],
        "key",
        {},
        {"last4": None, "number": "1"},
        {**OLD, "number": -1},
        {**OLD, "used": [], "further": 3},
        {**OLD, "used": {"a": 1}, "further": [4, {"number": True}, {"last4": "x" * 10_000}]},
    ],
)
def test_a_file_that_somebody_wrote_by_hand_breaks_nothing(
    ring: KeyRing, settings: SettingsService, entry: Any
) -> None:
    settings.set(HINTS, {"p": entry})
    assert all(len(k.last4) <= 300 for k in ring.keys("p"))
    used = ring.used("p")
    assert used is None or used in ring.keys("p")
    ring.write("p", key(1, "Mine"))
    assert key(1, "Mine") in ring.keys("p")


def test_a_key_without_a_name_is_called_by_its_end() -> None:
    assert (key(1).title, key(1, "Work").title) == ("…wxyz", "Work")


def test_nothing_but_names_ends_and_places_is_written(ring: KeyRing, tmp_path: Path) -> None:
    ring.write("p", key(1))
    ring.write("p", key(2, "Work"))
    written = json.loads((tmp_path / "settings.json").read_text())[HINTS]["p"]
    assert written.keys() == {"last4", "place", "origin", "date", "further"}
