"""Keys as the window and the command line use them."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import SettingError
from app.logs import redact

KEY = "sk-or-v1-" + "a1b2" * 12


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
