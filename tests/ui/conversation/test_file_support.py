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


async def held(desk, tmp_path):
    """A question with a picture and a text, stopped on its way to a model that sees nothing."""
    services, composer = desk.services, desk.window.view.composer
    services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
    (tmp_path / "notes.txt").write_text("Some text", encoding="utf-8")
    composer.attach_requested.emit([png(20, 10), tmp_path / "notes.txt"])
    composer.field.setPlainText("Who is this?")
    composer.submit()
    return services, composer


async def test_a_file_that_does_not_fit_stops_the_sending(desk, tmp_path):
    services, composer = await held(desk, tmp_path)
    assert services.conversations.branch() == []
    assert composer.text() == "Who is this?"
    assert len(composer.attachments()) == 2
    links = [link.text() for link in composer.fit_bar.links if link.isVisible()]
    assert links == ["Send without “pasted picture”", "Send all the same"]


async def test_it_goes_without_the_file_by_a_click(desk, tmp_path):
    services, composer = await held(desk, tmp_path)
    link = composer.fit_bar.link("Send without “pasted picture”")
    await desk.until(services.conversations.message_added, link.click)
    (question, *_) = services.conversations.branch()
    assert [file.name for file in question.attachments] == ["notes.txt"]
    await desk.settled()


async def test_it_goes_all_the_same_when_the_user_says_so_and_only_that_once(desk, tmp_path):
    services, composer = await held(desk, tmp_path)
    link = composer.fit_bar.link("Send all the same")
    await desk.until(services.generation.ended, link.click)
    (question, *_) = services.conversations.branch()
    assert len(question.attachments) == 2
    composer.attach_requested.emit([png(30, 10)])
    composer.submit()
    assert len(services.conversations.branch()) == 2


async def test_the_files_of_a_question_are_there_while_it_is_edited(desk, tmp_path):
    services, composer = await held(desk, tmp_path)
    await desk.until(services.generation.ended, composer.fit_bar.link("Send all the same").click)
    desk.window.view.edit_last()
    assert [file.name for file in composer.attachments()] == ["pasted picture", "notes.txt"]
    assert composer.fit_bar.text().startswith("“pasted picture” cannot be sent")
    without = composer.fit_bar.link("Send without “pasted picture”")
    await desk.until(services.generation.ended, without.click)
    question = services.conversations.branch()[0]
    assert [file.name for file in question.attachments] == ["notes.txt"]
    assert services.conversations.sibling_place(question.id)[:2] == (2, 2)
    assert not composer.is_editing()
