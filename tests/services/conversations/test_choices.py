from typing import Any


async def test_only_the_dials_that_are_set_are_sent(stage: Any) -> None:
    stage.services.conversations.choices.set_parameters({"temperature": 0.3})
    await stage.answered("Yes.")
    assert dict(stage.provider.requests[0].parameters) == {"temperature": 0.3}
    stage.services.conversations.choices.undo_parameters()
    await stage.answered("No.", question="Again?")
    assert dict(stage.provider.requests[1].parameters) == {}


async def test_a_drag_of_a_dial_is_one_change_to_undo(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.set_parameters({"temperature": 0.5})
    conversations.choices.undo_parameters()
    for step in range(10):
        conversations.choices.set_parameters({"temperature": step / 10})
    conversations.choices.undo_parameters()
    assert dict(conversations.current.parameters) == {}
    assert not conversations.choices.can_undo


async def test_raw_json_goes_to_the_body_and_not_among_the_parameters(stage: Any) -> None:
    stage.services.conversations.choices.set_parameters({"raw": {"n": 1}, "seed": 7})
    await stage.answered("Yes.")
    request = stage.provider.requests[0]
    assert (dict(request.raw), dict(request.parameters)) == ({"n": 1}, {"seed": 7})


async def test_a_preset_replaces_the_dials(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.set_parameters({"temperature": 1.9, "seed": 3})
    conversations.choices.choose_preset("precise")
    assert dict(conversations.current.parameters) == {"temperature": 0.2}
    await stage.answered("Fine.")
    assert conversations.branch()[-1].provenance.preset == "Precise"


async def test_a_model_chosen_here_is_asked_here_and_in_new_conversations(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    conversations.new()
    assert conversations.current.model_id == "google/gemma-2-27b-it"
    assert stage.services.models.recent()[0] == "openrouter/google/gemma-2-27b-it"


async def test_what_is_prepared_holds_for_one_conversation_alone(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.set_system("Be brief.")
    conversations.choices.prepare("openrouter", "google/gemma-2-27b-it", {"seed": 7})
    assert conversations.current.system == "Be brief."
    assert dict(conversations.current.parameters) == {"seed": 7}
    conversations.new()
    assert conversations.current.provider_id == "practice"


async def test_another_conversation_has_nothing_to_undo(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.set_parameters({"seed": 7})
    conversations.new()
    assert not conversations.choices.can_undo
    conversations.choices.undo_parameters()
    assert dict(conversations.current.parameters) == {}


async def test_a_preset_that_is_gone_changes_nothing(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.choices.set_parameters({"seed": 7})
    conversations.choices.choose_preset("no such preset")
    assert dict(conversations.current.parameters) == {"seed": 7}
