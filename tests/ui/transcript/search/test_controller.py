"""Finding words in a transcript: all of them, whether drawn or not, and going to each."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Fault,
    Message,
    MessageState,
    Role,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.search.controller import SearchController
from app.ui.transcript.search.reveal import find_top

FAR = "\n\n".join(f"Paragraph {i} of many words." for i in range(60))


@pytest.fixture
def view(view):
    view.finding = SearchController(view)
    return view


@pytest.fixture
def search(view, qtbot):
    def search(query=None, **more):
        """Looks, and waits until all is searched; the counts that were told."""
        told = []
        view.finding.counted.connect(lambda *values: told.append(values))
        if query is not None:
            view.finding.look(query, **more)
        qtbot.waitUntil(lambda: view.finding.is_done, timeout=10_000)
        return told

    return search


def count(view):
    told = []
    view.finding.counted.connect(lambda *values: told.append(values))
    view.finding._tell()
    return told[-1]


def current_word(view):
    """The text of the find the view stands at, from what is drawn."""
    index, part, number = view.finding.current
    find = view.finding._matches(index, part)[number]
    text = getattr(find.owner, "texts", None)
    text = text[find.number] if text else None
    if text is None and hasattr(find.owner, "document"):
        text = find.owner.document.toRawText()
    if text is None:
        text = find.owner.text
    return text.encode("utf-16-le")[2 * find.first : 2 * find.last].decode("utf-16-le")


def in_view(view):
    """Where the current find stands in the viewport, as a share of its height."""
    from app.ui.transcript.search.reveal import find_top

    spot = view.finding.current
    layout = view.column.layouts[spot.layout]
    find = view.finding._matches(spot.layout, spot.part)[spot.number]
    y = view.column.top(spot.layout) + find_top(layout, spot.part, find)
    return (y - view.verticalScrollBar().value()) / view.viewport().height()


def picture(view):
    return view.viewport().grab().toImage()


def colours(view, name):
    """How many pixels have a colour of the theme."""
    image, wanted = picture(view), view.theme.colour(name).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
    )


def test_all_messages_are_counted_and_the_view_goes_to_the_nearest(view, words, search):
    view.set_branch(words.many(40), {})
    told = search("message")
    place, total, is_done = told[-1]
    assert (total, is_done) == (40, True)
    assert current_word(view) == "Message"
    assert 0 <= in_view(view) <= 1
    assert view.finding.current.layout == place - 1


def test_next_and_previous_go_round_the_ends(view, words, search):
    view.set_branch(words.many(6), {})
    search("message")
    start = view.finding.current
    seen = [start]
    for _ in range(6):
        view.finding.step(1)
        seen.append(view.finding.current)
        assert 0 <= in_view(view) <= 1
    assert seen[-1] == start
    assert len(set(seen)) == 6
    view.finding.step(-1)
    assert view.finding.current == seen[-2]


def test_a_find_out_of_view_comes_to_a_third_below_the_top(view, words, search):
    text = FAR + "\n\nA needle here.\n\n" + FAR
    view.set_branch([words.question(), words.answer("a", text), *words.many(8)], {})
    search("needle")
    assert current_word(view) == "needle"
    assert in_view(view) == pytest.approx(1 / 3, abs=0.02)


def test_a_find_in_view_does_not_move_the_view(view, words, search):
    view.set_branch([words.question(), words.answer("a", "A needle.\n\n" + FAR)], {})
    view.reading.stop_following()
    view.verticalScrollBar().setValue(0)
    before = view.verticalScrollBar().value()
    search("needle")
    assert view.verticalScrollBar().value() == before


def test_typing_on_stays_at_the_find(view, words, search):
    view.set_branch(words.many(30), {})
    search("some")
    view.finding.step(1)
    spot = view.finding.current
    search("some words")
    assert view.finding.current == spot


def test_what_is_not_drawn_is_counted_as_what_is(view, words, search):
    text = (
        "# About **needles**\n\n- a nee*dle*\n- [needle](https://example.org/needle)\n\n"
        "| needle | x |\n|---|---|\n| y | `needle` |\n\n```python\nneedle = 'needle'\n```\n\n"
        "> needle\n> needle &amp; thread"
    )
    far = [words.question(f"q{i}", FAR) for i in range(5)]
    view.set_branch([words.answer("a", text), *far], {})
    search("needle")
    total = count(view)[1]
    assert total == 9
    for _ in range(total):
        view.finding.step(1)
        assert current_word(view).lower() == "needle"
    assert count(view)[1] == total


def test_case_and_whole_words(view, words, search):
    view.set_branch([words.question("q", "Cat cat concatenate")], {})
    search("cat")
    assert count(view)[1] == 3
    search("cat", keeps_case=True)
    assert count(view)[1] == 2
    search("cat", is_whole=True)
    assert count(view)[1] == 2


def test_a_closed_thought_opens(view, words, search):
    message = words.answer("a", FAR, reasoning="First this.\n\nThen a needle, of course.")
    view.set_branch([words.question(), message], {})
    assert not view.column.layouts[1].reasoning.is_open
    search("needle")
    assert view.column.layouts[1].reasoning.is_open
    assert current_word(view) == "needle"
    assert 0 <= in_view(view) <= 1
    assert colours(view, "found_now") > 0


def test_code_scrolls_sideways_to_the_find(view, words, search):
    code = "```\n" + "x" * 300 + " needle\n```"
    view.set_branch([words.answer("a", code)], {})
    search("needle")
    [item] = [p for p in view.column.layouts[0].rows[0].items if isinstance(p, CodeItem)]
    assert item.scroll > 0
    assert colours(view, "found_now") > 0


def test_the_names_of_files_are_searched(view, words, search):
    file = Attachment("f" * 64, "report.pdf", "application/pdf", 10)
    question = words.question("q", "Read this")
    question = replace(question, parts=(*question.parts, AttachmentPart(file)))
    view.set_branch([question, words.answer("a", FAR)], {})
    search("report")
    assert count(view)[:2] == (1, 1)
    assert current_word(view) == "report"
    assert colours(view, "found_now") > 0


def test_folded_code_opens(view, words, search):
    lines = "\n".join(f"line {i}" for i in range(300))
    text = f"```\n{lines}\nneedle\n```"
    view.set_branch([words.answer("a", text), *words.many(8)], {})
    search("needle")
    assert count(view)[:2] == (1, 1)
    assert current_word(view) == "needle"
    assert 0 <= in_view(view) <= 1
    assert colours(view, "found_now") > 0


def test_formulas_are_found_by_what_they_were_written_as(view, words, search, qtbot):
    view.set_branch([words.answer("a", r"So $\frac{a}{b}$ it is."), *words.many(1)], {})
    search("frac")
    assert count(view)[1] == 1
    view.finding.step(1)
    assert count(view)[:2] == (1, 1)


def test_calls_results_and_sources_are_searched(view, words, search):
    call = ToolCallPart("1", "weather_in", '{"place": "Lisboa"}')
    page = SourcePart("https://example.org/a", "Lisboa, the city")
    asks = replace(words.answer("a", "Let me see."), parts=(TextPart("Let me see."), call, page))
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    result = Message("t", "c", "a", Role.TOOL, (ToolResultPart("1", "Sun in Lisboa"),), 3, moment)
    view.set_branch([words.question(), asks, result], {})
    search("lisboa")
    assert count(view)[1] == 3
    for _ in range(3):
        view.finding.step(1)
        assert current_word(view) == "Lisboa"
        assert colours(view, "found_now") > 0


def test_the_model_and_figures_under_an_answer_are_found(view, words, search):
    view.set_branch([words.question("q", FAR), words.answer("a", FAR)], {})
    view.verticalScrollBar().setValue(0)
    search("gemma")
    assert count(view) == (1, 1, True)
    assert current_word(view) == "Gemma"
    before = view.viewport().grab().toImage()
    search("0.00011")
    assert current_word(view) == "0.00011"
    assert view.viewport().grab().toImage() != before
    search("tokens")
    assert count(view)[:2] == (0, 0)


def test_a_fault_is_found_and_its_details_unfold(view, words, search):
    fault = Fault("QuotaError", "Too many requests.", "Wait.", details=f"{FAR}\n\nupstream zebra")
    failed = words.answer("a", "", MessageState.FAILED, fault=fault)
    view.set_branch([words.question(), failed], {})
    search("requests")
    assert current_word(view) == "requests"
    assert not view.column.layouts[1].foot.is_unfolded
    search("zebra")
    assert count(view) == (1, 1, True)
    assert view.column.layouts[1].foot.is_unfolded
    index, part, number = view.finding.current
    find = view.finding._matches(index, part)[number]
    top = view.column.top(1) + find_top(view.column.layouts[1], part, find)
    assert 0 < top - view.verticalScrollBar().value() < view.viewport().height()


def test_finds_are_marked_and_the_current_one_more(view, words, search):
    view.set_branch([words.question("q", "needle and needle"), words.answer("a", "a needle")], {})
    plain = picture(view)
    assert colours(view, "found") == 0
    search("needle")
    assert colours(view, "found") > 50
    assert colours(view, "found_now") > 25
    view.finding.close()
    assert picture(view) == plain
    assert not view.finding.is_on


def test_words_of_a_growing_answer_are_found_as_they_come(view, words, search):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question("q", "needle"), writing], {})
    search("needle")
    assert count(view) == (1, 1, True)
    for number in range(1, 8):
        view.add_text("a", "One nee")
        view.take_arrived()
        view.add_text("a", "dle more.\n\n")
        view.take_arrived()
        assert count(view) == (1, 1 + number, True)
    view.add_reasoning("a", "A needle was thought of.")
    view.take_arrived()
    assert count(view)[1] == 9
    text = view.column.layouts[1].text_so_far
    view.replace(words.answer("a", text, reasoning="A needle was thought of."))
    search()
    assert count(view) == (1, 9, True)


def test_another_text_for_a_growing_answer_is_counted_anew(view, words, search):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question("q", "Hello"), writing], {})
    search("needle")
    view.add_text("a", "A needle.\n\nA needle.\n\nOpen")
    view.take_arrived()
    assert count(view)[1] == 2
    view.replace_text("a", "One needle.\n\nAnd no more.\n\nOpen")
    assert count(view)[1] == 1
    view.add_text("a", " needle")
    view.take_arrived()
    assert count(view)[1] == 2


def test_messages_that_come_and_change_are_searched(view, words, search):
    view.set_branch([words.question("q", "needle")], {})
    search("needle")
    view.append(words.answer("a", "needle, needle"))
    search()
    assert count(view)[1] == 3
    view.replace(words.answer("a", "nothing"))
    search()
    assert count(view)[1] == 1


def test_another_branch_is_searched_without_going_anywhere(view, words, search):
    view.set_branch(words.many(4), {})
    search("message")
    other = [replace(m, conversation_id="d", id=f"d{m.id}") for m in words.many(20)]
    view.set_branch(other, {})
    value = view.verticalScrollBar().value()
    search()
    assert count(view) == (0, 20, True)
    assert view.verticalScrollBar().value() == value
    view.finding.step(1)
    assert count(view)[0] > 0


def test_a_count_that_was_wrong_is_put_right_when_seen(view, words, search):
    """A word only the drawing shows: the label of a picture that is not loaded."""
    text = "![a chart](https://example.org/c.png)"
    view.set_branch([words.answer("a", text), *words.many(20)], {})
    search("chart [image")
    view.reading.stop_following()
    view.verticalScrollBar().setValue(0)
    picture(view)
    QTest.qWait(0)
    assert count(view)[1] == 1


def test_nothing_found_is_told(view, words, search):
    view.set_branch(words.many(4), {})
    assert search("zebra")[-1] == (0, 0, True)
    view.finding.step(1)
    view.finding.step(-1)
    assert view.finding.current is None


def test_nothing_is_searched_in_an_empty_transcript(view, search):
    assert search("word")[-1] == (0, 0, True)


def test_ten_thousand_messages_are_searched_in_small_slices(view, words, search):
    import time

    view.set_branch(words.many(10_000), {})
    slices = []
    due = view.finding._on_slice_due

    def timed():
        begin = time.thread_time()
        due()
        slices.append(time.thread_time() - begin)

    view.finding._timer.timeout.disconnect()
    view.finding._timer.timeout.connect(timed)
    told = search("message 77")
    totals = [total for _, total, _ in told]
    assert totals == sorted(totals)
    assert told[-1][1] == 111
    assert len(list(view.column.layouts.made())) < 40
    slices.sort()
    assert slices[len(slices) * 9 // 10] < 0.012
    assert len(slices) > 3


def test_drawing_without_a_search_asks_nothing(view, words, search):
    view.set_branch(words.many(4), {})
    assert view.column.marks is None
    search("message")
    assert view.column.marks is not None
    view.finding.close()
    assert view.column.marks is None
