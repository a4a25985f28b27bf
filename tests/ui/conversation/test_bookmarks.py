"""A conversation opens where it was left."""

LONG = "\n\n".join(f"Paragraph {number} of a long question." for number in range(200))


async def ask(desk, text):
    desk.services.conversations.send(text)
    await desk.until(desk.services.generation.ended)
    return desk.services.conversations.current.id


def top_line(desk):
    """What stands at the top of the transcript: message, row and how far it is scrolled."""
    return desk.window.view.transcript.position.kept_anchor()


async def test_turning_away_and_back_keeps_the_place(desk):
    first = await ask(desk, LONG)
    bar = desk.window.view.transcript.verticalScrollBar()
    bar.setValue(900)
    left_at = top_line(desk)
    desk.services.conversations.new()
    await ask(desk, "Short")
    desk.services.conversations.open(first)
    assert top_line(desk) == left_at
    assert bar.value() == 900


async def test_the_place_is_kept_when_scrolling_rests(desk):
    there = await ask(desk, LONG)
    transcript = desk.window.view.transcript
    await desk.until(
        desk.window.view.bookmarks._timer.timeout, transcript.verticalScrollBar().setValue, 900
    )
    assert desk.services.bookmarks.bookmark(there) == transcript.position.bookmark()
    assert transcript.position.bookmark() is not None


async def test_closing_the_window_keeps_the_place(desk):
    there = await ask(desk, LONG)
    transcript = desk.window.view.transcript
    transcript.verticalScrollBar().setValue(400)
    desk.window.close()
    assert desk.services.bookmarks.bookmark(there) == transcript.position.bookmark()


async def test_the_way_of_following_is_a_setting(desk):
    await ask(desk, LONG)
    desk.services.settings.set("reading.follow", "always")
    await ask(desk, "And?")
    bar = desk.window.view.transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
