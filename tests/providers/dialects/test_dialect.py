from dataclasses import replace

import pytest

from app.core.errors import RefusedError
from app.core.models.model import Model
from app.providers.catalogue.catalogue import Catalogue, custom_profile
from app.providers.dialects.dialect import DIALECTS, dialect_for

ADDRESS = "https://llm.example.org/v1"


def test_an_address_is_spoken_to_as_the_user_said() -> None:
    for name in DIALECTS:
        profile = custom_profile(ADDRESS, dialect=name)
        assert dialect_for(profile, Model(profile.id, "m", "m")).name == name


def test_a_provider_is_spoken_to_in_chat_unless_told_otherwise(catalogue: Catalogue) -> None:
    profile = catalogue.profile("empiriolabs")
    model = catalogue.model("empiriolabs", "gemma-3-27b")
    assert dialect_for(profile, model).name == "chat"
    assert dialect_for(replace(profile, dialect="messages"), model).name == "messages"


def test_a_model_that_is_known_to_lack_a_dialect_is_not_asked_in_it(catalogue: Catalogue) -> None:
    profile = catalogue.profile("aimlapi")
    model = catalogue.model("aimlapi", "google/gemma-3-27b-it")
    with pytest.raises(RefusedError, match="only in Chat Completions"):
        dialect_for(replace(profile, dialect="messages"), model)
    only = replace(model, dialects=("responses",))
    assert dialect_for(profile, only).name == "responses"


def test_a_model_of_which_nothing_is_known_is_asked_as_chosen(catalogue: Catalogue) -> None:
    profile = replace(catalogue.profile("aimlapi"), dialect="responses")
    assert dialect_for(profile, catalogue.model("aimlapi", "unknown")).name == "responses"
