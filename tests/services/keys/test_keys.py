"""Keys as the window and the command line use them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KeyStoreError, SettingError
from app.logs import redact
from app.storage.keys import key_store as storage
from app.storage.keys.keychain import Keychain

KEY = "sk-or-v1-" + "a1b2" * 12
SECOND = "sk-or-v1-" + "c3d4" * 12
ENTRY = "facet/openrouter/https://openrouter.ai"


class Safe(Keychain):
    """A keychain in memory that can be made to fail or to wait, and outlives a Facet."""

    def __init__(self) -> None:
        super().__init__("a safe", None)
        self.secrets: dict[str, str] = {}
        self.fails: set[str] = set()
        self.gate: threading.Event | None = None
        self.reached = threading.Event()
        self.has_keyring = True
        self.is_shut = False
        self.asked: list[str] = []
        """What the user was asked for."""

    def is_made(self) -> bool:
        return self.has_keyring

    def make(self) -> None:
        self.asked.append("a new keyring")
        self.has_keyring = True

    def is_locked(self) -> bool:
        return self.is_shut

    def unlock(self) -> None:
        self.asked.append("the password")
        self.is_shut = False

    def _do(self, what: str) -> None:
        if what in self.fails:
            raise OSError(what)

    def read(self, name: str) -> str | None:
        self._do("read")
        return self.secrets.get(name)

    def store(self, name: str, secret: str) -> None:
        self.reached.set()
        if self.gate is not None:
            self.gate.wait(10)
        self._do("store")
        self.secrets[name] = secret
        self._do("after")

    def remove(self, name: str) -> None:
        self._do("remove")
        self.secrets.pop(name, None)


@pytest.fixture
def safe(monkeypatch: pytest.MonkeyPatch) -> Safe:
    made = Safe()
    monkeypatch.setattr(storage, "open_keychain", lambda _platform: made)
    return made


@pytest.fixture
def change(stage: Any) -> Callable[..., Any]:
    """Does something with keys and waits until it is done."""

    async def do(call: Callable[..., None], *arguments: Any) -> None:
        call(*arguments)
        await stage.until(stage.services.models.keys.changed)

    return do


def settings_of(stage: Any) -> str:
    return Path(stage.services.settings.path()).read_text()


def names(keys: Any) -> list[str]:
    return [key.title for key in keys.keys("openrouter")]


async def test_a_key_without_a_keychain_is_kept_for_this_run_and_said_so(stage: Any) -> None:
    keys = stage.services.models.keys
    keys.store("openrouter", f"  {KEY}\n")
    assert await stage.until(keys.changed) == ("openrouter",)
    state = keys.state("openrouter")
    assert (state.has_key, state.last4, state.place) == (True, KEY[-4:], "memory")
    assert stage.services.settings.value("providers.key_hints") == {}
    assert KEY not in redact(f"the key is {KEY}")
    keys.remove("openrouter")
    await stage.until(keys.changed)
    assert not keys.state("openrouter").has_key


@pytest.mark.parametrize("text", ["", "   ", "sk-\u2013dash", "sk-a\x00b"])
async def test_a_malformed_key_is_refused_without_repeating_it(stage: Any, text: str) -> None:
    with pytest.raises(SettingError) as caught:
        stage.services.models.keys.store("openrouter", text)
    assert not text.strip() or text not in str(caught.value)
    assert not stage.services.models.keys.state("openrouter").has_key


async def test_the_first_key_keeps_its_entry_and_a_second_gets_one_of_its_own(
    stage: Any, safe: Safe, change: Any
) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    assert safe.secrets == {ENTRY: KEY}
    await change(keys.add, "openrouter", "  Work\n account ", SECOND)
    assert safe.secrets == {ENTRY: KEY, f"{ENTRY}#2": SECOND}
    assert names(keys) == ["…a1b2", "Work account"]
    assert keys.used("openrouter").name == "Work account"
    profile = stage.services.models.profile("openrouter")
    assert await keys.key(profile) == SECOND
    keys.choose("openrouter", 1)
    assert await keys.key(profile) == KEY
    written = settings_of(stage)
    assert "Work account" in written
    assert KEY not in written
    assert SECOND not in written


async def test_the_chosen_key_is_known_after_a_restart(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    await change(keys.add, "openrouter", "Work", SECOND)
    again = (await reopen(stage)).services.models
    assert again.keys.used("openrouter").name == "Work"
    assert await again.keys.key(again.profile("openrouter")) == SECOND
    assert safe.secrets.keys() == {ENTRY, f"{ENTRY}#2"}


async def test_removing_the_chosen_key_chooses_another(stage: Any, safe: Safe, change: Any) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    await change(keys.add, "openrouter", "Work", SECOND)
    await change(keys.remove, "openrouter")
    assert safe.secrets == {ENTRY: KEY}
    assert names(keys) == ["…a1b2"]
    assert await keys.key(stage.services.models.profile("openrouter")) == KEY
    await change(keys.remove, "openrouter", 1)
    assert safe.secrets == {}
    assert not keys.state("openrouter").has_key


async def test_names_are_given_and_each_only_once(stage: Any, safe: Safe, change: Any) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    await change(keys.add, "openrouter", "Work", SECOND)
    with pytest.raises(SettingError, match="no name"):
        keys.add("openrouter", "  ", KEY)
    with pytest.raises(SettingError, match="“work” already"):
        keys.rename("openrouter", 1, "work")
    keys.rename("openrouter", 1, "Home")
    keys.rename("openrouter", 1, "home")
    assert names(keys) == ["home", "Work"]
    assert safe.secrets == {ENTRY: KEY, f"{ENTRY}#2": SECOND}


async def test_a_key_is_used_by_its_name_for_this_run(stage: Any, safe: Safe, change: Any) -> None:
    keys = stage.services.models.keys
    with pytest.raises(SettingError, match="no key called") as caught:
        keys.use_named("openrouter", "Work")
    assert "no key yet" in caught.value.hint
    await change(keys.store, "openrouter", KEY)
    await change(keys.add, "openrouter", "Work", SECOND)
    keys.choose("openrouter", 1)
    with pytest.raises(SettingError, match="“Wrok”") as caught:
        keys.use_named("openrouter", "Wrok")
    assert caught.value.hint == "Its keys: …a1b2, Work."
    keys.use_named("openrouter", "work")
    assert keys.used("openrouter").name == "Work"
    assert stage.services.settings.value("providers.key_hints")["openrouter"].get("used", 1) == 1
    keys.use_named("openrouter", "a1b2")
    assert keys.used("openrouter").number == 1
    assert safe.secrets.keys() == {ENTRY, f"{ENTRY}#2"}


@pytest.mark.parametrize("fails", [{"store"}, {"after"}])
async def test_a_further_key_the_keychain_refuses_leaves_all_as_it_was(
    stage: Any, safe: Safe, change: Any, fails: set[str], reopen: Any
) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    before = stage.services.settings.value("providers.key_hints")
    safe.fails = fails
    await change(keys.add, "openrouter", "Work", SECOND)
    assert safe.secrets == {ENTRY: KEY}
    assert stage.services.settings.value("providers.key_hints") == before
    state = keys.state("openrouter")
    assert (state.last4, state.place) == (SECOND[-4:], "memory")
    assert "failed" in state.note
    assert "until Facet is closed" in state.note
    again = (await reopen(stage)).services.models
    assert names(again.keys) == ["…a1b2"]


async def test_an_entry_that_may_remain_is_listed_and_can_be_removed(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    safe.fails = {"after", "remove"}
    await change(keys.add, "openrouter", "Work", SECOND)
    assert safe.secrets == {ENTRY: KEY, f"{ENTRY}#2": SECOND}
    safe.fails = set()
    stage = await reopen(stage)
    keys, profile = stage.services.models.keys, stage.services.models.profile("openrouter")
    assert names(keys) == ["…a1b2", "Work"]
    keys.choose("openrouter", 2)
    assert "not certain" in keys.state("openrouter").note
    assert await keys.key(profile) == SECOND
    assert keys.state("openrouter").place == "a safe"
    keys.remove("openrouter")
    await stage.until(keys.changed)
    assert safe.secrets == {ENTRY: KEY}


async def test_a_key_that_never_arrived_is_no_longer_listed_once_that_is_known(
    stage: Any, safe: Safe, reopen: Any
) -> None:
    safe.gate = threading.Event()
    stage.services.models.keys.store("openrouter", KEY)
    assert await asyncio.to_thread(safe.reached.wait, 10)
    safe.fails = {"store"}
    again = await reopen(stage)
    safe.gate.set()
    keys, profile = again.services.models.keys, again.services.models.profile("openrouter")
    assert keys.state("openrouter").has_key
    assert await keys.key(profile) is None
    assert not keys.state("openrouter").has_key


@pytest.mark.parametrize("fails", [{"remove"}, {"read"}])
async def test_a_key_that_cannot_be_removed_stays_and_it_is_said(
    stage: Any, safe: Safe, change: Any, fails: set[str]
) -> None:
    keys, profile = stage.services.models.keys, stage.services.models.profile("openrouter")
    await change(keys.store, "openrouter", KEY)
    await change(keys.add, "openrouter", "Work", SECOND)
    safe.fails = fails
    stage.services.notices.release()
    keys.remove("openrouter")
    (notice,) = await stage.until(stage.services.notices.raised)
    assert "password store failed" in notice.text
    assert names(keys) == ["…a1b2", "Work"]
    assert keys.used("openrouter").name == "Work"
    safe.fails = set()
    assert await keys.key(profile) == SECOND


async def test_a_replaced_key_that_is_refused_keeps_the_earlier_one_for_the_next_start(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    keys = stage.services.models.keys
    await change(keys.store, "openrouter", KEY)
    safe.fails = {"store"}
    await change(keys.store, "openrouter", SECOND)
    assert await keys.key(stage.services.models.profile("openrouter")) == SECOND
    assert keys.state("openrouter").place == "memory"
    safe.fails = set()
    again = (await reopen(stage)).services.models
    assert await again.keys.key(again.profile("openrouter")) == KEY


async def test_two_keys_given_at_once_are_both_kept(stage: Any, safe: Safe) -> None:
    keys = stage.services.models.keys
    safe.gate = threading.Event()
    keys.add("openrouter", "One", KEY)
    keys.add("openrouter", "Two", SECOND)
    safe.gate.set()
    for _ in range(2):
        await stage.until(keys.changed)
    assert safe.secrets == {ENTRY: KEY, f"{ENTRY}#2": SECOND}
    assert keys.used("openrouter").name == "Two"


async def test_an_address_that_is_forgotten_takes_all_its_keys_with_it(
    stage: Any, safe: Safe, change: Any
) -> None:
    models = stage.services.models
    profile = models.add_custom("https://llm.example.org/v1", "Mine", True)
    await change(models.keys.store, profile.id, KEY)
    await change(models.keys.add, profile.id, "Work", SECOND)
    await change(models.remove_custom, profile.id)
    assert safe.secrets == {}
    assert 'key_hints": {}' in settings_of(stage)


async def test_a_shut_keychain_is_told_when_its_key_is_needed(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    await change(stage.services.models.keys.store, "openrouter", KEY)
    again = (await reopen(stage)).services.models
    safe.fails = {"read"}
    with pytest.raises(KeyStoreError, match="password store failed"):
        await again.keys.key(again.profile("openrouter"))
    assert again.keys.state("openrouter").has_key


async def test_it_is_said_that_the_system_will_ask_before_it_asks(
    stage: Any, safe: Safe, change: Any
) -> None:
    keys = stage.services.models.keys
    safe.has_keyring = False
    told: list[tuple[str, list[str]]] = []
    keys.prompt_expected.connect(lambda of: told.append((keys.state(of).note, list(safe.asked))))
    await change(keys.store, "openrouter", KEY)
    ((note, asked_before),) = told
    assert "choose a password for a new one" in note
    assert asked_before == []
    assert safe.asked == ["a new keyring"]
    assert keys.state("openrouter").place == "a safe"
    await change(keys.add, "openrouter", "Work", SECOND)
    assert len(told) == 1


async def test_looking_at_an_account_or_at_models_asks_for_no_password(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    await change(stage.services.models.keys.store, "openrouter", KEY)
    services = (await reopen(stage)).services
    safe.is_shut = True
    services.models.keys.find_place()
    services.accounts.ask("openrouter")
    services.models.refresh_old()
    while services.scope._all:
        await asyncio.wait(list(services.scope._all))
    assert safe.asked == []
    assert await services.models.keys.key(services.models.profile("openrouter")) == KEY
    assert safe.asked == ["the password"]


async def test_a_shut_keychain_is_said_to_be_waited_for_until_it_answers(
    stage: Any, safe: Safe, change: Any, reopen: Any
) -> None:
    await change(stage.services.models.keys.store, "openrouter", KEY)
    keys = (services := (await reopen(stage)).services).models.keys
    told: list[tuple[str, bool, bool]] = []
    keys.keychain_awaited.connect(lambda *what: told.append((*what, safe.is_shut)))
    safe.is_shut = True
    profile = services.models.profile("openrouter")
    assert await keys.key(profile) == KEY
    assert told == [("openrouter", True, True), ("openrouter", False, False)]
    assert await keys.key(profile) == KEY
    assert len(told) == 2
