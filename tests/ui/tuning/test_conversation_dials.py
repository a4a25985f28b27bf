from app.core.errors import RefusedError


async def test_a_dial_that_is_turned_reaches_the_conversation_and_back(desk):
    desk.window.tuning.parameters_changed.emit({"temperature": 1.4})
    assert desk.services.conversations.current.parameters == {"temperature": 1.4}
    assert desk.window.tuning.parameters() == {"temperature": 1.4}
    desk.window.tuning.undo_requested.emit()
    assert desk.window.tuning.parameters() == {}


async def test_a_preset_is_chosen_kept_and_forgotten(desk):
    conversations, presets = desk.services.conversations, desk.services.presets
    desk.window.tuning.preset_chosen.emit("creative")
    assert conversations.current.parameters == {"temperature": 1.2}
    desk.window.tuning.preset_saved.emit("Mine")
    own = presets.presets()[-1]
    assert own.name == "Mine"
    assert conversations.current.preset_id == own.id
    await desk.settled()
    desk.window.tuning.preset_removed.emit(own.id)
    assert own not in presets.presets()
    await desk.settled()


async def test_instructions_reach_the_conversation(desk):
    desk.window.tuning.system_changed.emit("Be brief.")
    assert desk.services.conversations.current.system == "Be brief."


async def test_what_would_be_sent_is_shown(desk, monkeypatch):
    shown = []
    monkeypatch.setattr(desk.window.tuning, "set_exact", shown.append)
    desk.window.tuning.exact_requested.emit()
    assert shown[0]["model"] == "practice-1"

    def refuse():
        raise RefusedError("It cannot be sent.", "Choose another model.")

    monkeypatch.setattr(desk.services.conversations, "exactly_sent", refuse)
    desk.window.tuning.exact_requested.emit()
    assert shown[1] == {"refused": "It cannot be sent. Choose another model."}


async def test_wishes_about_hosts_show_only_where_they_are_taken_and_reach_the_body(desk):
    conversations, panel = desk.services.conversations, desk.window.tuning
    assert panel.hosts_fold.isHidden()
    desk.services.settings.set("routing.general", {"zdr": True, "only": ["deepinfra"]})
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    assert not panel.hosts_fold.isHidden()
    assert panel.hosts_fold.row.note() == "as in settings"
    assert conversations.exactly_sent("Hi")["provider"] == {"zdr": True, "only": ["deepinfra"]}
    panel.hosts_fold.routing_changed.emit({"only": [], "sort": "price"})
    assert conversations.current.parameters == {"routing": {"only": [], "sort": "price"}}
    assert conversations.exactly_sent("Hi")["provider"] == {"zdr": True, "sort": "price"}


async def test_presets_leave_hosts_alone(desk):
    choices, current = desk.services.conversations.choices, desk.services.conversations
    choices.set_parameters({"temperature": 1.1, "routing": {"zdr": True}})
    choices.choose_preset("precise")
    assert current.current.parameters == {"temperature": 0.2, "routing": {"zdr": True}}
    desk.window.tuning.preset_saved.emit("Mine")
    assert "routing" not in desk.services.presets.presets()[-1].parameters
    await desk.settled()


async def test_the_picture_shows_the_last_answers_own_words(desk):
    picture = desk.window.tuning.picture
    example = [word for word, _ in picture.words()]
    choices = desk.services.conversations.choices
    choices.set_parameters({"logprobs": True, "top_logprobs": 5, "temperature": 1.2, "seed": 3})
    await desk.asked()
    own = [word for word, _ in picture.words()]
    assert own != example
    assert 2 <= len(own) <= 6
    assert "in the last answer" in picture.toolTip()
    answer = desk.services.conversations.branch()[-1]
    assert answer.provenance.confidence.count > 3
    desk.window.new_conversation()
    assert [word for word, _ in picture.words()] == example
    desk.services.conversations.open(answer.conversation_id)
    assert [word for word, _ in picture.words()] == own
