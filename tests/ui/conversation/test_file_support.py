"""Files that the chosen route cannot take are told before they are sent."""

from tests.storage.files.test_recordings import mp4
from tests.ui.transcript.sections.test_thumbnails import png

KEY = "sk-or-v1-canary0123456789wxyz"


async def test_a_route_that_can_is_offered_and_taken_with_a_click(desk):
    services, composer = desk.services, desk.window.view.composer
    services.models.keys.use_for_this_run("openrouter", KEY)
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    composer.attach_requested.emit([png(20, 10)])
    composer.flush_draft()
    assert composer.fit_bar.isVisible()
    assert composer.fit_bar.text() == (
        "“pasted picture” cannot be sent: Gemma 2 27B does not look at pictures."
    )
    link = composer.fit_bar.links[0]
    assert link.text() == "Use Gemma 4 26B A4B at OpenRouter"
    link.click()
    assert services.conversations.current.model_id == "google/gemma-4-26b-a4b-it"
    assert not composer.fit_bar.isVisible()


async def test_without_a_key_nothing_is_offered_but_it_is_said(desk):
    services, composer = desk.services, desk.window.view.composer
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    composer.attach_requested.emit([png(20, 10)])
    composer.flush_draft()
    assert composer.fit_bar.isVisible()
    assert not composer.fit_bar.links[0].isVisible()


async def test_what_fits_says_nothing(desk, tmp_path):
    (tmp_path / "notes.txt").write_text("Some text", encoding="utf-8")
    composer = desk.window.view.composer
    composer.attach_requested.emit([tmp_path / "notes.txt"])
    composer.flush_draft()
    assert not composer.fit_bar.isVisible()


async def test_a_film_that_is_too_long_is_told_with_the_limit(desk, tmp_path):
    (tmp_path / "trip.mp4").write_bytes(mp4(75))
    composer = desk.window.view.composer
    desk.services.conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    composer.attach_requested.emit([tmp_path / "trip.mp4"])
    composer.flush_draft()
    assert composer.fit_bar.text() == (
        "“trip.mp4” plays 1 min 15 s; Gemma 4 26B A4B looks at 1 min at most."
    )
    assert not composer.fit_bar.links[0].isVisible()
    assert composer.files.tiles[0].facts.endswith(" · 1 min 15 s")


async def test_what_of_earlier_messages_is_left_out_is_told_before_sending(desk):
    services, composer = desk.services, desk.window.view.composer
    services.conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    file = services.conversations.attach_bytes(png(20, 10), "cat.png")
    await desk.until(services.generation.ended, services.conversations.send, "Who is this?", [file])
    assert not composer.fit_bar.isVisible()
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    assert composer.fit_bar.text() == (
        "“cat.png” of earlier messages will not go along: Gemma 2 27B does not look at pictures."
    )
